"""What is said before anything starts: the wrong Python, a port that is taken."""

from __future__ import annotations

import shutil
import socket
from dataclasses import replace
from pathlib import Path
from secrets import token_urlsafe

import pytest

from bot.commands.preflight import check_mail, check_ports, check_python, port_of, read_content, warnings_for
from bot.commands.processes import Part
from bot.commands.programs import run_part
from bot.config import ROOT, SHORTEST_SECRET, SettingError, Settings, check_secret, read_settings
from bot.services.content_errors import ContentError
from bot.services.ports import InvalidInput


def test_another_python_is_refused_with_what_to_do() -> None:
    check_python((3, 10))
    with pytest.raises(InvalidInput, match=r"not 3\.12.*with 3\.10"):
        check_python((3, 12))


@pytest.mark.parametrize("setting", ["PROMODESK_PORT", "PROMODESK_RASA_URL", "PROMODESK_ACTIONS_URL"])
def test_a_taken_port_is_named_with_its_setting(settings: Settings, setting: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        changed = {
            "PROMODESK_TODAY": "2023-12-15",
            "PROMODESK_PORT": replace(settings, port=port),
            "PROMODESK_RASA_URL": replace(settings, rasa_urls=(f"http://127.0.0.1:{port}",)),
            "PROMODESK_ACTIONS_URL": replace(settings, actions_urls=(f"http://localhost:{port}",)),
        }
        with pytest.raises(InvalidInput, match=f"{port}.*{setting}"):
            check_ports(changed[setting])


def test_ports_of_other_machines_are_none_of_ours(settings: Settings) -> None:
    check_ports(replace(settings, rasa_urls=("http://rasa:5005",), actions_urls=("http://actions:5055",)))


def test_an_address_without_a_port_is_refused() -> None:
    with pytest.raises(InvalidInput, match="no port"):
        port_of("http://127.0.0.1")


def test_a_folder_without_content_is_named(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="PROMODESK_CONTENT"):
        read_content(replace(settings, content=tmp_path))


def test_a_mistake_in_the_chats_own_words_is_named_before_anything_starts(settings: Settings, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "faq", tmp_path / "faq")
    read_content(replace(settings, content=tmp_path))
    words = tmp_path / "faq" / "interface" / "da.yml"
    words.write_text(words.read_text(encoding="utf-8").replace("  close:", "  clsoe:"), encoding="utf-8")

    with pytest.raises(ContentError, match=r"interface/da\.yml:\d+.*'clsoe'"):
        read_content(replace(settings, content=tmp_path))


def test_the_demonstration_secret_is_warned_of_only_where_others_can_reach_it(settings: Settings) -> None:
    assert warnings_for(settings) == []
    assert "PROMODESK_SECRET" in warnings_for(replace(settings, host="0.0.0.0"))[0]
    set_up = replace(settings, secret="own", smtp_url="smtp://mail.example", support_inbox="help@company.example")
    assert warnings_for(replace(set_up, host="0.0.0.0")) == []


@pytest.mark.parametrize("secret", ["", "for-demonstration-only", "changeme", " " * 40, "a" * (SHORTEST_SECRET - 1)])
def test_outside_a_demonstration_no_desk_starts_with_a_secret_that_can_be_guessed(secret: str) -> None:
    with pytest.raises(SettingError, match=r"PROMODESK_SECRET.*token_urlsafe") as refused:
        check_secret(read_settings({"PROMODESK_SECRET": secret}))
    assert "changeme" not in str(refused.value)
    check_secret(read_settings({"PROMODESK_SECRET": secret, "PROMODESK_TODAY": "2023-12-15"}))
    check_secret(read_settings({"PROMODESK_SECRET": token_urlsafe(32)}))


@pytest.mark.parametrize("part", Part)
def test_no_part_starts_alone_with_the_public_secret(part: Part, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("os.execve", lambda *_: pytest.fail("it would start"))
    with pytest.raises(SettingError, match="PROMODESK_SECRET"):
        run_part(read_settings({}), part)


def test_mails_that_reach_nobody_are_warned_of(settings: Settings) -> None:
    published = replace(settings, secret="own", host="0.0.0.0")
    assert "PROMODESK_SMTP_URL is empty" in warnings_for(published)[0]
    assert "PROMODESK_SMTP_URL is empty" in warnings_for(replace(settings, today=None))[0]
    assert "PROMODESK_SUPPORT_INBOX" in warnings_for(replace(published, smtp_url="smtp://mail.example"))[0]


def test_several_rasas_without_a_common_redis_are_warned_of(settings: Settings) -> None:
    several = replace(settings, rasa_urls=("http://rasa-1:5005", "http://rasa-2:5005"))
    assert "PROMODESK_REDIS_URL is empty" in warnings_for(several)[0]
    assert warnings_for(replace(several, redis_url="redis://redis:6379")) == []


def test_a_mail_servers_address_that_cannot_be_used_is_named(settings: Settings) -> None:
    check_mail(settings)
    check_mail(replace(settings, smtp_url="smtps://me:secret@mail.example"))
    with pytest.raises(InvalidInput, match="PROMODESK_SMTP_URL"):
        check_mail(replace(settings, smtp_url="mail.example:25"))


@pytest.fixture
def settings() -> Settings:
    """Free ports for everything."""
    with socket.socket() as one, socket.socket() as two, socket.socket() as three:
        sockets = (one, two, three)
        for probe in sockets:
            probe.bind(("127.0.0.1", 0))
        ports = [probe.getsockname()[1] for probe in sockets]
    return read_settings(
        {
            "PROMODESK_TODAY": "2023-12-15",
            "PROMODESK_PORT": str(ports[0]),
            "PROMODESK_RASA_URL": f"http://127.0.0.1:{ports[1]}",
            "PROMODESK_ACTIONS_URL": f"http://127.0.0.1:{ports[2]}",
        }
    )
