"""Answer questions with the approved words, and say beside them where the page contradicts itself and where we stand today."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.core.faq import Faq, FaqEntry
from bot.core.phases import Phase, phase_on
from bot.core.promotion import Promotion
from bot.core.replies import Link, Reply, ReplyKind
from bot.core.wording import Wording

CONTACT = "/contact"
CONTACT_WORDS = "CLICK HERE"
"""How the page's answers name the contact form."""


def answer_questions(
    entry_ids: Iterable[str], *, faq: Faq, promotion: Promotion, wording: Wording, today: date
) -> list[Reply]:
    """The answers in the order asked, word for word, and one note after them if any names a date of the promotion."""
    entries = [faq[entry_id] for entry_id in entry_ids if entry_id in faq]
    answers = [_answer(entry, promotion, today) for entry in entries]
    note = _note(entries, promotion, wording, today)
    return [*answers, note] if note else answers


def _answer(entry: FaqEntry, promotion: Promotion, today: date) -> Reply:
    text = entry.variants.get(phase_on(promotion, today).value, entry.answer)
    links = (Link(CONTACT_WORDS, CONTACT),) if CONTACT_WORDS in text else ()
    return Reply(ReplyKind.ANSWER, text, faq_id=entry.id, version=entry.version, links=links)


def _note(entries: Sequence[FaqEntry], promotion: Promotion, wording: Wording, today: date) -> Reply | None:
    ids = {entry.id for entry in entries}
    purchases, claims = promotion.purchases_until, promotion.claims_until
    if ids.isdisjoint(purchases.entries | claims.entries):
        return None
    sentences = []
    contradiction = _contradiction(
        purchases.is_disputed and not ids.isdisjoint(purchases.entries),
        claims.is_disputed and not ids.isdisjoint(claims.entries),
    )
    if contradiction:
        sentences.append(
            wording.say(
                contradiction,
                purchases_first=purchases.earliest,
                purchases_last=purchases.latest,
                claims_first=claims.earliest,
                claims_last=claims.latest,
            )
        )
    phase = phase_on(promotion, today)
    sentences.append(wording.say(f"today_{phase.value}", today=today))
    # Between the two last days only customer service can tell what holds.
    links = (Link(wording.say("contact_form"), CONTACT),) if phase is Phase.DISPUTED else ()
    return Reply(ReplyKind.NOTICE, " ".join(sentences), links=links)


def _contradiction(ends_differ: bool, last_days_differ: bool) -> str | None:
    if ends_differ and last_days_differ:
        return "note_two_ends_and_last_days"
    if ends_differ:
        return "note_two_ends"
    return "note_two_last_days" if last_days_differ else None
