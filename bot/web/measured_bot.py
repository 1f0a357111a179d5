"""The bot as the gateway sees it: each turn it is asked for is measured and counted."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.asked_questions import ReadMail
from bot.core.gap_groups import GroupedTexts
from bot.core.replies import Reply
from bot.services.ports import Bot, Unavailable
from bot.web.metrics import RASA, Metrics


class MeasuredBot:
    """The ``Bot`` port over another one."""

    def __init__(self, bot: Bot, metrics: Metrics) -> None:
        self._bot = bot
        self._metrics = metrics

    async def reply(
        self, conversation: str, turn: str, *, text: str | None = None, command: str | None = None
    ) -> list[Reply]:
        try:
            with self._metrics.stages.measure(RASA):
                replies = await self._bot.reply(conversation, turn, text=text, command=command)
        except Unavailable:
            self._metrics.count_call(answered=False)
            raise
        self._metrics.count_call(answered=True)
        return replies

    async def search(self, text: str) -> list[str]:
        return await self._bot.search(text)

    async def group(self, texts: Sequence[str]) -> GroupedTexts:
        return await self._bot.group(texts)

    async def read_mail(self, text: str, shown: int) -> ReadMail:
        return await self._bot.read_mail(text, shown)
