"""Vectors are kept from one training to the next."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from bot.bootstrap_understanding import encoder_folder
from bot.config import read_settings
from bot.matching.encoder import Vectors
from bot.matching.kept_encoder import KeptEncoder

TEXTS = ["where is my money", "wo ist mein geld", "where is my money"]


class CountingEncoder(KeptEncoder):
    """Says how many texts it had to encode."""

    encoded = 0

    def encode_afresh(self, texts: Sequence[str]) -> Vectors:
        self.encoded += len(texts)
        return super().encode_afresh(texts)


def encoder_with_memory_in(cache: Path) -> CountingEncoder:
    return CountingEncoder(encoder_folder(read_settings({})), cache)


def test_a_text_is_encoded_once_however_many_trainings_there_are(tmp_path: Path) -> None:
    first = encoder_with_memory_in(tmp_path)
    vectors = first.encode(TEXTS)
    first.keep()
    again = encoder_with_memory_in(tmp_path)

    assert np.array_equal(again.encode(TEXTS), vectors)
    assert (first.encoded, again.encoded) == (2, 0)


@pytest.mark.parametrize("content", [b"", b"PK no archive", b"\x93NUMPY"])
def test_a_memory_that_cannot_be_read_is_made_anew(content: bytes, tmp_path: Path) -> None:
    first = encoder_with_memory_in(tmp_path)
    first.encode(TEXTS)
    first.keep()
    (file,) = tmp_path.glob("vectors-*.npz")
    file.write_bytes(content)

    again = encoder_with_memory_in(tmp_path)
    again.encode(TEXTS)
    again.keep()

    assert again.encoded == 2
    assert encoder_with_memory_in(tmp_path).encode(TEXTS).shape == (3, 384)
