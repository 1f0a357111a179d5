"""Reads ``data/vocabulary.yml``: the words for sellers, buyers, documents and products."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.services.ports import InvalidInput


def read_vocabulary(path: Path) -> dict[str, Any]:
    """Words by subject and kind; raises ``InvalidInput`` naming the file if it cannot be read."""
    try:
        words = YAML(typ="safe").load(path)
    except (OSError, YAMLError) as error:
        raise InvalidInput(
            f"{path}: the vocabulary cannot be read ({error}); compare it with the repository's"
        ) from error
    if not isinstance(words, dict):
        raise InvalidInput(f"{path}: the vocabulary is no mapping of subjects; compare it with the repository's")
    return words
