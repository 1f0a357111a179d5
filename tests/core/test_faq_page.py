"""The FAQ page is read word for word, or refused with line and remedy."""

from __future__ import annotations

import pytest

from bot.core.faq_page import PageError, read_page
from tests.contents import PAGE

CLOSING = "Q: Couldn't find an answer to your question?"


def test_the_published_page_has_six_sections_and_23_entries() -> None:
    sections = read_page(PAGE.read_text(encoding="utf-8"))
    assert [len(section.entries) for section in sections] == [7, 4, 3, 5, 2, 2]
    assert all(section.closing_question == CLOSING[3:] for section in sections)
    assert [entry.mark for entry in sections[4].entries] == ["R", "R"]


def test_the_head_is_no_entry() -> None:
    assert read_page("Big Promotion\nQ: Why?\nA: Because.")[0].entries[0].question == "Why?"


def test_words_are_kept_as_they_are_but_for_non_breaking_spaces() -> None:
    (section,) = read_page("Q: Which Shop´s?\nA: You don’t  except\u00a0 it. \u00a0\n")
    assert section.entries[0].question == "Which Shop´s?"
    assert section.entries[0].answer == "You don’t  except  it."


@pytest.mark.parametrize("bullet", ["", "  • ", "- ", "* ", "\t◦\u00a0", "12. ", "3) ", "\u200b", "–  "])
def test_a_bullet_before_the_mark_does_not_matter(bullet: str) -> None:
    (section,) = read_page(f"{bullet}Q: Why?\n{bullet}A: Because.")
    assert (section.entries[0].question, section.entries[0].answer) == ("Why?", "Because.")


@pytest.mark.parametrize(
    "lines",
    [
        "Q: Why?\r\nA: One.\r\nTwo.\r\n",
        "\ufeffQ: Why?\nA: One.\n  Two.",
        "q : Why?\nA :One.\nTwo.\n\n",
        "Q: Why?\nA:\nOne.\nTwo.",
    ],
)
def test_an_answer_may_have_several_lines(lines: str) -> None:
    assert read_page(lines)[0].entries[0].answer == "One.\nTwo."


def test_a_blank_line_within_an_answer_is_kept() -> None:
    assert read_page("Q: Why?\nA: One.\n\nTwo.\n\nQ: How?\nA: So.")[0].entries[0].answer == "One.\n\nTwo."


def test_the_closing_question_is_known_with_any_apostrophe() -> None:
    page = "Q: Why?\nA: So.\nQ: COULDN´T find an answer to your question\nQ: How?\nA: So."
    assert [section.closing_question is not None for section in read_page(page)] == [True, False]


@pytest.mark.parametrize(
    ("page", "line", "what"),
    [
        ("Q: Why?\nQ: How?\nA: So.", 1, "a question without an answer"),
        ("Q: Why?", 1, "a question without an answer"),
        ("Q: Why?\nA:\n\nQ: How?\nA: So.", 1, "a question without an answer"),
        (f"Q: Why?\n{CLOSING}", 1, "a question without an answer"),
        ("A: Because.\nQ: Why?\nA: So.", 1, "an answer without a question"),
        (f"Q: Why?\nA: So.\n{CLOSING}\nA: Call us.", 4, "an answer without a question"),
        ("Q: Why?\nA: So.\nR: Or so.", 3, "a second answer"),
        ("Only words.\nNo questions.", 1, "no question at all"),
        ("", 1, "no question at all"),
        ("Q:\nA: So.", 1, "Q: without a question"),
        ("Q: Why? A: Because.", 1, "question and answer on one line"),
        ("Q: Why?\nA: So. • Q: How?\nA: So.", 2, "a second Q:"),
        ("Q: Why?\nA: So.\nand more Q: How?", 3, "a second Q:"),
        ("Q: Why?\nreally\nA: So.", 2, "text between"),
        (f"Q: Why?\nA: So.\n{CLOSING}\nTerms and conditions", 4, "text that belongs to no question"),
        ("Q: Why?\nA: So.\nQ. How?\nA: So.", 3, "a question without its mark"),
        ("Q: Why?\nA: So.\n  • Q How?\nA: So.", 3, "a question without its mark"),
        ("Q: Why?\nA: So.\n\nQ:  why?\nA: Not so.", 4, "the same question as on line 1"),
        (f"{CLOSING}\nQ: Why?\nA: So.", 1, "a section without questions"),
        (f"Q: Why?\nA: So.\n{CLOSING}\n{CLOSING}", 4, "a section without questions"),
        ("Q: Why?\nA: So\ufffd.", 2, "U+FFFD cannot be read"),
        ("Q: Why?\nA: So\x07.", 2, "U+0007 cannot be read"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_line(page: str, line: int, what: str) -> None:
    with pytest.raises(PageError) as caught:
        read_page(page)
    assert caught.value.line_number == line
    assert what in caught.value.what
    assert caught.value.mend
