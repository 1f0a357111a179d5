"""Codes of an authenticator app; their secrets are kept encrypted with the desk's own."""

from __future__ import annotations

import base64
import re
from datetime import datetime

import pyotp
from cryptography.fernet import Fernet, InvalidToken
from pyotp.utils import strings_equal

from bot.core.keys import derive_key

STEP_SECONDS = 30
BESIDE = (0, -1, 1)
"""A phone's clock may be a step off."""


class AppCodes:
    """The ``SecondFactor`` port."""

    def __init__(self, secret: str) -> None:
        self._seal = Fernet(base64.urlsafe_b64encode(bytes.fromhex(derive_key(secret, "second factor"))))

    def new_secret(self) -> str:
        return pyotp.random_base32()

    def address(self, secret: str, account: str, issuer: str) -> str:
        return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)

    def seal(self, secret: str) -> str:
        return self._seal.encrypt(secret.encode()).decode()

    def open(self, sealed: str) -> str:
        try:
            return self._seal.decrypt(sealed.encode()).decode()
        except InvalidToken:
            return ""

    def step_of(self, code: str, secret: str, at: datetime) -> int | None:
        digits = re.sub(r"[\s-]", "", code)
        if not (secret and digits.isascii() and digits.isdecimal()):
            return None
        step = int(at.timestamp()) // STEP_SECONDS
        try:
            app = pyotp.TOTP(secret)
            return next((step + off for off in BESIDE if strings_equal(digits, app.generate_otp(step + off))), None)
        except ValueError:  # what was sent as a secret is none
            return None
