"""The gateway: the only part of the desk that the world can reach."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles
from fastapi.templating import Jinja2Templates

from bot.services.gateway import Gateway
from bot.web import chat, contact, health, page
from bot.web.errors import AnswerUnexpected, add_error_handlers
from bot.web.limits import Limits
from bot.web.metrics import CountRequests, Metrics
from bot.web.protection import BodyLimit, SecurityHeaders
from bot.web.session import Sessions
from bot.web.texts import add_filters

HERE = Path(__file__).parent


def create_app(gateway: Gateway, limits: Limits | None = None) -> FastAPI:
    """The gateway's web application."""
    app = FastAPI(title=gateway.promotion.name, docs_url=None, redoc_url=None, openapi_url=None)
    app.state.gateway = gateway
    app.state.limits = limits or Limits()
    app.state.metrics = Metrics()
    app.state.sessions = Sessions(gateway.conversations, gateway.clock, gateway.promotion.key, gateway.secret)
    app.state.templates = _templates(gateway)
    for routes in (chat, contact, health, page):
        app.include_router(routes.router)
    app.mount("/static", StaticFiles(directory=HERE / "static"), name="static")
    add_error_handlers(app)
    # The last one added sees a request first.
    app.add_middleware(AnswerUnexpected)
    app.add_middleware(BodyLimit, wording=gateway.wording)
    app.add_middleware(SecurityHeaders)
    app.add_middleware(CountRequests, metrics=app.state.metrics)
    return app


def _templates(gateway: Gateway) -> Jinja2Templates:
    """The templates; everything they print is escaped."""
    templates = Jinja2Templates(directory=HERE / "templates")
    templates.env.autoescape = True
    templates.env.globals.update(promotion=gateway.promotion, wording=gateway.wording)
    add_filters(templates.env)
    return templates
