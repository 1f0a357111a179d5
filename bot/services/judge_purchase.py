"""Say whether a purchase qualifies, rule by rule, or ask for what is missing to say so."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.core.eligibility import Decision, Missing, Verdict, judge
from bot.core.promotion import DatedFact, Promotion
from bot.core.purchase import Purchase
from bot.core.purchase_rules import Outcome, Rule, RuleResult
from bot.core.replies import Button, Link, Reply, ReplyKind
from bot.core.wording import Wording, long_date, long_month

CONTACT_FORM = Link("Contact form", "/contact")
CLOSE_NAMES_OFFERED = 3


def judge_purchase(
    purchase: Purchase, *, promotion: Promotion, today: date, wording: Wording, again: bool = False
) -> list[Reply]:
    """The question that is next, or the verdict; ``again`` gives a verdict that was told before in its short form."""
    verdict = judge(purchase, promotion, today)
    if Missing.WHICH_PRODUCT in verdict.missing:
        return [_ask_which_product(purchase, wording)]
    if verdict.missing:
        return [_ask(purchase, verdict, wording)]
    if again:
        short = wording.say(f"purchase_again_{verdict.outcome.value}", verdict=_decision(verdict, wording))
        return [Reply(ReplyKind.LOOKUP, short, links=_links(verdict))]
    paragraphs = (
        _decision(verdict, wording),
        _rule_by_rule(verdict, wording),
        _what_next(verdict, promotion, wording),
    )
    return [Reply(ReplyKind.LOOKUP, "\n\n".join(filter(None, paragraphs)), links=_links(verdict))]


def _ask_which_product(purchase: Purchase, wording: Wording) -> Reply:
    names = purchase.close[:CLOSE_NAMES_OFFERED]
    buttons = [Button(name, f"product:{name}") for name in names]
    buttons.append(Button(wording.say("purchase_none_of_these"), "product:"))
    if len(names) == 1:
        text = wording.say("purchase_did_you_mean_one", product=names[0])
    else:
        text = wording.say("purchase_did_you_mean")
    return Reply(ReplyKind.SUGGESTIONS, text, buttons=tuple(buttons))


def _ask(purchase: Purchase, verdict: Verdict, wording: Wording) -> Reply:
    sentences = []
    buttons: tuple[Button, ...] = ()
    if purchase.product and purchase.listed:
        sentences.append(wording.say("purchase_noted_product", product=purchase.product))
    if verdict.failing:
        sentences.append(_reasons("purchase_noted_proof", verdict.failing, wording))
    things = [
        _missing_thing(missing, purchase, wording) for missing in verdict.missing if missing is not Missing.WHICH_DATE
    ]
    if things:
        key = "purchase_ask_more" if _tells_anything(purchase) else "purchase_ask"
        sentences.append(wording.say(key, missing=_listed(things, wording)))
    if Missing.WHICH_DATE in verdict.missing:
        first, second = purchase.date_readings
        sentences.append(wording.say("purchase_ask_which_date", first=first, second=second))
        buttons = tuple(Button(long_date(day), f"date:{day.isoformat()}") for day in purchase.date_readings)
    return Reply(ReplyKind.QUESTION, " ".join(sentences), buttons=buttons)


def _tells_anything(purchase: Purchase) -> bool:
    return purchase.tells_product or purchase.tells_date or purchase.tells_seller


def _missing_thing(missing: Missing, purchase: Purchase, wording: Wording) -> str:
    month = {"month": long_month(*purchase.month)} if purchase.month else {}
    return wording.say(f"purchase_missing_{missing.value}", **month)


def _listed(things: Sequence[str], wording: Wording) -> str:
    if len(things) == 1:
        return things[0]
    if len(things) == 2:
        return wording.say("purchase_list_two", first=things[0], second=things[1])
    return wording.say("purchase_list_three", first=things[0], second=things[1], third=things[2])


def _decision(verdict: Verdict, wording: Wording) -> str:
    """The verdict in a sentence or two, with all its reasons or conditions."""
    if verdict.outcome is Decision.QUALIFIES:
        return _qualifies(verdict, wording)
    sentences = []
    if verdict.lacks_only_proof:
        sentences.append(_reasons("purchase_lacks_proof", verdict.failing, wording))
        if not verdict.unsettled:
            sentences.append(wording.say("purchase_lacks_only_proof"))
    elif verdict.failing:
        return _reasons(_refusal(verdict), verdict.failing, wording)
    if verdict.unsettled:
        sentences.append(_reasons("purchase_cannot_be_settled", verdict.unsettled, wording))
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
    return wording.say(f"{key}_if", conditions=_listed(conditions, wording))


def _reasons(key: str, results: Sequence[RuleResult], wording: Wording) -> str:
    whys = [wording.say(f"purchase_why_{result.reason}", **_spoken(result.values, wording)) for result in results]
    reasons = whys[0]
    for why in whys[1:]:
        reasons = wording.say("purchase_and_also", first=reasons, next=why)
    return wording.say(key, reasons=reasons)


def _rule_by_rule(verdict: Verdict, wording: Wording) -> str:
    told = verdict.results
    if verdict.outcome is Decision.FAILS and not verdict.lacks_only_proof:
        # After a no, neither conditions nor the time left to claim are of any use.
        told = tuple(result for result in told if not result.is_condition and not _is_time_left(result))
    return "\n".join(
        wording.say(f"purchase_line_{result.reason}", **_spoken(result.values, wording)) for result in told
    )


def _is_time_left(result: RuleResult) -> bool:
    return result.rule is Rule.CLAIM and result.outcome is not Outcome.FAILS


def _what_next(verdict: Verdict, promotion: Promotion, wording: Wording) -> str:
    if verdict.outcome is Decision.FAILS and not verdict.lacks_only_proof:
        key = "purchase_next_contact_not_listed" if _links(verdict) else "purchase_next_correct"
        return wording.say(key)
    sentences = []
    document = verdict.result(Rule.DOCUMENT)
    if verdict.unsettled:
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


def _links(verdict: Verdict) -> tuple[Link, ...]:
    """The contact form where the page leaves something open, and for products that are not on the list."""
    product = verdict.result(Rule.PRODUCT)
    is_not_listed = product is not None and product.outcome is Outcome.FAILS
    is_open = bool(verdict.unsettled) and (verdict.outcome is Decision.CANNOT_BE_SETTLED or verdict.lacks_only_proof)
    return (CONTACT_FORM,) if is_open or is_not_listed else ()


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
