"""What a pressed button means, and what nobody can type."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.inside_rasa.commands import as_rasa_command
from bot.services.ports import InvalidInput


@pytest.mark.parametrize(
    ("command", "for_rasa"),
    [
        ("faq:lost_invoice", '/faq{"faq_id": "lost_invoice"}'),
        ("intent:claim_status", "/claim_status"),
        ("intent:payment_timing_lookup", "/payment_timing_lookup"),
        ("intent:product_eligibility", "/product_eligibility"),
        ("intent:talk_to_human", "/talk_to_human"),
        ("intent:contact_support", "/contact_support"),
        ("intent:deny", "/deny"),
        ("product:Halden Dock 7", '/give_purchase_details{"product": "Halden Dock 7"}'),
        ("product:", '/give_purchase_details{"product": ""}'),
        ("date:2023-06-07", '/give_purchase_details{"date": "2023-06-07"}'),
    ],
)
def test_what_the_desk_offers_has_its_meaning(command: str, for_rasa: str) -> None:
    assert as_rasa_command(command) == for_rasa


@pytest.mark.parametrize(
    "command",
    ["", ":", "restart", "/restart", "intent:", "intent:restart", "intent:session_start", "intent:back", "intent:greet",
     "intent:faq", "intent:claim_status{}", "intent:give_claim_details", "slot:open_task", "INTENT:deny", " faq:lost_invoice"],
)  # fmt: skip
def test_nothing_else_has_a_meaning(command: str) -> None:
    with pytest.raises(InvalidInput, match="cannot mean"):
        as_rasa_command(command)


@given(st.sampled_from(["faq", "product", "date"]), st.text(max_size=40))
def test_a_value_stays_a_value_whatever_is_in_it(kind: str, value: str) -> None:
    command = as_rasa_command(f"{kind}:{value}")
    intent, brace, rest = command.partition("{")
    assert intent in ("/faq", "/give_purchase_details")
    assert list(json.loads(brace + rest).values()) == [value]
