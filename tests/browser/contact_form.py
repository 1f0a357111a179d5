"""The contact form in a browser, as a customer handles it, and what the desk has kept of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import FilePayload, Locator, Page, expect
from sqlalchemy import select
from sqlalchemy.engine import RowMapping

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.ticket_tables import outbox, tickets
from bot.adapters.sql.tickets import SqlTickets
from bot.core.tickets import Ticket
from bot.web.limits import FILL_SECONDS
from tests.processes.running_desk import RunningDesk

TICKET = re.compile(r"T-\d{4}-\d{6}")
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


def file(name: str, content: bytes) -> FilePayload:
    """A file as it is chosen in a browser."""
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


class ContactForm:
    """The contact form on a page."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.summary = page.locator(".summary")
        self.files = page.get_by_label("Files (optional)")
        self.kept_files = page.get_by_role("group", name=re.compile("kept with the form")).get_by_role("listitem")
        self.lines = page.get_by_role("list", name="Conversation").get_by_role("listitem")
        self.send_button = page.get_by_role("button", name="Send")
        self.reference = page.locator(".reference")

    def field(self, label: str) -> Locator:
        """By its label, which may say that it is optional; words of the conversation do not count."""
        return self.page.get_by_label(re.compile(rf"^{label}( \(optional\))?$"))

    def fill(self, **typed: str) -> ContactForm:
        """Type into the fields that are named, and leave the others as they are."""
        for name, text in typed.items():
            self.page.locator(f"#{name}").fill(text)
        return self

    def wait_until_a_person_could_have_filled_it_in(self) -> None:
        self.page.wait_for_timeout(FILL_SECONDS * 1000 + 100)

    def send(self) -> ContactForm:
        """Send, after the time that a person needs, and wait for the answer."""
        self.wait_until_a_person_could_have_filled_it_in()
        with self.next_page():
            self.send_button.click()
        return self

    def send_faster_than_a_person_can(self, **typed: str) -> None:
        """A fresh form, filled in and sent by a script: quick enough on a slow machine too."""
        self.page.reload()
        with self.next_page():
            self.page.evaluate(
                "typed => { for (const [id, text] of Object.entries(typed)) document.getElementById(id).value = text;"
                " document.querySelector('form.contact').requestSubmit() }",
                typed,
            )

    def next_page(self) -> Any:
        """Waits for another document: noting in the browser's history what was sent counts as navigation, too."""
        return self.page.expect_event("load")

    def send_with_a_double_click(self) -> ContactForm:
        self.wait_until_a_person_could_have_filled_it_in()
        with self.page.expect_navigation(url="**/contact/sent?*"):
            self.send_button.dblclick()
        return self

    def ticket_number(self) -> str:
        """The number that the page tells after the form was sent."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text("Your message has arrived")
        found = TICKET.fullmatch(self.reference.inner_text())
        assert found, self.reference.inner_text()
        return found[0]


@dataclass(frozen=True)
class Kept:
    """One ticket in the desk's database, with the mails about it."""

    reference: str
    ticket: Ticket
    mails: list[RowMapping]


def kept_from(desk: RunningDesk, email: str) -> list[Kept]:
    """The tickets of a customer, oldest first."""
    engine = make_engine(desk.settings["PROMODESK_DATABASE_URL"])
    try:
        with engine.connect() as connection:
            own = select(tickets.c.reference).where(tickets.c.email == email).order_by(tickets.c.reference)
            references = list(connection.execute(own).scalars())
            mails = {
                reference: list(connection.execute(select(outbox).where(outbox.c.ticket == reference)).mappings())
                for reference in references
            }
        found = {reference: SqlTickets(engine).find(reference) for reference in references}
        return [Kept(name, kept.ticket, mails[name]) for name, kept in found.items() if kept is not None]
    finally:
        engine.dispose()
