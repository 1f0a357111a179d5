"""What has to be right before a change can be proposed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from bot.core.faq import FaqEntry
from bot.core.faq_sections import FaqSection
from bot.core.gap_groups import key_of
from bot.core.proposals import Change, ContentOutline, Way, clean_phrase, problems_of, suggested_phrases
from tests.promotions import lenovo_like

TODAY = date(2023, 12, 15)
OUTLINE = ContentOutline(
    (FaqSection("payment", "Payment", 1, (FaqEntry("how_long", "Payment", "How long?", "45 days."),)),),
    ("greet", "claim_status"),
    {key_of("when is it paid"): "how_long"},
    frozenset({key_of("How many days does it take?")}),
)
PHRASES = Change(Way.PHRASES, ("when do I get it",), label="how_long")
ENTRY = Change(
    Way.ENTRY, ("gift cards?",), label="gift_cards", section="payment", question="Can I get a gift card?", answer="No.",
    review_by=date(2024, 1, 31),
)  # fmt: skip


def problems(change: Change) -> dict[str, list[str]]:
    return problems_of(change, OUTLINE, lenovo_like().claim_reference, TODAY)


@pytest.mark.parametrize(
    "change", [PHRASES, ENTRY, replace(PHRASES, label="greet"), Change(Way.OUT_OF_SCOPE, ("moon",))]
)
def test_a_change_that_fits_has_no_problems_and_is_kept_as_it_is(change: Change) -> None:
    assert problems(change) == {}
    assert Change.from_dict(json.loads(json.dumps(change.as_dict()))) == change


@pytest.mark.parametrize(
    ("phrase", "said"),
    [
        ("where is ‹claim reference›", "placeholder"),
        ("write to ane@birkvik.example", "somebody's address"),
        ("where is LEN-482913", "somebody's address"),
        ("call +45 20 12 34 56", "somebody's address"),
        ("?!", "says nothing"),
        ("x y " * 100, "longer than 300"),
        ("the [dock](product)", "brackets"),
        ("set {x}", "brackets"),
        ("When is it PAID?", "a phrase of how_long already."),
        ("how many days does it take", "by which the model is measured"),
    ],
)
def test_a_phrase_that_cannot_be_learnt_is_named(phrase: str, said: str) -> None:
    (told,) = problems(replace(PHRASES, phrases=("fine words", phrase)))["phrases"]

    assert said in told
    assert len(told) < 300


def test_a_phrase_of_another_entry_says_where_it_stands() -> None:
    told = problems(replace(PHRASES, label="greet", phrases=("when is it paid",)))

    assert told == {"phrases": ["“when is it paid” is a phrase of how_long already: untick it, or change it there."]}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        (replace(PHRASES, phrases=()), "phrases"),
        (replace(PHRASES, phrases=tuple(f"words {'x' * number}" for number in range(61))), "phrases"),
        (replace(PHRASES, label=""), "label"),
        (replace(PHRASES, label="gone"), "label"),
        (replace(PHRASES, label="out_of_scope"), "label"),
        (replace(ENTRY, label="Gift Cards"), "id"),
        (replace(ENTRY, label="how_long"), "id"),
        (replace(ENTRY, label="greet"), "id"),
        (replace(ENTRY, label="faq"), "id"),
        (replace(ENTRY, label="thanks"), "id"),
        (replace(ENTRY, section="../promotion"), "section"),
        (replace(ENTRY, question=" "), "question"),
        (replace(ENTRY, question="One\nTwo"), "question"),
        (replace(ENTRY, question="What {is} it?"), "question"),
        (replace(ENTRY, answer=""), "answer"),
        (replace(ENTRY, answer="x" * 4001), "answer"),
        (replace(ENTRY, answer="See [here](https://x.example)."), "answer"),
        (replace(ENTRY, answer="TODO"), "answer"),
        (replace(ENTRY, review_by=TODAY), "review_by"),
    ],
)
def test_what_is_missing_or_wrong_is_told_at_its_field(change: Change, field: str) -> None:
    assert list(problems(change)) == [field]


def test_phrases_are_cleaned_and_none_comes_twice() -> None:
    assert suggested_phrases([" - Is it\n taxable?", "is it taxable", "", "  ", "•  VAT?"]) == (
        "Is it taxable?",
        "VAT?",
    )
    assert clean_phrase("a\u202eb\x00c") == "abc"
