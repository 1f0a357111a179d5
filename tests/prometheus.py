"""What alerts and dashboard ask Prometheus for, taken apart; and the program that tests alerts."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from ruamel.yaml import YAML

from bot.config import ROOT

ALERTS = ROOT / "deploy" / "prometheus" / "alerts.yml"
DASHBOARD = ROOT / "deploy" / "grafana" / "dashboard.json"
_SELECTOR = re.compile(r"\b(promodesk_\w+|process_\w+|up)\b(?:\{([^}]*)\})?")
_MATCHER = re.compile(r'(\w+)\s*(=~|=)\s*"([^"]*)"')


@dataclass(frozen=True)
class Selector:
    """A metric with what its labels have to be."""

    name: str
    labels: tuple[tuple[str, str], ...]
    """Each with a regular expression for the whole value."""

    def fits(self, sample: Sample) -> bool:
        return sample.name == self.name and all(
            re.fullmatch(pattern, sample.labels.get(label, "")) for label, pattern in self.labels
        )


def selectors(expression: str) -> Iterator[Selector]:
    """Without ``job`` and ``instance``, which Prometheus adds."""
    for name, inside in _SELECTOR.findall(expression):
        given = [
            (label, pattern if sign == "=~" else re.escape(pattern))
            for label, sign, pattern in _MATCHER.findall(inside)
            if label not in ("job", "instance")
        ]
        yield Selector(name, tuple(given))


def alerts() -> dict[str, dict[str, Any]]:
    groups = YAML(typ="safe").load(ALERTS.read_text(encoding="utf-8"))["groups"]
    return {rule["alert"]: rule for group in groups for rule in group["rules"]}


def panels() -> list[dict[str, Any]]:
    """The panels of the dashboard, rows left out."""
    found = json.loads(DASHBOARD.read_text(encoding="utf-8"))["panels"]
    return [panel for panel in found if panel["type"] != "row"]


def expressions() -> list[str]:
    """Everything alerts and dashboard ask for."""
    in_panels = [target["expr"] for panel in panels() for target in panel["targets"]]
    return [*in_panels, *(rule["expr"] for rule in alerts().values())]


def samples(*texts: str) -> list[Sample]:
    """The samples of several processes."""
    families: Iterable[Any] = (family for text in texts for family in text_string_to_metric_families(text))
    return [sample for family in families for sample in family.samples]


def promtool() -> str:
    """The path of Prometheus' own tool; skips where it is missing."""
    found = shutil.which("promtool")
    if found is None and os.environ.get("PROMODESK_REQUIRE_SERVICES") == "1":
        pytest.fail("no promtool to test the alerts with")
    if found is None:
        pytest.skip(
            "no promtool to test the alerts with; .ci/run shows how to take it from Debian's package prometheus"
        )
    return found
