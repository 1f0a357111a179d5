"""The audit of what is locked: a finding needs an answer, an answer a finding, and silence is never taken for safety."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.config import ROOT
from deploy import audit
from deploy.audit import Answer, Finding, NotLookedUp

PINS = audit.locked()


def report(*vulnerable: tuple[str, str], skipped: float = 0.0) -> str:
    """What pip-audit prints when it finds these."""
    told = []
    for number, (package, version) in enumerate(PINS.items()):
        if number < skipped * len(PINS):
            told.append({"name": package, "skip_reason": "Dependency not found on PyPI and could not be audited"})
            continue
        found = [
            {"id": id, "aliases": [f"alias of {id}"], "fix_versions": ["9"]}
            for name, id in vulnerable
            if name == package
        ]
        told.append({"name": package, "version": version, "vulns": found})
    return json.dumps({"dependencies": told})


def answers_as_report() -> list[tuple[str, str]]:
    return [(answer.package, id) for answer in audit.read_answers() for id in answer.findings]


def saying(text: str) -> Callable[[str], str]:
    return lambda service: text


def test_every_answer_is_for_a_version_that_is_locked() -> None:
    assert audit.outdated(audit.read_answers(), PINS) == []
    assert audit.outdated([Answer("starlette", "0.1", frozenset({"x"}))], PINS) == [
        f"starlette 0.1 is answered, but {PINS['starlette']} is locked"
    ]


def test_the_tests_that_are_to_hold_something_are_there() -> None:
    named = re.findall(r"(?:tests|bot|deploy)/[\w/.]+\.py", audit.ANSWERS.read_text(encoding="utf-8"))
    assert len(named) > 10 and [path for path in named if not (ROOT / path).is_file()] == []


def test_an_answer_leaves_nothing_open(tmp_path: Path) -> None:
    file = tmp_path / "audit.yml"
    file.write_text("- {package: x, version: 1, findings: [CVE-1], what: y, why_not_upgraded: z, reaches_us: no}\n")
    with pytest.raises(ValueError, match="x does not say 'reaches_us'|x does not say 'held_by'"):
        audit.read_answers(file)


def test_what_is_found_and_answered_passes(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(saying(report(*answers_as_report())), is_required=True) == 0
    assert "0 without an answer" in capsys.readouterr().out


def test_a_finding_without_an_answer_fails_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(saying(report(("jinja2", "CVE-2099-1")))) == 1
    assert re.search(r"jinja2 [\d.]+: CVE-2099-1 alias of CVE-2099-1; fixed in 9", capsys.readouterr().out)


def test_a_finding_is_answered_under_any_of_its_names_but_for_its_package_only() -> None:
    finding = Finding("a", "1", frozenset({"CVE-1", "GHSA-1"}), "2")
    assert audit.compare([finding], [Answer("a", "1", frozenset({"GHSA-1"}))]) == ([], [])
    assert audit.compare([finding], [Answer("b", "1", frozenset({"GHSA-1"}))]) == ([finding], ["b GHSA-1"])


def test_an_answer_that_nobody_asks_for_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert audit.main(saying(report())) == 0
    assert "not found any more" in capsys.readouterr().out


@pytest.mark.parametrize("told", ["", "no json", "{}", report(skipped=1.0), report(skipped=0.5)], ids=range(5))
def test_a_service_that_knows_hardly_a_package_has_looked_nothing_up(
    told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert audit.main(saying(told)) == 0
    assert capsys.readouterr().out.startswith("NOT LOOKED UP")
    assert audit.main(saying(told), is_required=True) == 1


def test_the_second_service_is_asked_where_the_first_cannot_be() -> None:
    asked = []

    def ask(service: str) -> str:
        asked.append(service)
        if service == "pypi":
            raise NotLookedUp("away")
        return report()

    assert audit.look_up(ask, len(PINS)) == ([], [])
    assert asked == ["pypi", "osv"]


def test_an_image_is_scanned_or_it_is_said_how(tmp_path: Path) -> None:
    scan = ROOT / "deploy" / "scan-image"
    for tool in ("bash", "env", "cat"):
        (tmp_path / tool).symlink_to(f"/usr/bin/{tool}")
    without = subprocess.run(
        [scan, "promodesk:latest"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert without.returncode == 2 and "NOT SCANNED" in without.stderr
    trivy = tmp_path / "trivy"
    trivy.write_text('#!/usr/bin/env bash\necho "$@"\nexit 1\n')
    trivy.chmod(0o755)
    found = subprocess.run(
        [scan, "promodesk:latest"], env={"PATH": str(tmp_path)}, capture_output=True, text=True, check=False
    )
    assert found.returncode == 1 and found.stdout.rstrip().endswith("promodesk:latest")
