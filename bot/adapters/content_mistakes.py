"""The mistakes of content files, collected as they are found and raised together."""

from __future__ import annotations

from dataclasses import dataclass, field

from bot.core.findings import Finding, Place, Severity
from bot.services.content_errors import ContentError


@dataclass
class Mistakes:
    """The mistakes of one or several files, as they are found."""

    findings: list[Finding] = field(default_factory=list)

    def add(self, place: Place, entry: str, what: str, mend: str) -> None:
        self.findings.append(Finding("schema", Severity.ERROR, place, entry, what, mend))

    def raise_if_any(self) -> None:
        """Raises ``ContentError`` with all of them, if there is one."""
        if self.findings:
            raise ContentError(self.findings)
