"""The security page is held to: every test it names exists, no line of the list is without one, its limits are those of the code."""

from __future__ import annotations

import re

import pytest

from bot.adapters.file_inspection import MOST_PAGES, MOST_PIXELS
from bot.config import ROOT
from bot.core import conversations, lengths, uploads
from bot.services import find_claim, sign_in
from bot.web import body_limits, limits

PAGE = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
SHORTLIST = [
    "1.2.1",
    "1.2.4",
    "1.3.1",
    "2.2.1",
    "2.2.2",
    "3.2.2",
    "3.3.1",
    "3.4.1",
    "3.4.2",
    "3.4.3",
    "3.4.4",
    "3.5.1",
    "3.5.2",
    "3.5.3",
    "4.4.1",
    "5.2.1",
    "5.2.2",
    "6.3.1",
    "7.2.1",
    "7.2.2",
    "7.2.3",
    "7.2.4",
    "8.2.1",
    "8.2.2",
    "8.3.1",
    "14.2.1",
    "14.3.1",
    "1.3.11",
    "2.1.3",
    "2.4.1",
    "3.3.2",
    "3.3.3",
    "3.3.4",
    "3.4.5",
    "3.4.6",
    "4.1.3",
    "4.4.2",
    "4.4.3",
    "4.4.4",
    "5.1.1",
    "5.4.1",
    "5.4.2",
    "5.4.3",
    "6.6.2",
    "6.6.3",
    "7.3.1",
    "7.3.2",
    "8.2.3",
    "13.2.2",
    "13.4.2",
    "13.4.5",
    "14.2.2",
    "14.2.3",
    "14.2.4",
    "14.3.2",
    "14.3.3",
    "16.2.1",
    "16.2.2",
    "16.2.3",
    "16.2.4",
    "16.2.5",
    "16.3.1",
    "16.3.2",
    "16.3.3",
    "16.3.4",
    "16.4.1",
    "16.5.1",
    "16.5.2",
    "16.5.3",
    "2.4.2",
    "6.3.8",
    "13.4.6",
    "14.2.6",
    "14.2.7",
    "14.2.8",
]
NAMED = re.compile(r"`(tests/[\w/]+\.py)(?:::(test_\w+))?`")


def rows() -> dict[str, list[str]]:
    """The cells of each line of the list, by its number."""
    lines = re.findall(r"(?m)^\| (\d+\.\d+\.\d+) \|(.+)\|$", PAGE)
    return {number: [cell.strip() for cell in rest.split(" | ")] for number, rest in lines}


def test_every_line_of_the_list_is_there_with_words_a_way_and_a_test() -> None:
    assert sorted(rows()) == sorted(SHORTLIST)
    for number, cells in rows().items():
        asked, met, shown = cells
        assert asked and met and NAMED.search(shown), number


@pytest.mark.parametrize("path", sorted({path for path, _ in NAMED.findall(PAGE)}))
def test_every_test_that_is_named_exists(path: str) -> None:
    text = (ROOT / path).read_text(encoding="utf-8")
    wanted = {name for file, name in NAMED.findall(PAGE) if file == path and name}
    assert wanted - set(re.findall(r"def (test_\w+)\(", text)) == set()


def test_the_limits_are_those_of_the_code() -> None:
    def hours(delta) -> int:  # noqa: ANN001
        return int(delta.total_seconds() // 3600)

    megabyte = uploads.MEGABYTE
    said = {
        "characters of a message; JSON body; form": f"{lengths.LONGEST_MESSAGE}; {body_limits.JSON_BYTES // 1024} kB; {body_limits.FORM_BYTES // 1024} kB",
        "messages a minute, a session; a network (IPv6: a /64)": f"{limits.MESSAGES_PER_SESSION}; {limits.MESSAGES_PER_ADDRESS}",
        "failed sign-ins in 15 minutes, an agent; a network": f"{sign_in.MOST_ATTEMPTS['email']}; {sign_in.MOST_ATTEMPTS['address']}",
        "questions a minute, an API key": f"{limits.ANSWERS_PER_KEY}",
        "tickets an hour, a session or an address; a network": f"{limits.TICKETS_PER_SESSION}; {limits.TICKETS_PER_ADDRESS}",
        "files inspected an hour, a session; a network": f"{limits.FILES_PER_SESSION}; {limits.FILES_PER_ADDRESS}",
        "files of a ticket; a file; together": f"{uploads.MOST_FILES}; {uploads.LARGEST_FILE // megabyte} MB; {uploads.LARGEST_TOGETHER // megabyte} MB",
        "quickest contact form": f"{limits.FILL_SECONDS:.0f} s",
        "a customer's session, unused; in all": f"{hours(conversations.IDLE)} h; {hours(conversations.LONGEST)} h",
        "an agent's session, unused; in all": f"{sign_in.IDLE.seconds // 60} min; {hours(sign_in.LONGEST)} h",
    }
    for what, most in said.items():
        assert f"| {what} | {most} |" in PAGE, what
    failures = find_claim.FAILURES_ALLOWED
    assert f"whoever asks | {failures}; {failures} |" in PAGE
    assert (find_claim.CONVERSATION_WINDOW, find_claim.CLAIM_WINDOW) == (
        sign_in.ATTEMPT_WINDOW,
        4 * sign_in.ATTEMPT_WINDOW,
    )
    assert f"up to {MOST_PAGES} pages" in PAGE and f"{MOST_PIXELS // 1_000_000} million pixels" in PAGE
