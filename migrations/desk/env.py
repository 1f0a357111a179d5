"""Alembic's entry into the history of the desk database; started by bot.adapters.sql.migrate."""

import bot.adapters.sql.conversation_tables  # noqa: F401 - its tables join the metadata
from bot.adapters.sql.desk_tables import desk_metadata
from bot.adapters.sql.migrate import run_migrations

run_migrations("desk", desk_metadata)
