"""Find what answers a search on the page: FAQ entries, and look-ups that the chat can do."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from bot.core.faq import Faq, FaqEntry
from bot.core.intents import CLAIM_TASKS, PRODUCT_ELIGIBILITY
from bot.core.personal_data import mask_personal_data
from bot.core.promotion import ReferenceFormat
from bot.services.ports import Bot, Unavailable
from bot.services.search_faq import search_faq

MOST_FOUND = 5
LOOK_UPS = frozenset({*CLAIM_TASKS, PRODUCT_ELIGIBILITY})


@dataclass(frozen=True)
class Found:
    """The entries, best first, and whether the chat can look up what was searched for."""

    entries: tuple[FaqEntry, ...] = ()
    can_be_looked_up: bool = False

    def __bool__(self) -> bool:
        return bool(self.entries) or self.can_be_looked_up


async def find_entries(bot: Bot, faq: Faq, text: str, reference_format: ReferenceFormat) -> Found:
    """By what it means, as the chat understands it; by its words where that finds nothing, or the bot is away."""
    try:
        labels = await bot.search(mask_personal_data(text, reference_format))
    except Unavailable:
        labels = []
    entries = [faq[label] for label in labels if label in faq]
    found = Found(tuple(entries[:MOST_FOUND]), not LOOK_UPS.isdisjoint(labels[:1]))
    # Comparing words takes its time, which is not that of everybody else's requests.
    return found or Found(tuple(await asyncio.to_thread(search_faq, faq, text, MOST_FOUND)))
