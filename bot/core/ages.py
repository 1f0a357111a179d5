"""How long ago something was, as people say it."""

from __future__ import annotations

from datetime import timedelta

_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def age_in_words(age: timedelta) -> str:
    """Rounded down to its largest unit: ``just now``, ``5 min``, ``2 h``, ``1 day``, ``3 days``."""
    if age < _MINUTE:
        return "just now"
    if age < _HOUR:
        return f"{age // _MINUTE} min"
    if age < _DAY:
        return f"{age // _HOUR} h"
    days = age // _DAY
    return "1 day" if days == 1 else f"{days} days"
