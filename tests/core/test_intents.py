"""Entries of the page and intents of the desk are told apart."""

from __future__ import annotations

import pytest

from bot.core import intents


def test_an_entry_of_the_training_data_is_known_by_its_id_alone() -> None:
    assert intents.label_of("faq/lost_invoice") == "lost_invoice"
    assert intents.label_of("claim_status") == "claim_status"
    assert intents.label_of("my_faq/lost_invoice") == "my_faq/lost_invoice", "only the retrieval intent is cut off"


@pytest.mark.parametrize("label", ["lost_invoice", "how_to_qualify", "an_entry_written_tomorrow"])
def test_whatever_is_no_intent_of_the_desk_is_an_entry(label: str) -> None:
    assert intents.is_faq(label)


@pytest.mark.parametrize(
    "label",
    ["claim_status", "product_eligibility", "talk_to_human", "greet", "affirm", "out_of_scope", "nlu_fallback"],
)
def test_an_intent_of_the_desk_is_no_entry(label: str) -> None:
    assert not intents.is_faq(label)


def test_no_intent_belongs_to_two_groups() -> None:
    groups = (intents.TASKS, intents.HAND_OFFS, intents.SMALL_TALK, intents.DIALOGUE_MOVES)
    together = [label for group in groups for label in group]
    assert len(together) == len(set(together))
