"""Runs the variants: each learns, is calibrated as the desk is, and is asked every question."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TypeVar

import numpy as np

from benchmarks.understanding.material import Material
from benchmarks.understanding.model import Variant
from benchmarks.understanding.timed_encoder import TimedEncoder
from benchmarks.understanding.verdicts import Verdicts, judge, temperature_of
from bot.core.evaluation import LabelledQuestion
from bot.matching.questions import whole_message

Done = TypeVar("Done")
TIMED = 200
"""So many messages are asked one by one."""


@dataclass(frozen=True)
class Cost:
    """What a variant takes of the processor."""

    training_seconds: float
    """Without encoding the phrases, which every variant needs."""
    message_ms: float
    """The middle one of the messages; without encoding it."""
    bytes: int


@dataclass(frozen=True)
class Outcome:
    """One variant on all questions."""

    variant: Variant
    verdicts: Verdicts
    cost: Cost


def run(variant: Variant, material: Material, questions: Sequence[LabelledQuestion], encoder: TimedEncoder) -> Outcome:
    """Learn and ask; questions are read as messages that ask one thing.

    Without development questions the probabilities are set by the questions themselves.
    """
    model, seconds = _timed(lambda: variant.learn(material, encoder))
    texts = _messages(questions)
    message_ms = _middle_ms(model.scores, texts)  # first of all: later it has seen their misspellings
    asked = [question for question in material.development if not question.is_multiple] or questions
    temperature = temperature_of(model.scores(_messages(asked)), asked, model.labels)
    verdicts = judge(model.scores(texts), questions, model.labels, temperature)
    return Outcome(variant, verdicts, Cost(seconds, message_ms, model.size()))


def encoder_ms(questions: Sequence[LabelledQuestion], encoder: TimedEncoder) -> float:
    """What encoding a message takes; the middle one, by the clock, because the encoder's threads wait for each other."""
    taken: list[float] = []
    for text in _messages(questions)[:TIMED]:
        began = time.perf_counter()
        encoder.encode_afresh([text])
        taken.append(time.perf_counter() - began)
    return 1_000 * float(np.median(taken))


def _messages(questions: Sequence[LabelledQuestion]) -> list[str]:
    return [whole_message(question.text) for question in questions]


def _timed(action: Callable[[], Done]) -> tuple[Done, float]:
    """What an action yields and the processor's seconds it takes, encoding apart: others on the machine do not count."""
    encoded, began = TimedEncoder.spent, time.process_time()
    done = action()
    return done, time.process_time() - began - (TimedEncoder.spent - encoded)


def _middle_ms(ask: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    """The middle one of the messages, encoding apart."""
    return 1_000 * float(np.median([_timed(partial(ask, [text]))[1] for text in texts[:TIMED]]))
