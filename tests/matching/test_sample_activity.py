"""The invented messages, read by the trained model as their file says: else the demonstration would show what never happens."""

from __future__ import annotations

from bot.adapters.faq_files import read_faq
from bot.adapters.sample_content import read_sample_content
from bot.config import ROOT
from bot.core.ranking import Band
from bot.core.sample_activity import SampleMessage
from bot.matching.matcher import Matcher
from bot.matching.questions import read_questions


def test_the_model_reads_nearly_all_messages_as_their_file_says(trained_matcher: Matcher) -> None:
    content = read_sample_content(ROOT / "faq" / "sample" / "activity.yml", read_faq(ROOT / "faq"))
    others = [message.text for message in content.messages if not is_read_as_said(message, trained_matcher)]
    assert len(others) <= len(content.messages) / 20, others


def is_read_as_said(message: SampleMessage, matcher: Matcher) -> bool:
    questions = read_questions(message.text, matcher)
    answered = {question.best.label for question in questions if question.band is Band.ANSWER}
    if message.offers:
        return any(question.band is Band.SUGGEST for question in questions)
    return set(message.expects) <= answered if message.has_answer else not answered
