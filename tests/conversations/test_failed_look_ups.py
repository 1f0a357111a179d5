"""Conversations in which no claim can be shown: nothing is given away, and there is always a way on."""

from __future__ import annotations

from datetime import date

from tests.conversations.desk import ConversationDesk
from tests.conversations.world import claim


def test_a_wrong_address_is_corrected_and_the_rejection_explained(desk: ConversationDesk) -> None:
    rejected = claim(
        "LEN-562190",
        "innkjop@nordlysbygg.example",
        date(2023, 9, 4),
        rejected_on=date(2023, 9, 21),
        reason="The file uploaded is a delivery note and not an invoice.",
    )
    desk.set_up(date(2023, 9, 29), [rejected])
    silje = desk.customer()

    assert silje.say("Please check LEN-562190 for me") == desk.words("ask_claim_email")

    silje.say("silje.moen@nordlysbygg.example")
    assert [reply.text for reply in silje.replies] == [desk.words("claim_not_found")]
    assert silje.offers_form

    told = silje.say("oh, sorry, it must have gone through our purchasing inbox: innkjop@nordlysbygg.example")
    assert "LEN-562190" in told
    assert "rejected on 21 September 2023" in told
    assert rejected.reason in told

    silje.say("Why is a delivery note not good enough?")
    assert silje.answers == ["invoice_vs_order_confirmation"]

    silje.say("Can I hand in the proper invoice to you here?")
    assert silje.answers == ["include_invoice_copy"] or silje.offers_form


def test_an_unknown_reference_sounds_the_same_and_leads_to_a_person(desk: ConversationDesk) -> None:
    existing = claim("LEN-445810", "iver@saltholm.example", date(2023, 10, 2), validated_on=date(2023, 10, 16))
    desk.set_up(date(2023, 11, 3), [existing])
    iver = desk.customer()

    iver.say("could you please find my claim LEN-445801? I used iver@saltholm.example")
    assert [reply.text for reply in iver.replies] == [desk.words("claim_not_found")]

    told = iver.say("Odd, that number is straight from the mail you sent. Did I at least get the address right?")
    assert "LEN-4" not in told
    assert iver.offers_form

    told = iver.say("I'd rather speak with somebody human about it.")
    assert iver.offers_form
    assert "goes along" in told
    assert "?" not in told

    told = iver.say("And do I have to tell them everything again?")
    assert "goes along" in told
    assert desk.words("claim_not_found") not in told


def test_somebody_elses_claim_is_not_told_whatever_the_story(desk: ConversationDesk) -> None:
    hers = claim("LEN-958123", "solveig@glassverket.example", date(2023, 9, 1), validated_on=date(2023, 9, 13))
    desk.set_up(date(2023, 9, 25), [hers])
    friend = desk.customer()

    told = friend.say(
        "A friend asked me to find out what happened to her cashback, her number is LEN-958123. Can you tell me?"
    )
    assert told == desk.words("ask_claim_email")

    told = friend.say("All I know is that she is called Solveig Dahle. Did it go through, yes or no?")
    assert told == desk.words("ask_claim_email")

    friend.say("then use solveig.dahle@mailen.example")
    assert [reply.text for reply in friend.replies] == [desk.words("claim_not_found")]

    friend.say("Can I file the claim on her behalf, in my name?")
    assert friend.answers == ["pay_to_someone_else"]


def test_after_five_failures_no_further_look_up_is_made(desk: ConversationDesk) -> None:
    existing = claim("LEN-351846", "ole@tinderik.example", date(2023, 9, 1))
    desk.set_up(date(2023, 11, 20), [existing])
    ole = desk.customer()
    ole.say("my claim is LEN-700001 and the mail is ole@tinderik.example")
    for number in range(2, 6):
        ole.say(f"LEN-70000{number}")
        assert [reply.text for reply in ole.replies] == [desk.words("claim_not_found")]

    ole.say("LEN-351846")
    assert [reply.text for reply in ole.replies] == [desk.words("claim_lookup_locked")]
    assert ole.offers_form

    ole.say("is a cheque possible?")
    assert ole.answers == ["cash_or_cheque"]
