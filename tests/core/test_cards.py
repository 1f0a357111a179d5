"""Cards travel with replies, and old replies go without."""

from __future__ import annotations

import json

import pytest

from bot.core.cards import RuleLine, RuleList, Step, StepState, Timeline, rule_line
from bot.core.purchase_rules import Outcome
from bot.core.replies import Reply, ReplyKind

TIMELINE = Timeline("Claim", (Step("Submitted", StepState.DONE, "2 October 2023"), Step("Payment", StepState.AHEAD)))
RULES = RuleList((RuleLine(Outcome.FAILS, "Date", "too late."),), paragraph="✗ Date: too late.")


@pytest.mark.parametrize("card", [TIMELINE, RULES, None])
def test_a_card_travels_unchanged(card: Timeline | RuleList | None) -> None:
    reply = Reply(ReplyKind.LOOKUP, "Everything in words.", card=card)

    assert Reply.from_dict(json.loads(json.dumps(reply.as_dict()))) == reply


def test_a_reply_without_card_looks_as_it_always_did() -> None:
    assert "card" not in Reply(ReplyKind.ANSWER, "Yes.").as_dict()


def test_a_card_of_another_type_is_refused() -> None:
    with pytest.raises(ValueError, match="map"):
        Reply.from_dict(Reply(ReplyKind.LOOKUP, "There.").as_dict() | {"card": {"type": "map"}})


@pytest.mark.parametrize(
    ("line", "label", "text"),
    [
        ("✓ Date: 5 December is in the period.", "Date", "5 December is in the period."),
        (
            "? Product: not checked. The page says: “see the list”",
            "Product",
            "not checked. The page says: “see the list”",
        ),
        ("✗ no colon here", "", "no colon here"),
        ("no mark: at all", "no mark", "at all"),
        ("", "", ""),
    ],
)
def test_a_line_comes_apart_into_label_and_words(line: str, label: str, text: str) -> None:
    assert rule_line(Outcome.HOLDS, line) == RuleLine(Outcome.HOLDS, label, text)
