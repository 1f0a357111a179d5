"""Customers' pictures and PDF files are written anew or refused."""

from __future__ import annotations

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from bot.adapters.file_inspection import MOST_PAGES
from bot.adapters.file_inspector import ProcessInspector
from bot.core.uploads import LARGEST_FILE
from bot.services.ticket_ports import FileRefused, InspectedFile
from tests.sample_files import SECRET, jpeg, pdf, png, png_bomb


def inspected(folder: Path, content: bytes) -> InspectedFile:
    sent = folder / "sent"
    sent.write_bytes(content)
    return ProcessInspector(seconds=20).inspect(sent)


def refusal(folder: Path, content: bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        inspected(folder, content)
    return refused.value.key


def test_a_photograph_keeps_its_pixels_and_nothing_else(tmp_path: Path) -> None:
    kept = inspected(tmp_path, jpeg())

    content = kept.path.read_bytes()
    assert kept.media_type == "image/jpeg" and kept.size == len(content)
    assert SECRET not in content
    with Image.open(kept.path) as image:
        assert image.size == (40, 60), "it stands upright without its camera data"
        assert not image.getexif() and "comment" not in image.info


@pytest.mark.parametrize("mode", ["RGB", "RGBA", "P", "L", "1", "I;16"])
def test_pictures_of_every_kind_are_written_anew(tmp_path: Path, mode: str) -> None:
    kept = inspected(tmp_path, png(mode))

    assert kept.media_type == "image/png" and SECRET not in kept.path.read_bytes()
    with Image.open(kept.path) as image:
        assert image.size == (60, 40)


def test_a_pdf_is_kept_as_it_is(tmp_path: Path) -> None:
    content = pdf(3)
    kept = inspected(tmp_path, content)
    assert (kept.media_type, kept.path.read_bytes()) == ("application/pdf", content)


@pytest.mark.parametrize(
    ("content", "key"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "file_wrong_kind"),
        (b"<!doctype html><script>alert(1)</script>", "file_wrong_kind"),
        (b"GIF89a\x01\x00\x01\x00\x00\x00\x00;", "file_wrong_kind"),
        (b"PK\x03\x04 a document", "file_wrong_kind"),
        (b"MZ\x90\x00", "file_wrong_kind"),
        (b"\xff\xd8\xff only the beginning", "file_broken"),
        (jpeg()[:400], "file_broken"),
        (b"\x89PNG\r\n\x1a\n", "file_broken"),
        (b"%PDF-1.7 without an end", "file_broken"),
        (b"%PDF-1.7\n%%EOF", "file_broken"),
        (pdf()[:-40] + b"%%EOF", "file_broken"),
        (b"%PDF-1.7\n" + os.urandom(5000) + b"\n%%EOF", "file_broken"),
        (pdf(password="x"), "file_locked"),
        (pdf(MOST_PAGES + 1), "file_too_many_pages"),
        (png_bomb(), "file_too_many_pixels"),
    ],
    ids=["svg", "html", "gif", "zip", "program", "cut at once", "cut jpeg", "empty png", "endless pdf", "empty pdf",
         "cut pdf", "noise", "locked", "long", "bomb"],
)  # fmt: skip
def test_what_is_none_of_these_is_refused_with_the_reason(tmp_path: Path, content: bytes, key: str) -> None:
    assert refusal(tmp_path, content) == key


def test_a_picture_that_grows_too_large_when_it_is_written_anew_is_refused(tmp_path: Path) -> None:
    drawn, side = io.BytesIO(), 3000
    picture = Image.frombytes("P", (side, side), os.urandom(side * side))
    picture.putpalette(os.urandom(768))
    picture.save(drawn, "PNG", compress_level=1)
    assert len(drawn.getvalue()) < LARGEST_FILE

    assert refusal(tmp_path, drawn.getvalue()) == "file_too_large"


def test_the_inspection_knows_no_secret(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen, spy = tmp_path / "seen", tmp_path / "python"
    spy.write_text(f"#!/bin/sh\nenv > {seen}\n")
    spy.chmod(0o700)
    monkeypatch.setattr("sys.executable", str(spy))
    monkeypatch.setenv("PROMODESK_SECRET", "not for files")

    refusal(tmp_path, pdf())

    assert "PATH=" in seen.read_text() and "PROMODESK" not in seen.read_text()


def test_a_file_that_takes_for_ever_is_refused(tmp_path: Path) -> None:
    sent = tmp_path / "sent"
    sent.write_bytes(jpeg())
    with pytest.raises(FileRefused) as refused:
        ProcessInspector(seconds=0.01).inspect(sent)
    assert refused.value.key == "file_broken"
