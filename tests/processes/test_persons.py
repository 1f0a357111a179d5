"""A customer of the running desk is exported and erased while it goes on; what is left is looked for byte by byte."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from bot.config import ROOT
from tests.processes import planted
from tests.processes.hand_overs import hand_over, newest_ticket
from tests.processes.running_desk import Customer, RunningDesk, environment_of, wait_until
from tests.web.conftest import Page

NAME, PHONE = "Sigrid Tveitåker", "+47 95 18 40 27"
LEAVING = planted.LEAVING
MARKS = (
    "Sigrid",
    "Tveitåker",
    json.dumps("Tveitåker")[1:-1],
    LEAVING.email,
    PHONE,
    "95184027",
    LEAVING.reference,
    "640217",
)


def test_somebody_is_exported_and_erased_while_the_desk_goes_on(
    desk: RunningDesk, customer: Customer, tmp_path: Path
) -> None:
    of_others = uploads(desk)
    assert found_in(desk) == [], "what others have left cannot be told from what this person leaves"
    reference = leave_traces(desk, customer)
    other = desk.customer()
    other.say("How long does the payment take?")
    assert "outbox.log" in found_in(desk) and len(uploads(desk)) == len(of_others) + 1

    out = tmp_path / "sigrid.json"
    run(desk, "person", "export", LEAVING.email.upper(), "--out", str(out))
    exported = json.loads(out.read_text(encoding="utf-8"))
    assert [ticket["reference"] for ticket in exported["desk"]["tickets"]] == [reference]
    assert exported["claims_in_the_claims_database"] == [LEAVING.reference]
    assert any(event["type_name"] == "user" for event in exported["rasa"])
    assert [file["name"] for file in exported["files"]] == ["invoice.pdf"]

    told = run(desk, "person", "erase", LEAVING.email, "--yes")

    assert LEAVING.reference in told
    assert found_in(desk) == [] and uploads(desk) == of_others
    assert customer.say("How long does the payment take?")[0]["kind"] == "answer"
    assert len(other.history()) == 2
    assert "Nothing is kept" in run(desk, "person", "erase", LEAVING.email, "--yes")


def test_what_is_young_survives_the_daily_deletion(desk: RunningDesk, customer: Customer) -> None:
    customer.say("How long does the payment take?")
    run(desk, "retention", "run", "--demo")
    assert len(customer.history()) == 2


def leave_traces(desk: RunningDesk, customer: Customer) -> str:
    """A conversation with a look-up, feedback and a ticket with a file and mails; the ticket's reference."""
    customer.say(f"I am {NAME}, where does my claim {LEAVING.reference} stand?")
    (told,) = customer.say(LEAVING.email)
    assert LEAVING.reference in told["text"]
    verdict = {"message_id": told["id"], "helpful": False, "reason": "wrong"}
    customer.browser.post("/api/feedback", json=verdict)
    page = Page(customer.browser.get("/contact").text)
    message = f"Call {NAME} on {PHONE}, about {LEAVING.reference}."
    sent = hand_over(customer, page, name=NAME, email=LEAVING.email, message=message, claim_reference=LEAVING.reference)
    assert sent.url.path == "/contact/sent"
    reference, *_ = newest_ticket(desk)
    wait_until(lambda: desk.logs["outbox"].count(reference) >= 2, 10, "both mails")
    return reference


def found_in(desk: RunningDesk) -> list[str]:
    """The files of the desk that hold something of the person, beside the claims, which are the promoter's."""
    files = [path for path in desk.folder.rglob("*") if path.is_file() and not path.name.startswith("claims.db")]
    return [path.name for path in files if any(mark.encode() in path.read_bytes() for mark in MARKS)]


def uploads(desk: RunningDesk) -> set[Path]:
    return {path for path in (desk.folder / "uploads").rglob("*") if path.is_file()}


def run(desk: RunningDesk, *arguments: str) -> str:
    """What a ``promodesk`` command says that ends well."""
    command = [sys.executable, "-m", "bot", *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment_of(desk.settings), capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
