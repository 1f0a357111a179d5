"""The port that starts tries of proposals, which only notes them."""

from __future__ import annotations


class FakeTryRunner:
    """The ``TryRunner`` port: notes what it is to start."""

    def __init__(self) -> None:
        self.started: list[int] = []

    def start(self, proposal: int) -> None:
        self.started.append(proposal)
