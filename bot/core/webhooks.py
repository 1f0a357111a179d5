"""Proof that a webhook's message comes from the help desk that shares a secret with us."""

from __future__ import annotations

import hashlib
import hmac

FRESH_SECONDS = 300
"""An older message may be one that somebody has overheard and sends again."""


def signature_of(secret: str, timestamp: str, body: bytes) -> str:
    """What Chatwoot puts into ``X-Chatwoot-Signature``: the keyed hash of the time and the body."""
    signed = timestamp.encode("utf-8", "replace") + b"." + body
    return "sha256=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def is_signed_lately(secret: str, timestamp: str, body: bytes, signature: str, now: float) -> bool:
    """Whether the signature fits, and is from these minutes; ``now`` in seconds since 1970."""
    if not timestamp.isascii() or not timestamp.isdecimal() or len(timestamp) > 12:
        return False
    right = signature_of(secret, timestamp, body)
    is_right = hmac.compare_digest(right.encode(), signature.encode("utf-8", "replace"))
    return is_right and abs(now - int(timestamp)) <= FRESH_SECONDS


def is_token(secret: str, token: str) -> bool:
    """Whether a token that the webhook's address carries is the secret; takes equal time for every wrong one."""
    return bool(token) and hmac.compare_digest(secret.encode(), token.encode("utf-8", "replace"))
