"""A matcher that ranks as it is told to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.core.ranking import Band, Candidate, Ranking
from bot.matching.foresight import ALL_SEEN
from bot.matching.matcher import Matcher
from bot.matching.several import NEVER_SEVERAL


class FakeMatcher:
    """Ranks known texts as given, anything else as nothing near; takes every message for one question."""

    several = NEVER_SEVERAL
    foresight = ALL_SEEN

    def __init__(self, rankings: Mapping[str, Ranking]) -> None:
        self._rankings = dict(rankings)

    def rank(self, texts: Sequence[str]) -> list[Ranking]:
        return [self._rankings.get(text, ranking("nothing", 0.05, Band.NONE)) for text in texts]


def ranking(label: str, score: float, band: Band = Band.ANSWER, *, text: str = "", **others: float) -> Ranking:
    """A ranking with this label in front."""
    rest = tuple(Candidate(other, its_score) for other, its_score in others.items())
    return Ranking(text, (Candidate(label, score), *rest), band, 0.0)


def ranking_as_told(rankings: Mapping[str, Ranking]) -> Matcher:
    """The fake in the place of a matcher."""
    return FakeMatcher(rankings)  # type: ignore[return-value]
