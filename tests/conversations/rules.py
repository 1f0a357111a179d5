"""What holds for every reply of the desk, whatever the conversation is about."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.claims import Claim
from bot.core.payment_timing import payment_outlook
from bot.core.wording import long_date
from tests.conversations.desk import Conversation, ConversationDesk

INNER_NAME = re.compile(r"\b\w+_\w+\b|[{}‹›]|Traceback|\bNone\b(?! of these)|Error:")
AMOUNT = re.compile(r"(?:\bkr|\bdkk|\bsek|\bnok|\beur|€|\$|£)\.?\s?\d[\d.,]*\d", re.IGNORECASE)
SHORT_DATE = re.compile(r"\b\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}\b")
PROMISE = re.compile(
    r"guarantee|\bexception|\bextension|(?:working|business) days|within (?:a few|\d+) hours", re.IGNORECASE
)
ASKING_FOR_SECRETS = re.compile(
    r"(?:send|give|tell|enter)[^.?!]{0,40}(?:password|bank details|account number|iban)", re.IGNORECASE
)
TO_CUSTOMER_SERVICE = re.compile(r"customer service|contact form|contact us|click here", re.IGNORECASE)
A_DAY = re.compile(
    r"\b\d{1,2}(?:st|nd|rd|th)?(?: of)? (?:january|february|march|april|may|ju|august|sep|oct|nov|dec)", re.I
)
ANOTHER_CLAIM = re.compile(r"\b(?:other|another|second) claim", re.IGNORECASE)


def no_rule_is_broken(conversation: Conversation) -> None:
    """Holds the last reply against the general rules."""
    the_reply_can_be_read(conversation)
    claims_are_told_to_their_owners_only(conversation)
    a_failed_look_up_has_the_same_words_always(conversation)
    nothing_is_asked_again(conversation)
    nothing_is_promised(conversation)
    the_safe_day_is_named(conversation)
    the_day_is_today(conversation)
    the_form_is_there_where_it_is_spoken_of(conversation)


def the_reply_can_be_read(conversation: Conversation) -> None:
    assert conversation.replies
    assert all(reply.text.strip() for reply in conversation.replies)
    assert not INNER_NAME.search(conversation.text)
    assert not SHORT_DATE.search(conversation.text), "a date that can be misread"
    assert not any(ASKING_FOR_SECRETS.search(reply.text) for reply in conversation.replies)


def claims_are_told_to_their_owners_only(conversation: Conversation) -> None:
    for claim in conversation.desk.claims:
        if not was_identified(claim, conversation):
            told = [secret for secret in secrets(claim, conversation.desk) if secret in conversation.text]
            assert not told, f"told of {claim.reference} before it was identified: {told}"


def was_identified(claim: Claim, conversation: Conversation) -> bool:
    """Reference and address were both given, however they were written."""
    given = "\n".join(conversation.said).lower()
    digits = re.sub(r"\D", "", claim.reference)
    return digits in re.sub(r"[^a-z0-9\n]", "", given) and claim.email.lower() in given


def secrets(claim: Claim, desk: ConversationDesk) -> Iterator[str]:
    """What only the claim's owner may read."""
    yield claim.email
    yield from filter(None, (claim.reason, claim.company))
    yield from (line.product for line in claim.lines)
    facts = desk.content.promotion
    outlook = payment_outlook(
        claim, desk.today, facts.payment_days.value, facts.bank_days.value, facts.contact_after_days.value
    )
    dates = (
        claim.submitted_on,
        claim.validated_on,
        claim.paid_on,
        claim.rejected_on,
        outlook.due_by,
        outlook.bank_until,
    )
    yield from (written for day in dates if day and day != desk.today for written in (long_date(day), day.isoformat()))


def a_failed_look_up_has_the_same_words_always(conversation: Conversation) -> None:
    for reply in conversation.replies:
        if "reference and e-mail address together" in reply.text:
            assert reply.text == conversation.desk.words("claim_not_found")


def nothing_is_asked_again(conversation: Conversation) -> None:
    desk, given = conversation.desk, "\n".join(conversation.said)
    asked = conversation.text
    form = desk.content.promotion.claim_reference
    ask_both = desk.words("ask_claim_details", reference_format=form)
    if re.search(r"\d{6}|\d{3} \d{3}", given) and not ANOTHER_CLAIM.search(
        conversation.said[-1] if conversation.said else ""
    ):
        assert desk.words("ask_claim_reference", reference_format=form) not in asked
        assert ask_both not in asked
    if "@" in given:
        assert desk.words("ask_claim_email") not in asked
        assert ask_both not in asked
    if any(product.name.lower() in given.lower() for product in desk.products):
        assert desk.words("purchase_missing_product") not in asked
    if A_DAY.search(given):
        assert desk.words("purchase_missing_bought_on") not in asked


def nothing_is_promised(conversation: Conversation) -> None:
    approved = conversation.desk.content.faq["product_not_listed"].answer
    own_words = conversation.text.replace(approved, "")
    assert set(AMOUNT.findall(own_words)) <= {"kr 3.150"}
    assert not re.search(r"\bfree\b", own_words)
    assert not PROMISE.search(own_words)
    for claim in conversation.desk.claims:
        assert not any(line.amount and str(int(line.amount)) in own_words for line in claim.lines)


def the_safe_day_is_named(conversation: Conversation) -> None:
    text = conversation.text
    if re.search(r"31 January 2024|January 31st 2024", text):
        assert "31 December 2023" in text, "the later last day stands alone"
    if re.search(r"to (November 30th|December 31st) 2023", text):
        assert "30 November 2023 and 31 December 2023" in text, "one end of the purchase period stands alone"
    if "30 November 2023" in text:
        assert "31 December 2023" in text, "one end of the purchase period stands alone"


def the_day_is_today(conversation: Conversation) -> None:
    for day in re.findall(r"[Tt]oday, (\d+ \w+ \d{4})", conversation.text):
        assert day == long_date(conversation.desk.today)


def the_form_is_there_where_it_is_spoken_of(conversation: Conversation) -> None:
    for reply in conversation.replies:
        if TO_CUSTOMER_SERVICE.search(reply.text):
            assert conversation.offers_form, "the contact form is spoken of, but not there to open"
