"""Give keys of the API, check them, and take them back."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.api_keys import LONGEST_NAME, ApiKey, looks_like_a_key, new_key
from bot.core.conversations import new_id
from bot.core.plain_text import one_line
from bot.services.api_key_ports import ApiKeys
from bot.services.ports import Clock, InvalidInput


@dataclass(frozen=True)
class KeyDesk:
    """What keys are managed with; they age by the real time, whatever day the desk acts on."""

    keys: ApiKeys
    clock: Clock


def create_key(desk: KeyDesk, name: str) -> tuple[ApiKey, str]:
    """A new key with what it is known by; the key itself is told here and never again. Raises ``InvalidInput``."""
    known_as = one_line(name)
    if not known_as or len(known_as) > LONGEST_NAME:
        raise InvalidInput(f"a key needs a name of up to {LONGEST_NAME} characters: who or what uses it")
    if any(known.name == known_as and known.revoked_at is None for known in desk.keys.all()):
        raise InvalidInput(f"there is a key named {known_as!r} already; revoke it first, or choose another name")
    known, key = ApiKey(new_id(), known_as, desk.clock.now()), new_key()
    desk.keys.add(key, known)
    return known, key


def revoke_key(desk: KeyDesk, id: str) -> None:
    """End a key at once. Raises ``InvalidInput`` if there is none of this id, or it has ended before."""
    if not desk.keys.revoke(id, desk.clock.now()):
        raise InvalidInput(f"there is no key {id!r} in use; `promodesk key list` shows them")


def check_key(desk: KeyDesk, key: str) -> ApiKey | None:
    """The key if it is one in use, and notes the day; None for anything else."""
    known = desk.keys.find(key) if looks_like_a_key(key) else None
    if known is None or known.revoked_at is not None:
        return None
    today = desk.clock.today()
    if known.last_used_on != today:
        desk.keys.use(known.id, today)
    return known
