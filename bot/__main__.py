"""The ``promodesk`` command; each subcommand loads what it needs and nothing else."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.commands.access import agent_app, key_app
from bot.commands.finish import finish
from bot.commands.processes import Part
from bot.config import Settings

app = typer.Typer(
    help="Promo Desk: a support assistant for cashback promotions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
claims_app = typer.Typer(help="The customers' claims.", no_args_is_help=True)
products_app = typer.Typer(help="The qualifying products.", no_args_is_help=True)
app.add_typer(key_app, name="key")
app.add_typer(claims_app, name="claims")
app.add_typer(products_app, name="products")
app.add_typer(agent_app, name="agent")
retention_app = typer.Typer(help="How long data is kept.", no_args_is_help=True)
app.add_typer(retention_app, name="retention")
person_app = typer.Typer(help="What is kept about a person.", no_args_is_help=True)
app.add_typer(person_app, name="person")
proposal_app = typer.Typer(help="Changes of the content proposed at the agents' desk.", no_args_is_help=True)
app.add_typer(proposal_app, name="proposal")


@app.command()
def serve(
    part: Annotated[  # noqa: UP045
        Optional[Part], typer.Argument(help="Only this one, and nothing prepared: for containers.")
    ] = None,
    demo: Annotated[bool, typer.Option(help="With sample data, on the promotion's demonstration date.")] = False,
    activity: Annotated[
        bool, typer.Option(help="With --demo: also with invented conversations and tickets, if there are none.")
    ] = False,
) -> None:
    """Start the whole desk: gateway, outbox, Rasa and action server."""
    from bot.commands.programs import run_part
    from bot.commands.serve import serve as run

    finish(lambda settings: run_part(settings, part) if part else run(settings, demo, activity))


HowMany = Annotated[int, typer.Option(min=1, max=8, help="How many of them.")]


@app.command()
def cluster(
    gateways: HowMany = 2,
    rasa: HowMany = 2,
    actions: HowMany = 2,
    demo: Annotated[bool, typer.Option(help="With sample data, on the promotion's demonstration date.")] = False,
) -> None:
    """Start what would run on several machines on this one, behind a balancer; to try it out."""
    from bot.commands.cluster import cluster as run

    finish(lambda settings: run(settings, gateways=gateways, rasas=rasa, actions=actions, demo=demo))


@app.command()
def migrate() -> None:
    """Bring both databases to the newest schema. `promodesk serve` does so by itself, its parts do not."""
    from bot.commands.migrate import run

    finish(run)


@app.command()
def chat(url: Annotated[str, typer.Option(help="Where the desk is; empty: by the settings.")] = "") -> None:
    """Talk to a running desk in the terminal."""
    from bot.commands.chat import chat as run

    finish(lambda settings: run(url or f"http://127.0.0.1:{settings.port}"))


@app.command()
def train(
    if_needed: Annotated[bool, typer.Option("--if-needed", help="Only if the content has changed.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Keep a model that falls below evaluation/floors.yml.")
    ] = False,
) -> None:
    """Train the model from data/ and faq/; one that understands too little is refused."""
    from bot.commands.fitting_model import fitting_model

    def run(settings: Settings) -> None:
        if if_needed and fitting_model(settings):
            return
        from bot.commands.train import train

        train(settings, accept=accept)

    finish(run)


@app.command()
def ask(
    message: Annotated[str, typer.Argument(help="What a customer might type.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show how a message is understood, and why."""
    from bot.commands.ask import ask as run

    finish(lambda settings: run(settings, message, as_json))


@app.command()
def check() -> None:
    """Look through the content: mistakes, contradictions, what is due for review."""
    from bot.commands.content import check as run

    finish(lambda settings: run(settings.content, today=settings.today))


@app.command(name="import-page")
def import_page(
    file: Annotated[Path, typer.Argument(help="The FAQ page as text.")],
    write: Annotated[bool, typer.Option("--write", help="Write the changes into faq/.")] = False,
) -> None:
    """Compare a new FAQ page with the content, and take it over."""
    from bot.commands.content import import_page as run

    finish(lambda settings: run(file, settings.content, write))


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions with the entries that answer them.")],
    predictions: Annotated[Optional[Path], typer.Option(help="Write one line per question here.")] = None,  # noqa: UP045
    train: Annotated[Optional[Path], typer.Option(help="Fit on this NLU file instead of using the model.")] = None,  # noqa: UP045
) -> None:
    """Measure how well questions are understood."""
    from bot.commands.evaluate import evaluate as run

    finish(lambda settings: run(settings, file, predictions, train))


@claims_app.command(name="import")
def import_claims(file: Annotated[Path, typer.Argument(help="A claims CSV.")]) -> None:
    """Take over claims; one that is there already is replaced."""
    from bot.commands.claims import import_claims as run

    finish(lambda settings: run(settings, file))


@products_app.command(name="import")
def import_products(file: Annotated[Path, typer.Argument(help="A products CSV.")]) -> None:
    """Replace the list of qualifying products."""
    from bot.commands.claims import import_products as run

    finish(lambda settings: run(settings, file))


@retention_app.command(name="run")
def run_retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would be deleted.")] = False,
    demo: Annotated[bool, typer.Option(help="Beside `serve --demo`: on the promotion's demonstration date.")] = False,
) -> None:
    """Delete what was kept long enough. `promodesk serve` does so once a day."""
    from bot.commands.retention import run

    finish(lambda settings: run(settings, dry_run=dry_run, demo=demo))


PersonsAddress = Annotated[str, typer.Argument(metavar="E-MAIL", help="The person's address.")]


@person_app.command(name="export")
def export_person(
    email: PersonsAddress,
    out: Annotated[  # noqa: UP045
        Optional[Path], typer.Option(help="Write it here, and the person's files beside it; empty: to the output.")
    ] = None,
) -> None:
    """Everything that is kept about a person, as JSON."""
    from bot.commands.person import export as run

    finish(lambda settings: run(settings, email, out))


@person_app.command(name="erase")
def erase_person(
    email: PersonsAddress,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be erased.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a person for good: records, conversations, mails, files."""
    from bot.commands.person import erase as run

    finish(lambda settings: run(settings, email, dry_run=dry_run, yes=yes))


@proposal_app.command(name="try")
def try_proposal(number: Annotated[int, typer.Argument(help="The proposal's number: 12 for P-12.")]) -> None:
    """Find out on a copy what a proposal would improve and break; nothing of the content changes."""
    from bot.commands.proposals import try_out as run

    finish(lambda settings: run(settings, number))


@app.command(name="sample-data")
def sample_data() -> None:
    """Fill the claims database with invented claims."""
    from bot.commands.claims import sample_data as run

    finish(run)


@app.command(name="sample-activity")
def sample_activity(
    demo: Annotated[bool, typer.Option(help="Before the promotion's demonstration date.")] = False,
) -> None:
    """Fill an empty desk with invented conversations, thumbs and tickets; for demonstrations only."""
    from bot.commands.sample_activity import sample_activity as run

    finish(lambda settings: run(settings, demo))


@app.command()
def outbox(
    retry: Annotated[bool, typer.Option("--retry", help="Try those again that were given up, and end.")] = False,
) -> None:
    """Deliver the mails about tickets; runs until it is stopped. `promodesk serve` starts it by itself."""
    from bot.commands.outbox import deliver, try_again

    finish(try_again if retry else deliver)


@app.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as installed

    typer.echo(installed("promodesk"))


if __name__ == "__main__":
    app()
