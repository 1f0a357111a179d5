"""Files lie under random names, for the desk alone."""

from __future__ import annotations

import io
import stat
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from bot.adapters.file_store import DiscardedFiles, FolderStore
from bot.core.conversations import new_id
from bot.services.ports import Unavailable


def test_a_file_is_kept_under_a_random_name_for_the_desk_alone(store: FolderStore, tmp_path: Path) -> None:
    id = new_id()
    inspected = taken_in(store, id)
    store.keep(id, inspected)

    kept = store.path(id)
    assert kept.read_bytes() == b"content"
    assert stat.S_IMODE(kept.stat().st_mode) & 0o077 == 0
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [kept]


def test_what_is_discarded_leaves_nothing(store: FolderStore, tmp_path: Path) -> None:
    kept, half = new_id(), new_id()
    store.keep(kept, taken_in(store, kept))
    taken_in(store, half)

    for id in (kept, half, new_id()):
        store.discard(id)

    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_everything_old_is_found_also_what_was_never_kept(store: FolderStore) -> None:
    kept, half = new_id(), new_id()
    store.keep(kept, taken_in(store, kept))
    taken_in(store, half)

    now = datetime.now(timezone.utc)
    assert store.older_than(now + timedelta(minutes=1)) == sorted([kept, half])
    assert store.older_than(now - timedelta(minutes=1)) == []


@pytest.mark.parametrize("id", ["../../etc/passwd-and-more", "a/b-and-something-more", "", "short", "x" * 41])
def test_only_ids_of_the_desk_become_paths(store: FolderStore, id: str) -> None:
    with pytest.raises(ValueError):
        store.path(id)


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    blocked = tmp_path / "a file"
    blocked.write_text("")
    with pytest.raises(Unavailable, match="PROMODESK_UPLOADS"):
        FolderStore(blocked).take_in(new_id(), io.BytesIO(b"x"))


def taken_in(store: FolderStore, id: str) -> Path:
    """As an inspector leaves it: what was sent, and beside it what may be kept."""
    sent = store.take_in(id, io.BytesIO(b"content"))
    inspected = sent.with_name(f"{sent.name}.inspected")
    inspected.touch(0o600)
    inspected.write_bytes(sent.read_bytes())
    return inspected


@pytest.fixture
def store(tmp_path: Path) -> FolderStore:
    return FolderStore(tmp_path / "uploads")


def test_a_kept_file_is_read_and_one_that_is_not_there_is_none(store: FolderStore) -> None:
    kept, half = new_id(), new_id()
    store.keep(kept, taken_in(store, kept))
    taken_in(store, half)

    assert store.read(kept) == b"content"
    assert store.read(half) is None and store.read(new_id()) is None


def test_what_was_removed_is_told_and_what_is_still_there_is_not(store: FolderStore) -> None:
    kept, half, stuck = new_id(), new_id(), new_id()
    store.keep(kept, taken_in(store, kept))
    taken_in(store, half)
    store.path(stuck).mkdir(parents=True)

    unknown = new_id()
    assert DiscardedFiles(store).remove([kept, half, stuck, unknown]) == [kept, half, unknown]
    assert not store.has(kept) and not store.has(half)
