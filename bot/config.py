"""The settings of a process, read once from the environment and checked."""

from __future__ import annotations

import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from bot.settings_table import SETTINGS, default_of

ROOT = Path(__file__).resolve().parent.parent
SHORTEST_WEBHOOK_SECRET = 20
SHORTEST_SECRET = 32
"""In characters: what ``secrets.token_urlsafe(32)`` makes has 43."""


class SettingError(ValueError):
    """A setting has a value that cannot be used."""


@dataclass(frozen=True)
class Settings:
    """The settings of one process, with the types the program needs."""

    database_url: str
    claims_url: str
    tracker_url: str
    today: date | None
    content: Path
    models: Path
    cache: Path
    logs: Path
    log_format: str
    metrics_token: str
    traces_url: str
    encoder: str
    host: str
    port: int
    rasa_urls: tuple[str, ...]
    """A Rasa process listens on the port of the first one."""
    actions_urls: tuple[str, ...]
    """And so does an action server."""
    inner_host: str
    redis_url: str
    trusted_proxies: tuple[str, ...]
    drain_seconds: int
    smtp_url: str
    mail_from: str
    support_inbox: str
    answer_within: int
    close_after: int
    uploads: Path
    clamd_url: str
    chatwoot_url: str
    chatwoot_token: str
    chatwoot_secret: str
    secret: str
    embed_origins: tuple[str, ...]


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read every setting; raises ``SettingError`` naming the variable, its value and what it should be."""
    given = os.environ if environment is None else environment
    return _settings_of(tuple((setting.name, given.get(setting.name, "") or setting.default) for setting in SETTINGS))


@lru_cache(maxsize=8)
def _settings_of(given: tuple[tuple[str, str], ...]) -> Settings:
    """Kept, because Rasa's components have nobody to hand them the settings: they ask anew for each message."""
    values = dict(given)
    return Settings(
        database_url=_database_url(values["PROMODESK_DATABASE_URL"]),
        claims_url=_database_url(values["PROMODESK_CLAIMS_URL"]),
        tracker_url=_database_url(values["PROMODESK_TRACKER_URL"]),
        today=_date(values["PROMODESK_TODAY"]),
        content=Path(values["PROMODESK_CONTENT"] or ROOT).resolve(),
        models=ROOT / values["PROMODESK_MODELS"],
        cache=ROOT / values["PROMODESK_CACHE"],
        logs=ROOT / values["PROMODESK_LOGS"],
        log_format=_log_format(values["PROMODESK_LOG_FORMAT"]),
        metrics_token=values["PROMODESK_METRICS_TOKEN"].strip(),
        traces_url=_collector(values["PROMODESK_TRACES_URL"].strip()),
        encoder=values["PROMODESK_ENCODER"],
        host=values["PROMODESK_HOST"],
        port=_port(values["PROMODESK_PORT"]),
        rasa_urls=_addresses("PROMODESK_RASA_URL", values),
        actions_urls=_addresses("PROMODESK_ACTIONS_URL", values),
        inner_host=values["PROMODESK_INNER_HOST"],
        redis_url=_redis_url(values["PROMODESK_REDIS_URL"]),
        trusted_proxies=tuple(map(_proxy, _listed(values["PROMODESK_TRUSTED_PROXIES"]))),
        drain_seconds=_drain_seconds(values["PROMODESK_DRAIN_SECONDS"]),
        smtp_url=values["PROMODESK_SMTP_URL"],
        mail_from=_mail_address("PROMODESK_MAIL_FROM", values),
        support_inbox=_mail_address("PROMODESK_SUPPORT_INBOX", values),
        answer_within=_days("PROMODESK_ANSWER_WITHIN", values),
        close_after=_days("PROMODESK_CLOSE_AFTER", values),
        uploads=ROOT / values["PROMODESK_UPLOADS"],
        clamd_url=_clamd(values["PROMODESK_CLAMD_URL"]),
        **_chatwoot(values),
        secret=values["PROMODESK_SECRET"],
        embed_origins=tuple(map(_origin, values["PROMODESK_EMBED_ORIGINS"].split())),
    )


def check_secret(settings: Settings) -> None:
    """Raises ``SettingError`` for a secret that others know or could guess; a demonstration, which acts a day, may have any."""
    if settings.today is not None:
        return
    make_one = "make one with: python3 -c 'import secrets; print(secrets.token_urlsafe(32))'"
    if settings.secret == default_of("PROMODESK_SECRET"):
        raise SettingError(f"PROMODESK_SECRET is not set, or has its public demonstration value; {make_one}")
    if len(settings.secret.strip()) < SHORTEST_SECRET:
        raise SettingError(f"PROMODESK_SECRET is shorter than {SHORTEST_SECRET} characters; {make_one}")


