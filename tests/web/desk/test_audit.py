"""The audit log over HTTP: for leads, filtered, page by page, and as a file that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import datetime, timedelta
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.core.agents import Role
from bot.services.console import Console
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser

SignIn = Callable[..., AgentBrowser]
NASTY = "<script>alert(1)</script>"


@pytest.fixture
def lead(sign_in_as: SignIn) -> AgentBrowser:
    return sign_in_as(Role.LEAD, "Liv")


@pytest.fixture
def note(own_console: Console, sign_in_as: SignIn, clock) -> Callable[..., str]:
    """Notes something that an agent did; gives the agent's id."""
    bo = sign_in_as(Role.AGENT, "Bo").agent

    def noted(subject: str, why: str = "Phone call", at: datetime | None = None) -> str:
        own_console.audit.note(bo, "claim_seen", subject, why, at or clock.now())
        return bo.id

    return noted


def rows(page: str) -> list[str]:
    return [" ".join(Page(row).text.split()) for row in page.partition("<tbody>")[2].split("</tr>")[:-1]]


@pytest.mark.parametrize("path", ["/desk/audit", "/desk/audit.csv"])
def test_agents_are_not_let_in_and_nobody_else_either(
    sign_in_as: SignIn, nobody: TestClient, note: Callable[..., str], path: str
) -> None:
    note("LEN-615204")
    refused = sign_in_as(Role.AGENT).get(path)
    assert refused.status_code == 403 and "LEN-615204" not in refused.text
    assert nobody.get(path, follow_redirects=False).status_code == 303
    assert 'href="/desk/audit"' not in sign_in_as(Role.AGENT).get("/desk/claims").text
    for role in (Role.LEAD, Role.ADMIN):
        assert "LEN-615204" in sign_in_as(role).get(path).text


def test_an_entry_says_who_what_when_and_why_in_the_promotions_time(
    lead: AgentBrowser, note: Callable[..., str]
) -> None:
    note("LEN-615204")
    assert rows(lead.get("/desk/audit").text) == ["2023-12-15 10:00 Bo claim seen LEN-615204 Phone call"]


def test_entries_are_filtered_by_agent_subject_and_day(
    lead: AgentBrowser, note: Callable[..., str], own_console: Console, clock
) -> None:
    own_console.audit.note(lead.agent, "claim_seen", "LEN-300300", "", clock.now())
    midnight = clock.now().replace(hour=0)
    bo = note("LEN-615204", at=midnight)
    note("LEN-615205", at=midnight - timedelta(seconds=1))
    note("LEN-615206", at=midnight + timedelta(days=1))

    def shown(query: str) -> list[str]:
        return [row.split()[5] for row in rows(lead.get(f"/desk/audit?{query}").text)]

    assert shown("day=2023-12-15") == ["LEN-615204", "LEN-300300"]
    assert shown(f"agent={bo}") == ["LEN-615206", "LEN-615205", "LEN-615204"]
    assert shown("subject=len-30") == ["LEN-300300"]
    assert shown(f"agent={bo}&subject=6152&day=2023-12-14") == ["LEN-615205"]
    assert "Nothing is noted for this filter" in lead.get("/desk/audit?subject=nothing").text


def test_older_entries_are_on_the_next_page_with_the_same_filter(lead: AgentBrowser, note: Callable[..., str]) -> None:
    for number in range(120):
        note(f"LEN-{number:06}")
    page, seen = lead.get("/desk/audit?subject=LEN&agent=").text, []
    while True:
        seen += [row.split()[5] for row in rows(page)]
        older = [link["href"] for link in Page(page).links if "before=" in link.get("href", "")]
        if not older:
            break
        assert "subject=LEN&" in older[0]
        page = lead.get(older[0]).text
    assert seen == [f"LEN-{number:06}" for number in reversed(range(120))]


def test_the_file_has_all_entries_of_the_filter_and_runs_no_formula(
    lead: AgentBrowser, note: Callable[..., str], own_console: Console
) -> None:
    for number in range(2300):  # more than is read in one go
        note(f"LEN-{number:06}")
    note('=HYPERLINK("https://evil.example")', why="@SUM(1+1)\n-2")
    note("LEN, \"quoted\"\nand 'more'")
    answer = lead.get("/desk/audit.csv")
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert answer.headers["content-disposition"] == 'attachment; filename="audit-2023-12-15.csv"'
    assert answer.headers["cache-control"] == "no-store"
    read = list(csv.DictReader(io.StringIO(answer.text.removeprefix("\ufeff"), newline="")))
    assert len(read) == 2303 and read[0]["action"] == "audit_downloaded"
    assert read[1]["subject"] == "LEN, \"quoted\"\nand 'more'"
    assert (read[2]["subject"], read[2]["why"]) == ('\'=HYPERLINK("https://evil.example")', "'@SUM(1+1)\n-2")
    assert (read[3]["at"], read[3]["agent"]) == ("2023-12-15T10:00:00+01:00", "Bo")
    filtered = lead.get("/desk/audit.csv?subject=LEN-00229").text
    assert filtered.count("LEN-00229") == 10 + 1  # ten claims, and the note that this was downloaded
    assert own_console.audit.entries(limit=1)[0].subject == "subject=LEN-00229"


def test_nothing_that_was_noted_runs_in_the_leads_page(lead: AgentBrowser, note: Callable[..., str]) -> None:
    note(NASTY, why=NASTY)
    page = lead.get("/desk/audit").text
    assert NASTY not in page and page.count("&lt;script&gt;") == 2


@pytest.mark.parametrize(
    "typed",
    ["x" * 10_000, "%", "_", "\0", "%ED%A0%80", "😀", "\u202e", NASTY, "-1", "9" * 30, "0001-01-01", "9999-12-31", "2023-02-30", "²"],
    ids=range(14),
)  # fmt: skip
@pytest.mark.parametrize("name", ["agent", "subject", "day", "before"])
def test_anything_can_be_asked_for(lead: AgentBrowser, name: str, typed: str) -> None:
    for path in ("/desk/audit", "/desk/audit.csv"):
        answer = lead.get(f"{path}?{name}={quote(typed)}")
        assert answer.status_code in (200, 422)
        assert NASTY not in answer.text or path.endswith("csv")


def test_a_day_that_is_none_is_said_to_be(lead: AgentBrowser, note: Callable[..., str]) -> None:
    note("LEN-615204")
    answer = lead.get("/desk/audit?day=yesterday")
    assert answer.status_code == 422 and "Write a day such as" in answer.text and "LEN-615204" not in answer.text


def test_a_log_that_cannot_be_read_or_noted_in_is_not_downloaded(lead: AgentBrowser, desk_database: Engine) -> None:
    with desk_database.begin() as connection:
        connection.execute(text("DROP TABLE audit"))
    assert lead.get("/desk/audit").status_code == 503
    assert lead.get("/desk/audit.csv").status_code == 503
