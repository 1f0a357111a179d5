"""Alembic's entry into the history of the claims database; started by bot.adapters.sql.migrate."""

from bot.adapters.sql.claims_tables import claims_metadata
from bot.adapters.sql.migrate import run_migrations

run_migrations("claims", claims_metadata)
