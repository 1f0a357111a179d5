"""Short questions to outside systems: are you there?"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import httpx
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.adapters.sql.outages import told_as_unavailable
from bot.services.ports import Unavailable

SECONDS = 2.0


async def check_any(urls: Sequence[str]) -> None:
    """Raises ``Unavailable`` unless one of the addresses answers with success."""
    found = await asyncio.gather(*map(check_http, urls), return_exceptions=True)
    problems = [problem for problem in found if isinstance(problem, BaseException)]
    if len(problems) == len(urls):
        raise problems[0]


async def check_http(url: str) -> None:
    """Raises ``Unavailable`` unless the address answers with success."""
    try:
        async with httpx.AsyncClient(timeout=SECONDS, trust_env=False) as client:
            (await client.get(url)).raise_for_status()
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unavailable(f"{url} does not answer ({type(error).__name__})") from error


def check_database(engine: Engine, table: str) -> None:
    """Raises ``Unavailable`` unless the database can be reached and has this table."""
    with told_as_unavailable(table), engine.connect() as connection:
        connection.execute(text(f"SELECT 1 FROM {table} LIMIT 1"))
