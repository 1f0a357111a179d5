"""Everything the web gateway works with, whoever puts it together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.core.faq import Faq
from bot.core.interface import Interface
from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.backlog import Backlogs
from bot.services.console import Console
from bot.services.hold_conversation import ChatDesk
from bot.services.keep_uploads import UploadDesk
from bot.services.limit_ports import Turns, Windows
from bot.services.open_ticket import TicketDesk
from bot.services.ports import Bot, Clock, Conversations, Lookups

Check = Callable[[], Awaitable[None]]
"""Raises ``Unavailable`` while an outside system cannot be used."""


@dataclass(frozen=True)
class Gateway:
    """The ports, the content and the secret of one gateway."""

    bot: Bot
    conversations: Conversations
    lookups: Lookups
    contact: TicketDesk
    files: UploadDesk
    backlogs: Backlogs
    faq: Faq
    promotion: Promotion
    wording: Wording
    clock: Clock
    secret: str
    is_demonstration: bool
    checks: Mapping[str, Check]
    """What has to be up before the desk is ready, by name."""
    interfaces: Mapping[str, Interface]
    """The words of the chat's own buttons and labels, by language; English is always there."""
    windows: Windows
    turns: Turns
    """Whose turn it is to be answered, by session."""
    useful_checks: Mapping[str, Check] = field(default_factory=dict)
    """What the desk can do without for a while, by name."""
    embed_origins: tuple[str, ...] = ()
    """The sites that may show the chat in a frame, each as ``https://shop.example``."""
    metrics_token: str = ""
    """Who shows it may read what is counted; empty: who is on this machine."""
    closes: Sequence[Callable[[], Awaitable[None]]] = ()
    """What lets go of the connections to other programs, when the gateway ends."""
    console: Console | None = None
    """The agents' desk; None where a gateway serves customers only."""

    @property
    def chat(self) -> ChatDesk:
        return ChatDesk(self.bot, self.conversations, self.faq, self.promotion, self.wording, self.clock, self.lookups)
