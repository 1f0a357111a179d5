"""How well questions were understood: predictions against labels, by kind of question."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.intents import OUT_OF_SCOPE
from bot.core.ranking import Band


@dataclass(frozen=True)
class LabelledQuestion:
    """A question with its best label (several where several things are asked) and others that are equally right."""

    text: str
    labels: tuple[str, ...]
    also: tuple[str, ...] = ()
    kind: str = "all"

    @property
    def is_multiple(self) -> bool:
        return len(self.labels) > 1

    @property
    def is_stranger(self) -> bool:
        return self.labels == (OUT_OF_SCOPE,)

    def accepts(self, label: str) -> bool:
        return label in self.labels or label in self.also


@dataclass(frozen=True)
class Prediction:
    """What was made of a question: labels in the order asked, the band, and the ranking behind it."""

    predicted: tuple[str, ...]
    band: Band
    ranking: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Figure:
    """A share with its counts."""

    name: str
    hits: int
    of: int

    @property
    def share(self) -> float:
        return self.hits / self.of if self.of else float("nan")


def summarise(questions: Sequence[LabelledQuestion], predictions: Sequence[Prediction]) -> list[Figure]:
    """The figures for questions with an answer, strangers, and messages with several questions."""
    pairs = list(zip(questions, predictions))
    answerable = [(q, p) for q, p in pairs if not q.is_multiple and not q.is_stranger]
    strangers = [(q, p) for q, p in pairs if q.is_stranger]
    multiple = [(q, p) for q, p in pairs if q.is_multiple]
    answered = [(q, p) for q, p in answerable if p.band is Band.ANSWER]
    return [
        _figure("first choice right", (first_is_right(q, p) for q, p in answerable)),
        _figure("right one among the first three", (among_three(q, p) for q, p in answerable)),
        _figure("answered outright", (p.band is Band.ANSWER for _, p in answerable)),
        _figure("… and right", (first_is_right(q, p) for q, p in answered)),
        _figure("refused", (p.band is Band.NONE for _, p in answerable)),
        _figure("strangers not answered", (p.band is not Band.ANSWER for _, p in strangers)),
        _figure("strangers refused", (p.band is Band.NONE for _, p in strangers)),
        _figure("several questions, all answered", (_all_answered(q, p) for q, p in multiple)),
    ]


def by_kind(questions: Sequence[LabelledQuestion], predictions: Sequence[Prediction]) -> list[Figure]:
    """The share handled rightly for each kind: the right first choice, strangers not answered, all of several answered."""
    kinds = dict.fromkeys(question.kind for question in questions)
    return [_figure(kind, (is_right(q, p) for q, p in zip(questions, predictions) if q.kind == kind)) for kind in kinds]


def is_right(question: LabelledQuestion, prediction: Prediction) -> bool:
    """Whether a question was handled rightly, by what kind it is."""
    if question.is_multiple:
        return _all_answered(question, prediction)
    if question.is_stranger:
        return prediction.band is not Band.ANSWER or question.accepts(prediction.predicted[0])
    return first_is_right(question, prediction)


def first_is_right(question: LabelledQuestion, prediction: Prediction) -> bool:
    return bool(prediction.ranking) and question.accepts(prediction.ranking[0][0])


def among_three(question: LabelledQuestion, prediction: Prediction) -> bool:
    return any(question.accepts(label) for label, _ in prediction.ranking[:3])


def _all_answered(question: LabelledQuestion, prediction: Prediction) -> bool:
    wanted = set(question.labels) - {OUT_OF_SCOPE}
    return wanted <= set(prediction.predicted) and prediction.band is Band.ANSWER


def _figure(name: str, outcomes: Iterable[bool]) -> Figure:
    counted = list(outcomes)
    return Figure(name, sum(counted), len(counted))
