"""How claim references and e-mail addresses may be typed, for reading them and for hiding them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.core.folding import fold
from bot.core.promotion import ReferenceFormat

_LOCAL_CHARACTERS = frozenset(".!#$%&'*+/=?^`{|}~-_")
_QUOTING = "'`*/|=!?&{#~"
_LONGEST_LOCAL_PART = 64
_AT = re.compile(r"(?<=[\w.!#$%&'*+/=?^`{|}~-])@(?=[^\W_])")
_DOMAIN = re.compile(r"[^\W_](?:[\w-]{0,62})(?:\.[\w-]{1,63}){1,8}")
_NEXT_SENTENCE = re.compile(r"^([a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){1,7})\.[A-Z][a-z]+$")


@lru_cache(maxsize=16)
def reference_pattern(reference_format: ReferenceFormat, least: int = 0, most: int = 0) -> re.Pattern[str]:
    """A reference with its letters, in folded text; ``least`` and ``most`` digits if not as many as the format says."""
    fewest, longest = (least or reference_format.digits) - 1, (most or reference_format.digits) - 1
    return re.compile(
        rf"(?<![^\W_]){re.escape(reference_format.prefix)}[\s:#.,/_-]{{0,3}}"
        rf"(?P<digits>\d(?:[ .-]?\d){{{fewest},{longest}}})(?![^\W_])(?!-\d)",
        re.IGNORECASE,
    )


def email_spans(text: str) -> Iterator[tuple[int, int]]:
    """Where e-mail addresses stand; found from the ``@`` outwards, so that time grows with the length only."""
    folded, last_end = fold(text), 0
    for at in _AT.finditer(folded):
        domain = _DOMAIN.match(folded, at.end()) if at.start() >= last_end else None
        start = _local_start(folded, at.start(), last_end) if domain else at.start()
        if domain and start < at.start():
            last_end = at.end() + len(_own_domain(domain.group()))
            yield start, last_end


def _local_start(text: str, at: int, earliest: int) -> int:
    start, earliest = at, max(earliest, at - _LONGEST_LOCAL_PART)
    while start > earliest and (text[start - 1].isalnum() or text[start - 1] in _LOCAL_CHARACTERS):
        start -= 1
    quoted = start
    while start < at and (text[start] in _QUOTING or text[start] in ".-"):
        start += 1
    return start if start < at else quoted


def _own_domain(domain: str) -> str:
    """Without what follows it unspaced: ``firm.example.Thanks``, a closing dash or underscore."""
    domain = domain.rstrip("-_")
    glued = _NEXT_SENTENCE.match(domain)
    return glued.group(1) if glued else domain
