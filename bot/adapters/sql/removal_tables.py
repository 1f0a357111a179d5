"""The desk database's table for what is gone from it and has still to go elsewhere."""

from __future__ import annotations

from sqlalchemy import Column, String, Table

from bot.adapters.sql.desk_tables import desk_metadata

removals = Table(
    "removals",
    desk_metadata,
    Column("place", String(20), primary_key=True),
    Column("key", String(100), primary_key=True),
)
