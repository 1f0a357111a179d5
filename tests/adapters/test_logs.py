from __future__ import annotations

import logging

import pytest

from bot.adapters.logs import MaskingFilter


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


def written(record: logging.LogRecord) -> str:
    assert MaskingFilter().filter(record)
    return logging.Formatter("%(message)s").format(record)


@pytest.fixture
def record() -> logging.LogRecord:
    return logging.LogRecord("desk", logging.ERROR, "desk.py", 1, "it failed", (), None)
