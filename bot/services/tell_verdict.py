"""A verdict on a purchase in words: the decision with its reasons, a line for every rule, and what to do next."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.cards import RuleList, rule_line
from bot.core.contact_form import contact_form
from bot.core.eligibility import Decision, Verdict
from bot.core.promotion import DatedFact, Promotion
from bot.core.purchase_rules import Outcome, Rule, RuleResult
from bot.core.replies import Link, Reply, ReplyKind
from bot.core.wording import Wording, long_month


def tell_verdict(verdict: Verdict, promotion: Promotion, wording: Wording, *, again: bool = False) -> Reply:
    """The verdict; ``again`` for one that was told before, in its short form."""
    if again:
        short = wording.say(f"purchase_again_{verdict.outcome.value}", verdict=_decision(verdict, wording))
        return Reply(ReplyKind.LOOKUP, short, links=_links(verdict, wording))
    rules = _rule_by_rule(verdict, wording)
    paragraphs = (_decision(verdict, wording), rules.paragraph, _what_next(verdict, promotion, wording))
    card = rules if rules.rules else None
    return Reply(ReplyKind.LOOKUP, "\n\n".join(filter(None, paragraphs)), links=_links(verdict, wording), card=card)


def _decision(verdict: Verdict, wording: Wording) -> str:
    """The verdict in a sentence or two, with all its reasons or conditions."""
    if verdict.outcome is Decision.QUALIFIES:
        return _qualifies(verdict, wording)
    sentences = []
    if verdict.lacks_only_proof:
        sentences.append(reasons("purchase_lacks_proof", verdict.failing, wording))
        if not verdict.unsettled and not _is_product_unclear(verdict):
            sentences.append(wording.say("purchase_lacks_only_proof"))
    elif verdict.failing:
        return reasons(_refusal(verdict), verdict.failing, wording)
    if verdict.unsettled:
        sentences.append(reasons("purchase_cannot_be_settled", verdict.unsettled, wording))
    return " ".join(sentences)


def _refusal(verdict: Verdict) -> str:
    if all(result.rule is Rule.CLAIM for result in verdict.failing):
        return "purchase_can_no_longer_be_claimed"
    return "purchase_would_fail" if verdict.planned else "purchase_fails"


def _qualifies(verdict: Verdict, wording: Wording) -> str:
    key = "purchase_would_qualify" if verdict.planned else "purchase_qualifies"
    if not verdict.conditions:
        return wording.say(key)
    conditions = [
        wording.say(f"purchase_if_{result.reason}", **_spoken(result.values, wording)) for result in verdict.conditions
    ]
    return wording.say(f"{key}_if", conditions=listed(conditions, wording))


def _rule_by_rule(verdict: Verdict, wording: Wording) -> RuleList:
    told = verdict.results
    if verdict.outcome is Decision.FAILS and not verdict.lacks_only_proof:
        # After a no, neither conditions nor the time left to claim are of any use.
        told = tuple(result for result in told if not result.is_condition and not _is_time_left(result))
    lines = [wording.say(f"purchase_line_{result.reason}", **_spoken(result.values, wording)) for result in told]
    rules = (rule_line(result.outcome, line) for result, line in zip(told, lines))
    return RuleList(tuple(rules), paragraph="\n".join(lines))


def _is_time_left(result: RuleResult) -> bool:
    return result.rule is Rule.CLAIM and result.outcome is not Outcome.FAILS


def _what_next(verdict: Verdict, promotion: Promotion, wording: Wording) -> str:
    if verdict.outcome is Decision.FAILS and not verdict.lacks_only_proof:
        key = "purchase_next_contact_not_listed" if _links(verdict, wording) else "purchase_next_correct"
        return wording.say(key)
    sentences = []
    document = verdict.result(Rule.DOCUMENT)
    if _is_product_unclear(verdict):
        sentences.append(wording.say("purchase_next_contact_product"))
    elif verdict.unsettled:
        sentences.append(wording.say("purchase_next_contact"))
    if document and document.outcome is Outcome.FAILS:
        sentences.append(wording.say("purchase_next_get_invoice"))
    claim = verdict.result(Rule.CLAIM)
    if claim and claim.outcome is Outcome.HOLDS:
        key = "purchase_next_claim_by_safe_day" if promotion.claims_until.is_disputed else "purchase_next_claim_by"
        sentences.append(wording.say(key, **_spoken(claim.values, wording)))
    if document is None:
        sentences.append(wording.say("purchase_next_invoice", page=promotion.accepted_documents.value))
    return " ".join(sentences)


def _links(verdict: Verdict, wording: Wording) -> tuple[Link, ...]:
    """The contact form where the page leaves something open, and where the product is not on the list or not known."""
    product = verdict.result(Rule.PRODUCT)
    is_not_listed = product is not None and product.outcome is Outcome.FAILS
    is_open = bool(verdict.unsettled) and (verdict.outcome is Decision.CANNOT_BE_SETTLED or verdict.lacks_only_proof)
    return (contact_form(wording),) if is_open or is_not_listed or _is_product_unclear(verdict) else ()


def _is_product_unclear(verdict: Verdict) -> bool:
    product = verdict.result(Rule.PRODUCT)
    return product is not None and product.is_condition


def listed(things: Sequence[str], wording: Wording) -> str:
    """Things joined as a sentence joins them."""
    if len(things) == 1:
        return things[0]
    *others, second, third = things
    if not others:
        return wording.say("purchase_list_two", first=second, second=third)
    return wording.say("purchase_list_three", first=", ".join(others), second=second, third=third)


def reasons(key: str, results: Sequence[RuleResult], wording: Wording) -> str:
    """The sentence with why a purchase fails by these rules, or is left open by them."""
    whys = [wording.say(f"purchase_why_{result.reason}", **_spoken(result.values, wording)) for result in results]
    joined = whys[0]
    for why in whys[1:]:
        joined = wording.say("purchase_and_also", first=joined, next=why)
    return wording.say(key, reasons=joined)


def _spoken(values: Mapping[str, object], wording: Wording) -> dict[str, object]:
    """The values in words: the page's dates with all their readings, a customer's date as exactly as it was told."""
    spoken = dict(values)
    for name, value in values.items():
        if isinstance(value, DatedFact):
            ends = {"first": value.earliest, "last": value.latest}
            spoken |= {f"{name}_{end}": day for end, day in ends.items()}
            spoken[name] = value.earliest
            if value.is_disputed:
                spoken[name] = wording.say("purchase_page_gives_both", first=value.earliest, second=value.latest)
        elif isinstance(value, tuple):
            first, second = value
            is_month = isinstance(first, int)
            spoken[name] = (
                long_month(first, second)
                if is_month
                else wording.say("purchase_either_date", first=first, second=second)
            )
    return spoken
