"""Invent one conversation, message by message, as it would have been kept."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random

from bot.core import intents
from bot.core.contact_form import CONTACT
from bot.core.conversations import UNMISTAKABLE, Conversation, Message, OfferedButton
from bot.core.insights import REASONS
from bot.core.personal_data import CLAIM_REFERENCE, EMAIL_ADDRESS
from bot.core.replies import Link, Reply, ReplyKind
from bot.core.sample_activity import InventedAttempt, InventedConversation, InventedVerdict, SampleMessage
from bot.services import invent_replies as desk_says
from bot.services.find_claim import FAILURES_ALLOWED
from bot.services.invent_replies import InventingDesk

_DETAILS = (
    f"{CLAIM_REFERENCE}, {EMAIL_ADDRESS}",
    f"it is {CLAIM_REFERENCE} and the mail was {EMAIL_ADDRESS}",
    f"{CLAIM_REFERENCE} {EMAIL_ADDRESS}",
)
_CORRECTED = (f"sorry, {CLAIM_REFERENCE}", f"then maybe {EMAIL_ADDRESS}?", f"try {CLAIM_REFERENCE} please")


def new_id(random: Random) -> str:
    """An id that looks like any other, the same one every time."""
    return urlsafe_b64encode(random.randbytes(16)).decode().rstrip("=")


class Inventor:
    """Writes one conversation; everything in it comes from the random numbers it is given."""

    def __init__(self, desk: InventingDesk, messages: Sequence[SampleMessage], at: datetime, random: Random) -> None:
        self._desk = desk
        self._messages = messages
        self._now = at
        self._random = random
        signs = "".join(random.choice(UNMISTAKABLE) for _ in range(8))
        self._begun = Conversation(new_id(random), f"C-{signs[:4]}-{signs[4:]}", desk.promotion.key, at, at)
        self._said: list[Message] = []
        self._verdicts: list[InventedVerdict] = []
        self._attempts: list[InventedAttempt] = []
        self._was_settled = True

    def converse(self) -> InventedConversation:
        """Perhaps a greeting, one to three questions, perhaps thanks."""
        if self._random.random() < 0.18:
            self._small_talk(intents.GREET)
        for _ in range(self._random.choice((1, 1, 1, 1, 2, 2, 3))):
            self._ask()
        if self._was_settled and self._random.random() < 0.3:
            self._small_talk(intents.THANKS)
        last = self._said[-1].at
        return InventedConversation(
            replace(self._begun, last_seen_at=last),
            tuple(self._said),
            tuple(self._verdicts),
            tuple(self._attempts),
            self._was_settled,
        )

    def _ask(self) -> None:
        asking = [message for message in self._messages if not _is_aside(message)]
        message = self._random.choices(asking, [one.often for one in asking])[0]
        (first, *_) = message.expects
        if message.offers:
            self._choose(message)
        elif not message.has_answer:
            self._customer(message.text)
            self._replies([desk_says.turned_away(self._desk, message, self._random)])
            self._give_up(0.25)
        elif first in intents.CLAIM_TASKS:
            self._look_up(message)
        elif first == intents.PRODUCT_ELIGIBILITY:
            self._check_purchase(message)
        elif first in (*intents.HAND_OFFS, intents.COMPLAIN):
            self._to_a_person(message)
        elif first == intents.BOT_CHALLENGE:
            self._customer(message.text)
            self._replies([desk_says.small_talk(self._desk, message, self._random)])
        else:
            self._customer(message.text)
            self._rate(self._replies(desk_says.answers(self._desk, message, self._day, self._random)))

    def _choose(self, message: SampleMessage) -> None:
        """A choice is offered; its button is pressed, or none of them helps, or the customer leaves."""
        self._customer(message.text)
        (offered,) = self._replies([desk_says.choice(self._desk, message, self._random)])
        if self._random.random() < 0.2:
            return
        if message.has_answer:
            entry = message.expects[0]
            self._press(offered, f"faq:{entry}")
            self._rate(self._replies(desk_says.answers_to_button(self._desk, entry, self._day)))
            return
        self._press(offered, f"intent:{intents.DENY}")
        self._replies([desk_says.none_of_these(self._desk)])
        self._give_up(0.4)

    def _look_up(self, message: SampleMessage) -> None:
        self._customer(message.text)
        self._replies([desk_says.claim_details_asked(self._desk, message, self._random)])
        known = desk_says.known_claims(self._desk, self._day)
        if not known or self._random.random() < 0.1:
            return
        claim = self._random.choice(known)
        self._customer(self._random.choice(_DETAILS))
        failures = self._random.choices((0, 1, 2, FAILURES_ALLOWED), (70, 18, 9, 3))[0]
        for _ in range(failures):
            self._attempt(claim.reference, f"wrong.{claim.email}", succeeded=False)
            self._replies([desk_says.claim_not_told(self._desk, self._random)])
            self._customer(self._random.choice(_CORRECTED))
        if failures == FAILURES_ALLOWED:
            self._replies([desk_says.claim_not_told(self._desk, self._random, is_locked=True)])
            self._was_settled = False
            return
        self._attempt(claim.reference, claim.email, succeeded=True)
        told = desk_says.claim_told(self._desk, claim, message.expects[0], self._day, self._random)
        self._rate(self._replies([told]))

    def _check_purchase(self, message: SampleMessage) -> None:
        self._customer(message.text)
        self._replies(desk_says.purchase_asked(self._desk, message, self._day, self._random))
        if self._random.random() < 0.2:
            return
        text, verdict = desk_says.purchase_told(self._desk, self._day, self._random)
        self._customer(text)
        self._rate(self._replies(verdict))

    def _to_a_person(self, message: SampleMessage) -> None:
        self._customer(message.text)
        before = any(said.reply and said.reply.kind is ReplyKind.HANDOFF for said in self._said)
        self._replies([desk_says.way_to_a_person(self._desk, message, self._random, before=before)])
        self._was_settled = False

    def _give_up(self, likelihood: float) -> None:
        """Without an answer, some ask for a person."""
        self._was_settled = False
        if self._random.random() < likelihood:
            self._to_a_person(self._one_of(intents.TALK_TO_HUMAN))

    def _small_talk(self, intent: str) -> None:
        message = self._one_of(intent)
        self._customer(message.text)
        self._replies([desk_says.small_talk(self._desk, message, self._random)])

    def _rate(self, replies: Sequence[Message]) -> None:
        """Some give a thumb; a few say that the answer was not what they needed."""
        rated = [one for one in replies if one.reply and one.reply.kind in (ReplyKind.ANSWER, ReplyKind.LOOKUP)]
        if not rated or self._random.random() > 0.35:
            return
        helpful = self._random.random() < self._liking(rated[0].reply)
        reason = "" if helpful or self._random.random() < 0.3 else self._random.choice(REASONS)
        self._pass(4, 40)
        self._verdicts.append(InventedVerdict(rated[0].id, helpful, reason, self._now))
        if not helpful and self._random.random() < 0.4:
            self._to_a_person(self._one_of(intents.DID_NOT_HELP))

    def _liking(self, reply: Reply | None) -> float:
        """How likely a reply is found helpful: each entry in its own way, less where the page gives two dates."""
        if reply is None or reply.faq_id is None:
            return 0.85
        dates = (self._desk.promotion.purchases_until, self._desk.promotion.claims_until)
        if any(fact.is_disputed and reply.faq_id in fact.entries for fact in dates):
            return 0.55
        return Random(reply.faq_id).uniform(0.65, 0.97)

    def _one_of(self, intent: str) -> SampleMessage:
        fitting = [message for message in self._messages if message.expects == (intent,)]
        return self._random.choices(fitting, [message.often for message in fitting])[0]

    def _customer(self, text: str) -> None:
        self._pass(8, 90)
        self._said.append(Message(new_id(self._random), self._now, text))

    def _press(self, offered: Message, command: str) -> None:
        self._customer(next(button.label for button in offered.buttons if button.command == command))

    def _replies(self, replies: Sequence[Reply]) -> list[Message]:
        self._now += timedelta(milliseconds=self._random.randint(30, 400))
        kept = [self._kept(reply) for reply in replies]
        self._said.extend(kept)
        return kept

    def _kept(self, reply: Reply) -> Message:
        """The reply as ``hold_conversation`` keeps it: under ids, its way to the contact form marked."""
        form = f"{CONTACT}?conversation={self._begun.reference}"
        links = tuple(Link(link.label, form if link.url == CONTACT else link.url) for link in reply.links)
        buttons = tuple(OfferedButton(new_id(self._random), button.label, button.command) for button in reply.buttons)
        return Message(new_id(self._random), self._now, reply.text, replace(reply, links=links), buttons)

    def _attempt(self, reference: str, email: str, *, succeeded: bool) -> None:
        self._attempts.append(InventedAttempt(reference, email, succeeded, self._now))

    def _pass(self, least: int, most: int) -> None:
        """Some seconds go by."""
        self._now += timedelta(seconds=self._random.uniform(least, most))

    @property
    def _day(self) -> date:
        return self._begun.started_at.date()


def _is_aside(message: SampleMessage) -> bool:
    """What is not said as a question of its own."""
    moves = (intents.SMALL_TALK - {intents.BOT_CHALLENGE}) | {intents.DID_NOT_HELP}
    return any(expected in moves for expected in message.expects)
