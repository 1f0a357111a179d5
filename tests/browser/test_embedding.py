"""The chat on somebody else's site: one script tag, a frame, and nothing for sites that are not named."""

from __future__ import annotations

from urllib.parse import urlsplit

from playwright.sync_api import Frame, FrameLocator, Page, expect

from tests.browser.chat_page import Chat
from tests.browser.conftest import Visits
from tests.browser.guest_site import GuestSite
from tests.processes.running_desk import RunningDesk

Guests = tuple[GuestSite, GuestSite]


def chat_in(page: Page, desk: RunningDesk) -> Chat:
    page.locator("promo-chat .launcher").click()
    expect(page.frame_locator("promo-chat iframe").locator("#field")).to_be_focused()
    return Chat(frame_of(page, desk))


def frame_of(page: Page, desk: RunningDesk) -> Frame:
    return next(frame for frame in page.frames if frame.url.startswith(desk.url))


def test_a_named_site_shows_the_chat_in_a_frame(visits: Visits, desk: RunningDesk, guests: Guests) -> None:
    page = visits.page(guests[0].page_with(desk.url))
    expect(page.locator("promo-chat .launcher")).to_have_text("Ask the assistant")
    chat = chat_in(page, desk)

    chat.say("How long does the payment take?")

    expect(chat.replies.first).to_contain_text("45 calendar days")
    page.get_by_role("button", name="Close the chat").click()
    expect(page.locator("promo-chat .frame")).to_be_hidden()
    expect(page.locator("promo-chat .launcher")).to_be_focused()
    page.locator("promo-chat .launcher").click()
    expect(chat.replies.first).to_be_visible()


def test_the_way_to_a_person_stays_in_the_frame_and_takes_the_conversation_along(
    visits: Visits, desk: RunningDesk, guests: Guests
) -> None:
    page = visits.page(guests[0].page_with(desk.url))
    chat = chat_in(page, desk)
    chat.say("How long does the payment take?")

    chat.person.click()

    frame = page.frame_locator("promo-chat iframe")
    expect(frame.locator("body")).to_contain_text("How long does the payment take?")
    expect(frame.get_by_role("heading", level=1)).to_be_visible()


def test_the_form_in_the_frame_leads_back_to_the_chat_and_never_to_a_page_that_may_not_be_framed(
    visits: Visits, desk: RunningDesk, guests: Guests
) -> None:
    page = visits.page(guests[0].page_with(desk.url))
    page.evaluate("document.documentElement.lang = 'da-DK'")
    chat = chat_in(page, desk)
    chat.say("How long does the payment take?")
    chat.panel.get_by_role("link", name="Tal med et menneske").click()
    frame = page.frame_locator("promo-chat iframe")

    frame.get_by_label("Message").fill("Please look into it.")
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("alert")).to_be_visible()
    assert paths_in(frame) == {"/embed", "/contact"}
    frame.get_by_label("Name").fill("Ane Birk")
    frame.get_by_label("E-mail address").fill("ane@birkvik.example")
    page.wait_for_timeout(2_000)
    frame.get_by_role("button", name="Send").click()
    expect(frame.get_by_role("heading", level=1)).to_have_text("Your message has arrived")
    assert paths_in(frame) == {"/embed", "/contact"}
    frame.get_by_role("link", name="Back to the chat").click()

    expect(chat.replies.first).to_be_visible()
    expect(chat.panel).to_have_attribute("lang", "da")
    chat.field.press("Escape")
    expect(page.locator("promo-chat .frame")).to_be_hidden()


def test_the_frame_can_be_closed_whatever_stands_in_it(visits: Visits, desk: RunningDesk, guests: Guests) -> None:
    page = visits.page(guests[0].page_with(desk.url), viewport={"width": 320, "height": 640})
    chat_in(page, desk).person.click()
    expect(page.frame_locator("promo-chat iframe").get_by_role("heading", level=1)).to_have_text("Contact form")
    close = page.get_by_role("button", name="Close the chat")
    expect(close).to_be_in_viewport(ratio=1)

    close.press("Escape")
    expect(page.locator("promo-chat .frame")).to_be_hidden()
    page.locator("promo-chat .launcher").click()
    close.click()

    expect(page.locator("promo-chat .frame")).to_be_hidden()
    expect(page.locator("promo-chat .launcher")).to_be_focused()


def paths_in(frame: FrameLocator) -> set[str]:
    """Where the links of the page in the frame lead, but for places on it."""
    links = frame.locator("a:not([href^='#'])").all()
    return {urlsplit(link.get_attribute("href") or "").path for link in links}


def test_escape_closes_the_frame(visits: Visits, desk: RunningDesk, guests: Guests) -> None:
    page = visits.page(guests[0].page_with(desk.url))
    chat_in(page, desk).field.press("Escape")

    expect(page.locator("promo-chat .frame")).to_be_hidden()


def test_a_site_that_is_not_named_gets_nothing(visits: Visits, desk: RunningDesk, guests: Guests) -> None:
    page = visits.browser().new_page()
    refused: list[str] = []
    page.on("requestfailed", lambda request: refused.append(request.url))
    page.goto(guests[1].page_with(desk.url))
    page.wait_for_load_state("networkidle")

    expect(page.locator("promo-chat .launcher")).to_have_count(0)
    assert refused == [f"{desk.url}/static/promo-chat.js"]
