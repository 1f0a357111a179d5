"""What the pictures show: each scene is a name and what a customer does to get there."""

from __future__ import annotations

import io
import secrets
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import FilePayload, Page, expect
from pypdf import PdfWriter

MOST_MILLISECONDS = 20_000
_FILL_MILLISECONDS = 2_200


@dataclass(frozen=True)
class Scene:
    """A picture's name, and how to bring the page into its state."""

    name: str
    enact: Callable[[Page], None]


def scenes(reference: str, email: str) -> tuple[Scene, ...]:
    """All scenes; the claim with this reference and address is looked up."""
    return (
        Scene("page", lambda page: _go(page, "/")),
        Scene("search", _search),
        Scene("welcome", _open),
        Scene("answers", _telling("Can I have it in cash, and what happens now that my receipt is gone?")),
        Scene("choice", _telling("invoice")),
        Scene("verdict", _telling(_PURCHASE)),
        Scene("claim", _telling(f"Where does my claim {reference} stand? {email}")),
        Scene("thumb-down", _thumb_down),
        Scene("end", _end),
        Scene("danish", _danish),
        Scene("contact", lambda page: _go(page, "/contact")),
        Scene("contact-prefilled", lambda page: _hand_over(page, reference, email)),
        Scene("contact-mistakes", _send_with_mistakes),
        Scene("contact-sent", _send),
    )


_PURCHASE = "Our dental practice got a Lenovo Performance FHD Webcam at a computer shop on 5 December 2023, do we still get something?"


def _go(page: Page, path: str) -> None:
    page.goto(path)


def _search(page: Page) -> None:
    page.get_by_label("Search the questions and answers").fill("wher is my mony")
    page.get_by_role("button", name="Search").click()
    page.wait_for_url("**/?q=*")


def _open(page: Page) -> None:
    page.locator("promo-chat .launcher").click()
    expect(page.locator("promo-chat #field")).to_be_visible()


def _telling(text: str) -> Callable[[Page], None]:
    def tell(page: Page) -> None:
        _open(page)
        page.locator("promo-chat #field").fill(text)
        page.locator("promo-chat #field").press("Enter")
        replies = page.locator("promo-chat dialog .message.desk")
        expect(replies.first).to_be_visible(timeout=MOST_MILLISECONDS)

    return tell


def _thumb_down(page: Page) -> None:
    _telling("How long does the payment take?")(page)
    page.get_by_role("button", name="No, not helpful").click()
    expect(page.get_by_role("button", name="It is wrong")).to_be_visible()


def _end(page: Page) -> None:
    _telling("How long does the payment take?")(page)
    page.get_by_role("button", name="End chat").last.click()


def _hand_over(page: Page, reference: str, email: str) -> None:
    _telling(f"Where does my claim {reference} stand? {email}")(page)
    page.locator("promo-chat").get_by_role("link", name="Talk to a person").click()
    expect(page.get_by_label("Claim reference (optional)", exact=True)).to_have_value(reference)


def _send_with_mistakes(page: Page) -> None:
    _go(page, "/contact")
    page.get_by_label("Message", exact=True).fill("The payment is late. Could you look into it, please?")
    page.get_by_label("E-mail address").fill("kontoret at bergen")
    page.get_by_label("Files (optional)").set_input_files(
        [_file("invoice.pdf", _pdf()), _file("drawing.png", b"<svg/>")]
    )
    _press_send(page)
    expect(page.locator(".summary")).to_be_focused()


def _send(page: Page) -> None:
    _go(page, "/contact")
    page.get_by_label("Message", exact=True).fill("The payment is late. Could you look into it, please?")
    page.get_by_label("Name").fill("Ane Birk")
    # Only so many messages an hour are taken for one address.
    page.get_by_label("E-mail address").fill(f"{secrets.token_hex(8)}@birkvik.example")
    _press_send(page)
    expect(page.locator(".reference")).to_be_visible()


def _press_send(page: Page) -> None:
    """After as long as a person takes at least: what is sent faster comes back."""
    page.wait_for_timeout(_FILL_MILLISECONDS)
    page.get_by_role("button", name="Send").click()


def _file(name: str, content: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": content}


def _pdf() -> bytes:
    writer, written = PdfWriter(), io.BytesIO()
    writer.add_blank_page(200, 200)
    writer.write(written)
    return written.getvalue()


def _danish(page: Page) -> None:
    _open(page)
    page.get_by_label("Language").select_option("da")
    expect(page.locator("promo-chat dialog")).to_have_attribute("lang", "da")
