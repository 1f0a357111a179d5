"""Finds the desk's matcher inside a model that Rasa has loaded."""

from __future__ import annotations

from typing import Any, Optional

from bot.inside_rasa.understanding import DeskUnderstanding
from bot.matching.matcher import Matcher


def trained_matcher(agent: Any) -> Optional[Matcher]:
    """The matcher by which this agent understands; None while no model is loaded.

    Rasa hands its components to nobody: they are looked for among the nodes that its runner has made.
    """
    runner = getattr(getattr(agent, "processor", None), "graph_runner", None)
    for node in getattr(runner, "nodes", {}).values():
        component = getattr(node, "_component", None)
        if isinstance(component, DeskUnderstanding):
            return component.matcher
    return None
