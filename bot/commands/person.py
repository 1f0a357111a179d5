"""``promodesk person``: everything about a person is exported, or erased."""

from __future__ import annotations

import getpass
import os
from collections.abc import Sequence
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from bot.adapters.person_file import write_person
from bot.adapters.sql.migrate import migrate
from bot.bootstrap_privacy import privacy_desk
from bot.commands.retention import left_over
from bot.config import Settings
from bot.services.erase_person import Erasure, erase_person
from bot.services.export_person import export_person
from bot.services.ports import InvalidInput
from bot.services.privacy_desk import PrivacyDesk
from bot.services.privacy_ports import Place

READ_FIRST = (
    "Read it through before you hand it over: anybody can write anybody's address into a form or a chat. Colleagues' names "
    "stand in it too."
)
NOT_WIPED = "The databases' files were in use: what was erased can still be found in their write-ahead logs."
_ELSEWHERE = {
    Place.FILES: "files on disk",
    Place.RASA: "conversations in Rasa's store",
    Place.SHOWN_MAILS: "tickets whose mails a demonstration may have shown in the logs",
}


def export(settings: Settings, email: str, out: Path | None) -> int:
    """Print everything as JSON, or write it into a file with the person's files beside it."""
    if out and out.exists():
        raise InvalidInput(f"there is a file {out} already; name another one, or remove it")
    desk = _desk(settings)
    exported = export_person(desk, email, by=operator())
    write_person(exported, desk.files, out)
    if out:
        typer.echo(f"{exported.count} records and {len(exported.person.files)} files about {email} are in {out}.")
    typer.echo(READ_FIRST, err=True)
    if exported.claims:
        typer.echo(_at_the_owner(exported.claims, "export"), err=True)
    return 0


def erase(settings: Settings, email: str, *, dry_run: bool, yes: bool, console: Console | None = None) -> int:
    """Show what is there, ask, and erase it; 1 if something is left to be done."""
    shown = console or Console(soft_wrap=True, highlight=False)
    desk = _desk(settings)
    if dry_run or not yes:
        _show(shown, erase_person(desk, email, by=operator(), dry_run=True), "to erase")
    if dry_run:
        return 0
    if not yes:
        typer.confirm("Erase all this? It cannot be taken back", abort=True)
    done = erase_person(desk, email, by=operator())
    _show(shown, done, "erased")
    for problem in (*left_over(done.removed), *([] if done.is_wiped else [NOT_WIPED])):
        shown.print(problem, style="yellow", markup=False)
    if not done.is_complete:
        shown.print("The desk database is done. Run the same command again for the rest.", markup=False)
    return 0 if done.is_complete else 1


def operator() -> str:
    """Who is at the command line, for the audit log."""
    try:
        return f"{getpass.getuser()} at the command line"
    except (KeyError, OSError):
        return f"user {os.getuid()} at the command line"


def _show(shown: Console, erasure: Erasure, heading: str) -> None:
    email = erasure.person.email
    if erasure.is_empty:
        shown.print(f"Nothing is kept about {email}.", markup=False)
    else:
        table = Table("kept in", heading)
        table.columns[1].justify = "right"
        for kind, count in erasure.erased.items():
            table.add_row(kind.replace("_", " "), str(count))
        for place, count in erasure.elsewhere.items():
            table.add_row(_ELSEWHERE[place], str(count))
        shown.print(table)
    if erasure.claims:
        shown.print(_at_the_owner(erasure.claims, "erase"), markup=False)
    if erasure.mentions:
        shown.print(
            f"The address also stands in records of others, which stay; read them: {', '.join(map(str, erasure.mentions))}",
            markup=False,
        )


def _at_the_owner(claims: Sequence[str], verb: str) -> str:
    return (
        "The claims database is the promoter's, and the desk only reads it. "
        f"Its owner has to {verb} there: {', '.join(claims)}"
    )


def _desk(settings: Settings) -> PrivacyDesk:
    migrate(settings.database_url, "desk")
    return privacy_desk(settings)
