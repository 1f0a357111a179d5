"""Makes the encoder's ONNX form: exported once, its operators fused, its weights in 8 bits.

Needs torch; running the encoder does not, which keeps the serving process small and quick to start. In 8 bits a text is
encoded in half the time and the file is two thirds as large; the matcher learns from the same vectors that it is asked with,
and understands as well (``docs/decisions/0011``).
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import shutil
import tempfile
from pathlib import Path

from bot.matching.encoder import ONNX_FILE, TOKENIZER_FILE

FORM = "int8"
"""Part of the folder's name: another way of making it is another encoder."""
_FUSABLE = ("bert", "roberta", "xlm-roberta")
_FLOAT = 1  # onnx.TensorProto.FLOAT


class EncoderError(ValueError):
    """The encoder named by the settings cannot be used; the message says why."""


def exported_encoder(name: str, cache: Path) -> Path:
    """The folder with the encoder ``name`` in ONNX form, made on first use and kept by the checksum of its weights.

    ``name`` is a sentence-transformers folder, or ``package:`` and an installed package with a ``model`` folder.
    Raises ``EncoderError`` when there is no such model or it does not pool by the mean.
    """
    source = _source_folder(name)
    _require_mean_pooling(source)
    target = cache / f"encoder-{FORM}-{checksum(source)[:16]}"
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
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        scratch = Path(folder)
        model = SentenceTransformer(str(source), backend="onnx", model_kwargs={"export": True})
        model.save_pretrained(str(scratch))
        finished = scratch / "finished"
        finished.mkdir()
        _quantize(_fused(scratch / "onnx" / "model.onnx", source), finished / ONNX_FILE)
        shutil.copy(source / TOKENIZER_FILE, finished / TOKENIZER_FILE)
        # Renamed in one step: a half-written export is never taken for a whole one.
        if not target.exists():
            finished.rename(target)


def _fused(exported: Path, source: Path) -> Path:
    """The model with attention and normalisation as one operator each, where ONNX Runtime knows its kind."""
    from onnxruntime.transformers.optimizer import optimize_model

    kind = json.loads((source / "config.json").read_text(encoding="utf-8"))
    if kind["model_type"] not in _FUSABLE:
        return exported
    heads, width = kind["num_attention_heads"], kind["hidden_size"]
    model = optimize_model(str(exported), model_type="bert", num_heads=heads, hidden_size=width, opt_level=1)
    fused = exported.with_name("fused.onnx")
    model.save_model_to_file(str(fused))
    return fused


def _quantize(model: Path, target: Path) -> None:
    from onnxruntime.quantization import QuantType, quantize_dynamic

    quantize_dynamic(
        str(model),
        str(target),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,  # seven bits: older processors add two products in 16 bits, which eight would overflow
        op_types_to_quantize=["MatMul", "Attention"],
        extra_options={"DefaultTensorType": _FLOAT},  # the fused operators are not ONNX's own, and tell no type
    )
