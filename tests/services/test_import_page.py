"""A page becomes section files, and a new page a list of changes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.adapters.faq_files import read_faq_files
from bot.adapters.known_ids_file import read_known_ids
from bot.core.faq_sections import FaqSection
from bot.services.import_page import KnownSection, id_from_words, plan_import
from tests.contents import PAGE, ROOT

SEED = PAGE.read_text(encoding="utf-8")
SMALL = "Q: Why?\nA: So.\nQ: How long?\nA: Long.\nQ: Couldn't find an answer to your question?\nQ: Where?\nA: There."


@pytest.fixture
def kept() -> tuple[FaqSection, ...]:
    return read_faq_files(ROOT / "faq").sections


def test_the_files_of_the_repository_come_from_the_page(kept: tuple[FaqSection, ...]) -> None:
    plan = plan_import(SEED, (), read_known_ids(ROOT / "faq" / "ids.yml"))
    assert [section.name for section in plan.sections] == [
        "claiming",
        "invoice",
        "dates",
        "payment",
        "products",
        "purchase",
    ]
    assert [section.title for section in plan.sections] == [
        "Claiming",
        "Invoice",
        "Dates",
        "Payment",
        "Products",
        "Where bought",
    ]
    for made, there in zip(plan.sections, kept):
        assert [(e.id, e.question, e.answer, e.mark) for e in made.entries] == [
            (e.id, e.question, e.answer, e.mark) for e in there.entries
        ]


def test_the_same_page_again_changes_nothing(kept: tuple[FaqSection, ...]) -> None:
    plan = plan_import(SEED, kept)
    assert (plan.changes, plan.changed_sections, plan.removed_names, plan.is_first) == ((), (), (), False)


def test_without_known_ids_they_are_made_of_the_words() -> None:
    plan = plan_import(SMALL, ())
    assert [(s.name, [e.id for e in s.entries]) for s in plan.sections] == [
        ("section_1", ["why", "how_long"]),
        ("section_2", ["where"]),
    ]
    assert plan.is_first
    assert {change.kind for change in plan.changes} == {"added"}


@pytest.mark.parametrize(
    ("question", "made"),
    [
        ("Can I claim twice?", "can_i_claim_twice"),
        ("What’s Ünïcode?", "whats_unicode"),
        ("15 products?", "question_15_products"),
        ("Почему?", "question"),
        ("Why?", "why_3"),
        (
            "How can I possibly find the number of my invoice anywhere?",
            "how_can_i_possibly_find_the_number_of_my",
        ),
    ],
)
def test_an_id_is_made_of_words_and_unlike_the_others(question: str, made: str) -> None:
    assert id_from_words(question, {"why", "why_2"}) == made


def test_a_changed_answer_is_shown_and_keeps_what_the_page_does_not_know(
    kept: tuple[FaqSection, ...],
) -> None:
    entries = (replace(kept[0].entries[0], variants={"closed": "Over."}), *kept[0].entries[1:])
    existing = (replace(kept[0], entries=entries), *kept[1:])
    plan = plan_import(SEED.replace("junk e-mail as some", "spam folder as some"), existing)
    (change,) = plan.changes
    assert (change.kind, change.id) == ("answer changed", "claim_notification")
    assert "-A: Yes, you will receive" in change.diff
    assert "+A: Yes, you will receive" in change.diff
    assert "variants" in change.hint
    assert plan.sections[0].entries[0].variants == {"closed": "Over."}
    assert [section.name for section in plan.changed_sections] == ["claiming"]


def test_a_reworded_question_keeps_its_id(kept: tuple[FaqSection, ...]) -> None:
    plan = plan_import(SEED.replace("Where can I find a serial number?", "Where do I find the serial number?"), kept)
    (change,) = plan.changes
    assert (change.kind, change.id) == ("question changed", "serial_number_location")


def test_new_and_vanished_questions_are_told_apart(kept: tuple[FaqSection, ...]) -> None:
    page = SEED.replace("Where can I find a serial number?", "Do you ship to Iceland?")
    page = page.replace("Normally it can be found on the back of your device.", "We ship nothing.")  # fmt: skip
    plan = plan_import(page, kept)
    assert [(change.kind, change.id) for change in plan.changes] == [
        ("added", "do_you_ship_to_iceland"),
        ("removed", "serial_number_location"),
    ]
    assert plan.sections[0].name == "claiming"


def test_sections_keep_their_files_when_the_page_is_rearranged() -> None:
    existing = plan_import(
        SMALL, (), [KnownSection("general", "General", {"Why?": "why"}), KnownSection("place", "Place", {})]
    ).sections
    first, second = SMALL.split("Q: Couldn't find an answer to your question?\n")
    plan = plan_import(f"{second}\nQ: Couldn't find an answer to your question?\n{first}", existing)
    assert [(section.name, section.order) for section in plan.sections] == [("place", 1), ("general", 2)]
    assert {change.kind for change in plan.changes} == {"moved"}
    assert len(plan.changed_sections) == 2


def test_a_section_that_is_gone_loses_its_file() -> None:
    existing = plan_import(SMALL, ()).sections
    plan = plan_import("Q: Why?\nA: So.\nQ: How long?\nA: Long.", existing)
    assert plan.removed_names == ("section_2",)
    assert [(change.kind, change.id) for change in plan.changes] == [("removed", "where")]


def test_every_entry_of_the_repository_is_the_page_word_for_word(tmp_path: Path, kept: tuple[FaqSection, ...]) -> None:
    """Compared without the page reader: the lines of the file against the entries."""
    lines = [line.replace("\u00a0", " ").strip().removeprefix("•").strip() for line in SEED.splitlines()]
    for section in kept:
        for entry in section.entries:
            at = lines.index(f"Q: {entry.question}")
            assert lines[at + 1] == f"{entry.mark}: {entry.answer}"
    assert sum(line.startswith("Q: ") for line in lines) == sum(len(section.entries) for section in kept) + 6
