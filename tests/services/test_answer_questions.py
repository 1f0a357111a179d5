"""Answers are given word for word, with what there is to click."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.faq_files import read_faq
from bot.adapters.replies_file import read_wording
from bot.core.faq import Faq, FaqEntry
from bot.core.promotion import DatedFact, Promotion
from bot.core.replies import Link, Reply, ReplyKind
from bot.services.answer_questions import answer_questions
from tests.promotions import lenovo_like, undisputed

FOLDER = Path(__file__).parents[2] / "faq"
FAQ = read_faq(FOLDER)
WORDING = read_wording(FOLDER / "replies")
RUNNING, PAST_THE_SAFE_DAY, OVER = date(2023, 11, 6), date(2024, 1, 12), date(2024, 3, 1)
DATED = sorted(lenovo_like().purchases_until.entries | lenovo_like().claims_until.entries)
DANISH, NORWEGIAN = "Kvitteringen er nødvendig. Skriv til os.", "Kvitteringen trengs."
TRANSLATED = Faq(
    [
        FaqEntry(
            "lamp_receipt",
            "Lamps",
            "Receipt?",
            "It is needed, see CLICK HERE.",
            translations={"da": DANISH, "nb": NORWEGIAN},
        ),
        FaqEntry("lamp_colour", "Lamps", "Which colour?", "Any.", translations={"da": "Alle."}),
        FaqEntry("lamp_size", "Lamps", "Which size?", "All.", translations={"sv": "Alla."}),
        FaqEntry(
            "lamp_list", "Lamps", "Which?", "All.", variants={"closed": "None any more."}, translations={"da": "Alle."}
        ),
    ]
)
LAMPS = Faq(
    [
        FaqEntry("lamp_dates", "Lamps", "When?", "Bought from March 3rd 2025 to June 15th 2025."),
        FaqEntry("lamp_late", "Lamps", "Too late?", "Claim until July 31st 2025."),
        FaqEntry("lamp_list", "Lamps", "Which?", "All on the list.", variants={"closed": "None any more."}),
    ]
)


def answers(
    *ids: str, today: date = RUNNING, promotion: Promotion | None = None, faq: Faq = FAQ, language: str = "en"
) -> list[Reply]:
    return answer_questions(
        ids, faq=faq, promotion=promotion or lenovo_like(), wording=WORDING, today=today, language=language
    )


@pytest.mark.parametrize("entry", FAQ, ids=lambda entry: entry.id)
def test_every_answer_is_given_word_for_word_with_its_version(entry: FaqEntry) -> None:
    reply = answers(entry.id)[0]
    assert reply.kind is ReplyKind.ANSWER
    assert reply.text == entry.answer
    assert (reply.faq_id, reply.version) == (entry.id, entry.version)


@pytest.mark.parametrize("entry", FAQ, ids=lambda entry: entry.id)
def test_an_answer_that_says_click_here_has_something_to_click(entry: FaqEntry) -> None:
    links = answers(entry.id)[0].links
    assert links == ((Link("CLICK HERE", "/contact"),) if "CLICK HERE" in entry.answer else ())


def test_the_page_says_click_here_somewhere() -> None:
    assert any("CLICK HERE" in entry.answer for entry in FAQ)


def test_several_questions_are_answered_in_the_order_asked() -> None:
    ids = ("lost_invoice", "claim_notification", "more_than_one_claim")
    assert tuple(reply.faq_id for reply in answers(*ids)) == ids


def test_an_entry_that_does_not_exist_is_left_out() -> None:
    assert [reply.faq_id for reply in answers("nowhere", "lost_invoice")] == ["lost_invoice"]
    assert answers("nowhere") == []
    assert answers() == []


@pytest.mark.parametrize("entry_id", sorted({entry.id for entry in FAQ} - set(DATED)))
def test_an_answer_without_the_promotions_dates_stands_alone(entry_id: str) -> None:
    assert len(answers(entry_id)) == 1


@pytest.mark.parametrize("entry_id", DATED)
def test_after_an_answer_with_a_last_day_the_safe_one_is_named(entry_id: str) -> None:
    note = answers(entry_id)[-1]
    assert note.kind is ReplyKind.NOTICE
    assert note.faq_id is None, "a note is none of the approved words"
    assert "31 December 2023" in note.text
    assert "31 January 2024" in note.text


@pytest.mark.parametrize("entry_id", sorted(lenovo_like().purchases_until.entries))
def test_after_an_answer_with_an_end_of_the_purchase_period_both_are_named(entry_id: str) -> None:
    note = answers(entry_id)[-1].text
    assert "30 November 2023" in note
    assert "31 December 2023" in note


def test_a_note_on_last_days_alone_says_nothing_of_purchases() -> None:
    note = answers("forgot_to_claim_in_period")[-1].text
    assert "30 November 2023" not in note
    assert "gives two last days for claims" in note


def test_one_note_serves_all_answers_with_dates() -> None:
    replies = answers("when_can_i_claim", "lost_invoice", "forgot_to_claim_in_period")
    assert [reply.kind for reply in replies] == [ReplyKind.ANSWER] * 3 + [ReplyKind.NOTICE]


@pytest.mark.parametrize(
    ("today", "words"),
    [
        (date(2023, 5, 1), "has not started"),
        (RUNNING, "is running"),
        (PAST_THE_SAFE_DAY, "Today, 12 January 2024, the safe last day for claims is over"),
        (OVER, "the promotion is over"),
    ],
)
def test_the_note_says_where_the_promotion_stands_today(today: date, words: str) -> None:
    assert words in answers("when_can_i_claim", today=today)[-1].text


def test_a_page_that_does_not_contradict_itself_is_not_said_to() -> None:
    *_, note = answers("lamp_dates", "lamp_late", today=date(2025, 7, 10), promotion=undisputed(), faq=LAMPS)
    assert note.text == "Today, 10 July 2025, the period for purchases is over, and claims are still accepted."


def test_only_the_date_that_is_disputed_is_said_to_be() -> None:
    settled = lenovo_like()
    settled = replace(settled, claims_until=DatedFact(settled.claims_until.readings[:1]))
    note = answers("when_can_i_claim", promotion=settled)[-1].text
    assert "two ends of the period for purchases, 30 November 2023 and 31 December 2023" in note
    assert "two last days" not in note


def test_an_approved_wording_for_a_phase_replaces_the_answer_in_it_and_only_in_it() -> None:
    assert (
        answers("lamp_list", today=date(2025, 4, 10), promotion=undisputed(), faq=LAMPS)[0].text == "All on the list."
    )
    assert answers("lamp_list", today=date(2025, 9, 1), promotion=undisputed(), faq=LAMPS)[0].text == "None any more."


@pytest.mark.parametrize("language", ["da", "nb", "sv"])
def test_who_asks_in_another_language_is_told_in_it_that_the_answer_is_in_english(language: str) -> None:
    note, answer = answers("lost_invoice", language=language)
    assert note == Reply(ReplyKind.NOTICE, WORDING.say(f"answer_in_english_{language}"))
    assert [answer] == answers("lost_invoice")


def test_the_sentences_differ_and_are_one_sentence_each() -> None:
    sentences = {WORDING.say(f"answer_in_english_{language}") for language in ("da", "nb", "sv")}
    assert len(sentences) == 3
    assert all(sentence.count(".") == 1 and sentence.endswith(".") for sentence in sentences)


def test_two_answers_have_one_sentence_before_them_and_one_note_after_them() -> None:
    replies = answers("when_can_i_claim", "lost_invoice", language="sv")
    assert [reply.kind for reply in replies] == [
        ReplyKind.NOTICE,
        ReplyKind.ANSWER,
        ReplyKind.ANSWER,
        ReplyKind.NOTICE,
    ]


@pytest.mark.parametrize("language", ["en", "fi"])
def test_who_asks_in_english_or_in_a_language_without_a_sentence_gets_the_answer_alone(language: str) -> None:
    assert answers("lost_invoice", language=language) == answers("lost_invoice")
    assert len(answers("lost_invoice", language=language)) == 1


def test_nothing_answered_is_nothing_to_say_the_language_of() -> None:
    assert answers(language="da") == answers("nowhere", language="da") == []


def test_an_approved_translation_is_given_instead_of_the_english_answer() -> None:
    receipt, colour = answers("lamp_receipt", "lamp_colour", faq=TRANSLATED, language="da")
    assert (receipt.text, colour.text) == (DANISH, "Alle.")
    assert (receipt.faq_id, receipt.version) == ("lamp_receipt", TRANSLATED["lamp_receipt"].version)


def test_a_translation_keeps_the_way_to_the_contact_form() -> None:
    assert "CLICK HERE" not in DANISH
    (receipt,) = answers("lamp_receipt", faq=TRANSLATED, language="da")
    assert receipt.links == answers("lamp_receipt", faq=TRANSLATED)[0].links == (Link("CLICK HERE", "/contact"),)


def test_if_only_some_answers_are_translated_the_sentence_stands_before_all() -> None:
    note, receipt, colour = answers("lamp_receipt", "lamp_colour", faq=TRANSLATED, language="nb")
    assert note.text == WORDING.say("answer_in_english_nb")
    assert (receipt.text, colour.text) == (NORWEGIAN, "Any.")


def test_a_translation_into_another_language_is_of_no_use() -> None:
    note, answer = answers("lamp_size", faq=TRANSLATED, language="da")
    assert note.text == WORDING.say("answer_in_english_da")
    assert answer.text == "All."


def test_words_for_the_time_being_come_before_a_translation_of_other_words() -> None:
    (running,) = answers("lamp_list", faq=TRANSLATED, today=date(2025, 4, 10), promotion=undisputed(), language="da")
    assert running.text == "Alle."
    note, over = answers("lamp_list", faq=TRANSLATED, today=date(2025, 9, 1), promotion=undisputed(), language="da")
    assert note.text == WORDING.say("answer_in_english_da")
    assert over.text == "None any more."
