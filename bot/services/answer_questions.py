"""Answer questions with the approved words, and say beside them their language, the page's contradictions and the day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from bot.core.contact_form import CLICK_HERE, CONTACT, contact_form
from bot.core.faq import Faq, FaqEntry
from bot.core.phases import Phase, phase_on
from bot.core.promotion import Promotion
from bot.core.replies import Link, Reply, ReplyKind
from bot.core.wording import Wording


def answer_questions(
    entry_ids: Iterable[str], *, faq: Faq, promotion: Promotion, wording: Wording, today: date, language: str = "en"
) -> list[Reply]:
    """The answers in the order asked, word for word, in an approved translation where there is one.

    One note before them if any stays in English for who asks in another ``language``, and one after them if any names a
    date of the promotion.
    """
    entries = [faq[entry_id] for entry_id in entry_ids if entry_id in faq]
    phase = phase_on(promotion, today)
    answers = [_answer(entry, phase, language) for entry in entries]
    all_translated = all(_is_translated(entry, phase, language) for entry in entries)
    before = None if all_translated else _in_english(language, wording)
    after = _note(entries, promotion, wording, today)
    return [reply for reply in (before, *answers, after) if reply]


def _answer(entry: FaqEntry, phase: Phase, language: str) -> Reply:
    text = approved = entry.variants.get(phase.value, entry.answer)
    if _is_translated(entry, phase, language):
        text = entry.translations[language]
    # A translation has words of its own for the form; the way there is shown with it all the same.
    links = (Link(CLICK_HERE, CONTACT),) if CLICK_HERE in approved else ()
    return Reply(ReplyKind.ANSWER, text, faq_id=entry.id, version=entry.version, links=links)


def _is_translated(entry: FaqEntry, phase: Phase, language: str) -> bool:
    """A translation is one of the answer: where other words hold for the time being, it would say what no longer does."""
    return language in entry.translations and phase.value not in entry.variants


def _in_english(language: str, wording: Wording) -> Reply | None:
    """In the customer's language, so that the English that follows is no surprise; there is no such sentence in English."""
    key = f"answer_in_english_{language}"
    return Reply(ReplyKind.NOTICE, wording.say(key)) if key in wording else None


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
    links = (contact_form(wording),) if phase is Phase.DISPUTED else ()
    return Reply(ReplyKind.NOTICE, " ".join(sentences), links=links)


def _contradiction(ends_differ: bool, last_days_differ: bool) -> str | None:
    if ends_differ and last_days_differ:
        return "note_two_ends_and_last_days"
    if ends_differ:
        return "note_two_ends"
    return "note_two_last_days" if last_days_differ else None
