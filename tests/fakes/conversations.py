"""The port to conversations, in memory."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from itertools import takewhile

from bot.core.conversations import Conversation, Message, OfferedButton, new_id, new_reference
from bot.services.ports import Unavailable


class FakeConversations:
    """The ``Conversations`` port in memory; ``is_down`` makes it unavailable."""

    def __init__(self, *, is_down: bool = False) -> None:
        self._by_session: dict[str, Conversation] = {}
        self._earlier: dict[str, str] = {}
        self._messages: dict[str, list[Message]] = {}
        self.verdicts: dict[str, tuple[bool, str]] = {}
        self.is_down = is_down

    def start(self, session: str, promotion: str, at: datetime) -> Conversation:
        self._check()
        begun = Conversation(new_id(), new_reference(), promotion, started_at=at, last_seen_at=at)
        return self._by_session.setdefault(session, begun)

    def of_session(self, session: str) -> Conversation | None:
        self._check()
        return self._by_session.get(session)

    def move(self, conversation: str, session: str) -> None:
        self._check()
        before = next(key for key, known in self._by_session.items() if known.id == conversation)
        self._by_session[session] = self._by_session.pop(before)
        self._earlier[conversation] = before

    def of_earlier_session(self, session: str) -> Conversation | None:
        self._check()
        moved = [known for known in self._by_session.values() if self._earlier.get(known.id) == session]
        return moved[0] if moved else None

    def add(self, conversation: str, *messages: Message) -> None:
        self._check()
        self._messages.setdefault(conversation, []).extend(messages)
        for session, known in self._by_session.items():
            if known.id == conversation and messages:
                self._by_session[session] = replace(known, last_seen_at=messages[-1].at)

    def messages(self, conversation: str) -> list[Message]:
        self._check()
        return list(self._messages.get(conversation, ()))

    def replies_to(self, conversation: str, message: str) -> list[Message] | None:
        said = self.messages(conversation)
        position = next((at for at, known in enumerate(said) if known.id == message and known.reply is None), None)
        if position is None:
            return None
        return list(takewhile(lambda known: known.reply is not None, said[position + 1 :]))

    def end(self, conversation: str) -> None:
        self._check()
        self._by_session = {session: known for session, known in self._by_session.items() if known.id != conversation}
        self._earlier.pop(conversation, None)

    def button(self, conversation: str, button: str) -> OfferedButton | None:
        offered = [known for message in self.messages(conversation) for known in message.buttons]
        return next((known for known in offered if known.id == button), None)

    def rate(self, conversation: str, message: str, *, helpful: bool, reason: str, at: datetime) -> bool:
        if not any(known.id == message and known.reply for known in self.messages(conversation)):
            return False
        self.verdicts[message] = (helpful, reason)
        return True

    def _check(self) -> None:
        if self.is_down:
            raise Unavailable("the desk database is down")
