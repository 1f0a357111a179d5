"""What a button means, in the form Rasa takes: only meanings that the desk itself offers exist."""

from __future__ import annotations

import json

from bot.core import intents
from bot.services.ports import InvalidInput

_OFFERED_INTENTS = intents.TASKS | intents.HAND_OFFS | {intents.DENY, intents.AFFIRM}


def as_rasa_command(command: str) -> str:
    """``faq:<id>``, ``intent:<name>``, ``product:<name>`` or ``date:<ISO>`` as Rasa's ``/intent{...}``.

    Raises ``InvalidInput`` for anything else.
    """
    kind, _, value = command.partition(":")
    if kind == "faq":
        return _with_entity(intents.FAQ, "faq_id", value)
    if kind in ("product", "date"):
        return _with_entity(intents.GIVE_PURCHASE_DETAILS, kind, value)
    if kind == "intent" and value in _OFFERED_INTENTS:
        return f"/{value}"
    raise InvalidInput(f"a button cannot mean {kind!r}")


def _with_entity(intent: str, entity: str, value: str) -> str:
    return f"/{intent}{json.dumps({entity: value})}"
