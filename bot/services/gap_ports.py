"""What learning from gaps needs of the outside world: what was asked, what was decided, and the content as it stands."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.core.agents import Agent
from bot.core.gap_groups import Dismissal
from bot.core.gaps import HeldConversation
from bot.core.proposals import Change, ContentOutline, Patch, Proposal
from bot.core.tries import Try, TryResult


@dataclass(frozen=True)
class Asked:
    """The conversations of a time; ``is_cut`` if there were too many and the oldest were left out."""

    conversations: Sequence[HeldConversation]
    is_cut: bool = False


class AskedQuestions(Protocol):
    """What customers asked, and how it was taken."""

    def since(self, promotion: str, moment: datetime | None) -> Asked:
        """Every conversation seen since the moment, or ever; none that was marked as spam. Raises ``Unavailable``."""


class Dismissals(Protocol):
    """The phrases that somebody decided are no gaps."""

    def all(self, promotion: str) -> Mapping[str, Dismissal]:
        """Each by its phrase's key. Raises ``Unavailable``."""

    def add(self, promotion: str, phrases: Mapping[str, str], agent: Agent, at: datetime) -> None:
        """Keep that these phrases, by key, are no gaps; those dismissed already stay as they are. Raises ``Unavailable``."""

    def remove(self, promotion: str, keys: Collection[str]) -> None:
        """Undo it. Raises ``Unavailable``."""


@dataclass(frozen=True)
class Draft:
    """A proposal before it has a number."""

    change: Change
    group: str
    group_text: str
    taken: tuple[str, ...]


class Proposals(Protocol):
    """The proposals made at the desk."""

    def add(self, promotion: str, draft: Draft, agent: Agent, at: datetime) -> int:
        """Keep a proposal; its number. Raises ``Unavailable``."""

    def find(self, promotion: str, number: int) -> Proposal | None:
        """The proposal, or None. Raises ``Unavailable``."""

    def all(self, promotion: str) -> Sequence[Proposal]:
        """Every proposal, the newest first. Raises ``Unavailable``."""

    def withdraw(self, promotion: str, number: int, at: datetime) -> bool:
        """Mark it as withdrawn; False if there is none that stands. Raises ``Unavailable``."""


class Tries(Protocol):
    """The tries of proposals. At most one runs at a time, whoever starts it."""

    def ask(self, proposal: int, by: Agent, at: datetime) -> int:
        """Queue a try; one of this proposal that is not over yet is given instead. Its id. Raises ``Unavailable``."""

    def find(self, id: int) -> Try | None:
        """The try, or None. Raises ``Unavailable``."""

    def newest(self, numbers: Collection[int]) -> Mapping[int, Try]:
        """The last try of each of these proposals that has one. Raises ``Unavailable``."""

    def next_queued(self) -> Try | None:
        """The one of this promotion that waits longest, unless another one runs, of any promotion. Raises ``Unavailable``."""

    def begin(self, id: int, at: datetime) -> bool:
        """Take a queued try; False if it is not queued any more, or another one runs. Raises ``Unavailable``."""

    def note(self, id: int, progress: str, at: datetime) -> bool:
        """What the running try does now, and that it is alive; False if it is not to run any more. Raises ``Unavailable``."""

    def finish(self, id: int, result: TryResult, at: datetime) -> None:
        """Keep what it found out. Raises ``Unavailable``."""

    def fail(self, id: int, problem: str, at: datetime) -> None:
        """Keep why it found out nothing, unless it is over. Raises ``Unavailable``."""

    def give_up_silent(self, since_before: datetime, at: datetime) -> int:
        """Fail the running try of which nothing was heard since then: its process is gone. How many. Raises ``Unavailable``."""


class ContentDrafts(Protocol):
    """The content as it stands in the files now; nothing is written into it."""

    def outline(self) -> ContentOutline:
        """What a change can fit into. Raises ``ContentError`` if the content cannot be read."""

    def patch(self, change: Change) -> Patch:
        """The change against these files. Raises ``ContentError`` if the content cannot be read."""


class TryRunner(Protocol):
    """Starts the process that tries proposals."""

    def start(self, proposal: int) -> None:
        """Start trying it beside everything else, unless a try of this gateway runs already."""
