"""The replies the desk would give to an invented message: the approved words, by the same services that give the real ones."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from bot.core import intents
from bot.core.claims import Claim
from bot.core.explanations import Thresholds, why, why_said
from bot.core.faq import Faq
from bot.core.payment_timing import payment_outlook
from bot.core.promotion import Promotion
from bot.core.purchase import Buyer, Document, Purchase, Seller
from bot.core.ranking import Band, Candidate, Ranking
from bot.core.replies import Reply
from bot.core.sample_activity import SampleMessage
from bot.core.turns import Turn
from bot.core.wording import Wording, long_date
from bot.services.answer_questions import answer_questions
from bot.services.find_claim import LookupOutcome, LookupResult
from bot.services.hold_dialogue import admit_not_understood, hand_over, say
from bot.services.judge_purchase import judge_purchase
from bot.services.tell_claim import tell_payment, tell_status, tell_without_claim

PRESSED = why_said(None, {})
_THRESHOLDS = Thresholds(answer=0.5, familiar=1.5)
_SELLERS = {
    Seller.SHOP: "at a shop in town",
    Seller.ONLINE_SHOP: "in a web shop",
    Seller.AMAZON: "on Amazon",
    Seller.DISTRIBUTOR: "directly from a distributor",
}


@dataclass(frozen=True)
class InventingDesk:
    """What invented replies are made of."""

    faq: Faq
    promotion: Promotion
    wording: Wording
    claims: Sequence[Claim]
    products: Sequence[str]
    """Official names on the list."""


def answers(desk: InventingDesk, message: SampleMessage, day: date, random: Random) -> list[Reply]:
    """The approved words for every entry asked for, with the notes that come along."""
    return [
        replace(reply, why=_why(message.text, reply.faq_id or message.expects[0], Band.ANSWER, random))
        for reply in _approved(desk, message.expects, day, message.language)
    ]


def answers_to_button(desk: InventingDesk, faq_id: str, day: date) -> list[Reply]:
    return [replace(reply, why=PRESSED) for reply in _approved(desk, (faq_id,), day, "en")]


def choice(desk: InventingDesk, message: SampleMessage, random: Random) -> Reply:
    """What comes nearest, offered."""
    turn = Turn(intents.NOT_UNDERSTOOD, 0.4, suggestions=message.offers, band=Band.SUGGEST)
    offered = admit_not_understood(turn, 1, desk.faq, desk.wording)
    return replace(offered, why=_why(message.text, message.offers[0], Band.SUGGEST, random))


def none_of_these(desk: InventingDesk) -> Reply:
    return replace(say("denied", desk.wording), why=PRESSED)


def turned_away(desk: InventingDesk, message: SampleMessage, random: Random) -> Reply:
    """That the page says nothing about it."""
    nearest = random.choice([entry.id for entry in desk.faq])
    return replace(say("out_of_scope", desk.wording), why=_why(message.text, nearest, Band.NONE, random))


def way_to_a_person(desk: InventingDesk, message: SampleMessage, random: Random, *, before: bool) -> Reply:
    """The contact form: asked for, after a complaint, or because the answer was not what was needed."""
    (intent,) = message.expects
    reply = hand_over(desk.wording, before=before) if intent in intents.HAND_OFFS else say(intent, desk.wording)
    return replace(reply, why=_why(message.text, intent, Band.ANSWER, random))


def small_talk(desk: InventingDesk, message: SampleMessage, random: Random) -> Reply:
    (intent,) = message.expects
    return replace(say(intent, desk.wording), why=_why(message.text, intent, Band.ANSWER, random))


def claim_details_asked(desk: InventingDesk, message: SampleMessage, random: Random) -> Reply:
    asked = tell_without_claim(LookupOutcome(LookupResult.NEED_BOTH), desk.wording, desk.promotion.claim_reference)
    return replace(asked, why=_why(message.text, message.expects[0], Band.ANSWER, random))


def claim_not_told(desk: InventingDesk, random: Random, *, is_locked: bool = False) -> Reply:
    result = LookupResult.TOO_MANY_ATTEMPTS if is_locked else LookupResult.NOT_FOUND
    failed = tell_without_claim(LookupOutcome(result), desk.wording, desk.promotion.claim_reference)
    return replace(failed, why=_why("", intents.GIVE_CLAIM_DETAILS, Band.ANSWER, random))


def claim_told(desk: InventingDesk, claim: Claim, topic: str, day: date, random: Random) -> Reply:
    """Where the claim stands on that day, or when its money comes."""
    days = (desk.promotion.payment_days, desk.promotion.bank_days, desk.promotion.contact_after_days)
    outlook = payment_outlook(claim, day, *(fact.value for fact in days))
    tell = tell_payment if topic == intents.PAYMENT_TIMING else tell_status
    told = tell(claim, outlook, desk.wording)
    return replace(told, why=_why("", intents.GIVE_CLAIM_DETAILS, Band.ANSWER, random))


def known_claims(desk: InventingDesk, day: date) -> list[Claim]:
    """The claims that stood on a day as they stand now."""
    return [claim for claim in desk.claims if max(filter(None, _dates(claim))) <= day]


def purchase_asked(desk: InventingDesk, message: SampleMessage, day: date, random: Random) -> list[Reply]:
    """What has to be known to judge a purchase of which nothing was told."""
    return _judged(desk, Purchase(), day, message.text, random)


def purchase_told(desk: InventingDesk, day: date, random: Random) -> tuple[str, list[Reply]]:
    """What a customer tells about a purchase, and the verdict."""
    first = desk.promotion.purchases_from.earliest
    bought = date.fromordinal(random.randint(min(first.toordinal(), day.toordinal()), day.toordinal()))
    product, seller = random.choice(desk.products), random.choice(list(_SELLERS))
    purchase = Purchase(
        product=product,
        listed=True,
        bought_on=bought,
        seller=seller,
        buyer=Buyer.BUSINESS,
        document=Document.INVOICE,
    )
    text = f"our company bought a {product} {_SELLERS[seller]} on {long_date(bought)}, invoice is there"
    return text, _judged(desk, purchase, day, text, random)


def _judged(desk: InventingDesk, purchase: Purchase, day: date, text: str, random: Random) -> list[Reply]:
    replies = judge_purchase(purchase, promotion=desk.promotion, today=day, wording=desk.wording)
    reason = _why(text, intents.PRODUCT_ELIGIBILITY, Band.ANSWER, random)
    return [replace(reply, why=reason) for reply in replies]


def _approved(desk: InventingDesk, entries: Sequence[str], day: date, language: str) -> list[Reply]:
    return answer_questions(
        entries, faq=desk.faq, promotion=desk.promotion, wording=desk.wording, today=day, language=language
    )


def _why(text: str, label: str, band: Band, random: Random) -> str:
    """A reason as the understanding words it, with figures that fit the band."""
    least, most = {Band.ANSWER: (0.62, 0.98), Band.SUGGEST: (0.2, 0.44), Band.NONE: (0.02, 0.15)}[band]
    score = random.uniform(least, most)
    strange = random.uniform(0.55, 0.95) if band is Band.NONE else (1 - score) / 3
    return why(Ranking(text, (Candidate(label, score),), band, strange), _THRESHOLDS)


def _dates(claim: Claim) -> tuple[date | None, ...]:
    return claim.submitted_on, claim.validated_on, claim.paid_on, claim.rejected_on
