"""The sentence encoder: a sentence-transformers model in ONNX form, run by ONNX Runtime (made by ``encoder_export``)."""

from __future__ import annotations

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

ONNX_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
MAX_TOKENS = 128
COMMON_WORDS = 14_000
"""So many words at the head of the vocabulary are taken as English that is meant as it stands."""


class Encoder:
    """Texts to unit vectors of ``dimension`` floats, by mean pooling over the tokens."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        # Several texts are encoded at once, each by one thread: threads that share one text wait for each other most of the time.
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        self._threads = ThreadPoolExecutor(len(os.sched_getaffinity(0)), thread_name_prefix="encoder")
        self._session = onnxruntime.InferenceSession(
            str(folder / ONNX_FILE), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.no_padding()  # the model's own file asks for the longest there is, whatever the text

    def is_common(self, word: str) -> bool:
        """Whether a lower-case word is among the more frequent ones of the encoder's vocabulary, which it lists by rank."""
        rank = self._tokenizer.token_to_id(word)
        return rank is not None and rank < COMMON_WORDS

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text, in order; shape ``(len(texts), dimension)``."""
        if len(texts) == 1:
            return self._vector(texts[0])[np.newaxis]
        return np.stack(list(self._threads.map(self._vector, texts)))

    def _vector(self, text: str) -> Vectors:
        """Each text by itself: in 8 bits, what else is in a batch would change its vector."""
        ids = np.array([self._tokenizer.encode(text).ids], dtype=np.int64)
        feed = {"input_ids": ids, "attention_mask": np.ones_like(ids), "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {name: feed[name] for name in self._inputs})[0][0]
        pooled = states.mean(axis=0)
        vector: Vectors = (pooled / max(float(np.linalg.norm(pooled)), 1e-12)).astype(np.float32)
        return vector
