"""News about tickets as they happen, for the pages of agents who are signed in (server-sent events)."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import Annotated

import anyio
from fastapi import APIRouter, Query, Request
from sse_starlette import EventSourceResponse, ServerSentEvent
from starlette.responses import Response

from bot.services.ports import Unavailable
from bot.services.queue_ports import News
from bot.web.desk.access import signed_in
from bot.web.desk.ticket_watch import TicketWatch
from bot.web.desk.ticket_words import STATES
from bot.web.errors import Refused

router = APIRouter()
LOOK_SECONDS = 1.0
"""So soon it is noticed that the gateway stops."""
SIGNED_IN_SECONDS = 10.0
"""So often it is asked whether the agent is still signed in."""
SEND_SECONDS = 10.0
"""A page that takes nothing for so long is gone."""
RETRY_MILLISECONDS = 2000
LAST_POSITION = 2**31 - 1
GRACE_SECONDS = 2 * LOOK_SECONDS


@router.get("/desk/tickets/events")
async def listen(request: Request, since: Annotated[int, Query(ge=0, le=LAST_POSITION)] = 0) -> Response:
    """What happens to tickets after a position: that of the last event heard, where a browser comes back."""
    await signed_in(request, is_use=False)
    last_heard = request.headers.get("last-event-id", "")
    is_known = last_heard.isascii() and last_heard.isdecimal() and len(last_heard) < len(str(LAST_POSITION))
    position = int(last_heard) if is_known else since
    stops = anyio.Event()
    return EventSourceResponse(
        _told(request, position, stops),
        send_timeout=SEND_SECONDS,
        shutdown_event=stops,
        shutdown_grace_period=GRACE_SECONDS,
    )


async def _told(request: Request, position: int, stops: anyio.Event) -> AsyncIterator[ServerSentEvent]:
    watch: TicketWatch = request.app.state.ticket_watch
    yield ServerSentEvent(comment="listening", retry=RETRY_MILLISECONDS)
    checked = time.monotonic()
    async with watch.listener(position) as listener:
        while not stops.is_set():
            fresh = [news for news in await listener.take(LOOK_SECONDS) if news.position > position]
            if listener.has_missed:
                # The page as it will be loaded knows everything.
                yield ServerSentEvent(event="missed", data="")
                return
            if fresh:
                position = fresh[-1].position
                yield ServerSentEvent(json.dumps([_shown(news) for news in fresh]), event="news", id=str(position))
            if time.monotonic() - checked >= SIGNED_IN_SECONDS:
                checked = time.monotonic()
                if not await _is_still_signed_in(request):
                    yield ServerSentEvent(event="signed-out", data="")
                    return


async def _is_still_signed_in(request: Request) -> bool:
    try:
        await signed_in(request, is_use=False)
    except Refused:
        return False
    except Unavailable:
        pass  # there are no news either
    return True


def _shown(news: News) -> dict[str, object]:
    return {
        "position": news.position,
        "reference": news.reference,
        "kind": news.kind.value,
        "by": news.by.name if news.by else "",
        "by_id": news.by.id if news.by else "",
        "state": news.state.value,
        "state_name": STATES[news.state],
        "assignee": news.assignee.name if news.assignee else "",
    }
