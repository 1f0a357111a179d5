"""What each bot makes of labelled questions, judged by the same figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import httpx

from benchmarks.stock_rasa.measured import Measured, Section, Unit
from bot.adapters.models import newest_model, unpacked_understanding
from bot.bootstrap_understanding import encoder_folder
from bot.config import Settings
from bot.core.evaluation import Figure, LabelledQuestion, Prediction, by_kind, summarise
from bot.core.intents import DIALOGUE_MOVES, FAQ, NOT_UNDERSTOOD, OUT_OF_SCOPE, label_of
from bot.core.ranking import Band
from bot.services.ports import Unavailable

NO_ANSWER = DIALOGUE_MOVES | {NOT_UNDERSTOOD, OUT_OF_SCOPE}
"""Left out of both bots' rankings: none of them answers a question that stands alone."""
PARSE_SECONDS = 60.0


def predict_stock(url: str, questions: Sequence[LabelledQuestion]) -> list[Prediction]:
    """What the running stock bot makes of the questions; raises ``Unavailable`` if it does not answer."""
    with httpx.Client(base_url=url, timeout=PARSE_SECONDS, trust_env=False) as client:
        return [stock_prediction(_parse(client, question.text)) for question in questions]


def predict_desk(settings: Settings, questions: Sequence[LabelledQuestion]) -> list[Prediction]:
    """What the desk's model makes of them, as ``promodesk evaluate`` does it."""
    # What understands language takes seconds to import, and is needed here only.
    from bot.matching.encoder import Encoder
    from bot.matching.matcher import Matcher
    from bot.matching.prediction import predict_message

    with unpacked_understanding(newest_model(settings.models)) as folder:
        matcher = Matcher.load(folder, Encoder(encoder_folder(settings)))
    return [predict_message(question.text, matcher) for question in questions]


def stock_prediction(parsed: Mapping[str, Any]) -> Prediction:
    """Rasa's reading of a message as a prediction: the intent, and for the FAQ the selector's entries in its place.

    A fallback and the strangers' intent answer nothing; neither does a move within a conversation.
    """
    ranking = tuple((label, score) for label, score in _ranked(parsed) if label not in NO_ANSWER)
    if parsed["intent"]["name"] in NO_ANSWER or not ranking:
        return Prediction((OUT_OF_SCOPE,), Band.NONE, ranking)
    return Prediction((ranking[0][0],), Band.ANSWER, ranking)


def measure_accuracy(questions: Sequence[LabelledQuestion], predictions: Sequence[Prediction]) -> list[Measured]:
    """The figures of ``promodesk evaluate``."""
    summary = [_measured(Section.ACCURACY, figure) for figure in summarise(questions, predictions) if figure.of]
    return summary + [_measured(Section.KINDS, figure) for figure in by_kind(questions, predictions)]


def _ranked(parsed: Mapping[str, Any]) -> Iterator[tuple[str, float]]:
    entries = parsed.get("response_selector", {}).get(FAQ, {}).get("ranking", [])
    for intent in parsed.get("intent_ranking", []):
        if intent["name"] != FAQ:
            yield intent["name"], intent["confidence"]
            continue
        for entry in entries:
            yield label_of(entry["intent_response_key"]), intent["confidence"] * entry["confidence"]


def _parse(client: httpx.Client, text: str) -> Mapping[str, Any]:
    try:
        response = client.post("/model/parse", json={"text": text}).raise_for_status()
        parsed: Mapping[str, Any] = response.json()
    except (httpx.HTTPError, ValueError) as error:
        raise Unavailable(f"the stock bot did not say how it understands {text!r} ({error})") from error
    return parsed


def _measured(section: Section, figure: Figure) -> Measured:
    return Measured(section, figure.name, 100 * figure.share, Unit.PERCENT, f"{figure.hits} of {figure.of}")
