"""Passwords hashed with Argon2id."""

from __future__ import annotations

from functools import cached_property

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Passwords:
    """The ``Passwords`` port; memory and time as the library recommends (RFC 9106, low memory) unless told otherwise."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()

    def hash(self, password: str) -> str:
        hashed: str = self._hasher.hash(password.encode("utf-8", "replace"))
        return hashed

    def is_right(self, password: str, password_hash: str) -> bool:
        try:
            self._hasher.verify(password_hash or self._nobodys, password.encode("utf-8", "replace"))
        except (VerificationError, InvalidHashError):
            return False
        return bool(password_hash)

    def is_outdated(self, password_hash: str) -> bool:
        return bool(self._hasher.check_needs_rehash(password_hash))

    @cached_property
    def _nobodys(self) -> str:
        """Checked where there is no password, so that it takes as long."""
        return self.hash("nobody has this password")