def _chatwoot(values: Mapping[str, str]) -> dict[str, str]:
    """All three of its settings, or none: with some of them nothing would ever be answered."""
    names = ("PROMODESK_CHATWOOT_URL", "PROMODESK_CHATWOOT_TOKEN", "PROMODESK_CHATWOOT_SECRET")
    url, token, secret = (values[name].strip() for name in names)
    missing = [name for name in names if not values[name].strip()]
    if url and missing:
        raise SettingError(f"PROMODESK_CHATWOOT_URL is set, but {' and '.join(missing)} not; set all three, or none")
    if url and not re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
        raise SettingError(f"PROMODESK_CHATWOOT_URL is {url!r}; write an address such as https://chat.shop.example")
    if url and len(secret) < SHORTEST_WEBHOOK_SECRET:
        raise SettingError(f"PROMODESK_CHATWOOT_SECRET is too short; use {SHORTEST_WEBHOOK_SECRET} characters or more")
    return {"chatwoot_url": url.rstrip("/"), "chatwoot_token": token, "chatwoot_secret": secret}


def _clamd(text: str) -> str:
    if not text or re.fullmatch(r"tcp://[A-Za-z0-9.-]+:\d{1,5}|unix:///[^\s?#]+", text):
        return text
    raise SettingError(
        f"PROMODESK_CLAMD_URL is {text!r}; write tcp://127.0.0.1:3310 or unix:///run/clamav/clamd.ctl, or leave it empty"
    )


def _date(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise SettingError(
            f"PROMODESK_TODAY is {text!r}; write a date such as 2023-12-15, or leave it empty for today"
        ) from error


def _log_format(text: str) -> str:
    if text in ("text", "json"):
        return text
    raise SettingError(f"PROMODESK_LOG_FORMAT is {text!r}; write text or json")


def _collector(url: str) -> str:
    if not url or re.fullmatch(r"https?://[^\s/?#]+(/[^\s?#]*)?", url):
        return url
    raise SettingError(f"PROMODESK_TRACES_URL is {url!r}; write an address such as http://127.0.0.1:4318")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _addresses(name: str, values: Mapping[str, str]) -> tuple[str, ...]:
    urls = tuple(url.rstrip("/") for url in _listed(values[name]))
    for url in urls:
        if not re.fullmatch(r"https?://[^\s/?#]+", url):
            raise SettingError(
                f"{name} has {url!r}; write addresses such as http://127.0.0.1:5005, without a path, separated by commas"
            )
    if not urls or len(set(urls)) < len(urls):
        raise SettingError(f"{name} is {values[name]!r}; write at least one address, and each of them once")
    return urls


def _redis_url(text: str) -> str:
    # The address itself is left out of the complaint: it may hold a password.
    if text and not re.fullmatch(r"(rediss?://[^\s/]+(:\d+)?(/\d+)?|unix:///\S+)(\?\S*)?", text):
        raise SettingError("PROMODESK_REDIS_URL cannot be used; write redis://:password@host:6379/0, or leave it empty")
    return text


def _proxy(text: str) -> str:
    try:
        return str(ipaddress.ip_network(text))
    except ValueError as error:
        raise SettingError(
            f"PROMODESK_TRUSTED_PROXIES has {text!r}; write addresses such as 10.0.0.7 or networks such as 10.0.0.0/8, "
            "separated by commas"
        ) from error


def _drain_seconds(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) <= 300:
        return int(text)
    raise SettingError(f"PROMODESK_DRAIN_SECONDS is {text!r}; write a number of seconds between 0 and 300")


def _mail_address(name: str, values: Mapping[str, str]) -> str:
    if re.fullmatch(r"[!-?A-~]+@[!-?A-~]+", values[name]):
        return values[name]
    raise SettingError(f"{name} is {values[name]!r}; write a plain address such as support@company.example")


def _days(name: str, values: Mapping[str, str]) -> int:
    text = values[name]
    if text.isascii() and text.isdigit() and 0 < int(text) <= 365:
        return int(text)
    raise SettingError(f"{name} is {text!r}; write a number of days between 1 and 365")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise SettingError(f"PROMODESK_PORT is {text!r}; write a number between 1 and 65535")


def _origin(text: str) -> str:
    """An exact origin: scheme, host and port, nothing else; whatever is written here stands in a header."""
    if re.fullmatch(r"https?://[a-z0-9.-]+(:\d{1,5})?", text):
        return text
    raise SettingError(
        f"PROMODESK_EMBED_ORIGINS has {text!r}; write sites such as https://shop.example, in small letters, "
        "without a path, separated by spaces"
    )


def _database_url(url: str) -> str:
    """A relative SQLite file is meant from the repository, whatever folder a process was started in."""
    path = url.removeprefix("sqlite:///")
    if path == url or path.startswith("/") or not path:
        return url
    return f"sqlite:///{ROOT / path}"
