"""Details given one after the other come together."""

from __future__ import annotations

import pytest

from bot.services.keep_details import keep_details
from bot.services.ports import LookupDetails, Unavailable
from tests.fakes import FakeLookups

PROVED = LookupDetails("LEN-615204", "kontor@birkvik.example", "LEN-615204")


@pytest.fixture
def lookups() -> FakeLookups:
    filled = FakeLookups()
    filled.keep("noise", LookupDetails("LEN-999999", "noise@noise.example", "LEN-999999"))
    filled.keep("proved", PROVED)
    return filled


def test_details_given_one_after_the_other_come_together(lookups: FakeLookups) -> None:
    assert keep_details("here", None, " kontor@birkvik.example ", lookups) == LookupDetails(
        None, "kontor@birkvik.example"
    )
    assert keep_details("here", "LEN-615204", None, lookups) == LookupDetails("LEN-615204", "kontor@birkvik.example")
    assert lookups.details("here") == LookupDetails("LEN-615204", "kontor@birkvik.example")


def test_giving_nothing_changes_nothing(lookups: FakeLookups) -> None:
    assert keep_details("proved", None, None, lookups) == PROVED
    assert keep_details("proved", "", "  ", lookups) == PROVED


def test_another_reference_ends_the_proof_and_keeps_the_address(lookups: FakeLookups) -> None:
    assert keep_details("proved", "LEN-777777", None, lookups) == LookupDetails(
        "LEN-777777", "kontor@birkvik.example", None
    )


def test_another_address_ends_the_proof_and_keeps_the_reference(lookups: FakeLookups) -> None:
    assert keep_details("proved", None, "other@birkvik.example", lookups) == LookupDetails(
        "LEN-615204", "other@birkvik.example", None
    )


@pytest.mark.parametrize("again", ["kontor@birkvik.example", "KONTOR@Birkvik.example "])
def test_the_same_details_again_keep_the_proof(lookups: FakeLookups, again: str) -> None:
    assert keep_details("proved", "LEN-615204", again, lookups) == PROVED


def test_control_characters_and_endless_text_are_not_kept(lookups: FakeLookups) -> None:
    assert keep_details("here", None, "kon\x00tor@birk\u200bvik.example", lookups).email == "kontor@birkvik.example"
    assert len(keep_details("here", None, "a" * 5000 + "@birkvik.example", lookups).email or "") == 254


def test_an_outage_is_passed_on() -> None:
    with pytest.raises(Unavailable):
        keep_details("here", "LEN-615204", None, FakeLookups(is_down=True))
