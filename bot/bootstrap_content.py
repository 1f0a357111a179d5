"""Reads a promotion's content, and tells the day it is used on."""

from __future__ import annotations

from dataclasses import dataclass

from bot.adapters.clock import FixedClock, SystemClock
from bot.adapters.faq_files import read_faq
from bot.adapters.promotion_file import read_promotion
from bot.adapters.replies_file import read_wording
from bot.config import Settings
from bot.core.faq import Faq
from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.ports import Clock


@dataclass(frozen=True)
class Content:
    """What the desk says, and the day it says it on."""

    faq: Faq
    promotion: Promotion
    wording: Wording
    clock: Clock


def content(settings: Settings) -> Content:
    """The content as it stands in the files; raises ``DeskError`` if it cannot be read."""
    folder = settings.content / "faq"
    promotion = read_promotion(folder / "promotion.yml")
    return Content(read_faq(folder), promotion, read_wording(folder / "replies"), clock_for(settings, promotion))


def clock_for(settings: Settings, promotion: Promotion) -> Clock:
    """The fixed day of the settings, or the real one."""
    if settings.today:
        return FixedClock(settings.today, promotion.time_zone)
    return SystemClock(promotion.time_zone)
