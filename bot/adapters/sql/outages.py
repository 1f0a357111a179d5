"""The one place where a database's errors become the desk's."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from bot.services.ports import Unavailable


@contextmanager
def told_as_unavailable(database: str) -> Iterator[None]:
    """Raise ``Unavailable``, naming the database, for whatever SQLAlchemy raises inside."""
    try:
        yield
    except SQLAlchemyError as error:
        raise Unavailable(
            f"the {database} database did not do what was asked ({type(error).__name__}); "
            "check that it runs, that its address is right and that its tables are migrated"
        ) from error
