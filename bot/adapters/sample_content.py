"""Reads what invented customers write, ``faq/sample/activity.yml``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from bot.core.faq import Faq
from bot.core.intents import NOT_FAQ
from bot.core.sample_activity import SampleContent, SampleMessage, SampleTicket
from bot.core.tickets import TicketState
from bot.services.ports import InvalidInput

Item = TypeVar("Item")


def read_sample_content(path: Path, faq: Faq) -> SampleContent:
    """The messages and tickets; raises ``InvalidInput`` by item, also for an entry that does not exist."""
    try:
        content = YAML(typ="safe", pure=True).load(path)
    except FileNotFoundError as error:
        raise InvalidInput(f"{path}: this promotion has no sample messages; write some there") from error
    except (OSError, YAMLError, UnicodeDecodeError) as error:
        raise InvalidInput(f"{path}: cannot be read as YAML ({error})") from error
    known = {entry.id for entry in faq} | NOT_FAQ
    return SampleContent(
        messages=_items(path, content, "messages", lambda item: _message(item, known)),
        tickets=_items(path, content, "tickets", _ticket),
    )


def _items(path: Path, content: Any, name: str, read: Callable[[Any], Item]) -> tuple[Item, ...]:
    listed = content.get(name) if isinstance(content, dict) else None
    if not isinstance(listed, list) or not listed:
        raise InvalidInput(f"{path}: has no list of {name}; write '{name}:' and one '- {{…}}' a line")
    items = []
    for number, item in enumerate(listed, start=1):
        try:
            items.append(read(item))
        except (KeyError, TypeError, ValueError) as error:
            raise InvalidInput(f"{path}: item {number} of {name} cannot be used ({error})") from error
    return tuple(items)


def _message(item: Any, known: set[str]) -> SampleMessage:
    expects, offers = item["expects"], tuple(item.get("offers", ()))
    wanted = tuple(expects) if isinstance(expects, list) else (str(expects),)
    strange = sorted({*wanted, *offers} - known)
    if strange:
        raise ValueError(f"there is no {', '.join(strange)}")
    return SampleMessage(str(item["text"]), wanted, offers, int(item.get("often", 1)), str(item.get("language", "en")))


def _ticket(item: Any) -> SampleTicket:
    name, company, message = (str(item[key]) for key in ("name", "company", "message"))
    return SampleTicket(str(item["about"]), name, company, message, TicketState(item["becomes"]))
