from __future__ import annotations

import asyncio
from collections.abc import Callable

import httpx
import pytest

from bot.adapters.rasa_http import RasaBot
from bot.core.keys import derive_key
from bot.core.replies import Button, Reply, ReplyKind
from bot.services.ports import Unavailable

REPLY = Reply(ReplyKind.SUGGESTIONS, "Which one?", buttons=(Button("This", "faq:x"),))
Answer = Callable[[httpx.Request], httpx.Response]


def test_a_text_and_a_command_travel_with_the_key() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"replies": [REPLY.as_dict()]})

    async def talk() -> list[Reply]:
        rasa = RasaBot("http://rasa.test", "a secret", httpx.MockTransport(answer))
        await rasa.reply("c1", command="faq:x")
        return await rasa.reply("c1", text="/restart")

    assert asyncio.run(talk()) == [REPLY]
    assert [request.url.path for request in seen] == ["/webhooks/desk/turn"] * 2
    assert seen[0].headers["X-Desk-Key"] == derive_key("a secret", "rasa channel")
    assert b'"command"' in seen[0].content and b'"text"' not in seen[0].content
    assert b'"/restart"' in seen[1].content


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: httpx.Response(500, text="boom"),
        lambda request: httpx.Response(200, text="not JSON"),
        lambda request: httpx.Response(200, json={"replies": []}),
        lambda request: httpx.Response(200, json={"replies": [{"kind": "unheard of", "text": ""}]}),
        lambda request: httpx.Response(200, json=["a list"]),
        lambda request: httpx.Response(403, json={}),
    ],
)
def test_whatever_is_no_reply_is_told_as_unavailable(answer: Answer) -> None:
    rasa = RasaBot("http://rasa.test", "a secret", httpx.MockTransport(answer))

    with pytest.raises(Unavailable):
        asyncio.run(rasa.reply("c1", text="Hello"))


def test_a_rasa_that_hangs_is_told_as_unavailable() -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError

    rasa = RasaBot("http://rasa.test", "a secret", httpx.MockTransport(never), answer_seconds=0.05)

    with pytest.raises(Unavailable):
        asyncio.run(rasa.reply("c1", text="Hello"))


def test_rasa_without_a_model_is_not_ready() -> None:
    empty = RasaBot(
        "http://rasa.test",
        "s",
        httpx.MockTransport(lambda request: httpx.Response(200, json={"ready": False})),
    )
    loaded = RasaBot(
        "http://rasa.test",
        "s",
        httpx.MockTransport(lambda request: httpx.Response(200, json={"ready": True})),
    )

    with pytest.raises(Unavailable):
        asyncio.run(empty.check())
    asyncio.run(loaded.check())
