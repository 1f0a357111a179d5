"""What a look through the content finds: where, how grave, what is wrong, and how to mend it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class Severity(str, Enum):
    """How grave a finding is: an error stops the content from being used."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True)
class Place:
    """A line of a content file; the file is named from the content's folder."""

    file: str
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True)
class Finding:
    """One thing found; ``id`` stays the same from run to run, so that it can be acknowledged."""

    id: str
    severity: Severity
    place: Place
    entry: str
    what: str
    mend: str
    readings: tuple[str, ...] = ()
    """The values that stand against each other; an acknowledgement holds for exactly these."""

    def __str__(self) -> str:
        return f"{self.place}: {self.severity.value}: {self.entry}: {self.what}; {self.mend}"


@dataclass(frozen=True)
class Acknowledgement:
    """A finding the content owner knows of and keeps for now, and why."""

    finding: str
    readings: tuple[str, ...]
    because: str
    place: Place

    def covers(self, finding: Finding) -> bool:
        """Whether it speaks of this finding, with just these readings: a new value is a new finding."""
        return self.finding == finding.id and set(self.readings) == set(finding.readings)
