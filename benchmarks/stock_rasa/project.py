"""Writes a stock Rasa project from the desk's own phrases and answers, as `rasa init` and its documentation would have it."""

from __future__ import annotations

import shutil
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.scalarstring import LiteralScalarString

from benchmarks.stock_rasa.project_config import configuration
from bot.adapters.faq_files import read_faq
from bot.adapters.nlu_files import read_examples
from bot.core.faq import Faq
from bot.core.intents import (
    BOT_CHALLENGE,
    CLAIM_STATUS,
    FAQ,
    GOODBYE,
    GREET,
    NOT_UNDERSTOOD,
    OUT_OF_SCOPE,
    PRODUCT_ELIGIBILITY,
    TALK_TO_HUMAN,
    THANKS,
)

VERSION = "3.1"
DEFAULT = "utter_default"
STORIES = (
    (GREET, FAQ, FAQ, THANKS, GOODBYE),
    (FAQ, CLAIM_STATUS, THANKS),
    (GREET, PRODUCT_ELIGIBILITY, FAQ, GOODBYE),
    (FAQ, OUT_OF_SCOPE, TALK_TO_HUMAN),
    (BOT_CHALLENGE, FAQ, THANKS, FAQ, GOODBYE),
)
"""Conversations for the policies that learn from them; each step is what its rule says too."""


def write_project(folder: Path, content: Path, epochs: int) -> None:
    """Phrases, rules, stories, domain and settings of a bot that answers the FAQ of ``content``; raises ``ContentError``."""
    faq = read_faq(content / "faq")
    plain = sorted(
        {
            example.intent
            for example in read_examples(content / "data" / "nlu")
            if not example.intent.startswith(f"{FAQ}/")
        }
    )
    shutil.copytree(content / "data" / "nlu", folder / "data" / "nlu", dirs_exist_ok=True)
    _write(folder / "data" / "nlu" / "published_questions.yml", {"nlu": _published_questions(faq)})
    _write(folder / "data" / "rules.yml", {"rules": _rules(plain)})
    _write(folder / "data" / "stories.yml", {"stories": _stories(plain)})
    _write(folder / "domain.yml", _domain(faq, plain))
    _write(folder / "config.yml", configuration(epochs), versioned=False)
    _write(folder / "credentials.yml", {"rest": None}, versioned=False)
    _write(folder / "endpoints.yml", {"tracker_store": {"type": "InMemory"}}, versioned=False)


def utterance(intent: str) -> str:
    """The reply to an intent, by Rasa's naming."""
    return f"utter_{intent}"


def _published_questions(faq: Faq) -> list[dict[str, str]]:
    """The desk learns the page's own questions too."""
    return [{"intent": f"{FAQ}/{entry.id}", "examples": _as_block([entry.question])} for entry in faq]


def _as_block(sentences: Iterable[str]) -> str:
    """One example a line, as Rasa wants them."""
    block: str = LiteralScalarString("".join(f"- {' '.join(sentence.split())}\n" for sentence in sentences))
    return block


def _rules(plain: Iterable[str]) -> list[dict[str, Any]]:
    replies = {FAQ: utterance(FAQ), **{intent: utterance(intent) for intent in plain}, NOT_UNDERSTOOD: DEFAULT}
    return [
        {"rule": f"reply to {intent}", "steps": [{"intent": intent}, {"action": reply}]}
        for intent, reply in replies.items()
    ]


def _stories(plain: Iterable[str]) -> list[dict[str, Any]]:
    known = {FAQ, *plain}
    told = [[intent for intent in story if intent in known] for story in STORIES]
    return [
        {"story": f"conversation {number}", "steps": [step for intent in story for step in _turn(intent)]}
        for number, story in enumerate(told, start=1)
    ]


def _turn(intent: str) -> list[dict[str, str]]:
    return [{"intent": intent}, {"action": utterance(intent)}]


def _domain(faq: Faq, plain: list[str]) -> dict[str, Any]:
    responses = {utterance(f"{FAQ}/{entry.id}"): [{"text": entry.answer}] for entry in faq}
    responses |= {utterance(intent): [{"text": f"This is the reply to {intent}."}] for intent in plain}
    responses[DEFAULT] = [{"text": "I have not understood that."}]
    return {
        "intents": [FAQ, *plain],
        "responses": responses,
        "session_config": {"session_expiration_time": 60, "carry_over_slots_to_new_session": True},
    }


def _write(path: Path, data: dict[str, Any], versioned: bool = True) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    YAML().dump({"version": VERSION, **data} if versioned else data, path)
