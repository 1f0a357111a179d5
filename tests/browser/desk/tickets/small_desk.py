"""A desk without Rasa, and how its pages are read."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect
from sqlalchemy import func, select

from bot.adapters.sql.ticket_tables import outbox
from bot.adapters.sql.ticket_tables import tickets as table
from tests.fakes import FakeClock
from tests.mail_server import MailServer
from tests.processes.gateways import Gateways
from tests.tickets import NOW, Desk

LIVE = 15_000
"""So many milliseconds may pass until a page tells what has happened."""


class SmallDesk(Gateways):
    """A desk without Rasa, whose mails go to a real server."""

    def __init__(self, folder: Path, server: MailServer) -> None:
        super().__init__(folder, {"PROMODESK_TODAY": "2023-12-15", "PROMODESK_SMTP_URL": server.url})
        self.server = server
        self.tickets = Desk(self.engine, folder / "uploads", FakeClock(NOW))
        self.url = self.start()
        self.start_outbox()

    def empty(self) -> None:
        """No tickets."""
        with self.engine.begin() as connection:
            connection.execute(table.delete())

    def answers(self) -> int:
        with self.engine.connect() as connection:
            return connection.execute(select(func.count()).where(outbox.c.kind == "answer")).scalar_one()


def at_ticket(page: Page, reference: str) -> Page:
    page.goto(f"/desk/tickets/{reference}")
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
    return page


def has_come_to(page: Page, address_ends_with: str) -> None:
    """The page of this address is there, and its script listens to keys."""
    page.wait_for_url(f"**{address_ends_with}")
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_visible()


def has_done(page: Page, words: str) -> None:
    """The page says that it is done, and its script listens to keys."""
    expect(page.get_by_role("status").filter(has_text=words)).to_be_visible()
    expect(page.get_by_role("button", name="Keyboard shortcuts")).to_be_visible()


def rows(page: Page) -> list[str]:
    return page.locator("a.open-ticket").all_inner_texts()
