"""The port to the bot, with replies given beforehand."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

from bot.core.asked_questions import ReadMail
from bot.core.gap_groups import GroupedTexts, Reading
from bot.core.ranking import Band
from bot.core.replies import Reply, ReplyKind
from bot.services.ports import Unavailable


class FakeBot:
    """The ``Bot`` port with replies given beforehand; ``is_down`` makes it unavailable."""

    def __init__(self, *replies: Reply, is_down: bool = False) -> None:
        self.replies = list(replies) or [Reply(ReplyKind.ANSWER, "Yes.")]
        self.is_down = is_down
        self.seconds = 0.0
        """How long it thinks."""
        self.asked: list[tuple[str, str | None, str | None]] = []
        self.turns: list[str] = []
        """The ids of the turns it was asked in."""
        self.found: list[str] = []
        """The ids a search finds."""
        self.searched: list[str] = []
        self.nearest = Reading("how_long_for_discount", 0.31, Band.NONE, "how long does it take")
        """What it makes of every text that it groups; texts that begin with the same word are one group."""
        self.mail = ReadMail("en", ())
        """What every mail asks."""
        self.mails: list[tuple[str, int]] = []

    async def reply(
        self, conversation: str, turn: str, *, text: str | None = None, command: str | None = None
    ) -> list[Reply]:
        self.turns.append(turn)
        self.asked.append((conversation, text, command))
        if self.is_down:
            raise Unavailable("the bot is down")
        await asyncio.sleep(self.seconds)
        return list(self.replies)

    async def search(self, text: str) -> list[str]:
        self.searched.append(text)
        if self.is_down:
            raise Unavailable("the bot is down")
        return list(self.found)

    async def group(self, texts: Sequence[str]) -> GroupedTexts:
        if self.is_down:
            raise Unavailable("the bot is down")
        groups: dict[str, list[int]] = {}
        for number, text in enumerate(texts):
            groups.setdefault(text.split()[0].lower(), []).append(number)
        return GroupedTexts(tuple(map(tuple, groups.values())), tuple(self.nearest for _ in texts))

    async def read_mail(self, text: str, shown: int) -> ReadMail:
        self.mails.append((text, shown))
        if self.is_down:
            raise Unavailable("the bot is down")
        return self.mail
