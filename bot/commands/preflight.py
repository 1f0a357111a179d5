"""What has to be right before the desk starts; each problem says what to do."""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence
from urllib.parse import urlsplit

from bot.adapters.faq_files import read_faq
from bot.adapters.interface_files import read_interfaces
from bot.adapters.promotion_file import read_promotion
from bot.adapters.replies_file import read_wording
from bot.adapters.smtp import smtp_server
from bot.bootstrap import interface_folder
from bot.config import Settings
from bot.core.promotion import Promotion
from bot.services.ports import InvalidInput
from bot.settings_table import default_of

PYTHON = (3, 10)
LOOPBACK = ("127.0.0.1", "localhost", "::1")


def check_python(version: Sequence[int] = sys.version_info[:2]) -> None:
    """Raises ``InvalidInput`` for a Python on which Rasa does not run."""
    if tuple(version[:2]) != PYTHON:
        found = ".".join(map(str, version[:2]))
        raise InvalidInput(
            f"Promo Desk runs on Python 3.10, not {found}, because Rasa does; make the environment anew with 3.10"
        )


def check_ports(settings: Settings) -> None:
    """Raises ``InvalidInput`` naming the first port that is taken, and the setting that changes it."""
    check_port(settings.host, settings.port, "the gateway", "PROMODESK_PORT")
    for urls, what, setting in (
        (settings.rasa_urls, "Rasa", "PROMODESK_RASA_URL"),
        (settings.actions_urls, "the action server", "PROMODESK_ACTIONS_URL"),
    ):
        for url in filter(is_local, urls):
            check_port(settings.inner_host, port_of(url), what, setting)


def check_port(host: str, port: int, what: str, setting: str) -> None:
    """Raises ``InvalidInput`` if nothing can listen there."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise InvalidInput(
            f"{what} cannot listen on {host}:{port} ({error.strerror or error}); "
            f"stop the program that uses this port, or set {setting} to another one"
        ) from error


def check_mail(settings: Settings) -> None:
    """Raises ``InvalidInput`` for a mail server's address that cannot be used."""
    if settings.smtp_url:
        smtp_server(settings.smtp_url)


def read_content(settings: Settings) -> Promotion:
    """The promotion, after everything the gateway says was read too; raises ``InvalidInput``."""
    folder = settings.content / "faq"
    if not folder.is_dir():
        raise InvalidInput(
            f"there is no folder {folder}; set PROMODESK_CONTENT to the folder that holds faq/ and data/"
        )
    read_faq(folder)
    read_wording(folder / "replies")
    read_interfaces(interface_folder(settings.content))
    return read_promotion(folder / "promotion.yml")


def warnings_for(settings: Settings) -> list[str]:
    """What is allowed, but should not be so where customers come."""
    found = []
    if settings.secret == default_of("PROMODESK_SECRET") and settings.host not in LOOPBACK:
        found.append("PROMODESK_SECRET has its public demonstration value; set one of your own before customers come")
    if not settings.smtp_url and (settings.host not in LOOPBACK or settings.today is None):
        found.append("PROMODESK_SMTP_URL is empty: mails about tickets reach nobody, the outbox's log only counts them")
    if settings.smtp_url and settings.support_inbox == default_of("PROMODESK_SUPPORT_INBOX"):
        found.append("PROMODESK_SUPPORT_INBOX has its example value; set the address where customer service reads mail")
    if not settings.redis_url and _is_spread(settings):
        found.append(
            "PROMODESK_REDIS_URL is empty: several Rasa servers cannot know which message of a conversation is next"
        )
    return found


def _is_spread(settings: Settings) -> bool:
    """Whether several processes do the same work."""
    return len(settings.rasa_urls) > 1


def address(settings: Settings) -> str:
    """Where a browser on this machine finds the page."""
    host = "localhost" if settings.host in ("127.0.0.1", "0.0.0.0", "::", "::1") else settings.host
    return f"http://{host}:{settings.port}"


def is_local(url: str) -> bool:
    """Whether the address is on this machine, so that the desk itself has to start what listens there."""
    return urlsplit(url).hostname in LOOPBACK


def port_of(url: str) -> int:
    """The port of an address; raises ``InvalidInput`` if it has none."""
    try:
        port = urlsplit(url).port
    except ValueError:
        port = None
    if port is None:
        raise InvalidInput(f"the address {url} has no port; write it like http://127.0.0.1:5005")
    return port
