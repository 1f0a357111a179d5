"""Keys made from the one secret: each purpose has its own, so that no value serves for another."""

from __future__ import annotations

import hashlib
import hmac

RASA_CHANNEL = "rasa channel"
"""The gateway's calls to Rasa carry the key of this purpose."""


def derive_key(secret: str, purpose: str) -> str:
    """The key of one purpose, in hexadecimal."""
    return hmac.new(secret.encode(), purpose.encode(), hashlib.sha256).hexdigest()


def sign(key: str, value: str) -> str:
    """The keyed hash of a value, in hexadecimal: cannot be made or reversed without the key."""
    return hmac.new(key.encode(), value.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def is_signed(key: str, value: str, signature: str) -> bool:
    """Whether the signature belongs to the value; takes equal time for every wrong one."""
    return hmac.compare_digest(sign(key, value).encode(), signature.encode("utf-8", "replace"))
