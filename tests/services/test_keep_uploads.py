"""How many and how large the files of a form may be."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from bot.adapters.file_store import FolderStore
from bot.core import uploads as rules
from bot.core.tickets import TicketFile
from bot.services.keep_uploads import SentFile, UploadDesk, keep_uploads, remove_uploads
from bot.services.ports import Unavailable
from bot.services.ticket_ports import FileRefused, InspectedFile
from tests.fakes import FakeUploads


class Trusting:
    """An inspector that takes everything, or refuses or fails as it is told."""

    def __init__(self) -> None:
        self.error: Exception | None = None
        self.inspected = 0
        self.grows_by = 0

    def inspect(self, sent: Path) -> InspectedFile:
        self.inspected += 1
        if self.error:
            raise self.error
        target = sent.with_name(f"{sent.name}.inspected")
        target.write_bytes(sent.read_bytes() + bytes(self.grows_by))
        return InspectedFile("application/pdf", target, target.stat().st_size)


def keep(desk: UploadDesk, *contents: bytes, form: str = "form") -> list[str]:
    """The reasons for which files were refused."""
    sent = [SentFile(f"{number}.pdf", len(content), io.BytesIO(content)) for number, content in enumerate(contents)]
    return [problem.key for problem in keep_uploads(desk, "c1", form, sent)]


def test_all_files_together_have_their_limit(desk: UploadDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGEST_TOGETHER", 10)
    assert keep(desk, b"12345", b"67890", b"1") == ["file_no_room"]


def test_what_lies_unsent_in_other_forms_counts_too(desk: UploadDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "LARGEST_UNSENT", 10)
    assert keep(desk, b"12345", form="one") == []
    assert keep(desk, b"123456", form="two") == ["file_no_room"]


def test_no_more_files_are_inspected_than_a_ticket_takes(desk: UploadDesk) -> None:
    assert isinstance(desk.inspector, Trusting)
    desk.inspector.error = FileRefused("file_broken")
    contents = [bytes([number + 1]) for number in range(rules.MOST_FILES + 2)]

    assert keep(desk, *contents) == ["file_broken"] * rules.MOST_FILES + ["file_too_many"] * 2
    assert desk.inspector.inspected == rules.MOST_FILES


def test_what_has_grown_while_it_was_written_anew_is_measured_again(
    desk: UploadDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(desk.inspector, Trusting)
    desk.inspector.grows_by = 10
    monkeypatch.setattr(rules, "LARGEST_TOGETHER", 30)
    assert keep(desk, b"12345", b"67890", b"three") == ["file_no_room"]
    monkeypatch.setattr(rules, "LARGEST_FILE", 12)
    assert keep(desk, b"12345", form="other") == ["file_too_large"]
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 2


def test_a_file_whose_row_may_be_there_is_left_to_the_sweep(desk: UploadDesk, tmp_path: Path) -> None:
    class BreaksOff(FakeUploads):
        def add(self, conversation: str, form: str, file: TicketFile, digest: str) -> bool:
            super().add(conversation, form, file, digest)
            raise Unavailable("the connection was lost while it was confirmed")

    unsure = UploadDesk(BreaksOff(), desk.store, desk.inspector)
    with pytest.raises(Unavailable):
        keep(unsure, b"content")

    (file,) = unsure.uploads.unsent("form")
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [file.id]


@pytest.mark.parametrize("error", [FileRefused("file_broken"), Unavailable("disk full"), RuntimeError("?")])
def test_whatever_goes_wrong_leaves_no_file_behind(desk: UploadDesk, tmp_path: Path, error: Exception) -> None:
    assert isinstance(desk.inspector, Trusting)
    desk.inspector.error = error
    try:
        assert keep(desk, b"content") == ["file_broken"]
    except (Unavailable, RuntimeError) as raised:
        assert raised is error
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
    assert desk.uploads.unsent("form") == []


def test_a_file_that_came_in_the_same_moment_is_kept_once(desk: UploadDesk, tmp_path: Path) -> None:
    class Late(FakeUploads):
        def has(self, form: str, digest: str) -> bool:
            return False

    late = UploadDesk(Late(), desk.store, desk.inspector)
    assert keep(late, b"content", b"content") == []
    assert len(late.uploads.unsent("form")) == len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_only_files_of_the_own_form_are_removed(desk: UploadDesk, tmp_path: Path) -> None:
    keep(desk, b"one", form="one")
    (file,) = desk.uploads.unsent("one")

    remove_uploads(desk, "two", {file.id, "../../etc/passwd"})
    assert desk.uploads.unsent("one") == [TicketFile(file.id, "0.pdf", "application/pdf", 3)]

    remove_uploads(desk, "one", {file.id})
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


@pytest.fixture
def desk(tmp_path: Path) -> UploadDesk:
    return UploadDesk(FakeUploads(), FolderStore(tmp_path / "uploads"), Trusting())
