"""Gaps that ask the same, put together: how many people asked, why it failed, and what has become of it."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import Enum

from bot.core.folding import fold_case
from bot.core.gaps import Failure, Gap
from bot.core.ranking import Band


class Standing(str, Enum):
    """What has become of a group."""

    OPEN = "open"
    PROPOSED = "proposed"
    ANSWERED = "answered"
    """The model of today answers it."""
    DISMISSED = "dismissed"


@dataclass(frozen=True)
class Reading:
    """What the model of today makes of a text: the nearest entry or task, how alike the nearest phrase of it is, and the band."""

    label: str
    score: float
    """From 0 to 1."""
    band: Band
    matched: str = ""
    """The nearest phrase of the label."""
    language: str = "en"


@dataclass(frozen=True)
class GroupedTexts:
    """Texts put together by what they mean: numbers of texts, in each group the one in its middle first."""

    groups: tuple[tuple[int, ...], ...]
    readings: tuple[Reading, ...]
    """One for each text."""


@dataclass(frozen=True)
class Dismissal:
    """Somebody's decision that a phrase is no gap."""

    by: str
    at: datetime


@dataclass(frozen=True)
class Phrase:
    """One wording of a question, whoever used it; ``key`` is the same for spellings that differ in nothing that matters."""

    key: str
    text: str
    gaps: tuple[Gap, ...]
    reading: Reading | None = None
    dismissed: Dismissal | None = None
    proposal: int | None = None
    """The newest proposal that takes it."""

    @property
    def people(self) -> frozenset[str]:
        """The conversations in which it was asked."""
        return frozenset(gap.conversation for gap in self.gaps)

    @property
    def last_at(self) -> datetime:
        return max(gap.at for gap in self.gaps)


@dataclass(frozen=True)
class GapGroup:
    """Phrases that ask the same; the first one stands for all."""

    phrases: tuple[Phrase, ...]

    @property
    def key(self) -> str:
        return self.phrases[0].key

    @property
    def text(self) -> str:
        return self.phrases[0].text

    @property
    def reading(self) -> Reading | None:
        return self.phrases[0].reading

    @property
    def people(self) -> int:
        """In how many conversations it was asked."""
        return len(frozenset[str]().union(*(phrase.people for phrase in self.phrases)))

    @property
    def last_at(self) -> datetime:
        return max(phrase.last_at for phrase in self.phrases)

    @property
    def failures(self) -> dict[Failure, int]:
        """How often each went wrong, in the order of ``Failure``."""
        counts = Counter(failure for gap in self._gaps for failure in gap.failures)
        return {failure: counts[failure] for failure in Failure if counts[failure]}

    @property
    def reasons(self) -> dict[str, int]:
        """What was said with thumbs down, most often first."""
        return dict(Counter(reason for gap in self._gaps for reason in gap.reasons).most_common())

    @property
    def proposals(self) -> tuple[int, ...]:
        return tuple(sorted({phrase.proposal for phrase in self.phrases if phrase.proposal is not None}))

    @property
    def dismissal(self) -> Dismissal | None:
        """The newest decision that this is no gap."""
        decisions = [phrase.dismissed for phrase in self.phrases if phrase.dismissed]
        return max(decisions, key=lambda one: one.at, default=None)

    @property
    def standing(self) -> Standing:
        """A dismissal or a proposal holds while most people asked in words it knew; after that the group is open again."""
        if self._holds_for_most(phrase for phrase in self.phrases if phrase.dismissed):
            return Standing.DISMISSED
        if self._holds_for_most(phrase for phrase in self.phrases if phrase.proposal is not None):
            return Standing.PROPOSED
        return Standing.ANSWERED if all(map(_is_answered_now, self.phrases)) else Standing.OPEN

    @property
    def _gaps(self) -> list[Gap]:
        return [gap for phrase in self.phrases for gap in phrase.gaps]

    def _holds_for_most(self, phrases: Iterable[Phrase]) -> bool:
        known = frozenset[str]().union(*(phrase.people for phrase in phrases))
        return 2 * len(known) > self.people


def key_of(text: str) -> str:
    """The name of a wording: case, spaces and the signs at its end do not matter."""
    plain = " ".join(fold_case(text).split()).rstrip(" .?!…")
    return hashlib.sha256(plain.encode("utf-8", "replace")).hexdigest()[:16]


def phrases_of(gaps: Iterable[Gap]) -> list[Phrase]:
    """The wordings of gaps, the newest first, each in its newest spelling."""
    by_key: dict[str, list[Gap]] = {}
    for gap in sorted(gaps, key=lambda one: one.at, reverse=True):
        by_key.setdefault(key_of(gap.text), []).append(gap)
    return [Phrase(key, own[0].text, tuple(own)) for key, own in by_key.items()]


def put_together(phrases: Sequence[Phrase], grouped: GroupedTexts | None) -> list[GapGroup]:
    """The groups, most asked first and then the newest; without a grouping each phrase is by itself."""
    if grouped is None:
        groups = [GapGroup((phrase,)) for phrase in phrases]
    else:
        read = [replace(phrase, reading=reading) for phrase, reading in zip(phrases, grouped.readings)]
        groups = [GapGroup(_middle_first([read[number] for number in numbers])) for numbers in grouped.groups]
    return sorted(groups, key=lambda group: (group.people, group.last_at), reverse=True)


def with_decisions(
    phrases: Iterable[Phrase], dismissed: Mapping[str, Dismissal], proposed: Mapping[str, int]
) -> list[Phrase]:
    """The phrases with what was decided about each, by its key."""
    return [
        replace(phrase, dismissed=dismissed.get(phrase.key), proposal=proposed.get(phrase.key)) for phrase in phrases
    ]


def _middle_first(phrases: Sequence[Phrase]) -> tuple[Phrase, ...]:
    """The one that stands for all, then those asked most."""
    middle, *others = phrases
    return (middle, *sorted(others, key=lambda one: (len(one.people), one.last_at), reverse=True))


def _is_answered_now(phrase: Phrase) -> bool:
    """Whether all that was missing was an answer, and there is one now."""
    only_unanswered = all(gap.failures == (Failure.NO_ANSWER,) for gap in phrase.gaps)
    return only_unanswered and phrase.reading is not None and phrase.reading.band is Band.ANSWER
