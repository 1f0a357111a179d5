"""What a look-up still needs is asked for again."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.adapters.replies_file import read_wording
from bot.core.replies import Reply, ReplyKind
from bot.services.ports import LookupDetails, Unavailable
from bot.services.resume_lookup import resume_lookup
from tests.fakes import FakeLookups
from tests.promotions import lenovo_like

WORDING = read_wording(Path(__file__).parents[2] / "faq" / "replies")


def resumed(details: LookupDetails) -> tuple[Reply, FakeLookups]:
    lookups = FakeLookups()
    lookups.keep("here", details)
    return resume_lookup("here", lookups, lenovo_like(), WORDING), lookups


@pytest.mark.parametrize(
    ("details", "key"),
    [
        (LookupDetails(), "ask_claim_details"),
        (LookupDetails(reference="LEN-300300"), "ask_claim_email"),
        (LookupDetails(email="kontor@birkvik.example"), "ask_claim_reference"),
    ],
)
def test_only_what_is_still_missing_is_asked_for(details: LookupDetails, key: str) -> None:
    reply, _ = resumed(details)
    assert reply == Reply(ReplyKind.QUESTION, WORDING.say(key, reference_format="LEN-000000"))


def test_after_a_failed_look_up_its_words_are_said_again_and_nothing_is_looked_up() -> None:
    reply, lookups = resumed(LookupDetails("LEN-300300", "kontor@birkvik.example"))
    assert reply.text == WORDING.say("claim_not_found")
    assert lookups.attempts == []


def test_an_outage_is_passed_on() -> None:
    with pytest.raises(Unavailable):
        resume_lookup("here", FakeLookups(is_down=True), lenovo_like(), WORDING)
