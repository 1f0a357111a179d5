"""The mail by which an agent answers a ticket: the agent's words, in one thread with the customer's confirmation."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.mails import Mail, MailKind, new_message_id
from bot.core.promotion import Promotion
from bot.core.wording import Wording
from bot.services.queue_ports import WorkedTicket


@dataclass(frozen=True)
class AnswerComposer:
    """Writes the mail in the desk's frame; ``sender`` is the desk's own address, what comes back goes to ``support_inbox``."""

    wording: Wording
    promotion: Promotion
    support_inbox: str
    sender: str

    def __call__(self, kept: WorkedTicket, words: str) -> Mail:
        """The mail to the customer. It repeats nothing that the customer's form had: an agent decides what is said."""
        named = {"reference": kept.reference, "promotion": self.promotion.name}
        subject = kept.thread.subject or self.wording.say("mail_confirmation_subject", **named)
        return Mail(
            MailKind.ANSWER,
            new_message_id(kept.reference, self.sender),
            kept.ticket.email,
            self.wording.say("mail_answer_subject", subject=subject),
            self.wording.say("mail_answer_body", answer=words, **named),
            reply_to=self.support_inbox,
            thread=kept.thread.ids,
        )
