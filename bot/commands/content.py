"""``promodesk check`` and ``promodesk import-page``: look through the content, and take over a new page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TypeVar

from rich.console import Console
from rich.syntax import Syntax

from bot.adapters.faq_files import FaqFiles, read_faq_files, section_paths
from bot.adapters.faq_writer import write_section
from bot.adapters.interface_files import read_interfaces
from bot.adapters.known_ids_file import read_known_ids
from bot.adapters.nlu_files import read_examples
from bot.adapters.promotion_file import PromotionFile, read_promotion_file
from bot.adapters.replies_file import Sentence, read_sentences
from bot.adapters.spoken_keys import SpokenKeys, read_spoken_keys
from bot.core.examples import NluExample
from bot.core.faq_page import PageError
from bot.core.findings import Finding, Severity
from bot.core.interface import Interface
from bot.services.check_content import CheckResult, Content, SpokenSentence, check_content
from bot.services.content_errors import ContentError
from bot.services.import_page import EntryChange, ImportPlan, plan_import

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.NOTE: "cyan"}
_CODE = Path(__file__).resolve().parents[1]
_Read = TypeVar("_Read")


def check(content: Path, *, today: date | None = None, console: Console | None = None) -> int:
    """Print every finding, ``file:line: severity: entry: what; mend``; 1 if there is an error nobody acknowledged."""
    shown = console or Console(soft_wrap=True, highlight=False)
    everything = read_content(content)
    zone = everything.promotion.time_zone if everything.promotion else None
    result = check_content(everything, today or datetime.now(zone).date())
    for finding in result.findings:
        shown.print(_line(finding, finding.id in result.acknowledged), style=_STYLES[finding.severity], markup=False)
    shown.print(_summary(result), markup=False)
    return 1 if result.unacknowledged_errors else 0


def import_page(page: Path, content: Path, write: bool, *, console: Console | None = None) -> int:
    """Print what the page changes; write it if told so, or if there are no files yet. 1 if it cannot be read."""
    shown = console or Console(soft_wrap=True, highlight=False)
    folder = content / "faq"
    try:
        existing = read_faq_files(folder).sections if section_paths(folder) else ()
        plan = plan_import(page.read_text(encoding="utf-8"), existing, read_known_ids(folder / "ids.yml"))
    except PageError as error:
        shown.print(f"{page}:{error.line_number}: error: {error.what}; {error.mend}", style="bold red", markup=False)
        return 1
    except (OSError, UnicodeDecodeError) as error:
        shown.print(
            f"{page}: error: the page cannot be read ({error}); give a text file in UTF-8",
            style="bold red",
            markup=False,
        )
        return 1
    except ContentError as error:
        shown.print(str(error), style="bold red", markup=False)
        return 1
    for change in plan.changes:
        _show(change, shown, with_diff=not plan.is_first)
    _finish(plan, folder, write or plan.is_first, shown)
    return 0


def read_content(content: Path) -> Content:
    """Everything in a content folder; what cannot be read is left out and its mistakes are listed."""
    faq, own_words = content / "faq", content / "faq" / "interface"
    unreadable: list[Finding] = []
    files: FaqFiles | None = _try(lambda: read_faq_files(faq), unreadable)
    promotion: PromotionFile | None = _try(lambda: read_promotion_file(faq / "promotion.yml"), unreadable)
    sentences: list[Sentence] | None = _try(lambda: read_sentences(faq / "replies"), unreadable)
    interfaces: dict[str, Interface] | None = (
        _try(lambda: read_interfaces(own_words), unreadable) if own_words.is_dir() else None
    )
    examples: list[NluExample] | None = _try(lambda: read_examples(content / "data" / "nlu" / "faq"), unreadable)
    spoken: SpokenKeys = read_spoken_keys(_CODE, _CODE.parent / "actions")
    return Content(
        sections=files.sections if files else None,
        places=files.places if files else {},
        promotion=promotion.promotion if promotion else None,
        fact_places=promotion.places if promotion else {},
        acknowledged=promotion.acknowledged if promotion else (),
        sentences=[
            SpokenSentence(one.key, spoken.unfilled(one.key, one.placeholders), one.place) for one in sentences or ()
        ],
        examples=examples,
        interfaces=tuple(interfaces.values()) if interfaces else (),
        unreadable=unreadable,
    )


def _try(read: Callable[[], _Read], unreadable: list[Finding]) -> _Read | None:
    try:
        return read()
    except ContentError as error:
        unreadable.extend(error.findings)
        return None


def _line(finding: Finding, acknowledged: bool) -> str:
    line = str(finding)
    if acknowledged:
        line = line.replace(": error: ", ": acknowledged: ", 1)
    return line


def _summary(result: CheckResult) -> str:
    errors, known = len(result.unacknowledged_errors), len(result.acknowledged)
    others = {
        kind: sum(found.severity is kind for found in result.findings) for kind in (Severity.WARNING, Severity.NOTE)
    }
    return f"{errors} errors, {known} acknowledged, {others[Severity.WARNING]} warnings, {others[Severity.NOTE]} notes"


def _show(change: EntryChange, console: Console, *, with_diff: bool) -> None:
    console.print(f"{change.kind}: {change.id}", style="bold", markup=False)
    if change.hint:
        console.print(f"  {change.hint}", style="yellow", markup=False)
    if change.diff and with_diff:
        console.print(Syntax(change.diff, "diff", background_color="default", word_wrap=False))


def _finish(plan: ImportPlan, folder: Path, write: bool, console: Console) -> None:
    if not plan.changed_sections and not plan.removed_names:
        console.print("The page and the files agree; nothing to do.")
    elif not write:
        console.print("Nothing is written. Run again with --write to take the changes over.")
    else:
        for section in plan.changed_sections:
            console.print(f"written: {write_section(folder, section)}", markup=False)
        for name in plan.removed_names:
            (folder / f"{name}.yml").unlink()
            console.print(f"removed: {folder / name}.yml", markup=False)
        console.print("Next: promodesk check")
