"""Content folders to check: a copy of the repository's, and one of an invented promotion made from its page."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from bot.adapters.faq_files import read_faq_files
from bot.adapters.faq_writer import write_section
from bot.services.import_page import plan_import

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "tests" / "faq-page.txt"
OTHER = ROOT / "tests" / "other_promotion"


def copy_of_the_repository(folder: Path) -> Path:
    """The repository's FAQ and facts, with made-up examples and none of the desk's own sentences."""
    shutil.copytree(ROOT / "faq", folder / "faq", ignore=shutil.ignore_patterns("replies"))
    write_examples(folder)
    return folder


def other_promotion(folder: Path) -> Path:
    """The invented promotion, imported from its page."""
    faq = folder / "faq"
    for section in plan_import((OTHER / "page.txt").read_text(encoding="utf-8"), ()).sections:
        write_section(faq, section)
    shutil.copy(OTHER / "promotion.yml", faq / "promotion.yml")
    write_examples(folder)
    return folder


def write_examples(folder: Path, count: int = 25) -> None:
    """As many examples for every entry, under ``data/nlu/faq``."""
    target = folder / "data" / "nlu" / "faq"
    target.mkdir(parents=True, exist_ok=True)
    for section in read_faq_files(folder / "faq").sections:
        write_nlu(target / f"{section.name}.yml", [f"faq/{entry.id}" for entry in section.entries], count)


def write_nlu(path: Path, intents: Sequence[str], count: int = 25) -> None:
    lines = ['version: "3.1"', "nlu:"]
    for intent in intents:
        lines += [f"- intent: {intent}", "  examples: |"]
        lines += [f"    - example {number} of {intent}" for number in range(count)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def replace_in(folder: Path, old: str, new: str) -> None:
    """Change words that stand in exactly one of the section or interface files."""
    holders = [
        path
        for path in (*(folder / "faq").glob("*.yml"), *(folder / "faq" / "interface").glob("*.yml"))
        if path.name != "promotion.yml" and old in path.read_text("utf-8")
    ]
    (path,) = [one for one in holders if one.name != "ids.yml"]
    path.write_text(path.read_text("utf-8").replace(old, new), encoding="utf-8")


def replace_in_promotion(folder: Path, pattern: str, new: str) -> None:
    path = folder / "faq" / "promotion.yml"
    text, count = re.subn(pattern, new, path.read_text("utf-8"), count=1)
    assert count == 1, f"{pattern!r} is not in promotion.yml"
    path.write_text(text, encoding="utf-8")
