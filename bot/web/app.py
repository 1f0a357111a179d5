"""The gateway: the only part of the desk that the world can reach."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from bot.services.gateway import Gateway
from bot.web import assist_api, chat, chatwoot, contact, health, interface, openapi, page
from bot.web.admission import Admission
from bot.web.body_limits import BodyLimit
from bot.web.desk import account, assist, audit, claims, gaps, insights, proposals, sign_in, team, tickets
from bot.web.desk.ticket_watch import TicketWatch
from bot.web.errors import AnswerUnexpected, add_error_handlers
from bot.web.lifespan import lifespan
from bot.web.limits import Limiter, Limits
from bot.web.measured_bot import MeasuredBot
from bot.web.metrics import Metrics
from bot.web.protection import CompressPublic, RefuseOddAddresses, SecurityHeaders
from bot.web.session import Sessions, is_in_frame
from bot.web.standing import Standing
from bot.web.texts import add_filters
from bot.web.watched_requests import WatchRequests

HERE = Path(__file__).parent
INSPECTIONS_AT_ONCE = 2
CUSTOMERS = (chat, contact, health, interface, openapi, page)
AGENTS = (sign_in, account, team, tickets, claims, audit, insights, proposals, gaps, assist)
PROGRAMS = (assist_api, chatwoot)


def create_app(gateway: Gateway, limits: Limits | None = None) -> FastAPI:
    """The gateway's web application."""
    app = FastAPI(title=gateway.promotion.name, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    metrics = app.state.metrics = Metrics(entry.id for entry in gateway.faq)
    gateway = app.state.gateway = replace(gateway, bot=MeasuredBot(gateway.bot, metrics))
    app.state.standing = Standing(gateway)
    metrics.registry.register(app.state.standing)
    app.state.is_draining = False
    app.state.limiter = Limiter(gateway.windows, gateway.turns, limits or Limits())
    admission = app.state.admission = Admission()
    metrics.tell_under_way(lambda: admission.under_way)
    # Of their own: inspections that take long must not keep all others from the database.
    app.state.inspection_threads = ThreadPoolExecutor(INSPECTIONS_AT_ONCE, thread_name_prefix="inspection")
    app.state.sessions = Sessions(
        gateway.conversations,
        gateway.clock,
        gateway.promotion.key,
        gateway.secret,
        is_embedded_anywhere=bool(gateway.embed_origins),
    )
    if gateway.console:
        app.state.ticket_watch = TicketWatch(gateway.console.queue.news)
    app.state.templates = _templates(gateway)
    for routes in (*CUSTOMERS, *((*AGENTS, *PROGRAMS) if gateway.console else ())):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    add_error_handlers(app)
    # The last one added sees a request first.
    app.add_middleware(AnswerUnexpected)
    app.add_middleware(BodyLimit)
    app.add_middleware(CompressPublic)
    app.add_middleware(RefuseOddAddresses)
    app.add_middleware(SecurityHeaders, embed_origins=gateway.embed_origins)
    app.add_middleware(WatchRequests, metrics=metrics)
    return app


def _templates(gateway: Gateway) -> Jinja2Templates:
    """The templates; everything they print is escaped."""
    templates = Jinja2Templates(directory=HERE / "templates")
    templates.env.autoescape = True
    templates.env.globals.update(promotion=gateway.promotion, wording=gateway.wording, is_in_frame=is_in_frame)
    add_filters(templates.env)
    return templates
