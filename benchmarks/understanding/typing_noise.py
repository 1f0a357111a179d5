"""Misspells phrases as fingers do: neighbouring keys, swapped, doubled and dropped letters, lost spaces."""

from __future__ import annotations

import numpy as np

UNTOUCHED = 0.5
"""This share of the phrases stays as it is."""
RUN_TOGETHER = 0.04
"""This share loses all its spaces."""
RATES = (0.02, 0.05, 0.1)
"""Mistakes for each letter; one of them is drawn for a phrase."""
SHORTEST = 4
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_STRAY = "aeiou "


def misspell(text: str, draw: np.random.Generator) -> str:
    """The text, or in about half of the cases the text with a few mistakes."""
    if draw.random() < UNTOUCHED:
        return text
    letters = list(text)
    for _ in range(max(1, int(len(letters) * draw.choice(RATES)))):
        if len(letters) >= SHORTEST:
            _slip(letters, draw)
    typed = "".join(letters)
    return typed.replace(" ", "") if draw.random() < RUN_TOGETHER / (1 - UNTOUCHED) else typed


def _slip(letters: list[str], draw: np.random.Generator) -> None:
    place = int(draw.integers(0, len(letters) - 1))
    kind = int(draw.integers(0, 5))
    if kind == 0:
        del letters[place]
    elif kind == 1:
        letters[place], letters[place + 1] = letters[place + 1], letters[place]
    elif kind == 2:
        letters.insert(place, letters[place])
    elif kind == 3:
        letters[place] = str(draw.choice(list(_BESIDE.get(letters[place], letters[place]))))
    else:
        letters.insert(place, str(draw.choice(list(_STRAY))))


def _neighbours() -> dict[str, str]:
    """The keys beside each key: on its row, and on the rows above and below."""
    found: dict[str, str] = {}
    for number, row in enumerate(_ROWS):
        for place, key in enumerate(row):
            beside = row[max(0, place - 1) : place] + row[place + 1 : place + 2]
            above = _ROWS[number - 1][place : place + 2] if number else ""
            below = _ROWS[number + 1][max(0, place - 1) : place + 1] if number + 1 < len(_ROWS) else ""
            found[key] = beside + above + below
    return found


_BESIDE = _neighbours()
