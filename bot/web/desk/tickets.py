"""The ticket queue's page, and its counts for the page's script."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response

from bot.core.ages import age_in_words
from bot.core.conversations import new_id
from bot.core.ticket_queue import LONGEST_SEARCH, QueueFilter, StateGroup, Whose
from bot.services.list_tickets import Listing, list_tickets, question_of
from bot.services.queue_desk import QueueDesk
from bot.services.queue_ports import Place, QueueCounts
from bot.web.desk import live, ticket, ticket_actions
from bot.web.desk.access import console_of, desk_page, signed_in
from bot.web.desk.live import LAST_POSITION
from bot.web.desk.queue_filter import filter_of, place_in_address, place_of, query_of
from bot.web.desk.ticket_words import GROUPS, LATENESS, STATES, WHOSE, moment

router = APIRouter()
ADDRESS = "/desk/tickets"


@router.get(ADDRESS)
async def show_queue(request: Request, after: str = "", before: str = "") -> Response:
    """The queue as the address filters it, oldest first, a page at a time."""
    who = await signed_in(request)
    desk = console_of(request).queue
    wanted = filter_of(request.query_params, desk.topics)
    listing = await asyncio.to_thread(
        list_tickets, desk, who.agent, wanted, after=place_of(after), before=place_of(before)
    )
    return desk_page(request, who, "desk/tickets.html", _context(desk, wanted, listing))


@router.get("/desk/api/tickets")
async def count(request: Request, since: Annotated[int, Query(ge=0, le=LAST_POSITION)] = 0) -> JSONResponse:
    """The queue's counts as they are now, and how many of its tickets have arrived since the page was made."""
    who = await signed_in(request, is_use=False)
    desk = console_of(request).queue
    question = question_of(desk, who.agent, filter_of(request.query_params, desk.topics))
    counts = await asyncio.to_thread(desk.queue.counts, question)
    arrived = await asyncio.to_thread(desk.queue.arrived, question, since)
    words = "" if not arrived else "1 new ticket" if arrived == 1 else f"{arrived} new tickets"
    return JSONResponse({"counts": _by_name(counts), "arrived": arrived, "words": words})


def _context(desk: QueueDesk, wanted: QueueFilter, listing: Listing) -> dict[str, Any]:
    now, page, counts = desk.clock.now(), listing.page, listing.counts
    cutoffs = desk.deadlines.cutoffs(now)
    query = query_of(wanted)
    return {
        "wanted": wanted,
        "rows": page.rows,
        "age": lambda at: age_in_words(now - at),
        "moment": lambda at: moment(at, now.tzinfo),
        "late": lambda row: LATENESS[cutoffs.lateness(row.progress.state, row.progress.turn_since)],
        "states": STATES,
        "groups": [(name, _link(wanted, group=group), group is wanted.group, f"state:{group.value}", counts.groups[group]) for group, name in GROUPS.items()],
        "whose": [(name, _link(wanted, whose=whose), whose is wanted.whose, f"whose:{whose.value}", counts.whose[whose]) for whose, name in WHOSE.items()],
        "late_chip": (_link(wanted, only_late=not wanted.only_late), counts.late),
        "turned": _link(wanted, newest_first=not wanted.newest_first),
        "topics": desk.topics,
        "longest_search": LONGEST_SEARCH,
        "here": f"{ADDRESS}?{query}" if query else ADDRESS,
        "query": query,
        "position": listing.position,
        "previous": _place_link(query, "before", page.before),
        "next": _place_link(query, "after", page.after),
        "nothing": _nothing(wanted, counts),
        "elsewhere": _elsewhere(wanted, counts),
        "key": new_id(),
    }  # fmt: skip


def _link(wanted: QueueFilter, **changed: object) -> str:
    query = query_of(wanted, **changed)
    return f"{ADDRESS}?{query}" if query else ADDRESS


def _place_link(query: str, name: str, place: Place | None) -> str:
    if place is None:
        return ""
    here = urlencode({name: place_in_address(place)})
    return f"{ADDRESS}?{query}&{here}" if query else f"{ADDRESS}?{here}"


def _nothing(wanted: QueueFilter, counts: QueueCounts) -> str:
    """The wording key of why there is nothing to see."""
    if wanted.search or wanted.topic:
        return "queue_empty_search"
    if wanted.only_late:
        return "queue_empty_late"
    if wanted.whose is Whose.MINE:
        return "queue_empty_mine"
    if wanted.whose is Whose.ANYBODYS and not counts.groups[StateGroup.ALL]:
        return "queue_empty_at_all"
    return "queue_empty_open" if wanted.group is StateGroup.OPEN else "queue_empty"


def _elsewhere(wanted: QueueFilter, counts: QueueCounts) -> tuple[str, str] | None:
    """Where there are tickets of this filter if there are none here: the way there, and what it says."""
    in_all = counts.groups[StateGroup.ALL]
    if in_all and wanted.group is not StateGroup.ALL:
        return _link(wanted, group=StateGroup.ALL), f"Show all states ({in_all})"
    of_anybody = counts.whose[Whose.ANYBODYS]
    if of_anybody and wanted.whose is not Whose.ANYBODYS:
        return _link(wanted, whose=Whose.ANYBODYS), f"Show everybody’s ({of_anybody})"
    is_filtered = wanted != QueueFilter(wanted.group, wanted.whose)
    return (_link(QueueFilter()), "Show the whole queue") if is_filtered else None


def _by_name(counts: QueueCounts) -> dict[str, int]:
    groups = {f"state:{group.value}": count for group, count in counts.groups.items()}
    whose = {f"whose:{whose.value}": count for whose, count in counts.whose.items()}
    return {**groups, **whose, "late": counts.late}


for part in (live, ticket, ticket_actions):  # the queue's own addresses first: a ticket's could be any word
    router.include_router(part.router)
