"""The promotion's rules for one purchase, each on its own: met, not met, or not to be settled from the page."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from bot.core.promotion import DatedFact, Promotion
from bot.core.purchase import Buyer, Document, Purchase, Seller


class Rule(str, Enum):
    """What is asked of a purchase, in the order in which it is told."""

    PRODUCT = "product"
    DATE = "date"
    SELLER = "seller"
    BUYER = "buyer"
    QUANTITY = "quantity"
    DOCUMENT = "document"
    CLAIM = "claim"


class Outcome(str, Enum):
    """How a purchase stands by one rule."""

    HOLDS = "holds"
    FAILS = "fails"
    OPEN = "open"


@dataclass(frozen=True)
class RuleResult:
    """How a purchase stands by one rule, from which FAQ entry, and why (a wording key's ending with its values)."""

    rule: Rule
    outcome: Outcome
    entry: str
    reason: str
    values: Mapping[str, object] = field(default_factory=dict)
    is_condition: bool = False
    """Open only because something was not told that a yes can name as its condition."""


def product_rule(purchase: Purchase, promotion: Promotion) -> RuleResult | None:
    """On the list of qualifying products; nothing to say while names near the customer's words are on offer."""
    entry, page = promotion.product_list.entries[0], {"page": promotion.product_list.value}
    if purchase.listed:
        named = {"product": purchase.product} if purchase.product else {}
        return RuleResult(
            Rule.PRODUCT, Outcome.HOLDS, entry, "product_named" if named else "product_listed", page | named
        )
    if purchase.listed is None:
        if not purchase.product and not purchase.product_text:
            return None
        return RuleResult(Rule.PRODUCT, Outcome.OPEN, entry, "product_unchecked", page)
    if purchase.close:
        return None
    return RuleResult(Rule.PRODUCT, Outcome.FAILS, entry, "product_not_listed", page)


def date_rule(purchase: Purchase, promotion: Promotion) -> RuleResult | None:
    """Bought within the period; None while the days it can have been on stand differently, or none is known."""
    results = [_day_in_period(day, promotion) for day in possible_days(purchase)]
    if not results or len({result.outcome for result in results}) > 1:
        return None
    reasons = {result.reason for result in results}
    values = dict(results[0].values) | {"when": purchase.bought_on or purchase.date_readings or purchase.month}
    is_mixed_no = len(reasons) > 1 and results[0].outcome is Outcome.FAILS
    reason = "date_outside" if is_mixed_no else results[0].reason
    return RuleResult(Rule.DATE, results[0].outcome, results[0].entry, reason, values)


def possible_days(purchase: Purchase) -> tuple[date, ...]:
    """Every day on which it can have been bought, as far as was told."""
    if purchase.bought_on:
        return (purchase.bought_on,)
    if purchase.date_readings:
        return purchase.date_readings
    if purchase.month is None:
        return ()
    year, month = purchase.month
    return tuple(date(year, month, day + 1) for day in range(monthrange(year, month)[1]))


def _day_in_period(day: date, promotion: Promotion) -> RuleResult:
    start, end = promotion.purchases_from, promotion.purchases_until

    def told(outcome: Outcome, fact: DatedFact, reason: str) -> RuleResult:
        return RuleResult(Rule.DATE, outcome, fact.readings[0].entries[0], reason, {"start": start, "end": end})

    if day < start.earliest:
        return told(Outcome.FAILS, start, "date_before")
    if day > end.latest:
        return told(Outcome.FAILS, end, "date_after")
    if day < start.latest:
        return told(Outcome.OPEN, start, "date_between_starts")
    if day > end.earliest:
        return told(Outcome.OPEN, end, "date_between_ends")
    return told(Outcome.HOLDS, end, "date_within")


def seller_rule(purchase: Purchase, promotion: Promotion) -> RuleResult | None:
    """Bought from a shop or reseller of any kind, not from one of the sellers the page refuses."""
    entry, page = promotion.refused_sellers.entries[0], {"page": promotion.refused_sellers.value}
    if purchase.seller is None:
        if not purchase.seller_text:
            return None
        return RuleResult(Rule.SELLER, Outcome.OPEN, entry, "seller_unrecognised", page, is_condition=True)
    outcome = {
        Seller.DISTRIBUTOR: Outcome.FAILS,
        Seller.DIRECT: Outcome.OPEN,
        Seller.PRIVATE_SELLER: Outcome.OPEN,
    }.get(purchase.seller, Outcome.HOLDS)
    return RuleResult(Rule.SELLER, outcome, entry, f"seller_{purchase.seller.value}", page)


def buyer_rule(purchase: Purchase, promotion: Promotion) -> RuleResult:
    """Bought by those the promotion is for; never asked, an unknown buyer is a condition."""
    entry, page = promotion.who_may_claim.entries[0], {"page": promotion.who_may_claim.value}
    if purchase.buyer is None:
        return RuleResult(Rule.BUYER, Outcome.OPEN, entry, "buyer_unknown", page, is_condition=True)
    outcome = {Buyer.BUSINESS: Outcome.HOLDS, Buyer.PRIVATE: Outcome.FAILS}.get(purchase.buyer, Outcome.OPEN)
    return RuleResult(Rule.BUYER, outcome, entry, f"buyer_{purchase.buyer.value}", page)


def quantity_rule(purchase: Purchase, promotion: Promotion) -> RuleResult | None:
    """Any number is fine: beyond the limit of one claim it takes several, within the page's maximum."""
    if not purchase.quantity or purchase.quantity < 1:
        return None
    limit = promotion.products_per_claim
    values: dict[str, object] = {"quantity": purchase.quantity, "limit": limit.value}
    if purchase.quantity <= limit.value:
        return RuleResult(Rule.QUANTITY, Outcome.HOLDS, limit.entries[0], "quantity_in_one_claim", values)
    values |= {"claims": -(-purchase.quantity // limit.value), "total": promotion.cashback_in_total.value}
    return RuleResult(Rule.QUANTITY, Outcome.HOLDS, limit.entries[0], "quantity_in_several_claims", values)


def document_rule(purchase: Purchase, promotion: Promotion) -> RuleResult | None:
    """The proof of purchase: a failing one can still be replaced, the purchase is not refused for it."""
    accepted, refused = promotion.accepted_documents, promotion.refused_documents
    values = {"page": accepted.value, "refused": refused.value}
    match purchase.document:
        case None:
            return None
        case Document.INVOICE:
            return RuleResult(Rule.DOCUMENT, Outcome.HOLDS, accepted.entries[0], "document_invoice", values)
        case Document.RECEIPT:
            return RuleResult(
                Rule.DOCUMENT,
                Outcome.OPEN,
                accepted.entries[0],
                "document_receipt",
                values,
                is_condition=True,
            )
        case Document.NONE:
            return RuleResult(Rule.DOCUMENT, Outcome.FAILS, accepted.entries[0], "document_none", values)
        case document:
            return RuleResult(Rule.DOCUMENT, Outcome.FAILS, refused.entries[0], f"document_{document.value}", values)


def claim_rule(promotion: Promotion, today: date) -> RuleResult:
    """Still to be claimed today: certain up to the safe last day, certain not after the latest one."""
    until = promotion.claims_until
    safe = min(until.readings, key=lambda reading: reading.value)
    if today <= until.earliest:
        outcome, reason = Outcome.HOLDS, "claim_in_time"
    elif today <= until.latest:
        outcome, reason = Outcome.OPEN, "claim_between_last_days"
    else:
        outcome, reason = Outcome.FAILS, "claim_too_late_by_both" if until.is_disputed else "claim_too_late"
    return RuleResult(Rule.CLAIM, outcome, safe.entries[0], reason, {"until": until, "today": today})


def unclear_product(promotion: Promotion) -> RuleResult:
    """For a verdict that is given although nobody knows which product it is: that it is on the list is its condition."""
    entry, page = promotion.product_list.entries[0], {"page": promotion.product_list.value}
    return RuleResult(Rule.PRODUCT, Outcome.OPEN, entry, "product_unclear", page, is_condition=True)


def unclear_seller(promotion: Promotion) -> RuleResult:
    """For a verdict that is given although nobody knows where it was bought."""
    entry, page = promotion.refused_sellers.entries[0], {"page": promotion.refused_sellers.value}
    return RuleResult(Rule.SELLER, Outcome.OPEN, entry, "seller_unrecognised", page, is_condition=True)


PURCHASE_RULES: tuple[Callable[[Purchase, Promotion], RuleResult | None], ...] = (
    product_rule,
    date_rule,
    seller_rule,
    buyer_rule,
    quantity_rule,
    document_rule,
)
