"""Settings are read, and what cannot be used is refused with how to write it."""

from __future__ import annotations

import pytest

from bot.config import SettingError, read_settings


def test_sites_that_may_embed_are_exact_origins() -> None:
    settings = read_settings({"PROMODESK_EMBED_ORIGINS": "https://shop.example  http://localhost:8080"})

    assert settings.embed_origins == ("https://shop.example", "http://localhost:8080")
    assert read_settings({}).embed_origins == ()


@pytest.mark.parametrize(
    "origin",
    ["shop.example", "https://shop.example/", "*", "https://*.example", "https://a;b", "'self'", "https://a,b"],
)
def test_anything_else_is_refused_with_the_way_to_write_it(origin: str) -> None:
    with pytest.raises(SettingError, match="PROMODESK_EMBED_ORIGINS.*https://shop.example"):
        read_settings({"PROMODESK_EMBED_ORIGINS": origin})


CHATWOOT = {
    "PROMODESK_CHATWOOT_URL": "https://chat.shop.example/",
    "PROMODESK_CHATWOOT_TOKEN": "a token",
    "PROMODESK_CHATWOOT_SECRET": "a secret of twenty and more",
}


def test_chatwoot_is_set_up_whole_or_not_at_all() -> None:
    settings = read_settings(CHATWOOT)
    assert (settings.chatwoot_url, settings.chatwoot_token) == ("https://chat.shop.example", "a token")
    assert read_settings({}).chatwoot_url == ""
    for missing in ("PROMODESK_CHATWOOT_TOKEN", "PROMODESK_CHATWOOT_SECRET"):
        with pytest.raises(SettingError, match=f"{missing} not"):
            read_settings({name: value for name, value in CHATWOOT.items() if name != missing})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PROMODESK_CHATWOOT_URL", "chat.shop.example"),
        ("PROMODESK_CHATWOOT_URL", "https://chat.shop.example?x=1"),
        ("PROMODESK_CHATWOOT_URL", "ftp://chat.shop.example"),
        ("PROMODESK_CHATWOOT_SECRET", "short"),
    ],
)
def test_what_chatwoot_cannot_be_reached_or_believed_by_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as refused:
        read_settings({**CHATWOOT, name: value})
    assert "a secret of twenty" not in str(refused.value) and "a token" not in str(refused.value)


def test_several_servers_are_separated_by_commas() -> None:
    settings = read_settings({"PROMODESK_RASA_URL": "http://rasa-1:5005/, http://rasa-2:5005"})

    assert settings.rasa_urls == ("http://rasa-1:5005", "http://rasa-2:5005")
    assert read_settings({}).actions_urls == ("http://127.0.0.1:5055",)


def test_proxies_are_believed_by_address_or_network_and_by_default_none() -> None:
    settings = read_settings({"PROMODESK_TRUSTED_PROXIES": "10.0.0.7, 192.168.0.0/16,::1"})

    assert settings.trusted_proxies == ("10.0.0.7/32", "192.168.0.0/16", "::1/128")
    assert read_settings({}).trusted_proxies == ()


@pytest.mark.parametrize(
    "url", ["redis://redis", "redis://:p%2F4@redis:6379/0", "rediss://redis:6380", "unix:///run/redis"]
)
def test_a_redis_is_given_by_its_address(url: str) -> None:
    assert read_settings({"PROMODESK_REDIS_URL": url}).redis_url == url


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PROMODESK_RASA_URL", "rasa:5005"),
        ("PROMODESK_RASA_URL", "http://rasa:5005/webhooks"),
        ("PROMODESK_RASA_URL", "http://rasa:5005,http://rasa:5005/"),
        ("PROMODESK_ACTIONS_URL", ","),
        ("PROMODESK_REDIS_URL", "redis:6379"),
        ("PROMODESK_REDIS_URL", "http://:hush@redis:6379"),
        ("PROMODESK_TRUSTED_PROXIES", "*"),
        ("PROMODESK_TRUSTED_PROXIES", "10.0.0.7/8"),
        ("PROMODESK_TRUSTED_PROXIES", "proxy"),
        ("PROMODESK_PORT", "²"),
        ("PROMODESK_DRAIN_SECONDS", "-1"),
        ("PROMODESK_DRAIN_SECONDS", "soon"),
    ],
)
def test_what_several_processes_could_not_work_with_is_refused(name: str, value: str) -> None:
    with pytest.raises(SettingError, match=name) as refused:
        read_settings({name: value})
    assert "hush" not in str(refused.value)
