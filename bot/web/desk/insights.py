"""Insights for leads: what customers asked, what came of it, and how long people waited, as plots and as files."""

from __future__ import annotations

import asyncio
import csv
import io
from collections.abc import Callable

from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.core.agents import Role
from bot.core.csv_cells import safe_cell
from bot.core.insights import Outcome
from bot.core.periods import ALL, InvalidPeriod
from bot.core.proportions import Share
from bot.core.wording import long_date
from bot.services.measure_desk import Insights, measure_desk
from bot.web.desk import insights_by_subject as by_subject
from bot.web.desk import insights_over_time as over_time
from bot.web.desk.access import console_of, desk_page, signed_in
from bot.web.desk.insight_columns import mark_list
from bot.web.desk.insight_views import Table, View
from bot.web.desk.insight_words import counted, percent_words, share_words, time_words
from bot.web.errors import Refused

router = APIRouter()
DEFAULT_PERIOD = "30d"
LONGEST_PERIOD = 40
"""Characters of a period as it is written; nothing longer is one."""
PRESET_NAMES = {"7d": "7 days", "30d": "30 days", "90d": "90 days", ALL: "All"}
OVER_TIME: dict[str, Callable[[Insights], View]] = {
    "activity": over_time.activity,
    "outcomes": over_time.outcomes,
    "endings": over_time.endings,
    "lookups": over_time.lookups,
    "tickets": over_time.tickets,
}
BY_SUBJECT: dict[str, Callable[[Insights], View]] = {
    "questions": by_subject.questions,
    "feedback": by_subject.feedback,
    "waiting": by_subject.waiting,
    "topics": by_subject.topics,
}
VIEWS = {**OVER_TIME, **BY_SUBJECT}
"""Every plot under the name of its file, in the order of the page."""


@router.get("/desk/insights")
async def show(request: Request) -> Response:
    """The plots of a period; one that cannot be read is said so, beside those of the usual period."""
    who = await signed_in(request, Role.LEAD)
    asked, problem = _asked(request), ""
    try:
        insights = await _measured(request, asked)
    except InvalidPeriod as error:
        problem, asked = str(error), DEFAULT_PERIOD
        insights = await _measured(request, asked)
    context = {
        "insights": insights,
        "asked": asked,
        "presets": PRESET_NAMES,
        "over_time": [view(insights) for view in OVER_TIME.values()],
        "by_subject": [view(insights) for view in BY_SUBJECT.values()],
        "marks": mark_list(insights.marks),
        "figures": _figures(insights),
        "told": _told(insights),
        "problem": problem,
        "days": f"{long_date(insights.period.first)} to {long_date(insights.period.last)}",
        "today": insights.now.date(),
    }
    return desk_page(request, who, "desk/insights.html", context, 422 if problem else 200)


@router.get("/desk/insights/{name}.csv")
async def download(request: Request, name: str) -> Response:
    """The numbers behind one plot as a file for spreadsheets. Raises ``Refused`` for what is no plot or no period."""
    await signed_in(request, Role.LEAD)
    if name not in VIEWS:
        raise Refused("not_found")
    try:
        insights = await _measured(request, _asked(request))
    except InvalidPeriod as error:
        raise Refused("not_found") from error
    file = f"{name}-{insights.period.first}-{insights.period.last}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{file}"'}
    return Response(as_csv(VIEWS[name](insights).table), media_type="text/csv; charset=utf-8", headers=headers)


def as_csv(table: Table) -> str:
    """The table for spreadsheets: with a byte order mark, by which they know the encoding, and no cell that is a formula."""
    written = io.StringIO()
    writer = csv.writer(written)
    writer.writerows([safe_cell(cell) for cell in row] for row in (table.headings, *table.rows))
    return f"\ufeff{written.getvalue()}"


def _asked(request: Request) -> str:
    """The period as the address gives it: as one word, or as the two days of the form."""
    given = request.query_params
    if given.get("from") or given.get("to"):
        return f"{given.get('from', '')}..{given.get('to', '')}"[:LONGEST_PERIOD]
    return (given.get("period") or DEFAULT_PERIOD)[:LONGEST_PERIOD]


async def _measured(request: Request, asked: str) -> Insights:
    return await asyncio.to_thread(measure_desk, console_of(request).insights, asked)


def _figures(insights: Insights) -> list[tuple[str, str, str]]:
    """The figures to begin with: name, number, what it is made of."""
    totals = {outcome: sum(column[outcome] for column in insights.outcomes) for outcome in Outcome}
    asking = sum(totals.values()) - totals[Outcome.TALK]
    endings = insights.without_hand_off
    verdicts = insights.counts.verdicts
    median = insights.resolution_times.median
    return [
        ("Conversations", f"{sum(insights.conversations):,}", counted(sum(insights.messages), "message")),
        _share_figure("Answered or looked up", Share(totals[Outcome.ANSWERED] + totals[Outcome.LOOKED_UP], asking)),
        _share_figure("Without a hand-off", Share(sum(one.part for one in endings), sum(one.whole for one in endings))),
        _share_figure("Thumbs up", Share(sum(one.helpful for one in verdicts), sum(one.helpful + one.unhelpful for one in verdicts))),
        ("Tickets", f"{sum(insights.tickets):,}", f"half resolved within {time_words(median)}" if median is not None else "too few resolved to say how fast"),
    ]  # fmt: skip


def _share_figure(name: str, share: Share) -> tuple[str, str, str]:
    if not share.is_enough:
        return name, "–", share_words(share)
    return name, percent_words(share.value), f"{share.part:,} of {share.whole:,}"


def _told(insights: Insights) -> list[str]:
    """What has to be known before comparing the days."""
    samples, begun = insights.counts.samples, sum(insights.conversations)
    told = []
    if samples:
        told.append(f"Sample data: {samples:,} of the {counted(begun, 'conversation')} are invented.")
    if insights.period.last == insights.now.date():
        told.append(f"Today, {long_date(insights.now.date())}, is not over: the last figures still grow.")
    return told
