"""Every error of the web has words."""

from __future__ import annotations

import re
from pathlib import Path

from bot.adapters import file_inspection, virus_scanner
from bot.core.phases import Phase
from bot.services import keep_uploads
from bot.services.gateway import Gateway
from bot.services.open_ticket import LONGEST, REQUIRED
from bot.web.errors import STATUS


def test_every_error_has_words(gateway: Gateway) -> None:
    assert written(gateway, "error_") == {f"error_{code}" for code in STATUS}


def test_every_problem_of_a_field_has_words(gateway: Gateway) -> None:
    missing = {f"ticket_{field}_missing" for field in REQUIRED}
    too_long = {f"ticket_{field}_too_long" for field in LONGEST}
    too_long.remove("ticket_topic_too_long")  # a topic is chosen, not typed
    assert written(gateway, "ticket_") == {*missing, *too_long, "ticket_email_unreadable", "ticket_topic_unknown"}


def test_every_reason_to_refuse_a_file_has_words(gateway: Gateway) -> None:
    sources = [
        Path(module.__file__ or "").read_text(encoding="utf-8")
        for module in (file_inspection, keep_uploads, virus_scanner)
    ]
    refusals = {key for source in sources for key in re.findall(r'FileRefused\("(\w+)"\)', source)}
    assert written(gateway, "file_") == refusals


def test_every_phase_has_words(gateway: Gateway) -> None:
    phases = {f"phase_{phase.value}" for phase in Phase}
    assert written(gateway, "phase_") == {*phases, "phase_closed_disputed"}


def written(gateway: Gateway, prefix: str) -> set[str]:
    """The keys of the wording that begin like this."""
    keys = gateway.wording.keys()
    return {key for key in keys if key.startswith(prefix)}
