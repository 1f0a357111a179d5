""""""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.core.replies import Button, Link, Reply, ReplyKind
from bot.services.gateway import Gateway
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.fakes import FakeBot, FakeConversations
from tests.hostile_texts import HOSTILE
from tests.web.conftest import Page


def say_by_form(client: TestClient, **fields: str) -> Page:
    token = Page(client.get("/").text).fields["csrf"]
    return Page(client.post("/chat", data={"csrf": token, **fields}).text)


def test_every_entry_stands_on_the_page_word_for_word_and_can_be_linked(client: TestClient, gateway: Gateway) -> None:
    page = Page(client.get("/").text)

    for entry in gateway.faq:
        assert entry.id in page.ids
        assert entry.question in page.text
        assert " ".join(entry.answer.split()) in " ".join(page.text.split())
    assert len(page.ids) == len(set(page.ids))


def test_click_here_is_a_link_that_says_so(client: TestClient, gateway: Gateway) -> None:
    links = [link for link in Page(client.get("/").text).links if "CLICK HERE" in link.get("aria-label", "")]

    assert len(links) == sum(entry.answer.count("CLICK HERE") for entry in gateway.faq) > 0
    assert all(link["href"] == "/contact" for link in links)


def test_under_each_section_stands_the_way_to_the_form(client: TestClient, gateway: Gateway) -> None:
    html = client.get("/").text

    assert Page(html).text.count("Couldn't find an answer to your question?") == len(gateway.faq.sections())


def test_the_banner_says_where_the_promotion_stands_and_that_the_day_is_acted(client: TestClient) -> None:
    text = Page(client.get("/").text).text

    assert "31 December 2023" in text
    assert "15 December 2023" in text
    assert "Demonstration" in text


