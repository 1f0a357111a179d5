from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.conversation_tables import enquiries as table
from bot.adapters.sql.enquiries import SqlEnquiries
from bot.core.conversations import TranscriptLine
from bot.core.enquiries import Enquiry
from bot.services.ports import Enquiries
from tests.databases import BACKENDS, migrated_database
from tests.fakes import FakeEnquiries

ENQUIRY = Enquiry(
    promotion="lamps",
    conversation="c1",
    name="Ane Birk",
    email="ane@birkvik.example",
    message="Where is it?\nPlease write back.",
    at=datetime(2023, 10, 5, 12, 0, tzinfo=timezone.utc),
    transcript=(TranscriptLine("Customer", "Hello"), TranscriptLine("Assistant", "Hello!")),
)


def test_tickets_are_numbered_within_their_year(enquiries: Enquiries) -> None:
    next_year = replace(ENQUIRY, at=datetime(2024, 1, 2, tzinfo=timezone.utc))

    assert enquiries.add(ENQUIRY, "form 1") == "T-2023-000001"
    assert enquiries.add(ENQUIRY, "form 2") == "T-2023-000002"
    assert enquiries.add(next_year, "form 3") == "T-2024-000001"


def test_the_same_form_sent_twice_is_one_ticket(enquiries: Enquiries) -> None:
    first = enquiries.add(ENQUIRY, "form 1")
    enquiries.add(ENQUIRY, "form 2")

    assert enquiries.add(replace(ENQUIRY, message="changed"), "form 1") == first


def test_the_same_form_of_another_conversation_is_another_ticket(enquiries: Enquiries) -> None:
    assert enquiries.add(ENQUIRY, "form") != enquiries.add(replace(ENQUIRY, conversation="c2"), "form")


def test_an_enquiry_is_kept_with_its_transcript(desk_engine: Engine) -> None:
    reference = SqlEnquiries(desk_engine).add(ENQUIRY, "form")

    with desk_engine.connect() as connection:
        kept = connection.execute(select(table)).mappings().one()
    assert kept["reference"] == reference
    assert kept["message"] == ENQUIRY.message
    assert kept["transcript"][1] == {"speaker": "Assistant", "text": "Hello!"}


def test_enquiries_sent_at_once_get_numbers_of_their_own(desk_engine: Engine) -> None:
    port = SqlEnquiries(desk_engine)

    with ThreadPoolExecutor(4) as pool:
        references = list(pool.map(lambda number: port.add(ENQUIRY, f"form {number}"), range(12)))

    assert sorted(references) == [f"T-2023-{number:06d}" for number in range(1, 13)]


@pytest.fixture(params=("fake", *BACKENDS))
def enquiries(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Enquiries]:
    """The port, empty: the fake, and the real one on every database."""
    if request.param == "fake":
        yield FakeEnquiries()
        return
    with migrated_database(request.param, tmp_path, "desk") as engine:
        yield SqlEnquiries(engine)
