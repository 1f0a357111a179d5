"""Whether a purchase qualifies, as far as the promotion's rules go, and what has to be asked to say so."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from bot.core.promotion import Promotion
from bot.core.purchase import Purchase
from bot.core.purchase_rules import (
    PURCHASE_RULES,
    Outcome,
    Rule,
    RuleResult,
    claim_rule,
    possible_days,
    unclear_product,
    unclear_seller,
)


class Decision(str, Enum):
    """What can be said about a purchase as a whole."""

    QUALIFIES = "qualifies"
    FAILS = "fails"
    CANNOT_BE_SETTLED = "cannot_be_settled"
    INCOMPLETE = "incomplete"


class Missing(str, Enum):
    """What to ask for next, in the order of asking."""

    PRODUCT = "product"
    WHICH_PRODUCT = "which_product"
    """One of the close names, or none of them."""
    BOUGHT_ON = "bought_on"
    WHICH_DATE = "which_date"
    """One of the two readings of a date."""
    DAY = "day"
    """The day of a month that lies only partly in the period."""
    SELLER = "seller"


SPARED = {
    Missing.PRODUCT: unclear_product,
    Missing.WHICH_PRODUCT: unclear_product,
    Missing.SELLER: unclear_seller,
}
"""What a verdict can do without, and what stands for it: a condition. Without the day there is no verdict."""


@dataclass(frozen=True)
class Verdict:
    """The decision, the rules it rests on in their order, and what is missing for a better one."""

    outcome: Decision
    results: tuple[RuleResult, ...]
    missing: tuple[Missing, ...] = ()
    planned: bool = False
    """The purchase is still to come."""

    @property
    def failing(self) -> tuple[RuleResult, ...]:
        return tuple(result for result in self.results if result.outcome is Outcome.FAILS)

    @property
    def unsettled(self) -> tuple[RuleResult, ...]:
        """The rules that the page leaves open for this purchase."""
        return tuple(result for result in self.results if _is_unsettled(result))

    @property
    def conditions(self) -> tuple[RuleResult, ...]:
        """What was not told and has to be so."""
        return tuple(result for result in self.results if result.is_condition)

    @property
    def lacks_only_proof(self) -> bool:
        """No rule fails but that on the document, which a proper invoice would meet."""
        return bool(self.failing) and all(result.rule is Rule.DOCUMENT for result in self.failing)

    def result(self, rule: Rule) -> RuleResult | None:
        """How the purchase stands by this rule; None where there is nothing to say yet."""
        return next((result for result in self.results if result.rule is rule), None)


def judge(purchase: Purchase, promotion: Promotion, today: date, unasked: Collection[Missing] = ()) -> Verdict:
    """Judge by every rule; what can no longer be changed by an answer is said at once instead of asking.

    ``unasked``: what is not to be asked for; where it is missing, the verdict names it as its condition if it can.
    """
    results = [result for rule in PURCHASE_RULES if (result := rule(purchase, promotion))]
    missing = _missing(purchase, {result.rule for result in results})
    results += [SPARED[one](promotion) for one in missing if one in unasked and one in SPARED]
    results.sort(key=lambda result: list(Rule).index(result.rule))
    results.append(claim_rule(promotion, today))
    days = possible_days(purchase)
    planned = bool(days) and min(days) > today
    missing = tuple(one for one in missing if one not in unasked or one not in SPARED)
    if any(_is_decisive(result) for result in results):
        missing = ()
    return Verdict(_decide(results, missing), tuple(results), missing, planned)


def _decide(results: Sequence[RuleResult], missing: tuple[Missing, ...]) -> Decision:
    if missing:
        return Decision.INCOMPLETE
    if any(result.outcome is Outcome.FAILS for result in results):
        return Decision.FAILS
    if any(_is_unsettled(result) for result in results):
        return Decision.CANNOT_BE_SETTLED
    return Decision.QUALIFIES


def _is_unsettled(result: RuleResult) -> bool:
    return result.outcome is Outcome.OPEN and not result.is_condition


def _is_decisive(result: RuleResult) -> bool:
    """A no for good, or a date, seller or buyer that the page leaves open: no further answer leads to a yes."""
    if result.outcome is Outcome.FAILS:
        return result.rule is not Rule.DOCUMENT
    return _is_unsettled(result) and result.rule in (Rule.DATE, Rule.SELLER, Rule.BUYER)


def _missing(purchase: Purchase, told: set[Rule]) -> tuple[Missing, ...]:
    missing = []
    if Rule.PRODUCT not in told:
        missing.append(Missing.WHICH_PRODUCT if purchase.close else Missing.PRODUCT)
    if Rule.DATE not in told:
        missing.append(_missing_of_date(purchase))
    if Rule.SELLER not in told:
        missing.append(Missing.SELLER)
    return tuple(missing)


def _missing_of_date(purchase: Purchase) -> Missing:
    if purchase.date_readings:
        return Missing.WHICH_DATE
    return Missing.DAY if purchase.month else Missing.BOUGHT_ON
