"""The systems that are compared: what to start, and how to talk to it."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from rich.console import Console

from benchmarks.stock_rasa.accuracy import predict_desk, predict_stock
from benchmarks.stock_rasa.callers import Connect, DeskCaller, GatewayCaller, StockCaller
from benchmarks.stock_rasa.processes import QUIET
from bot.adapters.sql.migrate import migrate
from bot.bootstrap_content import content
from bot.commands.claims import add_sample_if_empty
from bot.commands.processes import Program
from bot.commands.programs import free_ports, gateway_program, inner_programs
from bot.config import ROOT, Settings, read_settings
from bot.core.evaluation import LabelledQuestion, Prediction

STOCK, DESK, WHOLE_DESK = "stock Rasa", "Promo Desk", "Promo Desk, gateway"
RASA = "rasa"
APOLOGIES = ("desk_failed", "look_up_failed", "assistant_unavailable", "assistant_unavailable_with_entries")

Predict = Callable[[Sequence[LabelledQuestion]], list[Prediction]]


@dataclass(frozen=True)
class System:
    """One column of the comparison."""

    name: str
    programs: Sequence[Program]
    """One of them is called ``rasa``."""
    folder: Path
    connect: Connect
    predict: Predict | None = None
    """None where the question was answered for the same model already."""
    is_bounded: bool = False
    """Whether it refuses very long messages and very many; such ones measure nothing then."""


def stock_system(project: Path) -> System:
    """The trained stock project behind Rasa's REST channel, with its conversations in memory."""
    (port,) = free_ports(1)
    command = [
        sys.executable, "-m", "rasa", "run", "--model", "models", "--enable-api",
        "--interface", "127.0.0.1", "--port", str(port),
    ]  # fmt: skip
    url = f"http://127.0.0.1:{port}"
    return System(
        STOCK, [Program(RASA, command, QUIET)], project, partial(StockCaller, url), partial(predict_stock, url)
    )


def desk_system(scratch: Path, models: Mapping[str, str]) -> System:
    """The desk's Rasa and action server as ``promodesk serve`` starts them, spoken to over the desk's channel."""
    environment, settings = prepare_desk(scratch / "desk", models)
    connect = partial(DeskCaller, settings.rasa_urls[0], settings.secret, apologies_of(settings))
    programs = [_with(environment, program) for program in inner_programs(settings)]
    return System(DESK, programs, ROOT, connect, partial(predict_desk, settings))


def whole_desk_system(scratch: Path, models: Mapping[str, str]) -> System:
    """The same with the gateway before it, spoken to as a browser does."""
    environment, settings = prepare_desk(scratch / "whole-desk", models)
    connect = partial(GatewayCaller, f"http://{settings.host}:{settings.port}", apologies_of(settings))
    programs = [_with(environment, program) for program in (gateway_program(settings), *inner_programs(settings))]
    return System(WHOLE_DESK, programs, ROOT, connect, is_bounded=True)


def model_environment(folder: Path) -> dict[str, str]:
    """Settings under which the desk is trained into a folder of its own."""
    return {
        "PROMODESK_MODELS": str(folder / "models"),
        "PROMODESK_CACHE": str(folder / "encoder"),
        "PROMODESK_LOGS": str(folder / "logs"),
    }


def prepare_desk(folder: Path, differing: Mapping[str, str]) -> tuple[dict[str, str], Settings]:
    """A desk with SQLite databases of its own, filled with the sample data; its environment, and that as settings.

    ``differing`` holds the settings that are to be others.
    """
    folder.mkdir(parents=True)
    gateway, rasa, actions = free_ports(3)
    environment = {
        "PROMODESK_HOST": "127.0.0.1",
        "PROMODESK_PORT": str(gateway),
        "PROMODESK_TRUSTED_PROXIES": "127.0.0.1",
        "PROMODESK_RASA_URL": f"http://127.0.0.1:{rasa}",
        "PROMODESK_ACTIONS_URL": f"http://127.0.0.1:{actions}",
        "PROMODESK_DATABASE_URL": f"sqlite:///{folder / 'desk.db'}",
        "PROMODESK_CLAIMS_URL": f"sqlite:///{folder / 'claims.db'}",
        "PROMODESK_TRACKER_URL": f"sqlite:///{folder / 'tracker.db'}",
        **differing,
    }
    settings = read_settings({**os.environ, **environment})
    promotion = content(settings).promotion
    environment["PROMODESK_TODAY"] = (settings.today or promotion.demonstration_date).isoformat()
    settings = read_settings({**os.environ, **environment})
    migrate(settings.database_url, "desk")
    migrate(settings.claims_url, "claims")
    add_sample_if_empty(settings, promotion, Console(quiet=True))
    return environment, settings


def _with(environment: Mapping[str, str], program: Program) -> Program:
    return replace(program, environment={**program.environment, **environment})


def apologies_of(settings: Settings) -> frozenset[str]:
    """What the desk says while it cannot answer."""
    wording = content(settings).wording
    return frozenset(wording.say(key) for key in APOLOGIES)
