"""Customers' files: handed out to agents to save, never shown, and each with its own ticket only."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import update

from bot.adapters.sql.ticket_tables import uploads
from bot.adapters.sql.uploads import SqlUploads
from bot.core.conversations import new_id
from bot.core.tickets import TicketFile
from tests.tickets import Desk
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser

CONTENT = b"%PDF-1.7 <script>alert(1)</script>"


def with_file(tickets: Desk, name: str = "invoice.pdf", media_type: str = "application/pdf") -> tuple[str, str]:
    """A ticket with a file: its reference and the file's id."""
    reference, id = tickets.open(), new_id()
    SqlUploads(tickets.engine).add("c1", id, TicketFile(id, name, media_type, len(CONTENT)), "digest")
    with tickets.engine.begin() as connection:
        connection.execute(update(uploads).where(uploads.c.id == id).values(ticket=reference))
    path = tickets.folder / id[:2] / id
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(CONTENT)
    return reference, id


def test_a_file_is_handed_out_to_be_saved_as_what_it_was_found_to_be(agent: AgentBrowser, tickets: Desk) -> None:
    reference, id = with_file(tickets)
    (link,) = [link for link in Page(agent.get(f"/desk/tickets/{reference}").text).links if "files" in link["href"]]

    sent = agent.get(link["href"])

    assert sent.content == CONTENT and sent.status_code == 200
    assert sent.headers["content-type"] == "application/pdf"
    assert sent.headers["content-disposition"] == 'attachment; filename="invoice.pdf"'
    assert sent.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert sent.headers["x-content-type-options"] == "nosniff"
    assert sent.headers["cache-control"] == "no-store"
    assert sent.headers["cross-origin-resource-policy"] == "same-origin"
    noted = [(action, subject) for _, action, subject in tickets.audited()]
    assert noted == [("ticket_seen", reference), ("ticket_file_seen", f"{reference} invoice.pdf")]


@pytest.mark.parametrize(
    "name",
    ['a";filename="evil.html', "a\r\nSet-Cookie: x=1", "<script>.pdf", "regning æøå.pdf", "\u202efdp.exe", "../../etc/passwd", "日本.pdf"],
)  # fmt: skip
def test_a_name_can_do_nothing_in_the_header_or_the_page(agent: AgentBrowser, tickets: Desk, name: str) -> None:
    reference, id = with_file(tickets, name)

    sent = agent.get(f"/desk/tickets/{reference}/files/{id}")

    disposition = sent.headers["content-disposition"]
    assert disposition.startswith("attachment; filename") and "set-cookie" not in sent.headers
    assert disposition.isascii() and '";' not in disposition.partition("filename")[2]
    assert not any(sign in disposition for sign in "\r\n<>")
    assert "<script>.pdf" not in agent.get(f"/desk/tickets/{reference}").text


def test_what_inspection_does_not_know_is_no_page(agent: AgentBrowser, tickets: Desk) -> None:
    reference, id = with_file(tickets, "page.html", "text/html")
    sent = agent.get(f"/desk/tickets/{reference}/files/{id}")
    assert sent.headers["content-type"] == "application/octet-stream"
    assert sent.headers["content-disposition"].startswith("attachment")


def test_a_file_belongs_to_its_ticket_and_to_agents(agent: AgentBrowser, nobody: TestClient, tickets: Desk) -> None:
    reference, id = with_file(tickets)
    other = tickets.open()

    assert agent.get(f"/desk/tickets/{other}/files/{id}").status_code == 404
    assert agent.get(f"/desk/tickets/{reference}/files/{new_id()}").status_code == 404
    assert agent.get(f"/desk/tickets/{reference}/files/..%2f..%2fdesk.db").status_code == 404
    sent = nobody.get(f"/desk/tickets/{reference}/files/{id}", follow_redirects=False)
    assert sent.status_code == 303 and CONTENT not in sent.content
    (tickets.folder / id[:2] / id).unlink()
    assert agent.get(f"/desk/tickets/{reference}/files/{id}").status_code == 404
