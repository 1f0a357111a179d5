"""The desk's understanding as a Rasa component: the only one in the pipeline.

It reads details, splits a message into its questions, ranks the answers to each, and decides with the conversation at
hand which intent Rasa's rules get.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Dict, List, Optional

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.bootstrap_content import content
from bot.bootstrap_understanding import Readers, development_questions, encoder_folder, learnt_by, readers
from bot.config import Settings, read_settings
from bot.core.explanations import explain
from bot.core.purchase import TOLD
from bot.core.ranking import Ranking
from bot.core.turn_context import given_by
from bot.core.turns import Turn, take_turn
from bot.inside_rasa.conversation_state import context_of, topic_of
from bot.inside_rasa.importer import LABEL
from bot.inside_rasa.stages import UNDERSTANDING, metrics_of_this_process
from bot.matching.encoder import Encoder
from bot.matching.kept_encoder import KeptEncoder
from bot.matching.language import language_of
from bot.matching.learning import learn
from bot.matching.matcher import Matcher
from bot.matching.questions import read_questions

TURN = "turn"
"""The message property, and the parse result's key, that holds the decision (``bot.core.turns.Turn``)."""
RANKINGS = "questions"
_ENCODER_FOLDER = "encoder"


@DefaultV1Recipe.register([DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER], is_trainable=True)
class DeskUnderstanding(GraphComponent):  # type: ignore[misc]
    """Text to intent, entities and the answers to give."""

    def __init__(self, matcher: Optional[Matcher], storage: ModelStorage, resource: Resource) -> None:
        self.matcher = matcher
        self._storage = storage
        self._resource = resource

    @classmethod
    def create(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> DeskUnderstanding:
        return cls(None, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: Dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> DeskUnderstanding:
        with model_storage.read_from(resource) as folder:
            matcher = Matcher.load(folder, Encoder(folder / _ENCODER_FOLDER))
        return cls(matcher, model_storage, resource)

    @staticmethod
    def required_packages() -> List[str]:
        # Rasa imports what is named here at every start; the encoder's exporter is needed for training only.
        return ["spacy", "onnxruntime"]

    @classmethod
    def fingerprint_addon(cls, config: Dict[str, Any]) -> Optional[str]:
        """Rasa's cache sees this class only: the code it calls and the encoder belong to the fingerprint too."""
        settings = read_settings()
        digest = hashlib.sha256(settings.encoder.encode())
        for source in learnt_by(settings):
            digest.update(source.read_bytes())
        return digest.hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Fit the matcher on the examples and keep it with its encoder."""
        examples = [
            (message.get(TEXT), message.get(LABEL) or message.get(INTENT)) for message in training_data.intent_examples
        ]
        settings = read_settings()
        exported = encoder_folder(settings)
        encoder = KeptEncoder(exported, settings.cache)
        self.matcher = learn(
            examples,
            encoder,
            development_questions(settings),
            long_wait=content(settings).promotion.contact_after_days.value,
        )
        encoder.keep()
        with self._storage.write_to(self._resource) as folder:
            self.matcher.save(folder)
            _copy(exported, folder / _ENCODER_FOLDER)
        return self._resource

    def process(self, messages: List[Message], tracker: Optional[DialogueStateTracker] = None) -> List[Message]:
        """Decide each message; ``tracker`` is the conversation before it, if there is one."""
        for message in messages:
            text = message.get(TEXT)
            if text and self.matcher is not None and tracker is not None:
                with metrics_of_this_process().measure(UNDERSTANDING):
                    turn = self._decide(message, text, tracker)
                metrics_of_this_process().count_message(turn.band.value)
            elif text and self.matcher is not None:
                self._decide(message, text, None)  # a search or a check, no customer's turn
        return messages

    def _decide(self, message: Message, text: str, tracker: Optional[DialogueStateTracker]) -> Turn:
        matcher, reading = self.matcher, _readers_for(read_settings())
        assert matcher is not None
        purchase = reading.purchases.read(text, reading.content.clock.today())
        questions = read_questions(text, matcher, topic_of(tracker, reading.content))
        taken = take_turn(text, questions, given_by(text, purchase), context_of(tracker))
        turn = replace(taken, language=language_of(text))
        message.set(INTENT, {"name": turn.intent, "confidence": turn.confidence}, add_to_output=True)
        message.set(INTENT_RANKING_KEY, _intent_ranking(turn, questions), add_to_output=True)
        message.set(TOLD, purchase.as_dict(), add_to_output=True)
        message.set(TURN, turn.as_dict(), add_to_output=True)
        message.set(RANKINGS, [explain(question, matcher.thresholds) for question in questions], add_to_output=True)
        return turn


@lru_cache(maxsize=1)
def _readers_for(settings: Settings) -> Readers:
    """Made on the first message: training needs none of them."""
    return readers(settings)


def _intent_ranking(turn: Turn, questions: List[Ranking]) -> List[Dict[str, Any]]:
    others = [
        {"name": candidate.label, "confidence": round(candidate.score, 4)} for candidate in questions[0].candidates[:5]
    ]
    return [{"name": turn.intent, "confidence": turn.confidence}, *others]


def _copy(source: Path, target: Path) -> None:
    """By hard link where the file system allows: the encoder is 90 MB."""
    target.mkdir()
    for file in source.iterdir():
        try:
            os.link(file, target / file.name)
        except OSError:
            shutil.copy(file, target / file.name)
