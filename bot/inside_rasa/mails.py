"""What a whole mail asks, outside any conversation."""

from __future__ import annotations

from typing import Any, Dict

from bot.core.explanations import explain
from bot.matching.language import language_of
from bot.matching.mail_body import own_paragraphs
from bot.matching.mail_questions import questions_in
from bot.matching.matcher import Matcher


def read_mail(mail: str, matcher: Matcher, shown: int) -> Dict[str, Any]:
    """The mail's language and its questions with ``shown`` labels each, as plain JSON values."""
    paragraphs = own_paragraphs(mail)
    questions = questions_in(paragraphs, matcher)
    return {
        "language": language_of("\n".join(paragraphs)),
        "questions": [explain(question, matcher.thresholds, shown) for question in questions],
    }
