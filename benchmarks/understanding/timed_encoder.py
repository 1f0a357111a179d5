"""Encoders for experiments: one that tells what it spent, and one for which no word is misspelt."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import ClassVar

from bot.matching.encoder import Encoder, Vectors
from bot.matching.kept_encoder import KeptEncoder


class TimedEncoder(KeptEncoder):
    """An encoder with a memory that says what encoding took."""

    spent: ClassVar[float] = 0.0
    """The processor's seconds that all of them have spent on encoding; known texts take none."""

    def encode_afresh(self, texts: Sequence[str]) -> Vectors:
        began = time.process_time()
        vectors = super().encode_afresh(texts)
        TimedEncoder.spent += time.process_time() - began
        return vectors


class TrustingEncoder(Encoder):
    """An encoder that takes every word as meant, so that none is repaired."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder

    def encode(self, texts: Sequence[str]) -> Vectors:
        return self._encoder.encode(texts)

    def is_common(self, word: str) -> bool:  # noqa: ARG002
        return True
