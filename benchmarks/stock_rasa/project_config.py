"""The stock bot's pipeline and policies: what Rasa itself suggests where a project configures none."""

from __future__ import annotations

from typing import Any

from bot.core.intents import FAQ

FALLBACK_THRESHOLD = 0.3
AMBIGUITY_THRESHOLD = 0.1
HISTORY = 5


def configuration(epochs: int) -> dict[str, Any]:
    """The content of ``config.yml``."""
    return {
        "recipe": "default.v1",
        "assistant_id": "stock-rasa",
        "language": "en",
        "pipeline": _pipeline(epochs),
        "policies": _policies(epochs),
    }


def _pipeline(epochs: int) -> list[dict[str, Any]]:
    return [
        {"name": "WhitespaceTokenizer"},
        {"name": "RegexFeaturizer"},
        {"name": "LexicalSyntacticFeaturizer"},
        {"name": "CountVectorsFeaturizer"},
        {"name": "CountVectorsFeaturizer", "analyzer": "char_wb", "min_ngram": 1, "max_ngram": 4},
        {"name": "DIETClassifier", "epochs": epochs, "constrain_similarities": True, "entity_recognition": False},
        {"name": "ResponseSelector", "epochs": epochs, "constrain_similarities": True, "retrieval_intent": FAQ},
        {
            "name": "FallbackClassifier",
            "threshold": FALLBACK_THRESHOLD,
            "ambiguity_threshold": AMBIGUITY_THRESHOLD,
        },
    ]


def _policies(epochs: int) -> list[dict[str, Any]]:
    return [
        {"name": "MemoizationPolicy"},
        {"name": "RulePolicy"},
        {"name": "UnexpecTEDIntentPolicy", "max_history": HISTORY, "epochs": epochs},
        {"name": "TEDPolicy", "max_history": HISTORY, "epochs": epochs, "constrain_similarities": True},
    ]
