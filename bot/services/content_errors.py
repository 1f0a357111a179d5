"""The error of content files that cannot be read: everything that is wrong with them, together."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.findings import Finding
from bot.services.ports import InvalidInput


class ContentError(InvalidInput):
    """Content files have mistakes; the message has a line for each: ``file:line: entry: what; mend``."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        super().__init__("\n".join(f"{found.place}: {found.entry}: {found.what}; {found.mend}" for found in findings))
        self.findings = tuple(findings)
