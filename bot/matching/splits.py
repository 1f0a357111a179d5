"""The places where a sentence might fall into two questions; whether it does is for the matcher to say."""

from __future__ import annotations

import re

LEAST_WORDS = 3
MOST_SPLITS = 4
_JOINT = re.compile(
    r"\s*(?:,|;|\s[-–+&/]\s)\s*(?:(?:and|also|plus|but|og|och|samt)\s+)?|\s+(?:and|also|plus|og|och|samt)\s+|\s+(?:[2-4][.)]|[b-d]\))\s+(?!(?:jan|feb|mar|apr|ma[ijy]|jun|jul|aug|sep|o[ck]t|nov|de[cs]))",
    re.IGNORECASE,
)


def possible_splits(text: str, least_words: int = LEAST_WORDS) -> list[tuple[str, str]]:
    """Both halves for every joint that leaves so many words on either side; at most four."""
    halves = [(text[: joint.start()], text[joint.end() :]) for joint in _JOINT.finditer(text)]
    return [(before, after) for before, after in halves if min(len(before.split()), len(after.split())) >= least_words][
        :MOST_SPLITS
    ]
