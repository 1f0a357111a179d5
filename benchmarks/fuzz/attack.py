"""Sends the cases, and judges what comes back: no failure, no silence, nothing of anybody else."""

from __future__ import annotations

import socket
import time
from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import httpx
from hypothesis import HealthCheck, Phase, given, seed, settings

from benchmarks.fuzz.cases import CASES, Case
from benchmarks.fuzz.senders import SENDERS
from benchmarks.fuzz.visitors import Target, Visitor, two_visitors

EACH_PAIR = 80
"""So many cases are sent by one pair of visitors: below what one may send in a minute."""
REMEMBERED_PAIRS = 5
SOCKET_SECONDS = 1.0
NO_ANSWER = 0
"""The status of a connection that was closed without one."""


@dataclass
class Tally:
    """What came of all cases."""

    statuses: dict[str, Counter[int]] = field(default_factory=lambda: defaultdict(Counter))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failures: list[str] = field(default_factory=list)

    @property
    def sent(self) -> int:
        return sum(sum(counts.values()) for counts in self.statuses.values())


def attack(target: Target, cases: int, number: int, tally: Tally | None = None) -> Tally:
    """Send so many cases, drawn from a seed; everything wrong is in the tally's failures, also if it is interrupted."""
    tally = Tally() if tally is None else tally
    earlier: deque[Visitor] = deque(maxlen=2 * REMEMBERED_PAIRS)
    for start in range(0, cases, EACH_PAIR):
        drawn = _drawn(min(EACH_PAIR, cases - start), number * cases + start)
        with two_visitors(target) as visitors:
            for case in drawn:
                sender, other = visitors[case.visitor], visitors[1 - case.visitor]
                _try(target, sender, (other, *earlier), case, tally)
            for visitor, other in (visitors, visitors[::-1]):
                _look_back(target, visitor, (other, *earlier), tally)
        earlier.extend(visitors)
    return tally


def _drawn(cases: int, number: int) -> list[Case]:
    """Cases from Hypothesis, the same for the same number."""
    drawn: list[Case] = []

    @seed(number)
    @settings(
        max_examples=cases,
        phases=[Phase.generate],
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(CASES)
    def draw(case: Case) -> None:
        drawn.append(case)

    draw()
    return drawn


def _try(target: Target, sender: Visitor, others: Sequence[Visitor], case: Case, tally: Tally) -> None:
    began = time.monotonic()
    try:
        status, said, answer = _sent(target, sender, others[0], case)
    except httpx.HTTPError as error:
        tally.failures.append(f"{type(error).__name__} for {case}")
        return
    tally.seconds[case.kind].append(time.monotonic() - began)
    tally.statuses[case.kind][status] += 1
    problems = _problems(target, others, status, said)
    if answer is not None:
        problems += _silence(case, answer)
        if case.kind in ("message", "button") and answer.status_code == 200:
            sender.note(answer)
    tally.failures += [f"{problem}: {status} for {case}" for problem in problems]


def _sent(target: Target, sender: Visitor, other: Visitor, case: Case) -> tuple[int, str, httpx.Response | None]:
    if case.kind == "bytes":
        status, said = _sent_raw(target.url, case.given["sent"])
        return status, said, None
    answer = SENDERS[case.kind](sender, other, case)
    return answer.status_code, f"{answer.headers}\n{answer.text}", answer


def _problems(target: Target, others: Sequence[Visitor], status: int, said: str) -> list[str]:
    found = ["failed"] if status >= 500 else []
    found += [f"shows {name}" for name, secret in target.secrets.items() if secret in said]
    found += ["shows a traceback"] if "Traceback (most recent call last)" in said else []
    lowered = said.lower()
    return found + [
        f"shows {word} of somebody else" for other in others for word in other.words if word.lower() in lowered
    ]


def _silence(case: Case, answer: httpx.Response) -> list[str]:
    """Whether a message was met by nothing, or an answer came without what protects its reader."""
    found = [] if "content-security-policy" in answer.headers else ["no policy"]
    if case.kind in ("message", "button") and answer.status_code == 200:
        messages = answer.json()["messages"]
        if not messages or not all(message["text"].strip() for message in messages):
            found.append("silence")
    return found


def _look_back(target: Target, visitor: Visitor, others: Sequence[Visitor], tally: Tally) -> None:
    """What stands in a visitor's pages at the end: nothing of anybody else."""
    for path in ("/api/chat/history", "/", "/contact"):
        answer = visitor.client.get(path)
        tally.statuses["looking back"][answer.status_code] += 1
        problems = _problems(target, others, answer.status_code, answer.text)
        tally.failures += [f"{problem}: {path} at the end" for problem in problems]


def _sent_raw(url: str, sent: str) -> tuple[int, str]:
    """Bytes as they are, over a connection of their own; the answer's status, and all of it."""
    place = urlsplit(url)
    said = b""
    try:
        with socket.create_connection((place.hostname or "", place.port or 80), timeout=SOCKET_SECONDS) as connection:
            connection.sendall(sent.encode("latin-1", "replace"))
            connection.shutdown(socket.SHUT_WR)
            while received := connection.recv(65536):
                said += received
    except OSError:
        pass  # whoever is not understood may be cut off
    first = said.split(b" ", 2)
    status = int(first[1]) if len(first) > 1 and first[0].startswith(b"HTTP/") and first[1].isdigit() else NO_ANSWER
    return status, said.decode("utf-8", "replace")
