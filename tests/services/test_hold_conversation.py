"""What was said and offered is kept, in order and once."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from bot.core.conversations import Conversation, Message
from bot.core.faq import Faq, FaqEntry
from bot.core.replies import Button, Link, Reply, ReplyKind
from bot.core.wording import Wording
from bot.services.end_conversation import end_conversation
from bot.services.hold_conversation import ChatDesk, hold_conversation, id_of_turn
from bot.services.ports import InvalidInput, LookupDetails, Unavailable
from tests.fakes import FakeBot, FakeClock, FakeConversations, FakeLookups, WatchedFaq
from tests.promotions import undisputed

NOON = datetime(2025, 4, 10, 12, 0, tzinfo=timezone.utc)
FAQ = Faq([FaqEntry("lamp_bulb", "Lamps", "Is the bulb included?", "Yes, in every box.")])
WORDING = Wording(
    {
        "contact_form": "Contact form",
        "assistant_unavailable": "Not now.",
        "assistant_unavailable_with_entries": "Not now, but see these.",
    }
)


def test_what_was_said_and_answered_is_kept_in_order(desk: ChatDesk, conversation: Conversation) -> None:
    replies = asyncio.run(hold_conversation(desk, conversation, text="my claim ALM-48213?"))

    kept = desk.conversations.messages(conversation.id)
    assert kept[1:] == replies
    assert "48213" not in kept[0].text
    assert kept[0].reply is None


def test_each_offer_gets_button_ids_of_its_own(desk: ChatDesk, bot: FakeBot, conversation: Conversation) -> None:
    bot.replies = [Reply(ReplyKind.SUGGESTIONS, "Which?", buttons=(Button("A", "faq:a"),))]

    (first,) = asyncio.run(hold_conversation(desk, conversation, text="x"))
    (second,) = asyncio.run(hold_conversation(desk, conversation, button=first.buttons[0].id))

    assert first.buttons[0].id != second.buttons[0].id
    assert bot.asked[-1] == (conversation.id, None, "faq:a")


def test_a_button_nobody_offered_is_refused_and_nothing_is_kept(
    desk: ChatDesk, bot: FakeBot, conversation: Conversation
) -> None:
    with pytest.raises(InvalidInput, match="not offered"):
        asyncio.run(hold_conversation(desk, conversation, button="faq:a"))

    assert desk.conversations.messages(conversation.id) == []
    assert bot.asked == []


def test_only_the_way_to_the_form_is_marked_with_the_conversation(
    desk: ChatDesk, bot: FakeBot, conversation: Conversation
) -> None:
    bot.replies = [
        Reply(
            ReplyKind.ANSWER,
            "See",
            links=(Link("Form", "/contact"), Link("Terms", "https://lamps.example/contact")),
        )
    ]

    (answer,) = asyncio.run(hold_conversation(desk, conversation, text="x"))

    assert answer.reply is not None
    assert [link.url for link in answer.reply.links] == [
        f"/contact?conversation={conversation.reference}",
        "https://lamps.example/contact",
    ]


def test_without_the_bot_a_pressed_button_still_finds_entries(
    desk: ChatDesk, bot: FakeBot, conversation: Conversation
) -> None:
    bot.replies = [Reply(ReplyKind.SUGGESTIONS, "Which?", buttons=(Button("Is the bulb included?", "faq:lamp_bulb"),))]
    (first,) = asyncio.run(hold_conversation(desk, conversation, text="x"))
    bot.is_down = True

    (notice,) = asyncio.run(hold_conversation(desk, conversation, button=first.buttons[0].id))

    assert notice.reply is not None and notice.reply.kind is ReplyKind.NOTICE
    assert notice.text == "Not now."  # every entry has these words, so they tell nothing
    assert notice.reply.links[-1].label == "Contact form"


def test_without_the_bot_words_are_compared_beside_the_event_loop(
    desk: ChatDesk, bot: FakeBot, conversation: Conversation
) -> None:
    bot.is_down, faq = True, WatchedFaq(FAQ)

    asyncio.run(hold_conversation(replace(desk, faq=faq), conversation, text="the bulb"))

    assert faq.threads and threading.get_ident() not in faq.threads


def test_a_bot_that_does_not_answer_in_time_is_done_without(
    desk: ChatDesk, bot: FakeBot, conversation: Conversation
) -> None:
    bot.seconds = 60.0

    (notice,) = asyncio.run(hold_conversation(desk, conversation, text="x", answer_seconds=0.05))

    assert notice.reply is not None and notice.reply.kind is ReplyKind.NOTICE


def test_what_cannot_be_kept_is_not_asked(bot: FakeBot, desk: ChatDesk, conversation: Conversation) -> None:
    assert isinstance(desk.conversations, FakeConversations)
    desk.conversations.is_down = True

    with pytest.raises(Unavailable):
        asyncio.run(hold_conversation(desk, conversation, text="x"))
    assert bot.asked == []


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
def desk(bot: FakeBot) -> ChatDesk:
    return ChatDesk(bot, FakeConversations(), FAQ, undisputed(), WORDING, FakeClock(NOON), FakeLookups())


@pytest.fixture
def conversation(desk: ChatDesk) -> Conversation:
    return desk.conversations.start("session", "lamps", NOON)


def test_the_same_key_gets_the_same_replies_and_is_asked_once(
    desk: ChatDesk, bot: FakeBot, conversation: Conversation
) -> None:
    bot.replies = [Reply(ReplyKind.ANSWER, "Yes."), Reply(ReplyKind.NOTICE, "Until tomorrow.")]
    first = asyncio.run(hold_conversation(desk, conversation, text="Can I?", key="k1"))
    between = asyncio.run(hold_conversation(desk, conversation, text="And now?", key="k2"))

    again = asyncio.run(hold_conversation(desk, conversation, text="Can I?", key="k1"))

    assert again == first != between
    assert len(bot.asked) == 2
    assert [message.text for message in desk.conversations.messages(conversation.id)].count("Can I?") == 1


def test_what_was_kept_but_not_answered_is_answered_under_its_key(
    desk: ChatDesk, bot: FakeBot, conversation: Conversation
) -> None:
    desk.conversations.add(conversation.id, Message(id_of_turn(conversation, "k1"), NOON, "Can I?"))

    (reply,) = asyncio.run(hold_conversation(desk, conversation, text="Can I?", key="k1"))

    assert reply.reply is not None
    assert [message.text for message in desk.conversations.messages(conversation.id)] == ["Can I?", reply.text]


def test_a_key_counts_in_its_own_conversation_only(desk: ChatDesk, bot: FakeBot, conversation: Conversation) -> None:
    other = desk.conversations.start("other session", "lamps", NOON)
    asyncio.run(hold_conversation(desk, conversation, text="Can I?", key="k1"))

    asyncio.run(hold_conversation(desk, other, text="May I?", key="k1"))

    assert [text for _, text, _ in bot.asked] == ["Can I?", "May I?"]


def test_an_ended_conversation_is_cut_off_and_its_details_are_forgotten(
    desk: ChatDesk, conversation: Conversation
) -> None:
    desk.lookups.keep(conversation.id, LookupDetails("LEN-123456", "a@b.example", "LEN-123456"))

    end_conversation(desk, conversation)

    assert desk.conversations.of_session("session") is None
    assert desk.lookups.details(conversation.id) == LookupDetails()
    assert desk.conversations.start("session", "lamps", NOON).id != conversation.id
