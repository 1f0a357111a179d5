"""The ``promodesk`` command; each subcommand loads what it needs and nothing else."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Optional

import typer

from bot.config import SettingError, Settings, read_settings
from bot.services.ports import DeskError

app = typer.Typer(
    help="Promo Desk: a support assistant for cashback promotions.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
claims_app = typer.Typer(help="The customers' claims.", no_args_is_help=True)
products_app = typer.Typer(help="The qualifying products.", no_args_is_help=True)
key_app = typer.Typer(help="Keys of the API for help desks.", no_args_is_help=True)
app.add_typer(key_app, name="key")
app.add_typer(claims_app, name="claims")
app.add_typer(products_app, name="products")
agent_app = typer.Typer(help="Who may sign in at the agents' desk.", no_args_is_help=True)
app.add_typer(agent_app, name="agent")
retention_app = typer.Typer(help="How long data is kept.", no_args_is_help=True)
app.add_typer(retention_app, name="retention")
person_app = typer.Typer(help="What is kept about a person.", no_args_is_help=True)
app.add_typer(person_app, name="person")
proposal_app = typer.Typer(help="Changes of the content proposed at the agents' desk.", no_args_is_help=True)
app.add_typer(proposal_app, name="proposal")


@app.command()
def serve(
    demo: Annotated[bool, typer.Option(help="With sample data, on the promotion's demonstration date.")] = False,
    activity: Annotated[
        bool, typer.Option(help="With --demo: also with invented conversations and tickets, if there are none.")
    ] = False,
) -> None:
    """Start the whole desk: gateway, outbox, Rasa and action server."""
    from bot.commands.serve import serve as run

    _finish(lambda settings: run(settings, demo, activity))


@app.command()
def chat(url: Annotated[str, typer.Option(help="Where the desk is; empty: by the settings.")] = "") -> None:
    """Talk to a running desk in the terminal."""
    from bot.commands.chat import chat as run

    _finish(lambda settings: run(url or f"http://127.0.0.1:{settings.port}"))


@app.command()
def train(
    if_needed: Annotated[bool, typer.Option("--if-needed", help="Only if the content has changed.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Keep a model that falls below evaluation/floors.yml.")
    ] = False,
) -> None:
    """Train the model from data/ and faq/; one that understands too little is refused."""
    from bot.commands.train import train as run
    from bot.commands.train import train_if_needed

    _finish(lambda settings: train_if_needed(settings) if if_needed else run(settings, accept=accept))


@app.command()
def ask(
    message: Annotated[str, typer.Argument(help="What a customer might type.")],
    as_json: Annotated[bool, typer.Option("--json", help="For programs.")] = False,
) -> None:
    """Show how a message is understood, and why."""
    from bot.commands.ask import ask as run

    _finish(lambda settings: run(settings, message, as_json))


@app.command()
def check() -> None:
    """Look through the content: mistakes, contradictions, what is due for review."""
    from bot.commands.content import check as run

    _finish(lambda settings: run(settings.content, today=settings.today))


@app.command(name="import-page")
def import_page(
    file: Annotated[Path, typer.Argument(help="The FAQ page as text.")],
    write: Annotated[bool, typer.Option("--write", help="Write the changes into faq/.")] = False,
) -> None:
    """Compare a new FAQ page with the content, and take it over."""
    from bot.commands.content import import_page as run

    _finish(lambda settings: run(file, settings.content, write))


@app.command()
def evaluate(
    file: Annotated[Path, typer.Argument(help="Questions with the entries that answer them.")],
    predictions: Annotated[Optional[Path], typer.Option(help="Write one line per question here.")] = None,  # noqa: UP045
    train: Annotated[Optional[Path], typer.Option(help="Fit on this NLU file instead of using the model.")] = None,  # noqa: UP045
) -> None:
    """Measure how well questions are understood."""
    from bot.commands.evaluate import evaluate as run

    _finish(lambda settings: run(settings, file, predictions, train))


@claims_app.command(name="import")
def import_claims(file: Annotated[Path, typer.Argument(help="A claims CSV.")]) -> None:
    """Take over claims; one that is there already is replaced."""
    from bot.commands.claims import import_claims as run

    _finish(lambda settings: run(settings, file))


@products_app.command(name="import")
def import_products(file: Annotated[Path, typer.Argument(help="A products CSV.")]) -> None:
    """Replace the list of qualifying products."""
    from bot.commands.claims import import_products as run

    _finish(lambda settings: run(settings, file))


EmailAddress = Annotated[str, typer.Argument(metavar="E-MAIL", help="The agent's address.")]


@agent_app.command(name="add")
def add_agent(
    email: EmailAddress,
    name: Annotated[str, typer.Option(help="What others read; empty: the address before its @.")] = "",
    role: Annotated[str, typer.Option(help="agent, lead or admin.")] = "agent",
) -> None:
    """Let somebody in; prints the link by which they choose their password."""
    from bot.commands.agents import add as run

    _finish(lambda settings: run(settings, email, name, role))


@agent_app.command(name="disable")
def disable_agent(email: EmailAddress) -> None:
    """Keep somebody out, at once."""
    from bot.commands.agents import disable as run

    _finish(lambda settings: run(settings, email))


@agent_app.command(name="reset")
def reset_agent(email: EmailAddress) -> None:
    """A new link for who has forgotten the password or lost the phone."""
    from bot.commands.agents import reset as run

    _finish(lambda settings: run(settings, email))


@agent_app.command(name="list")
def list_agents() -> None:
    """Show everybody."""
    from bot.commands.agents import list_all as run

    _finish(run)


@retention_app.command(name="run")
def run_retention(
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only count what would be deleted.")] = False,
    demo: Annotated[bool, typer.Option(help="Beside `serve --demo`: on the promotion's demonstration date.")] = False,
) -> None:
    """Delete what was kept long enough. `promodesk serve` does so once a day."""
    from bot.commands.retention import run

    _finish(lambda settings: run(settings, dry_run=dry_run, demo=demo))


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

    _finish(lambda settings: run(settings, email, out))


@person_app.command(name="erase")
def erase_person(
    email: PersonsAddress,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only show what would be erased.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Erase a person for good: records, conversations, mails, files."""
    from bot.commands.person import erase as run

    _finish(lambda settings: run(settings, email, dry_run=dry_run, yes=yes))


