"""Looks claims up over HTTP in a small and in a large database, and asks the database how it finds them."""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from rich.console import Console
from sqlalchemy import create_engine, event, select, text
from sqlalchemy.engine import Engine, make_url

from benchmarks.load.filler import Filler
from benchmarks.running_desk import RunningDesk, running_desk
from benchmarks.stock_rasa.measured import percentile
from benchmarks.stock_rasa.progress import stage
from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.claims_tables import claims
from bot.bootstrap_content import content
from bot.core.claims import Claim
from bot.services.ports import Unavailable

LOOK_UPS = 300
TRACKER_READS = """
SELECT id FROM events WHERE sender_id = :sender AND type_name = 'user' ORDER BY id DESC OFFSET 29 LIMIT 1
"""


@dataclass(frozen=True)
class Size:
    """How much the databases hold."""

    claims: int
    events: int


@dataclass(frozen=True)
class LookUps:
    """How long customers waited for their claims at one size, and how the database found them."""

    size: Size
    seconds: Sequence[float]
    plans: Sequence[str]

    def latency(self, percent: float) -> float:
        return percentile(self.seconds, percent)


def measure_look_ups(server: str, sizes: Sequence[Size], scratch: Path, console: Console) -> list[LookUps]:
    """The same look-ups at each size, smallest first; raises ``Unavailable`` if a claim is not told."""
    with _databases(server) as urls:
        names = ("PROMODESK_DATABASE_URL", "PROMODESK_CLAIMS_URL", "PROMODESK_TRACKER_URL")
        with running_desk(scratch, console, dict(zip(names, urls))) as desk:
            filler = Filler(urls[1], urls[2], content(desk.settings).promotion.key)
            known = _known_claims(desk)
            _look_up(desk, known, len(known))
            measured = []
            for size in sizes:
                with stage(console, f"filling up to {size.claims:,} claims and {size.events:,} events"):
                    filler.claims(size.claims)
                    filler.events(size.events)
                with stage(console, f"{LOOK_UPS} look-ups"):
                    measured.append(LookUps(size, _look_up(desk, known, LOOK_UPS), _plans(urls, desk, known[0])))
            filler.close()
    return measured


@contextmanager
def _databases(server: str) -> Iterator[list[str]]:
    """Three databases of a PostgreSQL server, gone when the block is left."""
    administration = create_engine(server, future=True, isolation_level="AUTOCOMMIT")
    names = [f"promodesk_load_{secrets.token_hex(4)}_{part}" for part in ("desk", "claims", "tracker")]
    try:
        with administration.connect() as connection:
            for name in names:
                connection.execute(text(f"CREATE DATABASE {name}"))
        yield [make_url(server).set(database=name).render_as_string(hide_password=False) for name in names]
    finally:
        with administration.connect() as connection:
            for name in names:
                connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        administration.dispose()


def _known_claims(desk: RunningDesk) -> list[Claim]:
    engine = create_engine(desk.settings.claims_url, future=True)
    promotion = content(desk.settings).promotion.key
    with engine.connect() as connection:
        references = connection.execute(select(claims.c.reference)).scalars().all()
    found = [SqlClaims(engine, promotion).find(reference) for reference in references]
    engine.dispose()
    return [claim for claim in found if claim is not None]


def _look_up(desk: RunningDesk, known: Sequence[Claim], times: int) -> list[float]:
    """Every time another customer, who gives reference and address in one message."""
    seconds = []
    for number in range(times):
        claim = known[number % len(known)]
        address = {"X-Forwarded-For": f"10.9.{number // 250}.{number % 250 + 1}"}
        with httpx.Client(base_url=desk.url, headers=address, timeout=30, trust_env=False, verify=False) as browser:
            asked = {"text": f"Where is my claim {claim.reference}? My address is {claim.email}"}
            began = time.perf_counter()
            answer = browser.post("/api/chat", json=asked)
            seconds.append(time.perf_counter() - began)
        if answer.status_code != 200 or claim.reference not in answer.text:
            raise Unavailable(f"a claim was not told: {answer.status_code} {answer.text[:200]}")
    return seconds


def _plans(urls: Sequence[str], desk: RunningDesk, known: Claim) -> list[str]:
    claims_engine, tracker = (create_engine(url, future=True) for url in urls[1:])
    with _explained(claims_engine) as found:
        SqlClaims(claims_engine, content(desk.settings).promotion.key).find(known.reference)
    with tracker.connect() as connection:
        sender = connection.execute(text("SELECT sender_id FROM events ORDER BY id LIMIT 1")).scalar_one()
        found.append(_plan(connection, TRACKER_READS, {"sender": sender}))
    for engine in (claims_engine, tracker):
        engine.dispose()
    return found


@contextmanager
def _explained(engine: Engine) -> Iterator[list[str]]:
    """The plans of the statements that are carried out in the block."""
    plans: list[str] = []

    def explain(_connection: Any, cursor: Any, statement: str, parameters: Any, *_: Any) -> None:
        cursor.execute(f"EXPLAIN {statement}", parameters)
        plans.append("\n".join(row[0] for row in cursor.fetchall()))

    event.listen(engine, "before_cursor_execute", explain)
    try:
        yield plans
    finally:
        event.remove(engine, "before_cursor_execute", explain)


def _plan(connection: Any, statement: str, parameters: dict[str, Any]) -> str:
    return "\n".join(row[0] for row in connection.execute(text(f"EXPLAIN {statement}"), parameters))
