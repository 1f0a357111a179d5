"""What programs send to the gateway and get from it, checked and written in one place."""

from __future__ import annotations

import json
import re
from typing import Any, TypeVar

from fastapi import Request
from pydantic import BaseModel, Extra, Field, StrictBool, StrictStr, ValidationError

from bot.core.cards import card_as_dict
from bot.core.conversations import Message
from bot.core.lengths import LONGEST_MESSAGE
from bot.core.plain_text import plain_text
from bot.web.errors import Refused

LONGEST_REASON = 500
LONGEST_ID = 64
_KEY = re.compile(r"[A-Za-z0-9_-]{0,64}")


class Turn(BaseModel):
    """A message of the customer: a text, or the id of a button.

    ``key`` is the sender's own mark of it: the same key again gets the same replies, and nothing is said twice.
    """

    text: StrictStr = Field("", maxLength=LONGEST_MESSAGE)
    button: StrictStr = Field("", maxLength=LONGEST_ID)
    key: StrictStr = Field("", pattern=f"^{_KEY.pattern}$")

    class Config:
        extra = Extra.forbid


class Verdict(BaseModel):
    """What the customer thinks of a reply."""

    message_id: StrictStr
    helpful: StrictBool
    reason: StrictStr = Field("", maxLength=LONGEST_REASON)

    class Config:
        extra = Extra.forbid


Body = TypeVar("Body", bound=BaseModel)


async def read_json(request: Request, form: type[Body], refused: str = "invalid_message") -> Body:
    """The request's body in this form; raises ``Refused``, by this code of the table and naming the first field that is wrong."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise Refused("not_json")
    try:
        data = json.loads(await request.body())
        return form.parse_obj(data)
    except ValidationError as error:
        location = error.errors()[0]["loc"]
        known = str(location[0]) if location and location[0] in form.__fields__ else ""
        raise Refused(refused, field=known) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise Refused(refused) from error


def checked_turn(text: str, button: str, key: str = "") -> Turn:
    """Either a text that can be read or a button; raises ``Refused``."""
    if len(text) > LONGEST_MESSAGE:
        raise Refused("too_long", field="text")
    readable = plain_text(text)
    if bool(readable) == bool(button):
        raise Refused("invalid_message", field="text")
    if len(button) > LONGEST_ID or not plain_text(button) == button:
        raise Refused("unknown_button", field="button")
    if not _KEY.fullmatch(key):
        raise Refused("invalid_message", field="key")
    return Turn(text=readable, button=button, key=key)


def message_on_the_wire(message: Message) -> dict[str, Any]:
    """A reply as the browser gets it: buttons by their opaque ids, without what they mean."""
    reply = message.reply
    if reply is None:
        return {"id": message.id, "text": message.text}
    card = card_as_dict(reply.card) if reply.card else None
    optional = {"faq_id": reply.faq_id, "version": reply.version, "card": card}
    return {
        "id": message.id,
        "kind": reply.kind.value,
        "text": message.text,
        **{name: value for name, value in optional.items() if value is not None},
        "links": [{"label": link.label, "url": link.url} for link in reply.links],
        "buttons": [{"label": button.label, "id": button.id} for button in message.buttons],
    }


def history_on_the_wire(messages: list[Message]) -> list[dict[str, Any]]:
    """A conversation as the browser gets it; ``from`` says who spoke."""
    return [{"from": "desk" if message.reply else "customer", **message_on_the_wire(message)} for message in messages]
