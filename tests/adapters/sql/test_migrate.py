"""Migrations make the tables that the program knows, and lose nothing."""

from __future__ import annotations

import multiprocessing
from concurrent.futures import ProcessPoolExecutor

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, MetaData, inspect, text

import bot.adapters.sql.api_tables  # noqa: F401 - its tables join the metadata
import bot.adapters.sql.conversation_tables  # noqa: F401 - its tables join the metadata  # noqa: F401
import bot.adapters.sql.gap_tables  # noqa: F401
import bot.adapters.sql.ticket_tables  # noqa: F401
from bot.adapters.sql.claim_search import SqlClaimSearch
from bot.adapters.sql.claims import SqlClaims
from bot.adapters.sql.claims_tables import claims_metadata
from bot.adapters.sql.desk_tables import desk_metadata
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.migrate import MIGRATIONS, History, migrate, version_table
from bot.adapters.sql.tickets import SqlTickets
from bot.services.ports import Unavailable

HISTORIES = [("claims", claims_metadata), ("desk", desk_metadata)]


@pytest.mark.parametrize(("history", "metadata"), HISTORIES)
def test_migrations_make_the_tables_that_the_program_knows(
    empty_url: str, history: History, metadata: MetaData
) -> None:
    migrate(empty_url, history)
    engine = make_engine(empty_url)
    with engine.connect() as connection:
        options = {
            "compare_type": True,
            "version_table": version_table(history),
            # SQLite's own, where a table never gives a number twice.
            "include_object": lambda _, name, kind, *__: (kind, name) != ("table", "sqlite_sequence"),
        }
        assert compare_metadata(MigrationContext.configure(connection, opts=options), metadata) == []
        checks = {table: _checks(inspect(connection), table) for table in metadata.tables}
    engine.dispose()
    assert checks == {
        name: {str(rule.name) for rule in table.constraints if isinstance(rule, CheckConstraint)}
        for name, table in metadata.tables.items()
    }


def test_migrating_twice_changes_nothing_and_both_histories_fit_in_one_database(empty_url: str) -> None:
    for history in ("claims", "desk", "claims", "desk"):
        migrate(empty_url, history)
    engine = make_engine(empty_url)
    assert {"claims", "lookup_details", "claims_schema_version", "desk_schema_version"} <= set(
        inspect(engine).get_table_names()
    )
    engine.dispose()


def test_enquiries_of_an_older_desk_become_tickets(empty_url: str) -> None:
    kept = "'T-2023-000001', 2023, 1, 'lamps', 'c1', 'f1', 'Ane', 'a@b.example', '', '', 'Where?', '[]', '2023-10-05 12:00:00'"
    columns = (
        "reference, year, number, promotion, conversation_id, form, name, email, company, claim_reference, message, "
        "transcript, created_at"
    )
    engine = make_engine(empty_url)
    migrate(empty_url, "desk", "0002")
    with engine.begin() as connection:
        connection.execute(text(f"INSERT INTO enquiries ({columns}) VALUES ({kept})"))

    migrate(empty_url, "desk")

    found = SqlTickets(engine).find("T-2023-000001")
    assert found is not None and (found.version, found.ticket.message, found.ticket.state.value) == (1, "Where?", "new")
    assert "enquiries" not in inspect(engine).get_table_names()
    engine.dispose()


def test_claims_of_an_older_database_are_found_by_what_is_new(empty_url: str) -> None:
    kept = "'lamps', '{}', '{}', '{}', 'submitted', '2023-10-05', ''"
    columns = "promotion, reference, email, company, state, submitted_on, reason"
    engine = make_engine(empty_url)
    migrate(empty_url, "claims", "0001")
    with engine.begin() as connection:
        for number in range(2500):  # more than one batch
            row = kept.format(f"LEN-{number:06}", f"straße{number}@firm.example", f"Ærø {number} ApS")
            connection.execute(text(f"INSERT INTO claims ({columns}) VALUES ({row})"))

    migrate(empty_url, "claims")

    search = SqlClaimSearch(engine, "lamps")
    assert [claim.reference for claim in search.by_company("aero 2499", 9).claims] == ["LEN-002499"]
    assert [claim.reference for claim in search.by_keys([], ["strasse7@firm.example"], "", 9).claims] == ["LEN-000007"]
    found = SqlClaims(engine, "lamps").find("LEN-000007")
    assert found is not None and found.invoice_number == ""
    engine.dispose()


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    with ProcessPoolExecutor(3, mp_context=multiprocessing.get_context("spawn")) as processes:
        for outcome in [processes.submit(migrate, empty_url, "claims") for _ in range(3)]:
            outcome.result()
    engine = make_engine(empty_url)
    assert "claims" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_database_that_cannot_be_reached_is_unavailable() -> None:
    with pytest.raises(Unavailable, match="desk database"):
        migrate("postgresql://nobody@127.0.0.1:1/nothing", "desk")


def test_the_migrations_lie_in_the_repository() -> None:
    assert (MIGRATIONS / "claims" / "env.py").is_file()
    assert (MIGRATIONS / "desk" / "env.py").is_file()


def _checks(inspector: object, table: str) -> set[str]:
    return {rule["name"] for rule in inspector.get_check_constraints(table)}  # type: ignore[attr-defined]
