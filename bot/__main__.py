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
app.add_typer(claims_app, name="claims")
app.add_typer(products_app, name="products")


@app.command()
def serve(
    demo: Annotated[bool, typer.Option(help="With sample data, on the promotion's demonstration date.")] = False,
) -> None:
    """Start the whole desk: gateway, Rasa and action server."""
    from bot.commands.serve import serve as run

    _finish(lambda settings: run(settings, demo))


@app.command()
def chat(
    url: Annotated[str, typer.Option(help="Where the desk is; empty: where the settings say.")] = "",
) -> None:
    """Talk to a running desk in the terminal."""
    from bot.commands.chat import chat as run

    _finish(lambda settings: run(url or f"http://127.0.0.1:{settings.port}"))


@app.command()
def train(
    if_needed: Annotated[bool, typer.Option("--if-needed", help="Only if the content has changed.")] = False,
) -> None:
    """Train the model from data/ and faq/."""
    from bot.commands.train import train as run
    from bot.commands.train import train_if_needed

    _finish(lambda settings: train_if_needed(settings) if if_needed else run(settings))


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


@app.command(name="sample-data")
def sample_data() -> None:
    """Fill the claims database with invented claims."""
    from bot.commands.claims import sample_data as run

    _finish(run)


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