def test_without_javascript_the_chat_works_by_form(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [Reply(ReplyKind.SUGGESTIONS, "Which one?", buttons=(Button("The second", "faq:b"),))]

    page = say_by_form(client, text="How long?")

    assert "How long?" in page.text and "Which one?" in page.text
    assert page.ids.count("latest") == 1
    after = say_by_form(client, button=page.fields["button"])
    assert "The second" in after.text
    assert bot.asked[-1][2] == "faq:b"


def test_a_form_answer_leads_back_to_the_latest_message(client: TestClient) -> None:
    token = Page(client.get("/").text).fields["csrf"]

    response = client.post("/chat", data={"csrf": token, "text": "Hello"}, follow_redirects=False)

    assert response.status_code == 303
    assert response.headers["Location"] == "/#latest"


def test_a_form_without_the_sessions_token_is_refused_and_nothing_typed_is_lost(
    browser: Callable[[], TestClient], bot: FakeBot
) -> None:
    client = browser()
    foreign = Page(browser().get("/").text).fields["csrf"]
    client.get("/")

    for token in ("", "x", foreign):
        response = client.post("/chat", data={"csrf": token, "text": "my question"})
        assert response.status_code == 403
        assert "my question" in response.text
    assert bot.asked == []


def test_a_text_that_is_too_long_stays_in_the_field(client: TestClient) -> None:
    token = Page(client.get("/").text).fields["csrf"]

    response = client.post("/chat", data={"csrf": token, "text": "long " * 300})

    assert response.status_code == 413
    assert "long long" in response.text


def test_a_text_stays_in_the_field_while_the_database_is_away(client: TestClient, gateway: Gateway) -> None:
    token = Page(client.get("/").text).fields["csrf"]
    assert isinstance(gateway.conversations, FakeConversations)
    gateway.conversations.is_down = True

    response = client.post("/chat", data={"csrf": token, "text": "my question"})

    assert response.status_code == 503
    assert "my question" in response.text


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text_on_every_page(client: TestClient, bot: FakeBot, text: str) -> None:
    bot.replies = [
        Reply(ReplyKind.ANSWER, text, links=(Link(text, "javascript:alert(1)"),), buttons=(Button(text, text),))
    ]

    pages = [
        say_by_form(client, text=text),
        Page(client.get("/contact").text),
        Page(client.post("/contact", data={"name": text, "message": text, "form": text, "csrf": text}).text),
    ]

    clean = Page(client.get("/").text)
    for page in [*pages, clean]:
        assert text in page.text
        assert not any(tag in ("svg", "img") for tag, _ in page.tags)
        assert [given for tag, given in page.tags if tag == "script"] in (
            [],
            [{"type": "module", "src": "/static/promo-chat.js"}],
            [{"type": "module", "src": "/static/contact.js"}],
        )
        assert not any(name.startswith("on") for _, given in page.tags for name in given)
        assert not any(link["href"].lower().startswith("javascript") for link in page.links)


def test_no_page_asks_another_site_for_anything_or_holds_script_or_style(client: TestClient) -> None:
    say_by_form(client, text="Hello")

    for path in ("/", "/contact", "/nowhere"):
        page = Page(client.get(path).text)
        for tag, given in page.tags:
            assert tag != "style" and "style" not in given
            for name in ("src", "href", "action"):
                assert given.get(name, "/").startswith(("/", "#"))


@pytest.mark.parametrize(
    "path", ["/", "/contact", "/nowhere", "/api/nowhere", "/api/chat/history", "/static/promo-chat.js", "/healthz"]
)
def test_every_answer_has_the_security_headers(client: TestClient, path: str) -> None:
    headers = client.get(path).headers

    policy = headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "frame-ancestors 'self'" in policy and "unsafe" not in policy
    assert (
        "object-src 'none'" in policy and "base-uri 'none'" in policy and "require-trusted-types-for 'script'" in policy
    )
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert ("no-store" in headers["Cache-Control"]) == (path != "/static/promo-chat.js")


def test_what_nobody_foresaw_is_answered_like_every_error(client: TestClient, bot: FakeBot) -> None:
    bot.reply = None  # type: ignore[assignment, method-assign]

    response = client.post("/api/chat", json={"text": "Hello"})

    assert response.status_code == 500
    assert response.json()["error"]["code"] == "internal"
    assert "Content-Security-Policy" in response.headers


def test_errors_are_pages_for_people_and_json_for_programs(client: TestClient) -> None:
    assert client.get("/nowhere").headers["Content-Type"].startswith("text/html")
    assert client.get("/api/nowhere").json()["error"]["code"] == "not_found"
    assert client.get("/api/chat").json()["error"]["code"] == "method_not_allowed"
    assert client.get("/docs").status_code == client.get("/openapi.json").status_code == 404


def test_a_search_shows_what_is_understood_and_keeps_what_was_typed(client: TestClient, bot: FakeBot) -> None:
    bot.found = ["how_long_for_discount"]

    page = Page(client.get("/", params={"q": "wher is my mony"}).text)

    assert page.fields["q"] == "wher is my mony"
    assert "Found for “wher is my mony”" in page.text
    assert "#how_long_for_discount" in [link["href"] for link in page.links]


def test_a_search_without_the_bot_goes_by_words(client: TestClient, bot: FakeBot) -> None:
    bot.is_down = True

    page = Page(client.get("/", params={"q": "serial number"}).text)

    assert "Found for" in page.text


def test_a_search_that_finds_nothing_shows_a_way_on(client: TestClient, bot: FakeBot) -> None:
    page = Page(client.get("/", params={"q": "xyzzy"}).text)

    assert "Nothing found for “xyzzy”" in page.text
    assert {"/contact", "/#chat"} <= {link["href"] for link in page.links}


@pytest.mark.parametrize("text", HOSTILE)
def test_a_hostile_search_is_shown_as_text(client: TestClient, text: str) -> None:
    page = Page(client.get("/", params={"q": text}).text)

    assert text in page.text
    assert [tag for tag, _ in page.tags if tag in ("svg", "img")] == []
    assert len([tag for tag, _ in page.tags if tag == "script"]) == 1


def test_too_many_searches_have_to_wait(gateway: Gateway) -> None:
    client = TestClient(create_app(gateway, Limits(per_address=2)), base_url="http://desk.test")

    answers = [client.get("/", params={"q": "invoice"}).status_code for _ in range(3)]

    assert answers == [200, 200, 429]


def test_without_javascript_the_chat_can_be_ended(client: TestClient) -> None:
    say_by_form(client, text="How long?")
    token = Page(client.get("/").text).fields["csrf"]

    page = Page(client.post("/chat/end", data={"csrf": token}).text)

    assert "latest" not in page.ids
    assert client.post("/chat/end", data={"csrf": "guessed"}).status_code == 403
