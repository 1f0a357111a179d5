"""The chat's words in the wanted language, and its frame on the sites that may have it."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from bot.core.retention import Kept
from bot.services.gateway import Gateway
from bot.web import interface, page
from bot.web.app import create_app
from tests.fakes import FakeConversations
from tests.web.conftest import Page

SHOP = "https://shop.example"
STATIC = Path(__file__).parents[2] / "bot" / "web" / "static"


@pytest.fixture
def embedding(gateway: Gateway) -> TestClient:
    """A desk that lets one site show its chat, visited over https."""
    app = create_app(replace(gateway, embed_origins=(SHOP,)))
    return TestClient(app, base_url="https://desk.test", raise_server_exceptions=False)


@pytest.mark.parametrize("language", ["en", "da", "sv", "nb"])
def test_the_words_come_in_the_wanted_language(client: TestClient, language: str) -> None:
    told = client.get("/api/chat/interface", params={"lang": language}).json()

    assert told["language"] == language
    assert {one["code"] for one in told["languages"]} == {"en", "da", "sv", "nb"}
    assert [section["title"] for section in told["sections"]] != []


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ("a computer program", "for 90 days", "until 60 minutes after")),
        ("da", ("et computerprogram", "i 90 dage", "indtil 60 minutter efter")),
        ("sv", ("ett datorprogram", "i 90 dagar", "till 60 minuter efter")),
        ("nb", ("et dataprogram", "i 90 dager", "til 60 minutter etter")),
    ],
)
def test_the_notice_says_what_answers_and_how_long_what_is_written_is_kept(
    client: TestClient, language: str, said: tuple[str, ...]
) -> None:
    notice = client.get("/api/chat/interface", params={"lang": language}).json()["strings"]["notice"]

    assert all(words in notice for words in said)
    assert "{" not in notice


def test_without_javascript_it_is_said_too_and_for_as_long_as_the_table_says(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "keeps what you write for 90 days" in client.get("/").text
    for module in (interface, page):
        monkeypatch.setattr(module, "KEPT_DAYS", {Kept.CONVERSATIONS: 7})
    assert "keeps what you write for 7 days" in client.get("/").text
    assert "for 7 days" in client.get("/api/chat/interface").json()["strings"]["notice"]


@pytest.mark.parametrize(
    ("wanted", "told"),
    [("da-DK", "da"), ("DA", "da"), ("sv_SE", "sv"), ("nb-NO", "nb"), ("no", "nb"), ("no-NO", "nb"), ("nn", "nb")],
)
def test_the_language_is_found_by_any_of_its_tags(client: TestClient, wanted: str, told: str) -> None:
    assert client.get("/api/chat/interface", params={"lang": wanted}).json()["language"] == told
    assert f'<html lang="{told}">' in client.get("/embed", params={"lang": wanted}).text


def test_the_frame_opens_while_the_database_is_away(client: TestClient, gateway: Gateway) -> None:
    assert isinstance(gateway.conversations, FakeConversations)
    cookie = client.get("/embed").headers["set-cookie"]
    gateway.conversations.is_down = True

    response = client.get("/embed", headers={"Cookie": cookie.partition(";")[0]})

    assert response.status_code == 200
    assert "set-cookie" not in response.headers


@pytest.mark.parametrize("path", ["/static/promo-chat.js", "/static/chat/panel.js", "/static/desk.css"])
def test_files_are_asked_for_anew_and_sent_only_if_they_have_changed(client: TestClient, path: str) -> None:
    first = client.get(path, headers={"Accept-Encoding": "gzip"})

    assert first.headers["Cache-Control"] == "no-cache"
    assert first.headers["Content-Encoding"] == "gzip"
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"})
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Cache-Control"] == "no-cache"


@pytest.mark.parametrize("language", ["tlh", "", "../../etc/passwd", "en-GB"])
def test_any_other_language_gets_english(client: TestClient, language: str) -> None:
    assert client.get("/api/chat/interface", params={"lang": language}).json()["language"] == "en"


def test_it_offers_every_question_of_the_page_and_says_where_the_promotion_stands(
    client: TestClient, gateway: Gateway
) -> None:
    told = client.get("/api/chat/interface").json()

    assert [question for section in told["sections"] for question in section["questions"]] == [
        entry.question for entry in gateway.faq
    ]
    assert "31 December 2023" in " ".join(told["banner"])


def test_the_words_may_be_kept_by_caches_and_carry_nobodys_cookie(client: TestClient) -> None:
    response = client.get("/api/chat/interface")

    assert response.headers["Cache-Control"] == "public, max-age=300"
    assert "set-cookie" not in response.headers


def test_the_component_uses_just_the_words_there_are(gateway: Gateway) -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in STATIC.rglob("*.js"))
    strings = gateway.interfaces["en"].strings
    made_up = re.compile(r"(step|rule|helpful|reason)_\w+")

    used = set(re.findall(r"""\bt\(\s*"(\w+)\"""", code)) | set(re.findall(r"strings\.(\w+)", code))
    quoted = {key for key in strings if f'"{key}"' in code or made_up.fullmatch(key)}
    assert used <= set(strings)
    assert set(strings) - used - quoted == set()


