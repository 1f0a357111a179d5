"""The two commands for the content: what they print, write and return."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from pathlib import Path

from rich.console import Console

from bot.commands.content import check, import_page
from tests.contents import PAGE, ROOT, copy_of_the_repository, replace_in


def console() -> Console:
    return Console(file=io.StringIO(), soft_wrap=True, width=80)


def printed(shown: Console) -> str:
    assert isinstance(shown.file, io.StringIO)
    return shown.file.getvalue()


def test_known_errors_do_not_fail_the_check(tmp_path: Path) -> None:
    shown = console()
    assert check(copy_of_the_repository(tmp_path), today=date(2023, 12, 15), console=shown) == 0
    lines = printed(shown).splitlines()
    assert len(lines) == 6
    assert all(re.match(r"faq/\w+\.yml:\d+: (acknowledged|note): \w+: .+; .+", line) for line in lines[:-1])
    assert lines[-1] == "0 errors, 3 acknowledged, 0 warnings, 2 notes"


def test_a_new_error_fails_the_check(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, "within 45 calendar", "within 60 calendar")
    shown = console()
    assert check(folder, today=date(2023, 12, 15), console=shown) == 1
    assert "faq/payment.yml:16: error: how_long_for_discount: " in printed(shown)


def test_a_missing_word_of_the_chat_fails_the_check(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, '  send: "Skicka"\n', "")
    shown = console()
    assert check(folder, today=date(2023, 12, 15), console=shown) == 1
    assert "error: send: the words for 'send' are missing" in printed(shown)


def test_a_section_without_a_name_in_another_language_is_told(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path)
    replace_in(folder, '  Products: "Produkter"\n  Where bought: "Købssted"\n', "")
    shown = console()
    assert check(folder, today=date(2023, 12, 15), console=shown) == 0
    assert "warning: products: the section 'Products' has no name in" in printed(shown)


def test_the_first_import_writes_the_repository_s_own_files(tmp_path: Path) -> None:
    faq = tmp_path / "faq"
    faq.mkdir()
    shutil.copy(ROOT / "faq" / "ids.yml", faq)
    assert import_page(PAGE, tmp_path, False, console=console()) == 0
    for name in ("claiming", "invoice", "dates", "payment", "products", "purchase"):
        assert (faq / f"{name}.yml").read_text("utf-8") == (ROOT / "faq" / f"{name}.yml").read_text("utf-8")


def test_a_second_import_shows_the_difference_and_writes_only_when_told(tmp_path: Path) -> None:
    folder = copy_of_the_repository(tmp_path / "content")
    page = tmp_path / "page.txt"
    page.write_text(PAGE.read_text("utf-8").replace("back of your device", "bottom of your device"), encoding="utf-8")
    before = (folder / "faq" / "claiming.yml").read_text("utf-8")

    shown = console()
    assert import_page(page, folder, False, console=shown) == 0
    assert "answer changed: serial_number_location" in printed(shown)
    assert "+A: Normally it can be found on the bottom of your device." in printed(shown)
    assert "Nothing is written" in printed(shown)
    assert (folder / "faq" / "claiming.yml").read_text("utf-8") == before

    assert import_page(page, folder, True, console=console()) == 0
    assert (folder / "faq" / "claiming.yml").read_text("utf-8") == before.replace("back of", "bottom of")

    shown = console()
    import_page(page, folder, False, console=shown)
    assert "agree" in printed(shown)


def test_a_page_that_cannot_be_read_changes_nothing_and_says_where(tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("Q: Why?\nQ: How?\nA: So.", encoding="utf-8")
    shown = console()
    assert import_page(page, tmp_path, True, console=shown) == 1
    assert "page.txt:1: error: a question without an answer; " in printed(shown)
    page.write_bytes(b"Q: \xff")
    assert import_page(page, tmp_path, True, console=console()) == 1
    assert import_page(tmp_path / "none.txt", tmp_path, True, console=console()) == 1
    assert not (tmp_path / "faq").exists()
