"""Puts together what understands language: what it learns from, its readers, and the way in for messages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.adapters.labelled_questions import read_labelled_questions
from bot.adapters.nlu_files import read_examples
from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.lookups import SqlLookups
from bot.adapters.sql.products import SqlProducts
from bot.adapters.vocabulary_file import read_vocabulary
from bot.bootstrap_content import Content, content
from bot.config import ROOT, Settings
from bot.core.evaluation import LabelledQuestion
from bot.core.intents import label_of
from bot.core.wording import Wording
from bot.services.receive_message import receive_message

if TYPE_CHECKING:
    from bot.matching.readers import PurchaseReader

# What understands language is imported where it is used: the gateway and the action server do without it, and start at once.

DEVELOPMENT = Path("evaluation/development.yml")
"""Where a promotion's content has its labelled questions."""
LEARNING = (
    "calibration", "cleaning", "clauses", "encoder", "features", "follow_ups", "foresight", "forms", "learning", "matcher", "normalise",
    "number_words", "questions", "ridge", "several", "spelling", "splits", "waits",
)  # fmt: skip
"""The modules of ``bot.matching`` that make a model what it is; the others only read details."""


@dataclass(frozen=True)
class Intake:
    """How a customer's message is taken in."""

    receive: Callable[[str, str], str]
    """Conversation and text to masked text; what a look-up needs is kept on the way."""
    wording: Wording


def intake(settings: Settings) -> Intake:
    """The way in for messages, in the process that masks them."""
    from bot.matching.claim_details import ClaimDetailFinder

    own = content(settings)
    receive = partial(
        receive_message,
        finder=ClaimDetailFinder(own.promotion.claim_reference),
        lookups=SqlLookups(make_engine(settings.database_url), settings.secret),
        reference_format=own.promotion.claim_reference,
    )
    return Intake(receive, own.wording)


@dataclass(frozen=True)
class Readers:
    """What the understanding of messages works with, beside its trained matcher."""

    purchases: PurchaseReader
    content: Content


def readers(settings: Settings) -> Readers:
    """The readers of one promotion; products are looked up in the claims database as it stands."""
    from bot.matching.readers import PurchaseReader

    own = content(settings)
    products = SqlProducts(make_engine(settings.claims_url, read_only=True), own.promotion.key)
    vocabulary = read_vocabulary(settings.content / "data" / "vocabulary.yml")
    return Readers(PurchaseReader(own.promotion.claim_reference, vocabulary, products.all), own)


def encoder_folder(settings: Settings) -> Path:
    """The encoder in ONNX form; exported on first use."""
    from bot.matching.encoder_export import exported_encoder

    return exported_encoder(settings.encoder, settings.cache)


def development_questions(settings: Settings) -> list[LabelledQuestion]:
    """The labelled questions by which a model is calibrated and judged; none where a promotion has none."""
    file = settings.content / DEVELOPMENT
    return read_labelled_questions(file) if file.exists() else []


@dataclass(frozen=True)
class LearningMaterial:
    """What a matcher learns from, as Rasa's training gives it."""

    phrases: list[tuple[str, str]]
    """Each with its label."""
    development: list[LabelledQuestion]
    long_wait: int

    @property
    def counts(self) -> Counter[str]:
        """How many phrases each label has."""
        return Counter(label for _, label in self.phrases)


def learning_material(settings: Settings) -> LearningMaterial:
    """The phrases of ``data/nlu`` and the page's own questions; raises ``DeskError`` if they cannot be read."""
    own = content(settings)
    examples = read_examples(settings.content / "data" / "nlu")
    phrases = [(example.text, label_of(example.intent)) for example in examples]
    phrases += [(entry.question, entry.id) for entry in own.faq]
    return LearningMaterial(phrases, development_questions(settings), own.promotion.contact_after_days.value)


def learnt_by(settings: Settings) -> list[Path]:
    """The files beside Rasa's own training data that a model depends on: the code that learns, and what it is set by."""
    files = [ROOT / "bot" / "matching" / f"{name}.py" for name in (*LEARNING, "encoder_export")]
    content_files = (settings.content / DEVELOPMENT, settings.content / "faq" / "promotion.yml")
    return [*files, *(file for file in content_files if file.exists())]