def test_nothing_in_the_component_reads_text_as_html() -> None:
    for path in STATIC.rglob("*.js"):
        code = path.read_text(encoding="utf-8")
        assert not re.search(
            r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|srcdoc", code
        ), path


def test_without_settings_nobody_may_frame_anything(client: TestClient) -> None:
    headers = client.get("/embed", params={"origin": SHOP}).headers

    assert "frame-ancestors 'self';" in headers["Content-Security-Policy"]
    assert headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/embed", "/contact"])
def test_a_named_site_may_frame_the_chat_and_the_form(embedding: TestClient, path: str) -> None:
    headers = embedding.get(path).headers

    assert f"frame-ancestors 'self' {SHOP};" in headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in headers


def test_a_named_site_may_not_frame_the_page(embedding: TestClient) -> None:
    assert embedding.get("/").headers["X-Frame-Options"] == "SAMEORIGIN"


@pytest.mark.parametrize("path", ["/contact", "/contact/sent"])
def test_in_a_frame_no_page_leads_to_one_that_may_not_be_framed(embedding: TestClient, path: str) -> None:
    framed = Page(embedding.get(path, headers={"Sec-Fetch-Dest": "iframe"}).text)
    alone = Page(embedding.get(path).text)

    assert {link["href"] for link in framed.links} == {"#main", "/embed", "/contact"}
    assert "/" in {link["href"] for link in alone.links}


@pytest.mark.parametrize(("origin", "told"), [(SHOP, SHOP), ("https://evil.example", ""), ('"><script>', "")])
def test_the_frame_speaks_to_a_named_site_only(embedding: TestClient, origin: str, told: str) -> None:
    assert f'parent="{told}"' in embedding.get("/embed", params={"origin": origin}).text


def test_only_a_named_site_may_load_the_launcher(embedding: TestClient) -> None:
    allowed = embedding.get("/static/promo-chat.js", headers={"Origin": SHOP}).headers
    refused = embedding.get("/static/promo-chat.js", headers={"Origin": "https://evil.example"}).headers

    assert allowed["Access-Control-Allow-Origin"] == SHOP
    assert allowed["Cross-Origin-Resource-Policy"] == "cross-origin"
    assert "Origin" in allowed["Vary"]
    assert "Access-Control-Allow-Origin" not in refused


def test_nobody_elses_script_may_read_a_conversation(embedding: TestClient) -> None:
    headers = embedding.get("/api/chat/history", headers={"Origin": SHOP}).headers

    assert "Access-Control-Allow-Origin" not in headers
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Dest": "iframe"}, {"X-Chat-In-Frame": "1"}])
def test_in_a_frame_the_cookie_is_kept_apart_for_the_site_around_it(
    embedding: TestClient, headers: dict[str, str]
) -> None:
    cookie = embedding.get("/api/chat/history", headers=headers).headers["set-cookie"]

    assert cookie.startswith("__Host-desk-session=")
    assert {"samesite=none", "secure", "partitioned", "httponly"} <= {
        part.strip().lower() for part in cookie.split(";")
    }


def test_outside_of_frames_the_cookie_stays_with_the_own_site(embedding: TestClient) -> None:
    cookie = embedding.get("/api/chat/history").headers["set-cookie"].lower()

    assert "samesite=lax" in cookie
    assert "partitioned" not in cookie


def test_without_settings_no_frame_gets_a_cookie_of_its_own(client: TestClient) -> None:
    cookie = client.get("/api/chat/history", headers={"X-Chat-In-Frame": "1"}).headers["set-cookie"].lower()

    assert "samesite=lax" in cookie
