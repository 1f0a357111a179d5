"""Invented activity is the same every time, and as real as it has to be."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta

import pytest

from bot.adapters.faq_files import read_faq
from bot.adapters.products_csv import read_products
from bot.adapters.promotion_file import read_promotion
from bot.adapters.replies_file import read_wording
from bot.adapters.sample_claims import sample_claims
from bot.adapters.sample_content import read_sample_content
from bot.config import ROOT
from bot.core.insights import Outcome, outcome_of_message
from bot.core.personal_data import mask_personal_data
from bot.core.replies import Reply, ReplyKind
from bot.core.sample_activity import InventedConversation, SampleContent
from bot.core.tickets import TicketState
from bot.services.invent_activity import DAYS, invent_conversations, invent_tickets
from bot.services.invent_replies import InventingDesk

TODAY = date(2023, 12, 15)
FAQ = ROOT / "faq"


@pytest.fixture(scope="module")
def desk() -> InventingDesk:
    promotion, products = read_promotion(FAQ / "promotion.yml"), read_products(FAQ / "products.csv")
    names = [product.name for product in products]
    claims = sample_claims(promotion, products, TODAY)
    return InventingDesk(read_faq(FAQ), promotion, read_wording(FAQ / "replies"), claims, names)


@pytest.fixture(scope="module")
def content(desk: InventingDesk) -> SampleContent:
    return read_sample_content(FAQ / "sample" / "activity.yml", desk.faq)


@pytest.fixture(scope="module")
def invented(desk: InventingDesk, content: SampleContent) -> list[InventedConversation]:
    return invent_conversations(desk, content, TODAY)


def replies_of(invented: list[InventedConversation]) -> list[Reply]:
    return [message.reply for one in invented for message in one.messages if message.reply]


def test_it_is_the_same_every_time(
    desk: InventingDesk, content: SampleContent, invented: list[InventedConversation]
) -> None:
    assert invent_conversations(desk, content, TODAY) == invented
    assert invent_conversations(desk, content, TODAY - timedelta(days=1)) != invented


def test_all_of_it_lies_in_the_weeks_before_today(invented: list[InventedConversation]) -> None:
    zone = invented[0].conversation.started_at.tzinfo
    begin, end = (datetime(day.year, day.month, day.day, tzinfo=zone) for day in (TODAY - timedelta(days=DAYS), TODAY))
    moments = [message.at for one in invented for message in one.messages]
    assert begin <= min(moments) and max(moments) < end
    days = Counter(one.conversation.started_at.date() for one in invented)
    assert len(days) >= DAYS - 2
    assert days[date(2023, 11, 30)] > 2 * days[date(2023, 11, 19)]  # the rush before a last day, and a Sunday


def test_each_conversation_is_one_as_it_would_have_been_kept(invented: list[InventedConversation]) -> None:
    ids = [message.id for one in invented for message in one.messages]
    assert len(ids) == len(set(ids))
    for one in invented:
        moments = [message.at for message in one.messages]
        assert moments == sorted(moments)
        assert one.conversation.started_at <= moments[0]
        assert one.conversation.last_seen_at == moments[-1]
        assert one.messages[0].reply is None and one.messages[-1].reply is not None
        assert {verdict.message for verdict in one.verdicts} <= {
            message.id for message in one.messages if message.reply
        }
    assert all(Reply.from_dict(reply.as_dict()) == reply for reply in replies_of(invented))


def test_answers_are_the_approved_ones(desk: InventingDesk, invented: list[InventedConversation]) -> None:
    given = [reply for reply in replies_of(invented) if reply.kind is ReplyKind.ANSWER]
    assert len({reply.faq_id for reply in given}) > 20
    assert all(
        (reply.text, reply.version) == (desk.faq[reply.faq_id].answer, desk.faq[reply.faq_id].version)
        for reply in given
    )
    assert all(reply.why for reply in replies_of(invented))


def test_every_outcome_happens(invented: list[InventedConversation]) -> None:
    outcomes = Counter(outcome_of_message([(reply.kind, reply.why)]) for reply in replies_of(invented))
    assert min(outcomes[outcome] for outcome in Outcome) > 15


def test_a_pressed_button_was_offered(invented: list[InventedConversation]) -> None:
    pressed = 0
    for one in invented:
        for before, said, after in zip(one.messages, one.messages[1:], one.messages[2:]):
            if after.reply and after.reply.why == "the customer pressed a button" and said.reply is None:
                assert said.text in [button.label for button in before.buttons]
                pressed += 1
    assert pressed > 10


def test_nothing_personal_is_kept_of_what_customers_say(
    desk: InventingDesk, invented: list[InventedConversation]
) -> None:
    said = [message.text for one in invented for message in one.messages if message.reply is None]
    assert [text for text in said if mask_personal_data(text, desk.promotion.claim_reference) != text] == []
    contact = [
        link.url
        for one in invented
        for m in one.messages
        if m.reply
        for link in m.reply.links
        if "/contact" in link.url
    ]
    assert contact and all("?conversation=C-" in url for url in contact)


def test_claims_are_told_only_as_they_stood(desk: InventingDesk, invented: list[InventedConversation]) -> None:
    claims = {claim.reference: claim for claim in desk.claims}
    succeeded = [(attempt, one) for one in invented for attempt in one.attempts if attempt.succeeded]
    assert len(succeeded) > 30
    for attempt, one in succeeded:
        claim = claims[attempt.reference]
        assert attempt.email == claim.email
        days = [claim.submitted_on, claim.validated_on, claim.paid_on, claim.rejected_on]
        assert max(day for day in days if day) <= one.conversation.started_at.date()


def test_tickets_follow_conversations_that_were_not_settled(
    desk: InventingDesk, content: SampleContent, invented: list[InventedConversation]
) -> None:
    tickets = invent_tickets(invented, content, TODAY, desk.promotion)
    assert len(tickets) == len(content.tickets)
    assert len({one.conversation.conversation.id for one in tickets}) == len(tickets)
    assert [one.opened_at for one in tickets] == sorted(one.opened_at for one in tickets)
    end = datetime(2023, 12, 15, tzinfo=desk.promotion.time_zone)
    for one in tickets:
        assert not one.conversation.was_settled
        moments = [one.conversation.conversation.last_seen_at, one.opened_at, *(at for _, at in one.steps), end]
        assert moments == sorted(set(moments))
        assert [TicketState.NEW, *(state for state, _ in one.steps)][-1] is one.ticket.becomes
    states = Counter(one.ticket.becomes for one in tickets)
    assert set(states) == set(TicketState)


def test_the_messages_are_many_and_of_all_kinds(content: SampleContent) -> None:
    texts = [message.text for message in content.messages]
    assert len(texts) == len(set(texts)) >= 110
    assert sum(not message.has_answer for message in content.messages) > 30
    assert {"en", "da", "nb", "sv"} == {message.language for message in content.messages}
