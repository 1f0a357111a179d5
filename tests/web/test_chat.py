"""A message is answered in the form of the contract, and what is kept of it is masked."""

from __future__ import annotations

import time
from collections.abc import Callable

from fastapi.testclient import TestClient

from bot.core.cards import Step, StepState, Timeline
from bot.core.replies import Reply, ReplyKind
from bot.services.gateway import Gateway
from tests.fakes import FakeBot, FakeConversations
from tests.web.chat import CHOICE, ask


def test_a_message_has_the_form_of_the_contract(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [Reply(ReplyKind.ANSWER, "Yes.", faq_id="x", version="abc"), CHOICE]

    answer, choice = ask(client, "Can I?")

    assert answer == {
        "id": answer["id"],
        "kind": "answer",
        "text": "Yes.",
        "faq_id": "x",
        "version": "abc",
        "links": [],
        "buttons": [],
    }
    assert set(choice) == {"id", "kind", "text", "links", "buttons"}
    assert [set(button) for button in choice["buttons"]] == [{"label", "id"}] * 2


def test_the_history_says_which_message_was_sent_under_which_key(browser: Callable[[], TestClient]) -> None:
    own, stranger = browser(), browser()
    for client in (own, stranger):
        client.post("/api/chat", json={"text": "Hello", "key": "k-1"})
        client.post("/api/chat", json={"text": "Hello", "key": "k-2"})

    told = own.get("/api/chat/history", params={"keys": "k-2,k-3,\x00"}).json()["messages"]

    assert [message.get("key") for message in told if message["from"] == "customer"] == [None, "k-2"]
    assert all("key" not in message for message in own.get("/api/chat/history").json()["messages"])


def test_a_card_goes_along_with_its_reply_and_comes_back_with_the_history(client: TestClient, bot: FakeBot) -> None:
    card = Timeline("Claim", (Step("Submitted", StepState.DONE, "2 October 2023"),))
    bot.replies = [Reply(ReplyKind.LOOKUP, "Your claim was submitted.", card=card)]

    (told,) = ask(client, "My claim?")

    steps = [{"label": "Submitted", "state": "done", "detail": "2 October 2023"}]
    assert told["card"] == {"type": "timeline", "title": "Claim", "steps": steps}
    assert client.get("/api/chat/history").json()["messages"][-1]["card"] == told["card"]


def test_a_message_sent_twice_under_one_key_is_answered_once(client: TestClient, bot: FakeBot) -> None:
    turn = {"text": "Can I?", "key": "0123abcd"}
    first = client.post("/api/chat", json=turn).json()
    again = client.post("/api/chat", json=turn).json()

    assert first == again
    assert len(bot.asked) == 1
    assert len(client.get("/api/chat/history").json()["messages"]) == 2


def test_the_meaning_of_a_button_never_reaches_the_browser(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [CHOICE]

    answer = client.post("/api/chat", json={"text": "Hello"}).text
    history = client.get("/api/chat/history").text

    assert "faq:how_long" not in answer + history
    assert "command" not in answer + history


def test_a_pressed_button_says_what_was_offered(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [CHOICE]
    button = ask(client, "Hello")[0]["buttons"][0]["id"]

    response = client.post("/api/chat", json={"button": button})

    assert response.status_code == 200
    assert bot.asked[-1][1:] == (None, "faq:how_long")
    assert client.get("/api/chat/history").json()["messages"][2]["text"] == "How long it takes"


def test_the_way_to_the_contact_form_carries_the_public_reference_only(client: TestClient, bot: FakeBot) -> None:
    bot.replies = [CHOICE]

    (choice,) = ask(client, "Hello")

    url = choice["links"][0]["url"]
    assert url.startswith("/contact?conversation=C-")
    assert bot.asked[0][0] not in client.get("/api/chat/history").text


def test_what_the_customer_wrote_is_kept_masked(client: TestClient, bot: FakeBot) -> None:
    ask(client, "I am ane@birkvik.example and my claim is LEN-615204")

    kept = client.get("/api/chat/history").json()["messages"][0]
    assert kept["from"] == "customer"
    assert "birkvik" not in kept["text"] and "615204" not in kept["text"]
    assert bot.asked[0][1] == "I am ane@birkvik.example and my claim is LEN-615204"


def test_without_the_bot_the_reply_comes_at_once_and_is_useful(client: TestClient, bot: FakeBot) -> None:
    bot.is_down = True
    start = time.monotonic()

    (notice,) = ask(client, "What is an invoise number?")

    assert time.monotonic() - start < 2
    assert notice["kind"] == "notice"
    assert "/#what_is_invoice_number" in [link["url"] for link in notice["links"]]
    assert 2 <= len(notice["links"]) <= 4
    assert notice["links"][-1]["url"].startswith("/contact?")


def test_without_the_bot_a_question_without_known_words_gets_the_contact_form(client: TestClient, bot: FakeBot) -> None:
    bot.is_down = True

    (notice,) = ask(client, "xyzzy?")

    assert [link["label"] for link in notice["links"]] == ["Contact form"]


def test_without_the_database_the_chat_says_so_and_the_page_can_still_be_read(
    client: TestClient, gateway: Gateway
) -> None:
    assert isinstance(gateway.conversations, FakeConversations)
    gateway.conversations.is_down = True

    response = client.post("/api/chat", json={"text": "Hello"})

    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert response.json()["error"]["code"] == "unavailable"
    assert client.get("/").status_code == 200


def test_feedback_is_kept_for_an_own_reply_only(browser: Callable[[], TestClient], gateway: Gateway) -> None:
    own, stranger = browser(), browser()
    message = ask(own, "Hello")[0]["id"]
    ask(stranger, "Hello")
    verdict = {"message_id": message, "helpful": False, "reason": "write to ane@birkvik.example"}

    assert stranger.post("/api/feedback", json=verdict).status_code == 422
    assert own.post("/api/feedback", json=verdict).status_code == 200
    assert isinstance(gateway.conversations, FakeConversations)
    helpful, reason = gateway.conversations.verdicts[message]
    assert not helpful and "birkvik" not in reason
