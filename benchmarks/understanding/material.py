"""What the variants learn from: by default what the desk itself does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.adapters.nlu_files import read_examples
from bot.bootstrap_content import content
from bot.bootstrap_understanding import development_questions
from bot.config import Settings
from bot.core.evaluation import LabelledQuestion
from bot.core.intents import label_of


@dataclass(frozen=True)
class Material:
    """What there is to learn from."""

    phrases: tuple[tuple[str, str], ...]
    """Each with its label."""
    development: tuple[LabelledQuestion, ...] = ()
    answers: Mapping[str, str] = field(default_factory=dict)
    """The approved answers, by label."""
    long_wait: int | None = None
    """The number of days from which on a wait counts as long."""


def product_material(settings: Settings) -> Material:
    """The phrases of ``data/nlu`` and the page's own questions; raises ``DeskError`` if they cannot be read."""
    own = content(settings)
    examples = read_examples(settings.content / "data" / "nlu")
    phrases = [(example.text, label_of(example.intent)) for example in examples]
    return Material(
        phrases=(*phrases, *((entry.question, entry.id) for entry in own.faq)),
        development=tuple(development_questions(settings)),
        answers={entry.id: entry.answer for entry in own.faq},
        long_wait=own.promotion.contact_after_days.value,
    )
