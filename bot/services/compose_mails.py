"""The two mails about a new ticket: the whole of it to customer service, its reference to the customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.core.mails import Mail, MailKind, new_message_id
from bot.core.promotion import Promotion
from bot.core.tickets import GivenAnswer, Ticket
from bot.core.uploads import size_in_words
from bot.core.wording import Wording


@dataclass(frozen=True)
class MailComposer:
    """Writes mails in the desk's words; ``sender`` is the desk's own address."""

    wording: Wording
    promotion: Promotion
    support_inbox: str
    sender: str

    def __call__(self, reference: str, ticket: Ticket, follows: str = "") -> Sequence[Mail]:
        """The mails of a new ticket; ``follows`` is the one of the same words that it adds files to.

        The confirmation repeats nothing that was typed: its recipient may be somebody else than who sent the form.
        """
        named = {"reference": reference, "promotion": self.promotion.name}
        topic = ticket.topic or self.wording.say("contact_topic_other")
        return (
            Mail(
                MailKind.SUPPORT,
                new_message_id(reference, self.sender),
                self.support_inbox,
                self.wording.say("mail_support_subject", topic=topic, **named),
                self._for_support(reference, ticket, topic, follows),
                reply_to=ticket.email,
            ),
            Mail(
                MailKind.CONFIRMATION,
                new_message_id(reference, self.sender),
                ticket.email,
                self.wording.say("mail_confirmation_subject", **named),
                self.wording.say("mail_confirmation_body", **named),
            ),
        )

    def _for_support(self, reference: str, ticket: Ticket, topic: str, follows: str) -> str:
        facts = self.wording.say(
            "mail_support_body",
            reference=reference,
            promotion=self.promotion.name,
            topic=topic,
            name=ticket.name,
            email=ticket.email,
            company=ticket.company or "–",
            claim_reference=ticket.claim_reference or "–",
            message=ticket.message,
        )
        again = self.wording.say("mail_support_follows", reference=follows) if follows else ""
        parts = [facts, again, self._files(ticket), self._transcript(ticket), self._answers(ticket)]
        return "\n\n".join(part for part in parts if part)

    def _files(self, ticket: Ticket) -> str:
        if not ticket.files:
            return ""
        listed = [f"- {file.name} ({size_in_words(file.size)})" for file in ticket.files]
        return "\n".join((self.wording.say("mail_support_files"), *listed))

    def _transcript(self, ticket: Ticket) -> str:
        lines = [f"{line.speaker}: {line.text}" for line in ticket.transcript]
        if ticket.lines_left_out:
            lines.append(self.wording.say("mail_support_left_out", count=ticket.lines_left_out))
        return "\n".join((self.wording.say("mail_support_transcript"), *lines)) if lines else ""

    def _answers(self, ticket: Ticket) -> str:
        told = [_answer(answer) for answer in ticket.answers if answer.faq_id]
        return "\n".join((self.wording.say("mail_support_answers"), *told)) if told else ""


def _answer(answer: GivenAnswer) -> str:
    why = f": {answer.why}" if answer.why else ""
    return f"- {answer.faq_id}, version {answer.version}{why}"
