"""What customers give away in words, and where it is found again."""

from __future__ import annotations

from tests.processes import planted

PERSONAL = (
    "730418",
    "264957",
    "581036",
    "hjelmsund",
    "solberga",
    "tveitdal",
    "91 82 73",
    "8601 1117",
    "1488 0343",
    "fjordvik",
)
"""What customers give away, and must not stand where it has no business; of the planted claims, and of the sayings below."""
SAID = (
    f"Where does my claim {planted.VALIDATED.reference} stand?",
    planted.VALIDATED.email,
    f"and {planted.GUARDED.reference} / {planted.GUARDED.email.upper()}",
    '/claim_status{"reference": "LEN-730418"}',
    "please call me on +47 91 82 73 64 or write to Turid <turid.moe+claims@fjordvik.example>",
    "pay it to NO93 8601 1117 947, my card 4539 1488 0343 6467 is not accepted",
)


def found_in(text: str) -> list[str]:
    return [personal for personal in PERSONAL if personal in text.lower()]
