"""Reads public sets of labelled questions: CLINC150 (Larson et al. 2019) and BANKING77 (Casanueva et al. 2020)."""

from __future__ import annotations

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.services.ports import InvalidInput

Examples = tuple[tuple[str, str], ...]
CLINC, BANKING = Path("clinc150") / "data_full.json", Path("banking77")


@dataclass(frozen=True)
class PublicSet:
    """Texts with their labels; those of no label are labelled ``STRANGE``."""

    train: Examples
    test: Examples
    validation: Examples = ()


def read_clinc(folder: Path) -> PublicSet:
    """The full set; its strangers are in validation and test only. Raises ``InvalidInput``."""
    path = folder / CLINC
    try:
        parts = json.loads(path.read_text(encoding="utf-8"))
        train, validation, test = (
            tuple((str(text), str(label)) for name in names for text, label in parts[name])
            for names in (("train",), ("val", "oos_val"), ("test", "oos_test"))
        )
    except (OSError, ValueError, KeyError) as error:
        raise InvalidInput(f"{path}: is not CLINC150's data_full.json ({error!r})") from error
    return PublicSet(train, test, validation)


def read_banking(folder: Path) -> PublicSet:
    """Raises ``InvalidInput`` if a file cannot be read."""
    return PublicSet(_rows(folder / BANKING / "train.csv"), _rows(folder / BANKING / "test.csv"))


def few_for_each(examples: Sequence[tuple[str, str]], number: int, seed: int) -> Examples:
    """So many examples of each label, drawn without putting back."""
    draw = np.random.default_rng(seed)
    by_label: dict[str, list[tuple[str, str]]] = {}
    for example in examples:
        by_label.setdefault(example[1], []).append(example)
    return tuple(own[place] for own in by_label.values() for place in draw.choice(len(own), number, replace=False))


def _rows(path: Path) -> Examples:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            return tuple((row["text"], row["category"]) for row in csv.DictReader(lines))
    except (OSError, ValueError, KeyError) as error:
        raise InvalidInput(f"{path}: is not a file of BANKING77 ({error!r})") from error
