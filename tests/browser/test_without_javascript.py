"""The page for browsers without JavaScript: the same answers by form."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visits
from tests.browser.without_javascript import say


@pytest.fixture
def page(visits: Visits) -> Page:
    return visits.page(java_script_enabled=False)


def test_a_question_is_answered_and_a_choice_can_be_pressed(page: Page) -> None:
    say(page, "How long does the payment take?")
    expect(page.locator("#latest")).to_contain_text("within 45 calendar days")

    say(page, "invoice")
    page.locator("#latest").get_by_role("button").first.click()

    expect(page.locator("#latest .speaker")).to_have_text("Assistant")


def test_a_purchase_is_judged_in_words(page: Page) -> None:
    say(page, "Does a Lenovo Performance FHD Webcam from a shop on 5 December 2023 for our practice qualify?")

    expect(page.locator("#latest")).to_contain_text("? Date: 5 December 2023 cannot be settled.")


def test_the_chat_can_be_ended(page: Page) -> None:
    say(page, "Hello")

    page.get_by_role("button", name="End chat").click()

    page.wait_for_url(re.compile("#chat"))
    expect(page.locator("#latest")).to_have_count(0)


def test_the_page_can_be_searched(page: Page) -> None:
    page.get_by_label("Search the questions and answers").fill("wher is my mony")
    page.get_by_role("button", name="Search").click()

    expect(page.get_by_role("region", name="Found for")).to_contain_text("The assistant can look this up")
    page.get_by_label("Search the questions and answers").fill("the thing on the back of my dock")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("region", name="Found for").get_by_role("link").first.click()

    assert page.locator("article:target").count() == 1


def test_every_entry_and_section_can_be_linked(page: Page) -> None:
    page.goto("/#how_long_for_discount")
    expect(page.locator("article:target")).to_contain_text("45 calendar days")

    page.get_by_role("navigation", name="Sections").get_by_role("link", name="Payment").click()

    assert page.url.endswith("#section-4")
    expect(page.locator(".more a")).to_have_count(6)
