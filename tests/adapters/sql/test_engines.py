"""How databases are opened, and what they let nobody do."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import text
from sqlalchemy.event import listen
from sqlalchemy.exc import DBAPIError

from bot.adapters.sql.engines import forget_deleted, make_engine
from bot.adapters.sql.migrate import migrate
from bot.services.ports import InvalidInput
from tests.databases import empty_database


def test_the_folder_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    with make_engine(f"sqlite:///{tmp_path}/a/b/desk.db").connect() as connection:
        assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"
        assert connection.execute(text("PRAGMA foreign_keys")).scalar_one() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar_one() == 3000


def test_a_sqlite_file_is_opened_once_for_many_transactions(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/desk.db")
    opened: list[object] = []
    listen(engine, "connect", lambda connection, _record: opened.append(connection))
    for _ in range(5):
        with engine.begin() as connection:
            connection.execute(text("SELECT 1"))
    assert len(opened) == 1
    engine.dispose()


def test_a_sqlite_file_that_was_replaced_is_opened_anew(tmp_path: Path) -> None:
    engines = {name: make_engine(f"sqlite:///{tmp_path}/{name}.db") for name in ("desk", "restored")}
    for name, engine in engines.items():
        with engine.begin() as connection:
            connection.execute(text("CREATE TABLE facts (name TEXT)"))
            connection.execute(text("INSERT INTO facts VALUES (:name)"), {"name": name})
    engines["restored"].dispose()

    (tmp_path / "desk.db").rename(tmp_path / "aside.db")
    (tmp_path / "restored.db").rename(tmp_path / "desk.db")
    for companion in tmp_path.glob("desk.db-*"):
        companion.unlink()

    with engines["desk"].connect() as connection:
        assert connection.execute(text("SELECT name FROM facts")).scalar_one() == "restored"
    engines["desk"].dispose()


def test_as_many_connections_to_a_sqlite_file_are_open_as_are_needed_at_once(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path}/desk.db")
    with ExitStack() as several:
        answers = [several.enter_context(engine.connect()).execute(text("SELECT 7")).scalar_one() for _ in range(30)]
    assert answers == [7] * 30
    engine.dispose()


def test_a_read_only_engine_reads_but_cannot_write(empty_url: str) -> None:
    migrate(empty_url, "claims")
    engine = make_engine(empty_url, read_only=True)
    with engine.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM claims")).scalar_one() == 0
    with pytest.raises(DBAPIError, match="readonly|read-only"), engine.begin() as connection:
        connection.execute(text("DELETE FROM claims"))
    with pytest.raises(DBAPIError, match="readonly|read-only"), engine.begin() as connection:
        connection.execute(text("CREATE TABLE intruder (id INTEGER)"))
    engine.dispose()


def test_a_slow_statement_on_a_server_is_ended(tmp_path: Path) -> None:
    with empty_database("postgresql", tmp_path) as url:
        engine = make_engine(url, statement_seconds=1)
        with pytest.raises(DBAPIError, match="statement timeout"), engine.connect() as connection:
            connection.execute(text("SELECT pg_sleep(5)"))
        engine.dispose()


@pytest.mark.parametrize("url", ["", "desk.db", "mysql://root:secret@host/desk", "nonsense://root:secret@host/desk"])
def test_any_other_address_is_refused_without_repeating_a_password(url: str) -> None:
    with pytest.raises(InvalidInput, match="postgresql://") as refusal:
        make_engine(url)
    assert "secret" not in str(refusal.value)


def test_what_was_deleted_is_in_no_file_of_sqlite_unless_somebody_still_reads_it(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'desk.db'}")
    with engine.begin() as connection:
        connection.execute(text("CREATE TABLE kept (words TEXT)"))
        connection.execute(text("INSERT INTO kept VALUES ('Kvikkjokk')"))
    with engine.connect() as reader:
        reader.exec_driver_sql("BEGIN")
        assert reader.execute(text("SELECT words FROM kept")).scalars().all() == ["Kvikkjokk"]
        with engine.begin() as connection:
            connection.execute(text("DELETE FROM kept"))
        assert not forget_deleted(engine, seconds=0.5)
        assert is_in_a_file(tmp_path, "Kvikkjokk")

    assert forget_deleted(engine)
    assert not is_in_a_file(tmp_path, "Kvikkjokk")
    engine.dispose()


def is_in_a_file(folder: Path, words: str) -> bool:
    return any(words.encode() in file.read_bytes() for file in folder.iterdir())


def test_a_database_that_is_away_has_forgotten_nothing(tmp_path: Path) -> None:
    with empty_database("postgresql", tmp_path) as url:
        assert forget_deleted(make_engine(url)), "a server looks after its files itself"
    blocked = tmp_path / "blocked"
    blocked.mkdir()
    assert not forget_deleted(make_engine(f"sqlite:///{blocked}"), seconds=0)
