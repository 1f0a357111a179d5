"""Brings the FAQ into Rasa's training: its questions as examples, its entries as labels.

Utterances are names only. Their words are looked up when they are said (``answer_generator``), so that a change of
wording needs no training.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Optional

from rasa.shared.core.domain import Domain
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT, INTENT_RESPONSE_KEY
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.bootstrap_content import Content, content
from bot.config import read_settings
from bot.core.intents import FAQ, label_of
from bot.inside_rasa.utterances import UTTERANCES
from bot.services.ports import InvalidInput

LABEL = "label"
"""The message property with the label the matcher learns."""


class DeskImporter(RasaFileImporter):  # type: ignore[misc]
    """Rasa's file importer with the content of ``faq/``; refuses examples of an entry that does not exist."""

    def __init__(
        self,
        config_file: Optional[str] = None,
        domain_path: Optional[str] = None,
        training_data_paths: Any = None,
        **_: Any,
    ) -> None:
        settings = read_settings()
        content_paths = [str(settings.content / "data")] if settings.content != Path.cwd() else training_data_paths
        super().__init__(config_file, domain_path, training_data_paths or content_paths)
        self._content: Content = content(settings)

    def get_domain(self) -> Domain:
        """The domain file, and a response for every utterance."""
        responses = {name: [{"text": name}] for name in UTTERANCES}
        return super().get_domain().merge(Domain.from_dict({"responses": responses}))

    def get_nlu_data(self, language: Optional[str] = "en") -> TrainingData:
        """The NLU files, and every published question as an example of its entry.

        To Rasa all entries are the one intent ``faq``. As a retrieval intent it would call for a ResponseSelector.
        """
        examples = super().get_nlu_data(language)
        self._require_entries(examples)
        questions = [Message.build(text=entry.question, intent=f"{FAQ}/{entry.id}") for entry in self._content.faq]
        labelled = [_with_label(message) for message in [*examples.training_examples, *questions]]
        return TrainingData(labelled)

    def _require_entries(self, examples: TrainingData) -> None:
        known = {entry.id for entry in self._content.faq}
        asked = {
            label_of(full)
            for full in (message.get_full_intent() for message in examples.intent_examples)
            if full and full.startswith(f"{FAQ}/")
        }
        if asked != known:
            raise InvalidInput(
                "faq/ and data/nlu/faq/ do not name the same entries: "
                f"only in faq/: {sorted(known - asked)}; only in data/nlu/faq/: {sorted(asked - known)}. "
                "Run `promodesk check`; it names file and line."
            )


def _with_label(message: Message) -> Message:
    """The label the matcher learns apart from the intent that Rasa's rules know."""
    full = message.get_full_intent()
    if not full:
        return message
    data = {key: value for key, value in message.data.items() if key != INTENT_RESPONSE_KEY}
    data[LABEL] = label_of(full)
    data[INTENT] = FAQ if full.startswith(f"{FAQ}/") else full
    return Message(data=data)
