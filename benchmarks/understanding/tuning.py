"""Fine-tunes the encoder on the phrases, for as many minutes as the rest takes seconds.

Each label gets a vector of its own to learn (a proxy), and each phrase is drawn to its label's: the cross-entropy of the
scaled cosines (Zhai and Wu 2018). The tuned encoder lies in the cache as a sentence-transformers folder, so that the desk
could use it too.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import torch
from sentence_transformers import SentenceTransformer
from torch.nn.functional import cross_entropy, normalize
from torch.optim.lr_scheduler import LambdaLR

from benchmarks.understanding.typing_noise import misspell
from bot.matching.encoder import Vectors
from bot.matching.ridge import Truth

EPOCHS = 2
BATCH = 64
SCALE = 20.0
ENCODER_STEP, PROXY_STEP = 5e-5, 5e-3
WARM_UP = 20
MOST_TOKENS = 64
STEEPEST = 1.0
TOGETHER = 8
"""So many batches' worth of phrases are sorted by length at once."""
_POOLING = "1_Pooling"


def tune(
    source: Path, texts: Sequence[str], truth: Truth, vectors: Vectors, target: Path, epochs: int = EPOCHS
) -> None:
    """Write to ``target`` the encoder of ``source`` after it has learnt the phrases; ``vectors`` are those it starts from."""
    torch.manual_seed(0)
    draw = np.random.default_rng(0)
    encoder = SentenceTransformer(str(source), device="cpu")
    kept_length, encoder.max_seq_length = encoder.max_seq_length, MOST_TOKENS
    lengths = [len(text) for text in texts]
    batches = [batch for _ in range(epochs) for batch in _batches(lengths, draw)]
    drawn = (([misspell(texts[number], draw) for number in batch], torch.tensor(truth[batch])) for batch in batches)
    _learn(encoder, torch.tensor(_means(vectors, truth)), drawn, len(batches))
    encoder.max_seq_length = kept_length
    encoder.save(str(target))
    # Saved as it was, the pooling is told in the words that the desk reads.
    shutil.copytree(source / _POOLING, target / _POOLING, dirs_exist_ok=True)


def _learn(
    encoder: SentenceTransformer,
    proxies: torch.Tensor,
    batches: Iterable[tuple[list[str], torch.Tensor]],
    steps: int,
) -> None:
    proxies = torch.nn.Parameter(proxies)
    groups = [{"params": list(encoder.parameters()), "lr": ENCODER_STEP}, {"params": [proxies], "lr": PROXY_STEP}]
    optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = LambdaLR(optimiser, lambda step: min(1, (step + 1) / WARM_UP) * (1 - step / steps))
    encoder.train()
    for texts, labels in batches:
        found = normalize(encoder(encoder.preprocess(texts))["sentence_embedding"], dim=-1)
        loss = cross_entropy(SCALE * found @ normalize(proxies, dim=-1).T, labels)
        optimiser.zero_grad()
        loss.backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), STEEPEST)
        optimiser.step()
        schedule.step()


def _means(vectors: Vectors, truth: Truth) -> Vectors:
    means: Vectors = np.stack([vectors[truth == label].mean(axis=0) for label in range(truth.max() + 1)])
    return means


def _batches(lengths: Sequence[int], draw: np.random.Generator) -> Iterator[npt.NDArray[np.int64]]:
    """The numbers of all phrases, by batches of like length, which cost least; in an order of chance."""
    order = draw.permutation(len(lengths))
    chunks = np.array_split(order, max(1, len(order) // (BATCH * TOGETHER)))
    by_length = np.concatenate([chunk[np.argsort(np.take(lengths, chunk), kind="stable")] for chunk in chunks])
    batches = [by_length[start : start + BATCH] for start in range(0, len(by_length), BATCH)]
    for number in draw.permutation(len(batches)):
        yield batches[number]
