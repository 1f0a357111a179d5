"""Which signed events are believed."""

from __future__ import annotations

import hashlib
import hmac

import pytest

from bot.core.webhooks import FRESH_SECONDS, is_signed_lately, is_token, signature_of

SECRET, BODY, NOW = "a secret", b'{"event": "message_created"}', 1_702_632_982.5
TIME = "1702632982"


def test_the_signature_is_the_one_that_chatwoot_documents() -> None:
    right = hmac.new(b"a secret", b"1702632982." + BODY, hashlib.sha256).hexdigest()
    assert signature_of(SECRET, TIME, BODY) == f"sha256={right}"


def test_what_is_signed_lately_is_believed() -> None:
    assert is_signed_lately(SECRET, TIME, BODY, signature_of(SECRET, TIME, BODY), NOW)
    assert is_signed_lately(SECRET, TIME, BODY, signature_of(SECRET, TIME, BODY), NOW + FRESH_SECONDS - 1)


@pytest.mark.parametrize("timestamp", ["", "now", "-5", "1e9", "١٧٠٢٦٣٢٩٨٢", "9" * 400, "1702632982 ", "+1702632982"])
def test_a_time_that_is_none_is_not_believed(timestamp: str) -> None:
    assert not is_signed_lately(SECRET, timestamp, BODY, signature_of(SECRET, timestamp, BODY), NOW)


@pytest.mark.parametrize("seconds", [FRESH_SECONDS + 1, -FRESH_SECONDS - 1])
def test_what_is_old_or_from_the_future_is_not_believed(seconds: int) -> None:
    assert not is_signed_lately(SECRET, TIME, BODY, signature_of(SECRET, TIME, BODY), NOW + seconds)


@pytest.mark.parametrize("signature", ["", "sha256=", "sha256=" + "0" * 64, "ø" * 64, "\ud800"])
def test_another_signature_is_not_believed(signature: str) -> None:
    assert not is_signed_lately(SECRET, TIME, BODY, signature, NOW)


def test_the_signature_holds_for_its_time_and_body_only() -> None:
    signature = signature_of(SECRET, TIME, BODY)
    assert not is_signed_lately(SECRET, "1702632983", BODY, signature, NOW)
    assert not is_signed_lately(SECRET, TIME, BODY + b" ", signature, NOW)


def test_a_token_is_the_secret_and_nothing_less() -> None:
    assert is_token(SECRET, SECRET)
    assert not any(is_token(SECRET, token) for token in ("", "a secre", "a secret ", "A secret", "\ud800"))
    assert not is_token("", "")
