"""Trains the matcher: learns the phrases, then sets what decides by labelled questions as customers ask them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from bot.core.evaluation import LabelledQuestion
from bot.core.intents import DIALOGUE_MOVES, OUT_OF_SCOPE, SMALL_TALK
from bot.matching.encoder import Encoder
from bot.matching.foresight import learn_foresight
from bot.matching.matcher import Matcher
from bot.matching.questions import pairs_in, whole_message
from bot.matching.several import learn_several

JOINTS = (". ", "? ", " and ", ", and ", " also ", "\n", "; ", ", ", " - ")
"""How customers put two questions into one message."""
MOST_JOINED = 300
NOT_JOINED = SMALL_TALK | DIALOGUE_MOVES


def learn(
    examples: Sequence[tuple[str, str]],
    encoder: Encoder,
    development: Sequence[LabelledQuestion] = (),
    *,
    long_wait: int | None = None,
) -> Matcher:
    """A matcher that has learnt ``(phrase, label)`` pairs and is calibrated on the development questions, if there are any."""
    matcher = Matcher.fit(examples, encoder, long_wait=long_wait)
    single = [question for question in development if not question.is_multiple]
    if single:
        right = np.array([[question.accepts(label) for label in matcher.labels] for question in single])
        matcher.calibrate_on([whole_message(question.text) for question in single], right)
        multiple = [*(question for question in development if question.is_multiple), *_joined(single)]
        apart = pairs_in([question.text for question in single], matcher)
        found = pairs_in([question.text for question in multiple], matcher)
        together = [
            pair
            for question, pairs in zip(multiple, found)
            for pair in pairs
            if pair.labels == frozenset(question.labels)
        ]
        strange = [pairs for question, pairs in zip(single, apart) if question.accepts(OUT_OF_SCOPE)]
        matcher.several = learn_several(together, apart, strange)
        matcher.foresight = learn_foresight([pair for pairs in (*apart, *found) for pair in pairs], matcher.several)
    return matcher


def _joined(single: Sequence[LabelledQuestion]) -> Iterator[LabelledQuestion]:
    """Two development questions in one message, drawn by a fixed seed: there are never enough that ask two things."""
    draw = np.random.default_rng(0)
    asked = [question for question in single if question.labels[0] not in NOT_JOINED]
    for place in range(MOST_JOINED if len(asked) > 1 else 0):
        first, second = (asked[number] for number in draw.choice(len(asked), 2, replace=False))
        joint = JOINTS[place % len(JOINTS)]
        if not {*first.labels, *first.also} & {*second.labels, *second.also}:
            text = first.text.rstrip(" .?!") + joint + second.text
            yield LabelledQuestion(text, (first.labels[0], second.labels[0]))
