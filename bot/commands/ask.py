"""Show how a message is understood, and why: ``promodesk ask``."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.table import Table

from bot.adapters.models import newest_model, unpacked_understanding
from bot.bootstrap_understanding import encoder_folder
from bot.config import Settings
from bot.core.explanations import explain
from bot.matching.encoder import Encoder
from bot.matching.language import language_of
from bot.matching.matcher import Matcher
from bot.matching.questions import read_questions


def ask(settings: Settings, text: str, as_json: bool = False, console: Console | None = None) -> None:
    """Print the questions found in a message with band, scores, thresholds, nearest phrases and runner-ups."""
    shown = console or Console()
    with unpacked_understanding(newest_model(settings.models)) as folder:
        matcher = Matcher.load(folder, Encoder(encoder_folder(settings)))
    understood = understand(text, matcher)
    if as_json:
        shown.print_json(json.dumps(understood, ensure_ascii=False))
        return
    shown.print(f"read as    {understood['read_as']}", markup=False, highlight=False)
    shown.print(f"language   {understood['language']}", highlight=False)
    for question in understood["questions"]:
        shown.print()
        shown.print(_table(question))
        shown.print(question["why"], highlight=False, markup=False)


def understand(text: str, matcher: Matcher) -> dict[str, Any]:
    """Everything that was made of a message outside a conversation, as plain JSON values."""
    return {
        "text": text,
        "read_as": matcher.spoken(text),
        "language": language_of(text),
        "questions": [explain(question, matcher.thresholds) for question in read_questions(text, matcher)],
    }


def _table(question: dict[str, Any]) -> Table:
    table = Table(title=f"“{question['text']}”", title_justify="left")
    for heading in ("label", "score", "nearest phrase learnt"):
        table.add_column(heading, justify="right" if heading == "score" else "left")
    for candidate in question["candidates"]:
        table.add_row(candidate["label"], f"{candidate['score']:.3f}", candidate["matched"])
    table.add_row("no answer here", f"{question['no_answer_score']:.3f}", "", style="dim")
    return table
