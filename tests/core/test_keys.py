"""Each purpose has a key of its own, and a signature holds for its value only."""

from __future__ import annotations

from bot.core.keys import derive_key, is_signed, sign


def test_each_purpose_and_each_secret_has_a_key_of_its_own() -> None:
    keys = {derive_key(secret, purpose) for secret in ("one", "two") for purpose in ("session", "rasa channel")}

    assert len(keys) == 4
    assert derive_key("one", "session") in keys


def test_a_signature_holds_for_its_value_and_key_only() -> None:
    signature = sign("key", "value")

    assert is_signed("key", "value", signature)
    assert not is_signed("key", "other", signature)
    assert not is_signed("other key", "value", signature)
    assert not is_signed("key", "value", "")
    assert not is_signed("key", "value", "äöü\ud800")
