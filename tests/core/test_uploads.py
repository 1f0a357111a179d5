"""What a customer's file is called once it is kept."""

from __future__ import annotations

import pytest

from bot.core.uploads import LONGEST_NAME, safe_name, shown_name, size_in_words

JPEG, PDF = "image/jpeg", "application/pdf"


@pytest.mark.parametrize(
    ("given", "media_type", "name"),
    [
        ("invoice.pdf", PDF, "invoice.pdf"),
        ("Faktura nr. 12.PDF", PDF, "Faktura nr. 12.pdf"),
        ("photo.jpeg", JPEG, "photo.jpg"),
        ("C:\\me\\photo.png", JPEG, "photo.jpg"),
        ("../../etc/passwd", PDF, "passwd.pdf"),
        ("page.html", PDF, "page.html.pdf"),
        ("harmless\u202efdp.exe", PDF, "harmlessfdp.exe.pdf"),
        ("a\r\nb\x00.pdf", PDF, "a b.pdf"),
        ("", PDF, "file.pdf"),
        (" .. ", PDF, "file.pdf"),
        ("<b>.pdf", PDF, "<b>.pdf"),
    ],
)
def test_a_files_name_ends_as_what_it_is_and_holds_no_path(given: str, media_type: str, name: str) -> None:
    assert safe_name(given, media_type) == name


@pytest.mark.parametrize("given", ["x" * 500, "x" * 500 + ".pdf", "x." + "y" * 500])
def test_a_name_is_never_endless(given: str) -> None:
    assert len(shown_name(given)) <= LONGEST_NAME


def test_sizes_are_told_as_people_read_them() -> None:
    assert [size_in_words(size) for size in (1, 2048, 1024 * 1024, 1_500_000)] == ["1 kB", "2 kB", "1.0 MB", "1.4 MB"]
