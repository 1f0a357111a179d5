"""What is logged is masked, on one line, for people and for programs."""

from __future__ import annotations

import json
import logging

import pytest

from bot.adapters.logs import JsonLines, MaskingFilter, TextLines, log_event
from bot.adapters.request_ids import known_as

ID = "0123456789abcdef0123456789abcdef"


def test_what_is_logged_is_masked(record: logging.LogRecord) -> None:
    record.msg, record.args = "could not keep %s for %s", ("LEN-615204", "kontor@birkvik.example")

    assert written(record) == "could not keep LEN-‹number› for ‹e-mail address›"


def test_of_an_error_only_type_and_place_are_written(record: logging.LogRecord) -> None:
    try:
        int("what a customer wrote")
    except ValueError as error:
        record.exc_info = (type(error), error, error.__traceback__)

    assert written(record).startswith("it failed (ValueError at ")
    assert __file__ in written(record) and "customer" not in written(record)


def test_an_event_is_one_line_for_people_and_one_for_programs_with_its_request(
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO), known_as(ID):
        log_event(logging.getLogger("bot.web"), "turn", answers="cash@0c1f", seconds=0.25)
        (record,) = caplog.records

        assert TextLines().format(record).endswith(f" INFO bot.web turn answers=cash@0c1f seconds=0.25 request_id={ID}")
        line = json.loads(JsonLines().format(record))
    assert line.pop("time").endswith("+00:00")
    told = {"answers": "cash@0c1f", "seconds": 0.25}
    assert line == {"level": "INFO", "event": "turn", "logger": "bot.web", "request_id": ID, **told}


@pytest.mark.parametrize("lines", [TextLines(), JsonLines()])
def test_what_is_logged_cannot_begin_a_line_of_its_own(record: logging.LogRecord, lines: logging.Formatter) -> None:
    record.msg = "it failed\n2023-12-15 INFO all is well"
    assert "\n" not in lines.format(record)


@pytest.mark.parametrize("forged", ["", "LEN-730418", "0123\n", ID.upper(), f"{ID} ", "sigrid.moe@fjordvik.example"])
def test_an_id_in_another_form_is_no_request(record: logging.LogRecord, forged: str) -> None:
    with known_as(forged):
        assert "request_id" not in json.loads(JsonLines().format(record))


def written(record: logging.LogRecord) -> str:
    assert MaskingFilter().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.fixture
def record() -> logging.LogRecord:
    return logging.LogRecord("desk", logging.ERROR, "desk.py", 1, "it failed", (), None)
