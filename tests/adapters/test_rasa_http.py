"""One Rasa as the bot: what travels, and what is told as unavailable."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable

import httpx
import pytest

from bot.adapters.rasa_http import RasaBot
from bot.core.explanations import Thresholds, explain
from bot.core.gap_groups import Reading
from bot.core.keys import derive_key
from bot.core.ranking import Band
from bot.core.replies import Button, Reply, ReplyKind
from bot.services.ports import Unavailable
from tests.matching.fake_matcher import ranking

REPLY = Reply(ReplyKind.SUGGESTIONS, "Which one?", buttons=(Button("This", "faq:x"),))
Answer = Callable[[httpx.Request], httpx.Response]


def test_a_text_and_a_command_travel_with_the_key() -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"replies": [REPLY.as_dict()]})

    async def talk() -> list[Reply]:
        rasa = RasaBot("http://rasa.test", "a secret", httpx.MockTransport(answer))
        await rasa.reply("c1", "t1", command="faq:x")
        return await rasa.reply("c1", "t1", text="/restart")

    assert asyncio.run(talk()) == [REPLY]
    assert [request.url.path for request in seen] == ["/webhooks/desk/turn"] * 2
    assert seen[0].headers["X-Desk-Key"] == derive_key("a secret", "rasa channel")
    assert b'"command"' in seen[0].content and b'"text"' not in seen[0].content
    assert b'"/restart"' in seen[1].content and b'"turn":"t1"' in seen[1].content.replace(b": ", b":")


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
        asyncio.run(rasa.reply("c1", "t1", text="Hello"))


def test_a_rasa_that_hangs_is_told_as_unavailable() -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(60)
        raise AssertionError

    rasa = RasaBot("http://rasa.test", "a secret", httpx.MockTransport(never), answer_seconds=0.05)

    with pytest.raises(Unavailable):
        asyncio.run(rasa.reply("c1", "t1", text="Hello"))


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


def test_a_search_gets_ids() -> None:
    rasa = RasaBot(
        "http://rasa.test", "s", httpx.MockTransport(lambda request: httpx.Response(200, json={"entries": ["a", "b"]}))
    )

    assert asyncio.run(rasa.search("x")) == ["a", "b"]


@pytest.mark.parametrize("told", [{}, [], {"entries": 3}])
def test_a_search_that_cannot_be_read_is_told_as_unavailable(told: object) -> None:
    rasa = RasaBot("http://rasa.test", "s", httpx.MockTransport(lambda request: httpx.Response(200, json=told)))

    with pytest.raises(Unavailable):
        asyncio.run(rasa.search("x"))


def test_a_mail_is_read_with_the_figures_behind_it() -> None:
    question = explain(ranking("lost_invoice", 0.9, text="lost it", other=0.05), Thresholds(0.59, 0.04))
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"language": "da", "questions": [question]})

    read = asyncio.run(RasaBot("http://rasa.test", "s", httpx.MockTransport(answer)).read_mail("a mail", shown=4))

    assert (read.language, [one.best.label for one in read.questions]) == ("da", ["lost_invoice"])
    assert seen[0].url.path == "/webhooks/desk/understand"
    assert json.loads(seen[0].content) == {"text": "a mail", "shown": 4}


@pytest.mark.parametrize(
    "answer",
    [
        lambda request: httpx.Response(503, json={}),
        lambda request: httpx.Response(200, json=[]),
        lambda request: httpx.Response(200, json={"language": "en"}),
        lambda request: httpx.Response(200, json={"language": "en", "questions": [{}]}),
        lambda request: httpx.Response(200, json={"language": "en", "questions": 3}),
        lambda request: httpx.Response(200, text="not JSON"),
    ],
)
def test_a_mail_that_was_not_read_is_told_as_unavailable(answer: Answer) -> None:
    with pytest.raises(Unavailable):
        asyncio.run(RasaBot("http://rasa.test", "s", httpx.MockTransport(answer)).read_mail("a mail", shown=3))


READING = {"label": "how_long", "score": 0.4, "band": "none", "matched": "how long", "language": "en"}


def grouping_bot(told: object) -> RasaBot:
    return RasaBot("http://rasa.test", "s", httpx.MockTransport(lambda request: httpx.Response(200, json=told)))


def test_texts_are_grouped() -> None:
    bot = grouping_bot({"groups": [[1, 0], [2]], "readings": [READING] * 3})
    grouped = asyncio.run(bot.group(["a", "b", "c"]))

    assert grouped.groups == ((1, 0), (2,))
    assert grouped.readings == (Reading("how_long", 0.4, Band.NONE, "how long", "en"),) * 3


@pytest.mark.parametrize(
    "told",
    [
        {},
        [],
        {"groups": [[0, 1]], "readings": [READING]},
        {"groups": [[0]], "readings": [READING] * 2},
        {"groups": [[0, 0]], "readings": [READING] * 2},
        {"groups": [["0", "x"]], "readings": [READING] * 2},
        {"groups": [[0, 1]], "readings": [READING | {"band": "perhaps"}] * 2},
        {"groups": 3, "readings": [READING] * 2},
    ],
)
def test_a_grouping_that_cannot_be_read_or_loses_texts_is_told_as_unavailable(told: object) -> None:
    with pytest.raises(Unavailable):
        asyncio.run(grouping_bot(told).group(["a", "b"]))