@proposal_app.command(name="try")
def try_proposal(number: Annotated[int, typer.Argument(help="The proposal's number: 12 for P-12.")]) -> None:
    """Find out on a copy what a proposal would improve and break; nothing of the content changes."""
    from bot.commands.proposals import try_out as run

    _finish(lambda settings: run(settings, number))


@key_app.command(name="create")
def create_key(name: Annotated[str, typer.Argument(help="Who or what uses it.")]) -> None:
    """Make a key of the API; it is shown once."""
    from bot.commands.api_keys import create as run

    _finish(lambda settings: run(settings, name))


@key_app.command(name="list")
def list_keys() -> None:
    """Show every key by its name, and when it was used last."""
    from bot.commands.api_keys import list_all as run

    _finish(run)


@key_app.command(name="revoke")
def revoke_key(id: Annotated[str, typer.Argument(help="As `promodesk key list` shows it.")]) -> None:
    """End a key, at once and for good."""
    from bot.commands.api_keys import revoke as run

    _finish(lambda settings: run(settings, id))


@app.command(name="sample-data")
def sample_data() -> None:
    """Fill the claims database with invented claims."""
    from bot.commands.claims import sample_data as run

    _finish(run)


@app.command(name="sample-activity")
def sample_activity(
    demo: Annotated[bool, typer.Option(help="Before the promotion's demonstration date.")] = False,
) -> None:
    """Fill an empty desk with invented conversations, thumbs and tickets; for demonstrations only."""
    from bot.commands.sample_activity import sample_activity as run

    _finish(lambda settings: run(settings, demo))


@app.command()
def outbox(
    retry: Annotated[bool, typer.Option("--retry", help="Try those again that were given up, and end.")] = False,
) -> None:
    """Deliver the mails about tickets; runs until it is stopped. `promodesk serve` starts it by itself."""
    from bot.commands.outbox import deliver, try_again

    _finish(try_again if retry else deliver)


@app.command()
def actions() -> None:
    """Run the action server alone. `promodesk serve` starts it by itself."""
    from bot.commands.action_server import serve_actions

    _finish(serve_actions)


@app.command()
def version() -> None:
    """Print the version."""
    from importlib.metadata import version as installed

    typer.echo(installed("promodesk"))


def _finish(run: Callable[[Settings], object]) -> None:
    """Run with the settings; the result is the exit status if it is a number.

    What the desk can put into words is one line on the error output, not a traceback.
    """
    try:
        result = run(read_settings())
    except (DeskError, SettingError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(1) from error
    except KeyboardInterrupt as stop:
        raise typer.Exit(130) from stop
    raise typer.Exit(result if isinstance(result, int) else 0)


if __name__ == "__main__":
    app()
