"""What a try comes to: questions with a proposal and without it compared, and the verdict in words."""

from __future__ import annotations

from collections.abc import Sequence

from bot.core.evaluation import (
    LabelledQuestion,
    Prediction,
    among_three,
    by_kind,
    first_is_right,
    is_right,
    summarise,
)
from bot.core.floors import Floor, shortfalls
from bot.core.intents import OUT_OF_SCOPE
from bot.core.ranking import Band
from bot.core.tries import ChangedQuestion, Comparison, FigureChange, Outcome, TryResult

TOLD = (
    "first choice right",
    "right one among the first three",
    "refused",
    "strangers not answered",
    "several questions, all answered",
)
"""The figures that are compared."""


def outcome_of(prediction: Prediction) -> Outcome:
    """What a prediction means to who asked."""
    return Outcome(prediction.predicted, prediction.band.value)


def compare(
    name: str,
    questions: Sequence[LabelledQuestion],
    before: Sequence[Prediction],
    after: Sequence[Prediction],
    *,
    label: str,
    floors: Sequence[Floor] = (),
) -> Comparison:
    """What changes for the questions of one file by a proposal for this label, and which bounds would no longer be kept."""
    figures = list(zip(summarise(questions, before), summarise(questions, after)))
    changes = [goodness(one, new) - goodness(one, old) for one, old, new in zip(questions, before, after)]
    told = [_told(label, *made) for made in zip(questions, before, after)]
    return Comparison(
        questions=name,
        count=len(questions),
        figures=tuple(
            FigureChange(old.name, old.hits, new.hits, new.of) for old, new in figures if old.name in TOLD and new.of
        ),
        better=tuple(question for question, change in zip(told, changes) if change > 0),
        worse=tuple(question for question, change in zip(told, changes) if change < 0),
        undercut=_undercut(questions, before, after, floors),
    )


def _told(label: str, question: LabelledQuestion, before: Prediction, after: Prediction) -> ChangedQuestion:
    return ChangedQuestion(
        question.text,
        question.labels,
        outcome_of(before),
        outcome_of(after),
        turns=is_right(question, before) != is_right(question, after),
        concerns=label in (*question.labels, *before.predicted, *after.predicted),
    )


def goodness(question: LabelledQuestion, prediction: Prediction) -> int:
    """How well a question is handled: a wrong answer is worse than none, a choice with the right one better."""
    is_answered = prediction.band is Band.ANSWER
    if question.is_multiple:
        return len({*question.labels} & {*prediction.predicted}) if is_answered else 0
    if question.is_stranger:
        return -1 if is_answered and not is_right(question, prediction) else int(prediction.band is Band.NONE)
    if is_answered:
        return 3 if first_is_right(question, prediction) else -1
    if prediction.band is Band.NONE:
        return 0
    return 2 if first_is_right(question, prediction) else int(among_three(question, prediction))


def _undercut(
    questions: Sequence[LabelledQuestion],
    before: Sequence[Prediction],
    after: Sequence[Prediction],
    floors: Sequence[Floor],
) -> tuple[str, ...]:
    """The bounds that are kept before and not after, as sentences."""
    missed = [
        {
            bound.partition(":")[0]: bound
            for bound in shortfalls([*summarise(questions, made), *by_kind(questions, made)], floors)
        }
        for made in (before, after)
    ]
    return tuple(bound for figure, bound in missed[1].items() if figure not in missed[0])


def verdict(result: TryResult) -> list[str]:
    """What the try means, in sentences; small numbers stay numbers."""
    said = [*_of_the_check(result), _of_the_questions(result)]
    if result.phrases:
        now, then = (
            sum(_is_as_proposed(end, result.label) for end in ends)
            for ends in zip(*((one.before, one.after) for one in result.phrases))
        )
        own = _count(len(result.phrases), "phrase")
        said.append(f"Its own {own}: {now} taken as proposed now, {then} then.")
    if result.undercut:
        bounds = _count(len(result.undercut), "bound")
        said.append(f"It falls below {bounds} of evaluation/floors.yml: a training would refuse it.")
    return said


def _of_the_check(result: TryResult) -> list[str]:
    if result.stops_content:
        return ["The check finds errors that are new: the content must not be used like this."]
    return []


def _of_the_questions(result: TryResult) -> str:
    asked = sum(one.count for one in result.comparisons)
    if not asked:
        return "This promotion has no labelled questions: nothing can be said about other questions."
    if not result.better and not result.worse:
        return f"None of {_count(asked, 'labelled question')} would be handled otherwise."
    improved, broken = (sum(one.turns for one in questions) for questions in (result.better, result.worse))
    others = len(result.better) + len(result.worse) - improved - broken
    said = f"Of {_count(asked, 'labelled question')} it would improve {improved} and break {broken}"
    said += f", and {others} more would be handled more or less surely." if others else "."
    own = sum(one.concerns for one in (*result.better, *result.worse))
    return f"{said} {own or 'None'} of them {'has' if own == 1 else 'have'} to do with {result.label}."


def _is_as_proposed(outcome: Outcome, label: str) -> bool:
    if label == OUT_OF_SCOPE:
        return outcome.band == Band.NONE.value
    return outcome.band == Band.ANSWER.value and label in outcome.labels


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
