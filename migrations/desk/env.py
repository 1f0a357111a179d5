"""Alembic's entry into the history of the desk database; started by bot.adapters.sql.migrate."""

import bot.adapters.sql.access_tables  # noqa: F401 - its tables join the metadata
import bot.adapters.sql.api_tables  # noqa: F401
import bot.adapters.sql.conversation_tables  # noqa: F401
import bot.adapters.sql.gap_tables  # noqa: F401
import bot.adapters.sql.removal_tables  # noqa: F401
import bot.adapters.sql.ticket_tables  # noqa: F401
from bot.adapters.sql.desk_tables import desk_metadata
from bot.adapters.sql.migrate import run_migrations

run_migrations("desk", desk_metadata)
