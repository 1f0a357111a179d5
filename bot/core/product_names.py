"""Which names of a list a typed product name may mean."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from bot.core.names import comparable_name

MOST_CLOSE = 3
_ALIKE_ENOUGH = 0.6


def exact_name(typed: str, names: Sequence[str]) -> str | None:
    """The name that this is, but for case, accents and blanks."""
    wanted = comparable_name(typed)
    return next((name for name in names if wanted and comparable_name(name) == wanted), None)


def close_names(typed: str, names: Sequence[str]) -> tuple[str, ...]:
    """Up to three names that hold every word that was typed; without any, those that are spelt most alike, best first."""
    wanted = comparable_name(typed)
    if not wanted:
        return ()
    by_form = {comparable_name(name): name for name in reversed(names)}
    holding = [form for form in reversed(by_form) if all(word in form for word in wanted.split())]
    forms = holding or get_close_matches(wanted, by_form, n=MOST_CLOSE, cutoff=_ALIKE_ENOUGH)
    return tuple(by_form[form] for form in forms[:MOST_CLOSE])
