"""The least a model has to reach before it may answer customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.evaluation import Figure


@dataclass(frozen=True)
class Floor:
    """A bound of one figure, by the figure's name; shares from 0 to 1."""

    figure: str
    at_least: float = 0.0
    at_most: float = 1.0

    def holds(self, share: float) -> bool:
        return self.at_least <= share <= self.at_most


def shortfalls(figures: Iterable[Figure], floors: Sequence[Floor]) -> list[str]:
    """A sentence for every bound that is not kept; a figure that was not measured is one too."""
    measured = {figure.name: figure for figure in figures if figure.of}
    found = []
    for floor in floors:
        figure = measured.get(floor.figure)
        if figure is None:
            found.append(f"{floor.figure}: not measured, no question is of this kind")
        elif not floor.holds(figure.share):
            bound = (
                f"at least {floor.at_least:.1%}" if figure.share < floor.at_least else f"at most {floor.at_most:.1%}"
            )
            found.append(f"{floor.figure}: {figure.share:.1%} ({figure.hits} of {figure.of}), has to be {bound}")
    return found
