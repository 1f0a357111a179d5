"""The sentence encoder: a sentence-transformers model, exported once to ONNX and run by ONNX Runtime.

Export needs torch; running does not, which keeps the serving process small and quick to start.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

Vectors = npt.NDArray[np.float32]

ONNX_FILE = "model.onnx"
TOKENIZER_FILE = "tokenizer.json"
MAX_TOKENS = 128
BATCH = 32


class EncoderError(ValueError):
    """The encoder named by the settings cannot be used; the message says why."""


class Encoder:
    """Texts to unit vectors of ``dimension`` floats, by mean pooling over the tokens."""

    def __init__(self, folder: Path) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = int(os.environ.get("OMP_NUM_THREADS", "2"))
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            str(folder / ONNX_FILE), sess_options=options, providers=["CPUExecutionProvider"]
        )
        self._inputs = {node.name for node in self._session.get_inputs()}
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER_FILE))
        self._tokenizer.enable_truncation(MAX_TOKENS)
        self._tokenizer.enable_padding()

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit vector for each text, in order; shape ``(len(texts), dimension)``."""
        # Texts of like length share a batch, so that little is spent on padding.
        order = sorted(range(len(texts)), key=lambda index: len(texts[index]))
        vectors: dict[int, Vectors] = {}
        for start in range(0, len(order), BATCH):
            indexes = order[start : start + BATCH]
            for index, vector in zip(indexes, self._encode_batch([texts[index] for index in indexes])):
                vectors[index] = vector
        return np.stack([vectors[index] for index in range(len(texts))])

    def _encode_batch(self, texts: list[str]) -> Vectors:
        encodings = self._tokenizer.encode_batch(texts)
        mask = np.array([encoding.attention_mask for encoding in encodings], dtype=np.int64)
        feed = {
            "input_ids": np.array([encoding.ids for encoding in encodings], dtype=np.int64),
            "attention_mask": mask,
            "token_type_ids": np.zeros_like(mask),
        }
        tokens = self._session.run(None, {name: feed[name] for name in self._inputs})[0]
        weights = mask[:, :, None].astype(np.float32)
        pooled = (tokens * weights).sum(axis=1) / np.maximum(weights.sum(axis=1), 1e-9)
        norms = np.linalg.norm(pooled, axis=1, keepdims=True)
        vectors: Vectors = (pooled / np.maximum(norms, 1e-12)).astype(np.float32)
        return vectors


def exported_encoder(name: str, cache: Path) -> Path:
    """The folder with the encoder ``name`` in ONNX form, made on first use and kept by the checksum of its weights.

    ``name`` is a sentence-transformers folder, or ``package:`` and an installed package with a ``model`` folder.
    Raises ``EncoderError`` when there is no such model or it does not pool by the mean.
    """
    source = _source_folder(name)
    _require_mean_pooling(source)
    target = cache / f"encoder-{checksum(source)[:16]}"
    if not (target / ONNX_FILE).exists():
        _export(source, target)
    return target


def checksum(source: Path) -> str:
    """SHA-256 of the weights: what an encoder is known by."""
    weights = source / "model.safetensors"
    return hashlib.sha256(weights.read_bytes()).hexdigest()


def _source_folder(name: str) -> Path:
    if name.startswith("package:"):
        found = importlib.util.find_spec(name.removeprefix("package:"))
        if found is None or found.origin is None:
            raise EncoderError(f"the package of PROMODESK_ENCODER={name!r} is not installed")
        source = Path(found.origin).parent / "model"
    else:
        source = Path(name)
    if not (source / "model.safetensors").exists():
        raise EncoderError(f"PROMODESK_ENCODER={name!r}: no model.safetensors in {source}")
    return source


def _require_mean_pooling(source: Path) -> None:
    pooling = source / "1_Pooling" / "config.json"
    if not pooling.exists() or not json.loads(pooling.read_text())["pooling_mode_mean_tokens"]:
        raise EncoderError(f"the model in {source} does not pool by the mean over tokens; choose one that does")


def _export(source: Path, target: Path) -> None:
    from sentence_transformers import SentenceTransformer

    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent) as scratch:
        model = SentenceTransformer(str(source), backend="onnx", model_kwargs={"export": True})
        model.save_pretrained(scratch)
        finished = Path(scratch) / "finished"
        finished.mkdir()
        shutil.copy(Path(scratch) / "onnx" / "model.onnx", finished / ONNX_FILE)
        shutil.copy(source / TOKENIZER_FILE, finished / TOKENIZER_FILE)
        # Renamed in one step: a half-written export is never taken for a whole one.
        if not target.exists():
            finished.rename(target)
