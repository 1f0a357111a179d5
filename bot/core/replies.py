"""A reply to the customer, in the form every surface shows (chat, terminal, agent console)."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any

from bot.core.cards import Card, card_as_dict, card_from_dict


class ReplyKind(str, Enum):
    """What a reply is, so that a surface can lay it out."""

    ANSWER = "answer"
    SUGGESTIONS = "suggestions"
    QUESTION = "question"
    LOOKUP = "lookup"
    HANDOFF = "handoff"
    NOTICE = "notice"


@dataclass(frozen=True)
class Link:
    """A link to show with a reply; ``url`` is a path of the desk or an https address."""

    label: str
    url: str


@dataclass(frozen=True)
class Button:
    """A choice to offer; ``command`` is what pressing it means and never leaves the server."""

    label: str
    command: str


@dataclass(frozen=True)
class Reply:
    """One message from the desk; a blank line in ``text`` starts a paragraph."""

    kind: ReplyKind
    text: str
    faq_id: str | None = None
    version: str | None = None
    links: tuple[Link, ...] = ()
    buttons: tuple[Button, ...] = ()
    card: Card | None = None
    """How a surface may lay the reply out; ``text`` says everything by itself."""
    why: str = field(default="", compare=False)
    """Why this was said, for those who look into it later: labels and figures, nothing of the customer's words."""

    def as_dict(self) -> dict[str, Any]:
        """Plain data for the wire; ``from_dict`` is its inverse."""
        laid_out = {"card": card_as_dict(self.card)} if self.card else {}
        return laid_out | {
            "kind": self.kind.value,
            "text": self.text,
            "faq_id": self.faq_id,
            "version": self.version,
            "links": [{"label": link.label, "url": link.url} for link in self.links],
            "buttons": [{"label": button.label, "command": button.command} for button in self.buttons],
            **({"why": self.why} if self.why else {}),
        }

    @classmethod
    def from_dict(cls, data: dict[str, Any]) -> Reply:
        """Read what ``as_dict`` wrote; raises ``KeyError``, ``TypeError`` or ``ValueError`` on anything else."""
        return cls(
            kind=ReplyKind(data["kind"]),
            text=data["text"],
            faq_id=data.get("faq_id"),
            version=data.get("version"),
            links=tuple(Link(**link) for link in data.get("links", ())),
            buttons=tuple(Button(**button) for button in data.get("buttons", ())),
            card=card_from_dict(data["card"]) if data.get("card") else None,
            why=data.get("why", ""),
        )
