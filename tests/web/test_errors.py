from __future__ import annotations

from bot.core.phases import Phase
from bot.services.gateway import Gateway
from bot.services.send_enquiry import LONGEST, REQUIRED
from bot.web.errors import STATUS


def test_every_error_has_words(gateway: Gateway) -> None:
    assert written(gateway, "error_") == {f"error_{code}" for code in STATUS}


def test_every_problem_of_a_field_has_words(gateway: Gateway) -> None:
    missing = {f"enquiry_{field}_missing" for field in REQUIRED}
    too_long = {f"enquiry_{field}_too_long" for field in LONGEST}
    assert written(gateway, "enquiry_") == {*missing, *too_long, "enquiry_email_unreadable"}


def test_every_phase_has_words(gateway: Gateway) -> None:
    phases = {f"phase_{phase.value}" for phase in Phase}
    assert written(gateway, "phase_") == {*phases, "phase_closed_disputed"}


def written(gateway: Gateway, prefix: str) -> set[str]:
    """The keys of the wording that begin like this."""
    keys = gateway.wording.keys()
    return {key for key in keys if key.startswith(prefix)}
