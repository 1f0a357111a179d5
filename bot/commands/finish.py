"""How every command ends: what the desk can put into words is one line, not a traceback."""

from __future__ import annotations

from collections.abc import Callable

import typer

from bot.config import SettingError, Settings, read_settings
from bot.services.ports import DeskError


def finish(run: Callable[[Settings], object]) -> None:
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
