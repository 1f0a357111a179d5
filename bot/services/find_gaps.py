"""Find what customers asked and the desk did not settle, put together by what it means."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from types import MappingProxyType

from bot.core.gap_groups import Dismissal, GapGroup, Phrase, phrases_of, put_together, with_decisions
from bot.core.gaps import Failure, Gap, SmallWords, gaps_in
from bot.core.lengths import MOST_GROUPED
from bot.core.personal_data import mask_personal_data
from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.gap_ports import AskedQuestions, ContentDrafts, Dismissals, Proposals, Tries, TryRunner
from bot.services.ports import Bot, Clock, Unavailable

_MISSED = (
    "not_understood",
    "not_understood_again",
    "not_understood_once_more",
    "out_of_scope",
    "left_open",
    "left_open_first",
)
_SMALL_TALK = ("greet", "thanks", "goodbye", "bot_challenge")


@dataclass(frozen=True)
class GapDesk:
    """Everything that learning from gaps works with."""

    asked: AskedQuestions
    dismissals: Dismissals
    proposals: Proposals
    tries: Tries
    content: ContentDrafts
    runner: TryRunner
    clock: Clock
    """The real time, whatever day the desk acts on: tries age by it."""


@dataclass(frozen=True)
class FoundGaps:
    """The gaps of a time, in groups."""

    groups: tuple[GapGroup, ...]
    is_grouped: bool = True
    """False while the model cannot be reached: each wording is by itself then."""
    is_cut: bool = False
    """Whether some were left out because there are too many."""

    def holding(self, key: str) -> GapGroup | None:
        """The group with this phrase."""
        return next((group for group in self.groups if any(phrase.key == key for phrase in group.phrases)), None)


async def find_gaps(
    desk: GapDesk,
    bot: Bot,
    promotion: Promotion,
    wording: Wording,
    since: datetime | None = None,
    failure: Failure | None = None,
) -> FoundGaps:
    """The groups of everything that was not settled since then, or only of what failed in one way. Raises ``Unavailable``."""
    phrases, is_cut = await asyncio.to_thread(_phrases, desk, promotion, wording, since, failure)
    try:
        grouped = await bot.group([phrase.text for phrase in phrases]) if phrases else None
    except Unavailable:
        return FoundGaps(tuple(put_together(phrases, None)), is_grouped=False, is_cut=is_cut)
    return FoundGaps(tuple(put_together(phrases, grouped)), is_cut=is_cut)


def _phrases(
    desk: GapDesk, promotion: Promotion, wording: Wording, since: datetime | None, failure: Failure | None
) -> tuple[Sequence[Phrase], bool]:
    asked = desk.asked.since(promotion.key, since)
    words = small_words(wording)
    gaps = [gap for held in asked.conversations for gap in gaps_in(held, words)]
    wanted = [
        gap for gap in gaps if (since is None or gap.at >= since) and (failure is None or failure in gap.failures)
    ]
    phrases = phrases_of(_masked(gap, promotion) for gap in wanted)
    decided = with_decisions(phrases, *_decisions(desk, promotion))
    return decided[:MOST_GROUPED], asked.is_cut or len(decided) > MOST_GROUPED


def small_words(wording: Wording) -> SmallWords:
    """The sentences by which the desk says how it took a message."""
    missed, small_talk = (
        frozenset(wording.say(key) for key in keys if key in wording) for keys in (_MISSED, _SMALL_TALK)
    )
    return SmallWords(missed, small_talk)


def _masked(gap: Gap, promotion: Promotion) -> Gap:
    """Masked once more: what is kept was masked by the rules of its day."""
    hidden = mask_personal_data(gap.text, promotion.claim_reference)
    reasons = tuple(mask_personal_data(reason, promotion.claim_reference) for reason in gap.reasons)
    return replace(gap, text=hidden, reasons=reasons)


def _decisions(desk: GapDesk, promotion: Promotion) -> tuple[Mapping[str, Dismissal], Mapping[str, int]]:
    taken: dict[str, int] = {}
    for proposal in reversed(desk.proposals.all(promotion.key)):
        if proposal.withdrawn_at is None:
            taken |= dict.fromkeys(proposal.taken, proposal.number)
    return desk.dismissals.all(promotion.key), MappingProxyType(taken)
