"""End a conversation: the browser it was held in has no way back to it, and what was given for look-ups is forgotten."""

from __future__ import annotations

from bot.core.conversations import Conversation
from bot.services.hold_conversation import ChatDesk


def end_conversation(desk: ChatDesk, conversation: Conversation) -> None:
    """Forget the look-up details first: a failure in between leaves nothing personal behind. Raises ``Unavailable``."""
    desk.lookups.forget(conversation.id)
    desk.conversations.end(conversation.id)
