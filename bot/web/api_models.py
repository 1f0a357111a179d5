"""What the API's answers look like, for its description: the handlers write them, `tests/web/test_openapi.py` compares."""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional

from pydantic import BaseModel, Extra, Field


class Told(BaseModel):
    """Nothing but what is described is told."""

    class Config:
        extra = Extra.forbid


class ErrorDetails(Told):
    """What was wrong with a request."""

    code: str
    message: str
    field: Optional[str]


class ErrorAnswer(Told):
    """The one form that every error has."""

    error: ErrorDetails


class TextLink(Told):
    """A link to show with a message; its label may stand in the text."""

    label: str
    url: str


class ChoiceButton(Told):
    """A choice; pressing it sends its id."""

    label: str
    id: str


class ChatMessage(Told):
    """One message of the desk."""

    id: str
    kind: Literal["answer", "suggestions", "question", "lookup", "handoff", "notice"]
    text: str
    faq_id: Optional[str]
    version: Optional[str]
    card: Optional[Dict[str, Any]]
    links: List[TextLink]
    buttons: List[ChoiceButton]


class ChatAnswer(Told):
    """The messages in reply to a turn, never none."""

    messages: List[ChatMessage] = Field(min_items=1)


class SaidMessage(Told):
    """One message of a conversation; those of the customer have ``text`` only, and ``key`` if it was asked for."""

    said_by: Literal["desk", "customer"] = Field(alias="from")
    id: str
    key: Optional[str]
    kind: Optional[Literal["answer", "suggestions", "question", "lookup", "handoff", "notice"]]
    text: str
    faq_id: Optional[str]
    version: Optional[str]
    card: Optional[Dict[str, Any]]
    links: Optional[List[TextLink]]
    buttons: Optional[List[ChoiceButton]]


class History(Told):
    """What was said in the own session, in order."""

    messages: List[SaidMessage]


class Recorded(Told):
    """The verdict was kept."""

    recorded: Literal[True]


class Candidate(Told):
    """An entry that may answer, with its approved words for today."""

    faq_id: str
    question: str
    answer: str
    version: str
    score: float = Field(ge=0, le=1)
    margin: float = Field(ge=-1, le=1)
    """How far it leads what comes next."""
    matched: str


Band = Literal["answer", "suggest", "none"]


class AskedQuestion(Told):
    """One question of the mail with its own candidates."""

    question: str
    band: Band
    candidates: List[Candidate]
    asks_for: str
    advice: str
    why: str


class AssistAnswer(Told):
    """The answers to a question or a whole mail."""

    band: Band
    candidates: List[Candidate]
    questions: List[AskedQuestion]
    notes: List[str]
    language: Literal["en", "da", "nb", "sv"]
    found_by: Literal["meaning", "words"]


class WebhookAnswer(Told):
    """Whether a message was taken up to be answered."""

    taken: bool
    why: str
