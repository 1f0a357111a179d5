"""The alerts, the dashboard, and the runbook that belongs to them."""

from __future__ import annotations

import re
import subprocess

import pytest
import typer.main

from bot.__main__ import app
from bot.config import ROOT
from tests.prometheus import ALERTS, alerts, panels, promtool

RUNBOOK = (ROOT / "docs" / "runbook.md").read_text(encoding="utf-8")
WHAT_HELPS = ("For customers", "Look first", "Then", "Wake")


def test_alerts_fire_when_they_should_and_only_then() -> None:
    done = subprocess.run(
        [promtool(), "test", "rules", "alerts_test.yml"], cwd=ALERTS.parent, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_alert_is_tested() -> None:
    tested = (ALERTS.parent / "alerts_test.yml").read_text(encoding="utf-8")
    for name in alerts():
        assert re.search(rf"alertname: {name}\b.*\n.*eval_time.*\n.*exp_labels", tested), (
            f"{name} never fires in a test"
        )


@pytest.mark.parametrize("name", alerts())
def test_every_alert_has_its_section_in_the_runbook(name: str) -> None:
    (section,) = re.findall(rf"^### {name}\n(.*?)(?=^##)", RUNBOOK, re.DOTALL | re.MULTILINE)
    assert all(f"**{help}**" in section for help in WHAT_HELPS)
    assert alerts()[name]["annotations"]["runbook"] == f"docs/runbook.md#{name.lower()}"


def test_the_runbook_names_only_commands_that_exist() -> None:
    group = typer.main.get_command(app)
    named = set(re.findall(r"promodesk ([a-z-]+)(?: ([a-z-]+))?", RUNBOOK))
    assert len(named) > 8
    for command, inner in named:
        found = group.commands.get(command)  # type: ignore[attr-defined]
        assert found is not None, command
        if hasattr(found, "commands"):
            assert inner in found.commands, f"{command} {inner}"


def test_every_panel_says_what_it_shows_and_in_what_unit() -> None:
    titles = [panel["title"] for panel in panels()]
    assert len(titles) == len(set(titles)) > 20
    for panel in panels():
        assert panel["title"] and len(panel["description"]) > 10 and panel["fieldConfig"]["defaults"]["unit"], panel
