"""Shows that something long is going on, and how long it took."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

Say = Callable[[str], None]
"""Shows how far it has got."""


@contextmanager
def stage(console: Console, what: str) -> Iterator[Say]:
    """A running clock beside ``what`` on a terminal; a line when it begins and one when it is done anywhere else."""
    began = time.monotonic()
    if console.is_terminal:
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as shown:
            task = shown.add_task(what, total=None)
            yield lambda how_far: shown.update(task, description=f"{what} ({how_far})" if how_far else what)
    else:
        console.print(f"{what} …", markup=False)
        yield lambda _: None
    console.print(f"{what}: {time.monotonic() - began:.0f} s", markup=False)
