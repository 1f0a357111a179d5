"""Asks for known vulnerabilities of everything that is locked, and compares them with the written answers.

``python deploy/audit.py`` (``make audit``). A finding without an answer fails, and so does an answer for a version that is
locked no more. Where no advisory service can be reached, this is said, and fails with ``--required`` or
PROMODESK_REQUIRE_AUDIT=1; that nothing was looked up is never taken for nothing found.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

ROOT = Path(__file__).resolve().parents[1]
LOCKS = (ROOT / "requirements.lock", ROOT / "requirements-cuda.lock")
ANSWERS = ROOT / "deploy" / "audit.yml"
TOOL = "pip-audit==2.10.1"
"""Run by ``uv tool run``: it needs a newer ``packaging`` than Rasa allows beside itself."""
SERVICES = ("pypi", "osv")
PATIENCE_SECONDS = 600.0
MOST_SKIPPED = 0.1
"""With more than this share of the packages unknown to a service, it is not the service it should be."""


class NotLookedUp(Exception):
    """A service could not be asked."""


@dataclass(frozen=True)
class Finding:
    """A known vulnerability of a locked package; ``ids`` are all the names it has."""

    package: str
    version: str
    ids: frozenset[str]
    fixed_in: str


@dataclass(frozen=True)
class Answer:
    """What is written about findings of one package in one version."""

    package: str
    version: str
    findings: frozenset[str]


Ask = Callable[[str], str]


def read_answers(path: Path = ANSWERS) -> list[Answer]:
    """Every answer; raises ``ValueError`` for one that leaves something open."""
    answers = []
    for given in YAML(typ="safe").load(path.read_text(encoding="utf-8")):
        for part in ("package", "version", "findings", "what", "why_not_upgraded", "reaches_us", "held_by"):
            if not given.get(part):
                raise ValueError(f"the answer for {given.get('package', '?')} does not say {part!r}")
        answers.append(Answer(given["package"], str(given["version"]), frozenset(given["findings"])))
    return answers


def locked(paths: Iterable[Path] = LOCKS) -> dict[str, str]:
    """Every locked package with its version."""
    pins = (re.findall(r"(?m)^([a-z0-9][a-z0-9._-]*)==([^ \\;]+)", path.read_text(encoding="utf-8")) for path in paths)
    return {package: version for found in pins for package, version in found}


def look_up(ask: Ask, packages: int, services: Sequence[str] = SERVICES) -> tuple[list[Finding], list[str]]:
    """The findings, and the packages that nothing could be said about. Raises ``NotLookedUp``, with all reasons."""
    reasons = []
    for service in services:
        try:
            return read_report(ask(service), packages)
        except NotLookedUp as error:
            reasons.append(f"{service}: {error}")
    raise NotLookedUp("; ".join(reasons))


def read_report(report: str, packages: int) -> tuple[list[Finding], list[str]]:
    """What the tool has found, and what it has skipped. Raises ``NotLookedUp`` if it has hardly looked anything up."""
    try:
        told = json.loads(report)["dependencies"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotLookedUp("it gave no report; the service cannot be reached") from error
    skipped = [one["name"] for one in told if "skip_reason" in one]
    if len(told) - len(skipped) < (1 - MOST_SKIPPED) * packages:
        raise NotLookedUp(f"it knows only {len(told) - len(skipped)} of {packages} packages")
    return [_finding(one, found) for one in told for found in one.get("vulns", ())], skipped


def _finding(package: Mapping[str, Any], found: Mapping[str, Any]) -> Finding:
    ids = frozenset({found["id"], *found.get("aliases", ())})
    return Finding(
        package["name"], package["version"], ids, ", ".join(found.get("fix_versions", ())) or "no version yet"
    )


def compare(findings: Sequence[Finding], answers: Sequence[Answer]) -> tuple[list[Finding], list[str]]:
    """The findings that nobody has answered, and the answered ids that nobody finds any more."""

    def answers_it(answer: Answer, finding: Finding) -> bool:
        return (answer.package, answer.version) == (finding.package, finding.version) and bool(
            answer.findings & finding.ids
        )

    unanswered = [finding for finding in findings if not any(answers_it(answer, finding) for answer in answers)]
    known = {(finding.package, id) for finding in findings for id in finding.ids}
    idle = [f"{one.package} {id}" for one in answers for id in sorted(one.findings) if (one.package, id) not in known]
    return unanswered, idle


def outdated(answers: Iterable[Answer], pins: Mapping[str, str]) -> list[str]:
    """The answers that were written for a version which is not locked."""
    return [
        f"{one.package} {one.version} is answered, but {pins.get(one.package, 'nothing')} is locked"
        for one in answers
        if pins.get(one.package) != one.version
    ]


def ask_pip_audit(service: str) -> str:
    """The tool's report on both lock files. Raises ``NotLookedUp`` if it cannot be run."""
    files = [part for lock in LOCKS for part in ("-r", str(lock))]
    options = [
        "--no-deps",
        "--disable-pip",
        "--progress-spinner",
        "off",
        "-f",
        "json",
        "--vulnerability-service",
        service,
    ]
    uv = Path(sys.executable).with_name("uv")
    command = [
        str(uv) if uv.exists() else "uv",
        "tool",
        "run",
        "--quiet",
        "--from",
        TOOL,
        "pip-audit",
        *options,
        *files,
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotLookedUp(f"{TOOL} could not be run ({type(error).__name__})") from error
    return done.stdout


def main(ask: Ask = ask_pip_audit, *, is_required: bool = False) -> int:
    """Tell what is open; the process's exit code."""
    pins, answers = locked(), read_answers()
    if wrong := outdated(answers, pins):
        print("\n".join(wrong))
        return 1
    try:
        findings, skipped = look_up(ask, len(pins))
    except NotLookedUp as error:
        print(f"NOT LOOKED UP: no advisory service could be asked about {len(pins)} packages ({error}).")
        print(
            f"Only what {ANSWERS.relative_to(ROOT)} says was checked; run this where pypi.org or api.osv.dev can be reached."
        )
        return 1 if is_required else 0
    unanswered, idle = compare(findings, answers)
    for finding in unanswered:
        print(f"{finding.package} {finding.version}: {' '.join(sorted(finding.ids))}; fixed in {finding.fixed_in}")
    print(f"{len(findings)} findings in {len(pins) - len(skipped)} packages, {len(unanswered)} without an answer.")
    if skipped:
        print(f"Not looked up: {', '.join(skipped)}.")
    if idle:
        print(f"Answered, but not found any more, or not under this name: {', '.join(idle)}.")
    return 1 if unanswered else 0


if __name__ == "__main__":
    sys.exit(main(is_required="--required" in sys.argv or os.environ.get("PROMODESK_REQUIRE_AUDIT") == "1"))
