"""The page of insights and its files, over a real database."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Callable
from datetime import datetime

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.adapters.sql.conversations import SqlConversations
from bot.adapters.sql.tickets import SqlTickets
from bot.commands.sample_activity import sample_activity
from bot.config import Settings
from bot.core.agents import Role
from bot.core.conversations import Message
from bot.core.replies import Reply, ReplyKind
from bot.core.tickets import Ticket
from bot.web.desk.insights import VIEWS
from tests.promotions import lenovo_like
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser

SignIn = Callable[..., AgentBrowser]
KEY = lenovo_like().key
ATTACK = '"><script>alert(1)</script>'
HARMLESS = (ATTACK, 'a,b\n"c"')
"""In a file: no spreadsheet runs it."""


def at(day: int, hour: int = 9) -> datetime:
    return datetime(2023, 12, day, hour, tzinfo=lenovo_like().time_zone)


def rows_of(response: object) -> list[list[str]]:
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def lead(sign_in_as: SignIn) -> AgentBrowser:
    return sign_in_as(Role.LEAD)


def converse(engine: Engine, day: int, *replies: Reply) -> str:
    kept = SqlConversations(engine)
    conversation = kept.start(f"session {day} {len(replies)}", KEY, at(day)).id
    kept.add(conversation, Message(f"said {conversation}", at(day), "hello"))
    kept.add(conversation, *(Message(f"{place}{conversation}", at(day), "…", one) for place, one in enumerate(replies)))
    return conversation


def open_ticket(engine: Engine, topic: str) -> None:
    ticket = Ticket(KEY, "c", "Ane", "ane@birkvik.example", "Hello", at(14), topic=topic)
    SqlTickets(engine).open(ticket, f"form {topic}", lambda _: [])


@pytest.mark.parametrize("path", ["/desk/insights", "/desk/insights/activity.csv", "/desk/insights/nothing.csv"])
def test_only_leads_and_admins_see_insights(sign_in_as: SignIn, nobody: TestClient, path: str) -> None:
    assert sign_in_as(Role.AGENT).get(path).status_code == 403
    assert nobody.get(path, follow_redirects=False).status_code == 303
    expected = 404 if "nothing" in path else 200
    assert sign_in_as(Role.LEAD).get(path).status_code == expected
    assert sign_in_as(Role.ADMIN).get(path).status_code == expected


def test_an_empty_desk_says_that_there_is_nothing(lead: AgentBrowser) -> None:
    page = Page(lead.get("/desk/insights").text)
    assert page.text.count("No conversation in these days.") == 2
    assert "No ticket was opened in these days." in page.text
    assert [tags for tags in page.tags if tags[1].get("role") == "img"] == []
    assert rows_of(lead.get("/desk/insights/feedback.csv"))[1:] == []
    assert len(rows_of(lead.get("/desk/insights/activity.csv?period=7d"))) == 8


def test_the_page_shows_what_was_counted(lead: AgentBrowser, desk_database: Engine) -> None:
    converse(
        desk_database, 13, Reply(ReplyKind.ANSWER, "…", "cash_or_cheque", "v", why="answers cash_or_cheque with 0.9")
    )
    converse(desk_database, 14, Reply(ReplyKind.NOTICE, "…"))
    page = Page(lead.get("/desk/insights?period=7d").text)
    assert "2 conversations with 2 messages of customers in 7 days. Busiest: 13 Dec, with 1." in page.text
    assert "1 of 2: too few to judge" in page.text
    assert "Can I receive my discount as cash or cheque?" in page.text
    assert "Today, 15 December 2023, is not over" in page.text
    assert "Sample data:" not in page.text
    assert rows_of(lead.get("/desk/insights/activity.csv?period=7d")) == [
        ["From", "To", "Conversations", "Customers' messages", "Note"],
        *([f"2023-12-{day:02}", f"2023-12-{day:02}", "0", "0", ""] for day in range(9, 13)),
        *([f"2023-12-{day}", f"2023-12-{day}", "1", "1", ""] for day in (13, 14)),
        ["2023-12-15", "2023-12-15", "0", "0", "not over yet"],
    ]


def test_the_file_has_the_numbers_of_the_table(lead: AgentBrowser, desk_settings: Settings) -> None:
    sample_activity(desk_settings)
    page = lead.get("/desk/insights?period=90d").text
    for name in VIEWS:
        section = re.search(rf'aria-labelledby="{name}-title">.*?</section>', page, re.DOTALL)
        assert section
        link = re.search(r'href="(/desk/insights/[^"]+\.csv[^"]*)"', section[0])
        assert link
        file = rows_of(lead.get(link[1]))
        assert len(file) > 2
        shown = [
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row)
            for row in re.findall(r"<tr>(.*?)</tr>", section[0], re.DOTALL)
        ]
        assert [[html.unescape(cell) for cell in row] for row in shown] == file


def test_the_sample_is_said_to_be_invented(lead: AgentBrowser, desk_settings: Settings) -> None:
    sample_activity(desk_settings)
    page = Page(lead.get("/desk/insights?period=all").text)
    told = re.search(r"Sample data: (\d+) of the (\d+) conversations are invented", page.text)
    assert told and told[1] == told[2] and int(told[1]) > 300


@pytest.mark.parametrize(
    "topic",
    ['=HYPERLINK("http://evil.example")', "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1", *HARMLESS],
)
def test_a_file_never_carries_a_formula_and_a_page_never_a_script(
    lead: AgentBrowser, desk_database: Engine, topic: str
) -> None:
    open_ticket(desk_database, topic)
    converse(desk_database, 14, Reply(ReplyKind.ANSWER, "…", topic, "v"))
    response = lead.get("/desk/insights/topics.csv")
    (_, (cell, count)) = rows_of(response)
    assert count == "1"
    assert cell == (topic if topic in HARMLESS else f"'{topic}")
    page = lead.get("/desk/insights").text
    assert "<script>alert" not in page
    questions = rows_of(lead.get("/desk/insights/questions.csv"))
    assert questions[1][0].removeprefix("'") == topic


def test_a_file_comes_under_a_name_and_as_what_it_is(lead: AgentBrowser) -> None:
    response = lead.get("/desk/insights/outcomes.csv?period=2023-11-01..2023-11-30")
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == 'attachment; filename="outcomes-2023-11-01-2023-11-30.csv"'
    assert response.headers["cache-control"] == "no-store"
    assert response.content.startswith(b"\xef\xbb\xbf")


@pytest.mark.parametrize(
    "query",
    [
        "period=yesterday", "period=" + "9" * 5000, "period=2023-12-20..2023-12-01", "from=2023-12-20&to=2023-12-01", "from=&to=2023-12-01",
        "from=2023-12-01", "period=2030-01-01..2030-02-01", "period=0001-01-01..2023-01-01", "period=%00", "period=%ff", f"period={ATTACK}",
        "from=0001-01-01&to=0001-01-02",
        "period=1..2&period=30d&period=x",
    ],
)  # fmt: skip
def test_a_period_that_cannot_be_read_is_said_so_and_the_usual_one_is_shown(lead: AgentBrowser, query: str) -> None:
    response = lead.get(f"/desk/insights?{query}")
    assert response.status_code == 422
    assert 'role="alert"' in response.text
    assert "16 November 2023 to 15 December 2023" in response.text
    assert "<script>alert" not in response.text
    assert lead.get(f"/desk/insights/activity.csv?{query}").status_code == 404


def test_the_days_of_the_form_are_a_period_like_any_other(lead: AgentBrowser) -> None:
    page = lead.get("/desk/insights?from=2023-11-01&to=2023-11-30").text
    assert "1 November 2023 to 30 November 2023" in page
    assert 'value="2023-11-01"' in page
    assert "is not over" not in page


def test_no_style_and_no_script_stands_in_the_page(lead: AgentBrowser, desk_settings: Settings) -> None:
    sample_activity(desk_settings)
    page = Page(lead.get("/desk/insights?period=90d").text)
    assert [tag for tag, given in page.tags if "style" in given or tag == "style"] == []
    scripts = [given.get("src", "") for tag, given in page.tags if tag == "script"]
    assert scripts == ["/static/desk/sign-out.js"], "none but what every page has"
    assert [name for _, given in page.tags for name in given if name.startswith("on")] == []
    assert len(page.ids) == len(set(page.ids))


def test_every_plot_has_a_name_and_a_summary_that_exist(lead: AgentBrowser, desk_settings: Settings) -> None:
    sample_activity(desk_settings)
    page = Page(lead.get("/desk/insights?period=90d").text)
    plots = [given for tag, given in page.tags if tag == "svg" and given.get("role") == "img"]
    assert len(plots) == 5
    assert all(set(given["aria-labelledby"].split()) <= set(page.ids) for given in plots)
    others = [
        given for tag, given in page.tags if tag == "svg" and given.get("role") != "img" and "overflow" not in given
    ]
    assert all(given.get("aria-hidden") == "true" for given in others)


def test_a_desk_that_cannot_count_says_that_it_is_out_of_reach(lead: AgentBrowser, desk_database: Engine) -> None:
    with desk_database.begin() as connection:
        connection.execute(text("DROP TABLE lookup_attempts"))
    assert lead.get("/desk/insights").status_code == 503
