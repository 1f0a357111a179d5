"""The audit log for leads: who has looked at whose data, when and why; also as a file for a spreadsheet."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request
from fastapi.responses import Response, StreamingResponse

from bot.core.agents import Role
from bot.core.csv_cells import safe_cell
from bot.core.plain_text import one_line
from bot.services.console_ports import AuditEntry, AuditFilter, AuditLog
from bot.services.gateway import Gateway
from bot.web.desk.access import console_of, desk_page, signed_in

router = APIRouter()
ENTRIES_SHOWN = 50
ENTRIES_AT_ONCE = 1000
"""Of a file, read from the database in one go."""
LONGEST_FILTER = 200
DOWNLOADED = "audit_downloaded"
COLUMNS = ("position", "at", "agent", "agent_id", "action", "subject", "why")


@dataclass(frozen=True)
class Filter:
    """Which entries are asked for; what cannot be read as a day filters nothing and is told."""

    agent: str = ""
    subject: str = ""
    day: str = ""

    @property
    def date(self) -> date | None:
        try:
            read = date.fromisoformat(self.day)
        except ValueError:
            return None
        return read if 1970 <= read.year < 9999 else None

    @property
    def has_problem(self) -> bool:
        return bool(self.day) and self.date is None

    def entries(self, log: AuditLog, zone: ZoneInfo, before: int | None, limit: int) -> Sequence[AuditEntry]:
        """Raises ``Unavailable``."""
        if self.has_problem:
            return ()
        since = datetime.combine(self.date, time.min, zone) if self.date else None
        until = datetime.combine(self.date + timedelta(days=1), time.min, zone) if self.date else None
        return log.entries(AuditFilter(since, until, self.agent, self.subject), before_position=before, limit=limit)

    def __str__(self) -> str:
        return urlencode({name: value for name, value in vars(self).items() if value})


def _filter(agent: str, subject: str, day: str) -> Filter:
    return Filter(*(one_line(given)[:LONGEST_FILTER] for given in (agent, subject, day)))


@router.get("/desk/audit")
async def show(request: Request, agent: str = "", subject: str = "", day: str = "", before: str = "") -> Response:
    """A page of entries, the latest first."""
    who = await signed_in(request, Role.LEAD)
    console, zone = console_of(request), _zone(request)
    wanted = _filter(agent, subject, day)
    read = partial(wanted.entries, console.audit, zone, _position(before), ENTRIES_SHOWN + 1)
    entries, team = await asyncio.to_thread(read), await asyncio.to_thread(console.access.agents.all)
    shown = entries[:ENTRIES_SHOWN]
    return desk_page(
        request,
        who,
        "desk/audit.html",
        {
            "wanted": wanted,
            "entries": [(entry, entry.at.astimezone(zone)) for entry in shown],
            "older": shown[-1].position if len(entries) > len(shown) else None,
            "is_continued": _position(before) is not None,
            "team": team,
            "longest": LONGEST_FILTER,
        },
        422 if wanted.has_problem else 200,
    )


@router.get("/desk/audit.csv")
async def download(request: Request, agent: str = "", subject: str = "", day: str = "") -> Response:
    """All entries of the filter as a file; that it was taken is an entry too."""
    who = await signed_in(request, Role.LEAD)
    console, zone, clock = console_of(request), _zone(request), request.app.state.gateway.clock
    wanted = _filter(agent, subject, day)
    await asyncio.to_thread(console.audit.note, who.agent, DOWNLOADED, str(wanted) or "all", "audit", clock.now())
    # The first part is read before the answer begins: a database that is away is still told as such.
    first = await asyncio.to_thread(wanted.entries, console.audit, zone, None, ENTRIES_AT_ONCE)
    return StreamingResponse(
        _lines(console.audit, wanted, zone, first),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="audit-{clock.today()}.csv"'},
    )


def _lines(log: AuditLog, wanted: Filter, zone: ZoneInfo, entries: Sequence[AuditEntry]) -> Iterator[str]:
    yield "\ufeff" + _csv([COLUMNS])  # the mark by which spreadsheets know UTF-8
    while entries:
        yield _csv([_cells(entry, zone) for entry in entries])
        entries = wanted.entries(log, zone, entries[-1].position, ENTRIES_AT_ONCE)


def _cells(entry: AuditEntry, zone: ZoneInfo) -> Sequence[object]:
    at = entry.at.astimezone(zone).isoformat(timespec="seconds")
    return (entry.position, at, entry.agent_name, entry.agent_id, entry.action, entry.subject, entry.why)


def _csv(rows: Sequence[Sequence[object]]) -> str:
    text = io.StringIO()
    csv.writer(text).writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue()


def _zone(request: Request) -> ZoneInfo:
    gateway: Gateway = request.app.state.gateway
    return gateway.promotion.time_zone


def _position(given: str) -> int | None:
    """Where a page goes on; anything that no entry can have is the beginning."""
    return int(given) if given.isascii() and given.isdigit() and len(given) < 18 else None
