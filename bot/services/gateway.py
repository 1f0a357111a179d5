"""Everything the web gateway works with, whoever puts it together."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass

from bot.core.faq import Faq
from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.hold_conversation import ChatDesk
from bot.services.ports import Bot, Clock, Conversations, Enquiries
from bot.services.send_enquiry import EnquiryDesk

Check = Callable[[], Awaitable[None]]
"""Raises ``Unavailable`` while an outside system cannot be used."""


@dataclass(frozen=True)
class Gateway:
    """The ports, the content and the secret of one gateway."""

    bot: Bot
    conversations: Conversations
    enquiries: Enquiries
    faq: Faq
    promotion: Promotion
    wording: Wording
    clock: Clock
    secret: str
    is_demonstration: bool
    checks: Mapping[str, Check]
    """What has to be up before the desk is ready, by name."""

    @property
    def chat(self) -> ChatDesk:
        return ChatDesk(self.bot, self.conversations, self.faq, self.promotion, self.wording, self.clock)

    @property
    def contact(self) -> EnquiryDesk:
        return EnquiryDesk(self.enquiries, self.conversations, self.promotion, self.clock)
