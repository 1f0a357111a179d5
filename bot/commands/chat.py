"""``promodesk chat``: the same chat in the terminal, over the gateway."""

from __future__ import annotations

from typing import Any

import httpx
from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from bot.services.ports import Unavailable

STOP = ("quit", "exit")


def chat(url: str, console: Console | None = None) -> int:
    """Talk until the customer says quit; raises ``Unavailable`` if the gateway does not answer at all."""
    shown = console or Console(highlight=False)
    shown.print("Write a message, or the number of a choice; quit ends the chat.", style="dim")
    offered: list[dict[str, str]] = []
    with httpx.Client(base_url=url, timeout=30, trust_env=False) as client:
        while (typed := _read(shown)) is not None:
            if typed:
                offered = _turn(client, typed, offered, shown)
    return 0


def _read(shown: Console) -> str | None:
    """What was typed, or None at the end."""
    try:
        typed = shown.input("[bold]You:[/bold] ").strip()
    except (EOFError, KeyboardInterrupt):
        shown.print()
        return None
    return None if typed.lower() in STOP else typed


def _turn(client: httpx.Client, typed: str, offered: list[dict[str, str]], shown: Console) -> list[dict[str, str]]:
    """Send it, show the replies, and return the choices that stand now."""
    try:
        response = client.post("/api/chat", json=as_turn(typed, offered))
        answer = response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise Unavailable(f"the desk does not answer at {client.base_url}; start it with promodesk serve") from error
    if "error" in answer:
        shown.print(answer["error"]["message"], style="yellow", markup=False)
        return offered
    choices: list[dict[str, str]] = []
    for message in answer["messages"]:
        _show(message, len(choices), str(client.base_url), shown)
        choices += message["buttons"]
    return choices


def as_turn(typed: str, offered: list[dict[str, str]]) -> dict[str, str]:
    """The number of an offered choice presses it; everything else is a text."""
    if typed.isdecimal() and 0 < int(typed[:4]) <= len(offered):
        return {"button": offered[int(typed[:4]) - 1]["id"]}
    return {"text": typed}


def _show(message: dict[str, Any], numbered: int, base: str, shown: Console) -> None:
    text = Text(message["text"])
    for link in message["links"]:
        target = link["url"] if "://" in link["url"] else base.rstrip("/") + link["url"]
        text.append(f"\n→ {link['label']}: {target}", style="cyan")
    for number, button in enumerate(message["buttons"], numbered + 1):
        text.append(f"\n[{number}] {button['label']}", style="bold")
    shown.print(Panel(text, title=message["kind"], title_align="left"))
