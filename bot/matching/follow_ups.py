"""A short message that says nothing by itself, read as going on from what was answered before it."""

from __future__ import annotations

from collections.abc import Collection

from bot.core.ranking import Ranking
from bot.matching.matcher import Matcher

FOLLOW_UP_WORDS = 14
"""A longer message stands for itself, without the topic before it."""
CLEAR_SCORE = 0.5
"""From here on a short message is clear enough: in a conversation about the promotion it is hardly about something else."""
STILL_SHARE = 0.85
"""What the topic itself has to score beside the best label, so that the message is still about it."""
FOLLOW_UP_SHARE = 0.8
FOLLOW_UP_SCORE = 0.1
"""What the label of a follow-up has to score in both readings."""


def going_on(topic: str, alone: Ranking, matcher: Matcher, asides: Collection[str]) -> list[Ranking] | None:
    """What both the message and it with the topic before it speak for; None where they do not agree.

    ``topic`` is a question of the page; ``asides`` are labels that do not go on from anything.
    """
    if alone.best.label in asides:
        return None
    if alone.best.score >= CLEAR_SCORE:
        return [alone.answered()]
    before, together = matcher.rank([topic, f"{topic} {alone.text}"])
    still = alone.score_of(before.best.label)
    if before.best.label not in asides and still >= max(FOLLOW_UP_SCORE, STILL_SHARE * alone.best.score):
        return [alone.led_by(before.best.label, still)]
    with_topic = {candidate.label: candidate.score for candidate in together.candidates}
    joint = {
        candidate.label: candidate.score * with_topic.get(candidate.label, 0.0)
        for candidate in alone.candidates
        if candidate.label != before.best.label and candidate.label not in asides
    }
    label = max(joint, key=joint.__getitem__)
    share = joint[label] / max(sum(joint.values()), 1e-12)
    if share < FOLLOW_UP_SHARE or min(alone.score_of(label), together.score_of(label)) < FOLLOW_UP_SCORE:
        return None
    return [alone.led_by(label, share)]
