"""One trial: the content's check and the evaluation, without a change and with it."""

from __future__ import annotations

import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from bot.adapters.floors_file import read_floors
from bot.adapters.labelled_questions import read_labelled_questions
from bot.adapters.models import unpacked_understanding
from bot.bootstrap_understanding import encoder_folder, learning_material
from bot.commands.content import read_content
from bot.commands.fitting_model import fitting_model
from bot.commands.train import FLOORS
from bot.config import Settings
from bot.core.evaluation import LabelledQuestion, Prediction
from bot.core.findings import Finding
from bot.core.floors import Floor
from bot.core.intents import label_of
from bot.core.proposals import Change, Patch
from bot.core.tries import Comparison, PhraseOutcome, TryResult
from bot.core.verdicts import compare, outcome_of
from bot.matching.kept_encoder import KeptEncoder
from bot.matching.learning import learn
from bot.matching.matcher import Matcher
from bot.matching.prediction import predict_message
from bot.matching.ridge import FOLDS
from bot.services.check_content import CheckResult, check_content
from bot.services.gap_ports import ContentDrafts
from bot.services.ports import InvalidInput

QUESTIONS = ("development.yml", "held_out.yml")
"""The labelled questions in ``evaluation/``, as far as a promotion has them."""
COPIED = ("faq", "data", "evaluation")
Say = Callable[[str], None]


@dataclass(frozen=True)
class _Side:
    """One of the two contents that are compared."""

    settings: Settings
    check: CheckResult
    matcher: Matcher


class Trial:
    """Tries a change on a copy of the content; ``say`` is told what is done."""

    def __init__(self, settings: Settings, drafts: ContentDrafts, say: Say) -> None:
        self._settings = settings
        self._drafts = drafts
        self._say = say
        self._encoder = KeptEncoder(encoder_folder(settings), settings.cache)

    def run(self, change: Change) -> TryResult:
        """What the change would do. Raises ``InvalidInput`` if it no longer fits, or cannot be learnt."""
        began = time.monotonic()
        patch = self._drafts.patch(change)
        _require_patch(patch)
        with _changed_copy(self._settings.content, patch) as copy:
            self._say("Checking the content without and with the proposal")
            checks = [_check(folder, self._settings) for folder in (self._settings.content, copy)]
            before = _Side(self._settings, checks[0], self._without())
            changed = replace(self._settings, content=copy)
            self._say("Training with the proposal (a minute or two)")
            after = _Side(changed, checks[1], self._learnt(changed))
            comparisons = tuple(self._comparisons(before, after, label_of(change.intent)))
        self._encoder.keep()
        return TryResult(
            label=label_of(change.intent),
            new_findings=_new(before.check, after.check),
            gone_findings=_new(after.check, before.check),
            stops_content=bool(_names(after.check.unacknowledged_errors) - _names(before.check.unacknowledged_errors)),
            comparisons=comparisons,
            phrases=tuple(self._phrases(change, before, after)),
            seconds=round(time.monotonic() - began),
        )

    def _without(self) -> Matcher:
        """The model in use if it was trained from this very content, else one that is trained now."""
        model = fitting_model(self._settings)
        if model:
            with unpacked_understanding(model) as folder:
                return Matcher.load(folder, self._encoder)
        self._say("Training without the proposal: the model in use is of another content (a minute or two)")
        return self._learnt(self._settings)

    def _learnt(self, settings: Settings) -> Matcher:
        material = learning_material(settings)
        counts = material.counts
        rare = sorted(label for label, count in counts.items() if count < FOLDS)
        if rare or len(counts) < 2:
            raise InvalidInput(f"too few phrases to learn {', '.join(rare) or 'anything'}: {FOLDS} are the least")
        return learn(material.phrases, self._encoder, material.development, long_wait=material.long_wait)

    def _comparisons(self, before: _Side, after: _Side, label: str) -> Iterator[Comparison]:
        folder = self._settings.content / "evaluation"
        for name in (name for name in QUESTIONS if (folder / name).exists()):
            questions = read_labelled_questions(folder / name)
            made = [self._asked(side, questions, name, which) for side, which in ((before, "without"), (after, "with"))]
            floors = _floors(self._settings.content, name)
            yield compare(name, questions, *made, label=label, floors=floors)

    def _asked(self, side: _Side, questions: Sequence[LabelledQuestion], name: str, which: str) -> list[Prediction]:
        self._say(f"Asking the {len(questions)} questions of {name} {which} the proposal")
        return [predict_message(question.text, side.matcher) for question in questions]

    def _phrases(self, change: Change, before: _Side, after: _Side) -> Iterator[PhraseOutcome]:
        for text in change.phrases:
            now, then = (outcome_of(predict_message(text, side.matcher)) for side in (before, after))
            yield PhraseOutcome(text, now, then)


def _require_patch(patch: Patch) -> None:
    if patch.is_in_content:
        raise InvalidInput("all of it stands in the content already")
    if not patch.files:
        raise InvalidInput("it no longer fits the content: " + " ".join(patch.conflicts))


@contextmanager
def _changed_copy(source: Path, patch: Patch) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="promodesk-try-") as scratch:
        copy = Path(scratch)
        for name in COPIED:
            if (source / name).is_dir():
                shutil.copytree(source / name, copy / name)
        for file in patch.files:
            (copy / file.path).parent.mkdir(parents=True, exist_ok=True)
            (copy / file.path).write_bytes(file.after.encode("utf-8"))
        yield copy


def _check(folder: Path, settings: Settings) -> CheckResult:
    found = read_content(folder)
    zone = found.promotion.time_zone if found.promotion else None
    return check_content(found, settings.today or datetime.now(zone).date())


def _new(before: CheckResult, after: CheckResult) -> tuple[str, ...]:
    """What is found after and not before, wherever it stands: lines move."""
    known = _names(before.findings)
    return tuple(str(finding) for finding in after.findings if not _names([finding]) <= known)


def _names(findings: Sequence[Finding]) -> set[tuple[str, str, tuple[str, ...], str]]:
    """What findings are known by; one that only counts differently ("has 12 examples") is the same."""
    return {(one.id, one.entry, one.readings, re.sub(r"\d+", "#", one.what)) for one in findings}


def _floors(content: Path, questions: str) -> list[Floor]:
    """The bounds for these questions; none where a promotion has set none."""
    try:
        return read_floors(content / FLOORS, questions)
    except InvalidInput:
        return []
