"""A FAQ that is watched while it is read."""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator

from bot.core.faq import Faq, FaqEntry


class WatchedFaq(Faq):
    """A FAQ that notes in which threads it is read through."""

    def __init__(self, entries: Iterable[FaqEntry]) -> None:
        super().__init__(entries)
        self.threads: set[int] = set()

    def __iter__(self) -> Iterator[FaqEntry]:
        self.threads.add(threading.get_ident())
        return super().__iter__()
