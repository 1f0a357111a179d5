"""Measure the understanding on labelled questions: ``promodesk evaluate``."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.progress import track
from rich.table import Table

from bot.adapters.labelled_questions import read_labelled_questions, write_predictions
from bot.adapters.models import newest_model, unpacked_understanding
from bot.adapters.nlu_files import read_examples
from bot.bootstrap_understanding import encoder_folder
from bot.config import Settings
from bot.core.evaluation import Figure, LabelledQuestion, Prediction, by_kind, summarise
from bot.core.intents import label_of
from bot.matching.encoder import Encoder
from bot.matching.learning import learn
from bot.matching.matcher import Matcher
from bot.matching.prediction import predict_message, predict_plain
from bot.matching.ridge import FOLDS, TooManyPhrases
from bot.services.ports import InvalidInput


def evaluate(settings: Settings, file: Path, predictions: Path | None = None, train: Path | None = None) -> None:
    """Print the tables for the questions of a file; ``train`` fits the matcher on another NLU file instead of the model's.

    Raises ``InvalidInput`` for files that cannot be read.
    """
    console = Console()
    questions = read_labelled_questions(file)
    if train is None:
        made = _by_the_model(settings, questions, console)
    else:
        made = _by_another_matcher(settings, questions, train, console)
    if predictions is not None:
        write_predictions(predictions, questions, made)
    console.print(figure_table(f"{file.name}: {len(questions)} questions", summarise(questions, made)))
    console.print(figure_table("Handled rightly, by kind", by_kind(questions, made)))


def measure(matcher: Matcher, questions: Sequence[LabelledQuestion]) -> list[Figure]:
    """Every figure of a matcher on labelled questions: the summary, then the share handled rightly of each kind."""
    made = [predict_message(question.text, matcher) for question in questions]
    return [*summarise(questions, made), *by_kind(questions, made)]


def _by_the_model(settings: Settings, questions: list[LabelledQuestion], console: Console) -> list[Prediction]:
    encoder = Encoder(encoder_folder(settings))
    with unpacked_understanding(newest_model(settings.models)) as folder:
        matcher = Matcher.load(folder, encoder)
    asked = track(questions, "Asking", console=console, transient=True)
    return [predict_message(question.text, matcher) for question in asked]


def _by_another_matcher(
    settings: Settings, questions: list[LabelledQuestion], train: Path, console: Console
) -> list[Prediction]:
    examples = [(example.text, label_of(example.intent)) for example in read_examples(train)]
    with console.status(f"Learning {len(examples)} phrases …"):
        matcher = _fit(examples, train, settings)
    return predict_plain([question.text for question in questions], matcher)


def _fit(examples: list[tuple[str, str]], train: Path, settings: Settings) -> Matcher:
    counts = Counter(label for _, label in examples)
    rare = sorted(label for label, count in counts.items() if count < FOLDS)
    if len(counts) < 2 or rare:
        what = f"too few examples of {', '.join(rare)}" if rare else "fewer than two intents"
        raise InvalidInput(f"{train}: {what}; give two intents or more with at least {FOLDS} examples each")
    try:
        return learn(examples, Encoder(encoder_folder(settings)))
    except TooManyPhrases as error:
        raise InvalidInput(f"{train}: {error}") from error


def figure_table(title: str, figures: Sequence[Figure]) -> Table:
    """Shares with their counts; figures of which nothing was counted are left out."""
    table = Table(title=title, title_justify="left")
    table.add_column("")
    table.add_column("share", justify="right")
    table.add_column("count", justify="right")
    for figure in figures:
        if figure.of:
            table.add_row(figure.name, f"{figure.share:.1%}", f"{figure.hits} of {figure.of}")
    return table
