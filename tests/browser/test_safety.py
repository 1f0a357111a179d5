"""Hostile text stays text, wherever it comes from; a strict policy is never touched, and no other site asked."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.chat_page import Chat
from tests.browser.hostile_texts import ALARM, CORPUS


@pytest.fixture
def page(visits) -> Page:
    context = visits.browser()
    context.add_init_script(ALARM)
    page = context.new_page()
    page.goto("/")
    yield page
    assert page.evaluate("alarms") == []
    assert (
        page.evaluate(
            "document.querySelector('promo-chat').shadowRoot.querySelectorAll('img,iframe,script,style').length"
        )
        == 0
    )


@pytest.mark.parametrize("text", CORPUS)
def test_what_a_customer_types_is_shown_as_typed(page: Page, text: str) -> None:
    chat = Chat(page).open()

    chat.say(text)

    shown = chat.own.first.locator(".bubble").text_content() or ""
    assert shown.removeprefix("You: ").replace("\u202e", "") == text.replace("\u202e", "")
    page.reload()
    expect(chat.own.first).to_be_visible()
    expect(chat.own).to_have_count(1)


def test_hostile_words_of_the_desk_are_shown_as_words(page: Page) -> None:
    messages = [hostile_reply(number, text) for number, text in enumerate(CORPUS)]
    page.route("**/api/chat/history*", lambda route: route.fulfill(json={"messages": messages}))

    chat = Chat(page).open()

    expect(chat.replies).to_have_count(len(CORPUS))
    for number, text in enumerate(CORPUS):
        assert text in (chat.replies.nth(number).text_content() or "")
    hrefs = page.evaluate(
        "[...document.querySelector('promo-chat').shadowRoot.querySelectorAll('.log a')].map(({ protocol }) => protocol)"
    )
    assert set(hrefs) <= {"http:", "https:"}


def hostile_reply(number: int, text: str) -> dict:
    rules = [{"state": "holds", "label": text, "text": text}, {"state": text, "label": "", "text": ""}]
    return {
        "from": "desk", "id": f"m{number}", "kind": "answer", "text": f"{text}\n\n{text}",
        "links": [{"label": text, "url": url} for url in ("javascript:alert(1)", "data:text/html,x", "//evil.example", text)],
        "buttons": [{"label": text, "id": text}],
        "card": {"type": "rules", "rules": rules[: 1 + number % 1], "paragraph": "none"},
    }  # fmt: skip


def test_hostile_words_of_the_faq_are_shown_as_words(page: Page) -> None:
    words = page.request.get("/api/chat/interface").json()
    words["sections"] = [{"title": text, "questions": [text]} for text in CORPUS]
    words["banner"] = list(CORPUS)
    page.route("**/api/chat/interface*", lambda route: route.fulfill(json=words))

    chat = Chat(page).open()

    for text in CORPUS:
        assert text in (chat.panel.text_content() or "")


def test_the_component_leaves_nothing_in_the_browser_but_open_and_language(page: Page) -> None:
    chat = Chat(page).open()
    chat.say("My secret is LEN-730418")

    kept = page.evaluate("({ ...localStorage, ...sessionStorage })")
    assert kept == {"promo-chat": "open"}
    assert page.evaluate("document.cookie") == ""


BARE = """<!doctype html><html lang="en"><head><title>Bare</title></head><body><main><h1>Bare</h1></main>
<script type="module" src="/static/promo-chat.js"></script></body></html>"""
STRICT = (
    "default-src 'self'; style-src 'none'; base-uri 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)


def test_the_chat_works_where_no_style_and_no_markup_is_allowed(page: Page) -> None:
    headers = {"Content-Type": "text/html", "Content-Security-Policy": STRICT}
    page.route("**/bare", lambda route: route.fulfill(body=BARE, headers=headers))
    page.goto("/bare")

    chat = Chat(page).open()
    chat.say("invoice").get_by_role("button").first.click()

    chat.reply_after(1)
    assert chat.panel.evaluate("(panel) => getComputedStyle(panel).position") == "fixed"
    assert page.evaluate("violations") == []
