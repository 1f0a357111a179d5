"""Reads the least a model has to reach, ``evaluation/floors.yml``."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.core.floors import Floor
from bot.services.ports import InvalidInput

_BOUNDS = frozenset(("at_least", "at_most"))


def read_floors(path: Path, questions: str) -> list[Floor]:
    """The bounds for one set of questions, by the name of its file; raises ``InvalidInput`` naming what is wrong."""
    try:
        sets = YAML(typ="safe", pure=True).load(path)
    except (OSError, YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}: cannot be read as YAML ({error})") from error
    if not isinstance(sets, dict) or not isinstance(sets.get(questions), dict):
        raise InvalidInput(f"{path}: has no bounds for {questions}; write '{questions}:' and a figure a line below it")
    return [_floor(path, str(figure), bounds) for figure, bounds in sets[questions].items()]


def _floor(path: Path, figure: str, bounds: Any) -> Floor:
    is_bounds = isinstance(bounds, dict) and bounds.keys() <= _BOUNDS and len(bounds) > 0
    if not is_bounds or not all(type(share) in (int, float) and 0 <= share <= 1 for share in bounds.values()):
        raise InvalidInput(f"{path}: {figure}: write {{at_least: 0.95}} or {{at_most: 0.03}}, with shares from 0 to 1")
    return Floor(figure, **bounds)
