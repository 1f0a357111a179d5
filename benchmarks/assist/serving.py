"""Starts a desk of its own, and asks its API about mails, over HTTP and with a key as a help desk would."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path
from zoneinfo import ZoneInfo

import httpx
from rich.console import Console
from ruamel.yaml import YAML

from benchmarks.running_desk import running_desk
from benchmarks.stock_rasa.progress import stage
from bot.adapters.clock import SystemClock
from bot.adapters.sql.api_keys import SqlApiKeys
from bot.adapters.sql.engines import make_engine
from bot.config import Settings
from bot.services.manage_api_keys import KeyDesk, create_key
from bot.services.ports import Unavailable

MAILS = Path(__file__).with_name("mails.yml")
ANSWERS_PER_KEY = 100
"""After so many answers a caller goes on with another key: each key is limited to a little more a minute."""


@dataclass(frozen=True)
class Load:
    """What so many callers got, each sending its next mail when it has its answer."""

    callers: int
    seconds: Sequence[float]
    """One for each answer."""
    questions: int
    """How many questions were found in all mails."""
    characters: int
    """Of a mail, on average."""


def read_mails(path: Path = MAILS) -> list[str]:
    """The mails to ask about."""
    return [str(mail) for mail in YAML(typ="safe").load(path.read_text(encoding="utf-8"))]


def measure_assistant(scratch: Path, rounds: int, callers: Sequence[int], console: Console) -> list[Load]:
    """One load for each number of callers; raises ``Unavailable`` if the desk does not start or does not answer."""
    with running_desk(scratch, console) as desk:
        keys = _keys(desk.settings)
        mails = read_mails()
        asyncio.run(_ask(desk.url, next(keys), mails * 2))
        loads = []
        for count in callers:
            with stage(console, f"{rounds} rounds of {len(mails)} mails, callers: {count}"):
                loads.append(asyncio.run(_load(desk.url, keys, mails, rounds, count)))
    return loads


def _keys(settings: Settings) -> Iterator[str]:
    desk = KeyDesk(SqlApiKeys(make_engine(settings.database_url), settings.secret), SystemClock(ZoneInfo("UTC")))
    number = 0
    while True:
        number += 1
        yield create_key(desk, f"benchmark {number}")[1]


async def _load(url: str, keys: Iterator[str], mails: Sequence[str], rounds: int, callers: int) -> Load:
    asked = list(chain.from_iterable(repeat(mails, rounds)))
    shares = [asked[number::callers] for number in range(callers)]
    done = await asyncio.gather(*(_caller(url, keys, share) for share in shares))
    answers = [answer for answers in done for answer in answers]
    found = sum(questions for _, questions in answers) // rounds
    return Load(callers, [seconds for seconds, _ in answers], found, sum(map(len, mails)) // len(mails))


async def _caller(url: str, keys: Iterator[str], mails: Sequence[str]) -> list[tuple[float, int]]:
    parts = [mails[first : first + ANSWERS_PER_KEY] for first in range(0, len(mails), ANSWERS_PER_KEY)]
    return [answer for part in parts for answer in await _ask(url, next(keys), part)]


async def _ask(url: str, key: str, mails: Sequence[str]) -> list[tuple[float, int]]:
    """For each mail the seconds until the answer was there, and the number of questions found."""
    answers = []
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, timeout=30, trust_env=False) as client:
        for mail in mails:
            began = time.perf_counter()
            answer = await client.post("/api/assist", json={"question": mail})
            seconds = time.perf_counter() - began
            if answer.status_code != 200 or answer.json()["found_by"] != "meaning":
                raise Unavailable(f"the assistant answered {answer.status_code}: {answer.text[:200]}")
            answers.append((seconds, len(answer.json()["questions"])))
    return answers
