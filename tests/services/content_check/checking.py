"""How tests have a content checked."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from bot.commands.content import read_content
from bot.core.findings import Severity
from bot.services.check_content import CheckResult, check_content

TODAY = date(2023, 12, 15)


def check(folder: Path) -> CheckResult:
    return check_content(read_content(folder), TODAY)


def new_findings(folder: Path) -> set[str]:
    """The findings of a changed content beyond those of the seed page that are known."""
    result = check(folder)
    return {
        found.id
        for found in result.findings
        if found.id not in result.acknowledged and found.severity is not Severity.NOTE
    }
