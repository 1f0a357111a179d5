"""Rasa's answer generator: looks the words up when they are said, so that a change of wording needs no training."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, Dict, Optional

from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.bootstrap_content import Content, content
from bot.config import read_settings
from bot.core.explanations import why_said
from bot.core.intents import NOT_UNDERSTOOD
from bot.core.ranking import Band
from bot.core.replies import Reply
from bot.core.turns import Turn
from bot.inside_rasa import utterances
from bot.inside_rasa.conversation_state import REPLIES, has_been_handed_over, misses_in_a_row
from bot.services.answer_questions import answer_questions
from bot.services.hold_dialogue import admit_not_understood, beside_answers, hand_over, say


class DeskAnswerGenerator(NaturalLanguageGenerator):  # type: ignore[misc]
    """Every reply leaves as ``{"custom": {"replies": [...]}}``; an empty list is no reply at all."""

    def __init__(self, endpoint_config: Optional[EndpointConfig] = None, domain: Optional[Domain] = None) -> None:
        self._content: Content = content(read_settings())

    async def generate(
        self, utter_action: str, tracker: DialogueStateTracker, output_channel: str, **kwargs: Any
    ) -> Optional[Dict[str, Any]]:
        """The replies for an utterance of the rules."""
        message = (tracker.latest_message and tracker.latest_message.parse_data) or {}
        replies = [
            replace(reply, why=why_said(reply.faq_id, message)) for reply in self._replies(utter_action, tracker)
        ]
        return {"text": None, "custom": {REPLIES: [reply.as_dict() for reply in replies]}}

    def _replies(self, utterance: str, tracker: DialogueStateTracker) -> list[Reply]:
        faq, wording = self._content.faq, self._content.wording
        turn = turn_of(tracker)
        if utterance == utterances.ANSWERS:
            answers = answer_questions(
                turn.answers,
                faq=faq,
                promotion=self._content.promotion,
                wording=wording,
                today=self._content.clock.today(),
                language=turn.language,
            )
            return [*answers, *beside_answers(turn, faq, wording)]
        if utterance == utterances.HAND_OFF:
            return [hand_over(wording, before=has_been_handed_over(tracker))]
        if utterance == utterances.NOT_UNDERSTOOD:
            return [admit_not_understood(turn, misses_in_a_row(tracker), faq, wording)]
        if utterance == utterances.OUT_OF_SCOPE:
            misses = misses_in_a_row(tracker)
            return [say("out_of_scope", wording) if misses == 1 else admit_not_understood(turn, misses, faq, wording)]
        if utterance == utterances.COMPLAIN:
            knows_more = bool(tracker.get_slot("topic")) or has_been_handed_over(tracker)
            return [say("complain_again" if knows_more else "complain", wording)]
        return [say(utterances.PLAIN[utterance], wording)]


def turn_of(tracker: DialogueStateTracker) -> Turn:
    """The decision on the current message; for a pressed button, what the button stands for."""
    message = tracker.latest_message
    data = (message.parse_data if message else None) or {}
    if "turn" in data:
        return Turn.from_dict(data["turn"])
    pressed = tuple(entity["value"] for entity in data.get("entities", ()) if entity["entity"] == "faq_id")
    intent = message.intent_name if message else None
    return Turn(intent or NOT_UNDERSTOOD, 1.0, answers=pressed, band=Band.ANSWER, language=_language_written(tracker))


def _language_written(tracker: DialogueStateTracker) -> str:
    """The language of the last message that was typed: a button is in English for everybody."""
    for event in reversed(tracker.events):
        if isinstance(event, UserUttered) and "turn" in (event.parse_data or {}):
            return Turn.from_dict(event.parse_data["turn"]).language
    return "en"
