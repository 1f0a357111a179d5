"""The whole comparison: write, train, start and measure one system after the other, in a folder that is gone afterwards."""

from __future__ import annotations

import os
import random
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from rich.console import Console

from benchmarks.stock_rasa.kept import desk_folder, stock_folder, trained_once
from benchmarks.stock_rasa.machine import Machine, this_machine
from benchmarks.stock_rasa.measured import Measured
from benchmarks.stock_rasa.progress import stage
from benchmarks.stock_rasa.project import write_project
from benchmarks.stock_rasa.serving import Exercise, measure_system
from benchmarks.stock_rasa.systems import (
    DESK,
    STOCK,
    System,
    desk_system,
    model_environment,
    stock_system,
    whole_desk_system,
)
from benchmarks.stock_rasa.training import train_desk, train_stock
from bot.adapters.labelled_questions import read_labelled_questions
from bot.config import read_settings
from bot.core.evaluation import LabelledQuestion
from bot.core.lengths import LONGEST_MESSAGE
from bot.services.ports import InvalidInput


@dataclass(frozen=True)
class Plan:
    """What to compare with, and how thoroughly."""

    questions: Sequence[Path]
    callers: Sequence[int]
    turns: int
    epochs: int
    keep: Path | None = None
    """Where trained bots stay, to be used again; None: they go with everything else."""


@dataclass(frozen=True)
class Comparison:
    """What was measured, by system, and where and when."""

    machine: Machine
    plan: Plan
    began: datetime
    load_at_end: float
    systems: Mapping[str, Sequence[Measured]]


def compare(plan: Plan, console: Console) -> Comparison:
    """Run everything; raises ``DeskError`` if a file cannot be read, a training fails or a server does not answer."""
    machine, began = this_machine(), datetime.now().astimezone()
    console.print(machine.sentence(), markup=False)
    exercise = _exercise(plan)
    systems: dict[str, list[Measured]] = {}
    with tempfile.TemporaryDirectory(prefix="stock-rasa-") as folder:
        scratch = Path(folder)
        for system, trained in _trained(plan, scratch, console):
            logs = scratch / "logs" / system.name
            systems[system.name] = trained + measure_system(system, exercise, logs, console)
    return Comparison(machine, plan, began, os.getloadavg()[0], systems)


def _trained(plan: Plan, scratch: Path, console: Console) -> Iterator[tuple[System, list[Measured]]]:
    """The systems, each with what its training took; the second desk has the model of the first."""
    kept, settings = (plan.keep or scratch).resolve(), read_settings()
    project, desk = stock_folder(kept, settings, plan.epochs), desk_folder(kept, settings)
    with stage(console, f"{STOCK}: training with {plan.epochs} epochs") as say:
        write_project(project, settings.content, plan.epochs)
        stock_training = trained_once(project, lambda: train_stock(project, scratch / "logs", say))
    models = model_environment(desk)
    desk.mkdir(parents=True, exist_ok=True)
    with stage(console, f"{DESK}: training") as say:
        desk_training = trained_once(desk, lambda: train_desk(models, scratch / "cache", scratch / "logs", say))
    yield stock_system(project), stock_training
    yield desk_system(scratch, models), desk_training
    yield whole_desk_system(scratch, models), []


def _exercise(plan: Plan) -> Exercise:
    questions = [question for file in plan.questions for question in read_labelled_questions(file)]
    return Exercise(questions, mixed_texts(questions), sorted({1, *plan.callers}), plan.turns)


def mixed_texts(questions: Sequence[LabelledQuestion]) -> list[str]:
    """The texts in an order that mixes their kinds, and is the same every time; what the desk refuses as too long is left out."""
    texts = [question.text for question in questions if question.text.strip() and len(question.text) <= LONGEST_MESSAGE]
    if not texts:
        raise InvalidInput(f"no question has a text of 1 to {LONGEST_MESSAGE} characters; add some to the file")
    random.Random(0).shuffle(texts)
    return texts
