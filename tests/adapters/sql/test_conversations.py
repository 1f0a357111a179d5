"""What was said is kept and found again: by session, by message, by button."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.adapters.sql.conversations import SqlConversations
from bot.core.conversations import Conversation, Message, OfferedButton
from bot.core.replies import Button, Link, Reply, ReplyKind
from bot.services.ports import Conversations, Unavailable
from tests.databases import BACKENDS, empty_database, migrated_database
from tests.fakes import FakeConversations

NOON = datetime(2023, 10, 5, 12, 0, tzinfo=timezone.utc)
REPLY = Reply(
    ReplyKind.SUGGESTIONS,
    "Which one?",
    links=(Link("Contact form", "/contact"),),
    buttons=(Button("This", "faq:x"), Button("That", "faq:y")),
)


def question(name: str = "m1") -> Message:
    return Message(name, NOON, "Wie lange? 🎁")


def answer(name: str = "m2", after: timedelta = timedelta(seconds=1)) -> Message:
    buttons = (OfferedButton(f"{name}-b1", "This", "faq:x"), OfferedButton(f"{name}-b2", "That", "faq:y"))
    return Message(name, NOON + after, REPLY.text, REPLY, buttons)


def test_everything_said_comes_back_in_order(conversations: Conversations, begun: Conversation) -> None:
    conversations.add(begun.id, question())
    conversations.add(begun.id, answer("m2"), answer("m3"))

    assert conversations.messages(begun.id) == [question(), answer("m2"), answer("m3")]


def test_a_session_has_one_conversation_however_often_it_is_begun(
    conversations: Conversations, begun: Conversation
) -> None:
    again = conversations.start("session", "lamps", NOON + timedelta(minutes=1))

    assert again == begun
    assert conversations.of_session("session") == begun


def test_a_conversation_is_moved_to_another_session_and_is_known_by_the_one_before_only_as_that(
    conversations: Conversations, begun: Conversation
) -> None:
    conversations.add(begun.id, question(), answer())
    conversations.move(begun.id, "second session")
    assert conversations.of_session("session") is None
    moved = conversations.of_session("second session")
    assert moved is not None and moved.id == begun.id and len(conversations.messages(moved.id)) == 2
    assert conversations.of_earlier_session("session") == moved
    assert conversations.of_earlier_session("second session") is None

    conversations.move(begun.id, "third session")
    assert conversations.of_earlier_session("session") is None
    conversations.end(begun.id)
    assert conversations.of_earlier_session("second session") is None


def test_two_sessions_share_nothing(conversations: Conversations, begun: Conversation) -> None:
    other = conversations.start("other session", "lamps", NOON)
    conversations.add(begun.id, question(), answer())

    assert other.id != begun.id
    assert other.reference != begun.reference
    assert conversations.messages(other.id) == []
    assert conversations.button(other.id, "m2-b1") is None
    assert not conversations.rate(other.id, "m2", helpful=True, reason="", at=NOON)


def test_an_unknown_session_has_no_conversation(conversations: Conversations, begun: Conversation) -> None:
    assert conversations.of_session("never seen") is None


def test_a_button_is_found_by_its_id(conversations: Conversations, begun: Conversation) -> None:
    conversations.add(begun.id, answer("m1"), answer("m2"))

    assert conversations.button(begun.id, "m2-b2") == OfferedButton("m2-b2", "That", "faq:y")
    assert conversations.button(begun.id, "m2-b3") is None


def test_the_replies_to_a_message_end_where_the_customer_speaks_again(
    conversations: Conversations, begun: Conversation
) -> None:
    conversations.add(begun.id, question("m1"), answer("m2"), answer("m3"), question("m4"))

    assert conversations.replies_to(begun.id, "m1") == [answer("m2"), answer("m3")]
    assert conversations.replies_to(begun.id, "m4") == []
    assert conversations.replies_to(begun.id, "m2") is None
    assert conversations.replies_to(begun.id, "m9") is None


def test_the_replies_to_a_message_of_another_conversation_are_not_told(
    conversations: Conversations, begun: Conversation
) -> None:
    other = conversations.start("other session", "lamps", NOON)
    conversations.add(begun.id, question("m1"), answer("m2"))

    assert conversations.replies_to(other.id, "m1") is None


def test_after_the_end_a_session_begins_anew_and_what_was_said_is_kept(
    conversations: Conversations, begun: Conversation
) -> None:
    conversations.add(begun.id, question(), answer())

    conversations.end(begun.id)
    conversations.end(begun.id)

    assert conversations.of_session("session") is None
    assert conversations.start("session", "lamps", NOON).id != begun.id
    assert conversations.messages(begun.id) == [question(), answer()]


def test_a_message_marks_when_the_conversation_was_seen_last(conversations: Conversations, begun: Conversation) -> None:
    conversations.add(begun.id, answer(after=timedelta(minutes=9)))

    seen = conversations.of_session("session")
    assert seen is not None
    assert seen.last_seen_at == NOON + timedelta(minutes=9)
    assert seen.started_at == NOON


def test_a_reply_can_be_rated_twice_and_a_question_never(conversations: Conversations, begun: Conversation) -> None:
    conversations.add(begun.id, question("m1"), answer("m2"))

    assert conversations.rate(begun.id, "m2", helpful=True, reason="", at=NOON)
    assert conversations.rate(begun.id, "m2", helpful=False, reason="out of date", at=NOON)
    assert not conversations.rate(begun.id, "m1", helpful=True, reason="", at=NOON)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_database_without_tables_is_told_as_unavailable(backend: str, tmp_path: Path) -> None:
    from bot.adapters.sql.engines import make_engine

    with empty_database(backend, tmp_path) as url:
        engine = make_engine(url)
        with pytest.raises(Unavailable, match="desk"):
            SqlConversations(engine).of_session("session")
        engine.dispose()


@pytest.fixture(params=("fake", *BACKENDS))
def conversations(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Conversations]:
    """The port, empty: the fake, and the real one on every database."""
    if request.param == "fake":
        yield FakeConversations()
        return
    with migrated_database(request.param, tmp_path, "desk") as engine:
        yield SqlConversations(engine)


@pytest.fixture
def begun(conversations: Conversations) -> Conversation:
    return conversations.start("session", "lamps", NOON)
