"""What Rasa learns from: entries, intents and their phrases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.training_data import TrainingData

from bot.adapters.faq_files import read_faq
from bot.core.faq import Faq
from bot.inside_rasa.importer import LABEL, DeskImporter
from bot.inside_rasa.utterances import UTTERANCES
from bot.services.ports import InvalidInput

ROOT = Path(__file__).parents[2]


def importer(data: Path = ROOT / "data") -> DeskImporter:
    return DeskImporter(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), str(data))


@pytest.fixture(scope="module")
def faq() -> Faq:
    return read_faq(ROOT / "faq")


@pytest.fixture(scope="module")
def training() -> TrainingData:
    return importer().get_nlu_data()


def test_every_published_question_is_an_example_of_its_entry(faq: Faq, training: TrainingData) -> None:
    learned = {(message.get(TEXT), message.get(LABEL)) for message in training.intent_examples}
    assert {(entry.question, entry.id) for entry in faq} <= learned


def test_to_rasa_all_entries_are_one_intent(faq: Faq, training: TrainingData) -> None:
    intents = {message.get(INTENT) for message in training.intent_examples if message.get(LABEL) in faq}
    assert intents == {"faq"}


def test_the_other_intents_are_learned_under_their_own_name(faq: Faq, training: TrainingData) -> None:
    others = [message for message in training.intent_examples if message.get(LABEL) not in faq]
    assert others
    assert all(message.get(LABEL) == message.get(INTENT) for message in others)


def test_no_retrieval_intent_is_left_that_would_call_for_a_response_selector(training: TrainingData) -> None:
    assert not training.retrieval_intents
    assert training.responses == {}


def test_every_utterance_is_in_the_domain_by_its_name_and_without_words() -> None:
    responses = importer().get_domain().responses
    assert responses == {name: [{"text": name}] for name in UTTERANCES}


def copied_data(folder: Path) -> Path:
    return Path(shutil.copytree(ROOT / "data", folder / "data"))


def change(data: Path, old: str, new: str) -> None:
    """Rename an intent wherever the examples name it."""
    for file in (data / "nlu").rglob("*.yml"):
        text = file.read_text(encoding="utf-8")
        file.write_text(text.replace(f"intent: {old}\n", f"intent: {new}\n"), encoding="utf-8")


def test_an_entry_without_examples_is_refused(tmp_path: Path) -> None:
    data = copied_data(tmp_path)
    change(data, "faq/lost_invoice", "greet")
    with pytest.raises(InvalidInput, match=r"only in faq/: \['lost_invoice'\]"):
        importer(data).get_nlu_data()


def test_examples_of_an_entry_that_does_not_exist_are_refused(tmp_path: Path) -> None:
    data = copied_data(tmp_path)
    change(data, "greet", "faq/renamed_entry")
    with pytest.raises(InvalidInput, match=r"only in data/nlu/faq/: \['renamed_entry'\]"):
        importer(data).get_nlu_data()
