"""Two visitors at a time, each with words and a claim that nobody else may ever be shown."""

from __future__ import annotations

import json
import re
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import httpx
from sqlalchemy.engine import Engine

from bot.adapters.sql.import_claims import import_claims
from bot.core.claims import Claim, ClaimLine, ClaimState

SYLLABLES = (
    "bro",
    "dal",
    "fen",
    "gri",
    "hul",
    "jor",
    "kra",
    "lun",
    "mof",
    "nar",
    "pel",
    "rud",
    "sko",
    "tor",
    "vem",
    "zik",
)
PATIENCE_SECONDS = 30.0


def new_word() -> str:
    """A word that nobody has said before, and nothing takes for a number or an address."""
    return "".join(secrets.choice(SYLLABLES) for _ in range(6)).capitalize()


@dataclass
class Target:
    """A running desk, where its claims are, a key of its API, and what it must never show."""

    url: str
    claims: Engine
    promotion: str
    key: str
    secrets: Mapping[str, str]


@dataclass
class Visitor:
    """A browser; ``words`` are what was said or told in it alone."""

    client: httpx.Client
    words: tuple[str, str]
    key: str
    """Of the API for help desks."""
    topic: str = ""
    buttons: list[str] = field(default_factory=list)
    replies: list[str] = field(default_factory=list)
    hidden: dict[str, str] = field(default_factory=dict)
    """The fields of this visitor's contact form that people do not see."""

    def say(self, turn: dict[str, Any]) -> httpx.Response:
        return self.post("/api/chat", turn)

    def post(self, path: str, body: object, headers: Mapping[str, str] | None = None) -> httpx.Response:
        """Send JSON in which every sign is written as an escape: half characters too."""
        sent = encoded({"Content-Type": "application/json", **(headers or {})})
        return self.client.post(path, content=json.dumps(body), headers=sent)

    def note(self, response: httpx.Response) -> None:
        """Remember what a reply offers, so that it can be pressed and rated here and elsewhere."""
        for message in response.json()["messages"]:
            self.replies.append(message["id"])
            self.buttons += [button["id"] for button in message["buttons"]]


def encoded(headers: Mapping[str, str]) -> dict[bytes, bytes]:
    """Headers with whatever signs a connection can carry."""
    return {name.encode(): value.encode("latin-1") for name, value in headers.items()}


@contextmanager
def two_visitors(target: Target) -> Iterator[tuple[Visitor, Visitor]]:
    """Two browsers from two networks; each has said its word, and was told of its claim with the other word in it."""
    visitors = (_visitor(target), _visitor(target))
    try:
        for visitor in visitors:
            _plant(visitor, target)
        yield visitors
    finally:
        for visitor in visitors:
            visitor.client.close()


def _visitor(target: Target) -> Visitor:
    # The gateway is told that a proxy on this machine can be trusted.
    address = ".".join(str(1 + secrets.randbelow(250)) for _ in range(4))
    client = httpx.Client(
        base_url=target.url, headers={"X-Forwarded-For": address}, timeout=PATIENCE_SECONDS, trust_env=False
    )
    return Visitor(client, (new_word(), new_word()), target.key)


def _plant(visitor: Visitor, target: Target) -> None:
    said, told = visitor.words
    reference, email = f"LEN-9{secrets.randbelow(100_000):05}", f"{said.lower()}@{told.lower()}.example"
    lines = (ClaimLine(product=f"{told} Dock", quantity=1, amount=None),)
    import_claims(
        target.claims,
        target.promotion,
        [
            Claim(
                reference=reference,
                email=email,
                company=said,
                state=ClaimState.SUBMITTED,
                submitted_on=date(2023, 12, 1),
                lines=lines,
            )
        ],
    )
    visitor.note(visitor.say({"text": f"Does the {said} count?"}).raise_for_status())
    visitor.note(visitor.say({"text": f"Where does my claim {reference} stand? {email}"}).raise_for_status())
    page = visitor.client.get("/contact").raise_for_status().text
    fields = re.findall(r'<input type="hidden" name="([a-z_]+)" value="([^"]*)"', page)
    visitor.topic = (re.findall(r'<option value="([^"]+)"', page) or [""])[0]
    visitor.hidden = {name: value for name, value in fields if name in ("csrf", "form", "opened", "shown_until")}
