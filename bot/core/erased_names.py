"""What is left of an erased person in what is not theirs alone: a keyed hash for a name in a log, nothing for a quoted sentence."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import lru_cache
from typing import Any

from bot.core.gap_groups import key_of
from bot.core.keys import sign

_HASH_LENGTH = 16
_NOTHING = re.compile(r"(?!)")


def erased_name(key: str, name: str) -> str:
    """What stands for a name: the same for the same name, and nobody without the key can tell whose it was."""
    return f"‹erased {sign(key, name.casefold())[:_HASH_LENGTH]}›"


def without_sayings(value: Any, keys: Collection[str]) -> Any:
    """A text, or anything made of texts as JSON is, without those whose ``key_of`` is among the keys: empty, or no longer listed."""
    if isinstance(value, str):
        return "" if key_of(value) in keys else value
    if isinstance(value, dict):
        return {name: without_sayings(one, keys) for name, one in value.items()}
    if isinstance(value, list):
        return [without_sayings(one, keys) for one in value if not (isinstance(one, str) and key_of(one) in keys)]
    return value


@lru_cache(maxsize=8)
def names_pattern(names: frozenset[str]) -> re.Pattern[str]:
    """Any of the names, in any case, where it stands for itself and not within a longer one."""
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    if not longest_first:
        return _NOTHING
    return re.compile(rf"(?<![\w.+@-])(?:{'|'.join(map(_by_itself, longest_first))})", re.IGNORECASE)


def without_names(text: str, names: frozenset[str], key: str) -> str:
    """The text with every one of the names replaced."""
    return names_pattern(names).sub(lambda found: erased_name(key, found.group()), text)


def _by_itself(name: str) -> str:
    """An address goes on behind a full stop, other names end there."""
    return re.escape(name) + (r"(?![\w@-]|\.\w)" if "@" in name else r"(?![\w@-])")
