"""The command: ``python -m benchmarks.load customers | soak | databases``; each starts a desk of its own."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import List

import typer
from rich.console import Console

from benchmarks.commands import end_as_if_interrupted, terminal
from benchmarks.load.closed_loop import put_under_load
from benchmarks.load.large_databases import Size, measure_look_ups
from benchmarks.load.soak import soak
from benchmarks.load.tables import loads_table, look_ups_table, soak_table
from benchmarks.running_desk import running_desk
from benchmarks.stock_rasa.comparison import mixed_texts
from benchmarks.stock_rasa.progress import stage
from benchmarks.stock_rasa.systems import apologies_of
from bot.adapters.labelled_questions import read_labelled_questions
from bot.commands.programs import free_ports
from bot.config import ROOT

QUESTIONS = ROOT / "evaluation" / "development.yml"
SERVER = "postgresql://postgres@127.0.0.1:5432/postgres"
WARM_UP_SECONDS = 5.0
LINE = 120

app = typer.Typer(add_completion=False, help=__doc__, pretty_exceptions_enable=False)


@app.command()
def customers(
    at_once: List[int] = typer.Option([1, 8, 32, 100, 200], help="How many talk at once."),  # noqa: B008
    seconds: float = typer.Option(20.0, help="How long each number of them talks."),
    rasa: int = typer.Option(1, help="How many Rasa servers answer."),
) -> None:
    """More and more customers at once: messages a second, latency, and what is turned away."""
    console = _console()
    texts = mixed_texts(read_labelled_questions(QUESTIONS))
    urls = ",".join(f"http://127.0.0.1:{port}" for port in free_ports(rasa))
    several = {"PROMODESK_RASA_URL": urls}
    with tempfile.TemporaryDirectory() as scratch, running_desk(Path(scratch), console, several) as desk:
        apologies = apologies_of(desk.settings)
        put_under_load(desk.url, apologies, texts, 4, WARM_UP_SECONDS)
        loads = []
        for number in at_once:
            with stage(console, f"{number} customers"):
                loads.append(put_under_load(desk.url, apologies, texts, number, seconds))
            desk.require_running()
    console.print(loads_table(loads))


@app.command("soak")
def soak_(messages: int = typer.Option(20_000, help="How many messages.")) -> None:
    """Many messages: memory and latency."""
    console = _console()
    texts = mixed_texts(read_labelled_questions(QUESTIONS))
    with (
        tempfile.TemporaryDirectory() as scratch,
        running_desk(Path(scratch), console) as desk,
        stage(console, f"{messages:,} messages") as say,
    ):
        stretches = soak(desk, apologies_of(desk.settings), texts, messages, say)
    console.print(soak_table(stretches))


@app.command()
def databases(
    claims: int = typer.Option(1_000_000, help="How many claims the large database holds."),
    events: int = typer.Option(10_000_000, help="How many events the large tracker holds."),
    server: str = typer.Option(SERVER, help="A PostgreSQL server on which databases may be made."),
) -> None:
    """Look-ups in a large database against a small one, with the plans of the large one."""
    console = _console()
    sizes = [Size(1_000, 1_000), Size(claims, events)]
    with tempfile.TemporaryDirectory() as scratch:
        measured = measure_look_ups(server, sizes, Path(scratch), console)
    console.print(look_ups_table(measured))
    for plan in measured[-1].plans:
        console.print(plan, markup=False)


def _console() -> Console:
    end_as_if_interrupted()
    return terminal(LINE)


if __name__ == "__main__":
    app()
