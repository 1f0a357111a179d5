"""The assistant's page: a mail in, its questions with answers and a reply out."""

from __future__ import annotations

import html
import re
from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from bot.adapters.faq_files import read_faq
from bot.core.ranking import Band
from tests.asked import asked, mail
from tests.fakes import FakeBot
from tests.web.conftest import FAQ, Page
from tests.web.desk.conftest import AgentBrowser

WORDS = {entry.id: entry.answer for entry in read_faq(FAQ)}
MAIL = "Hello,\n\nhow long does it take? And I have lost the receipt.\n\nKind regards\nIda"
READ = mail(
    asked("how long does it take?", how_long_for_discount=0.98, payment_timing_lookup=0.01),
    asked("I have lost the receipt.", Band.SUGGEST, lost_invoice=0.5, invoice_vs_order_confirmation=0.3),
)


def reply_on(page: str) -> str:
    found = re.search(r'<textarea id="reply"[^>]*>(.*?)</textarea>', page, re.DOTALL)
    assert found, page
    return html.unescape(found.group(1))


def test_nobody_sees_it_without_signing_in(nobody: TestClient) -> None:
    asked_for = nobody.get("/desk/assist", follow_redirects=False)
    assert (asked_for.status_code, asked_for.headers["location"]) == (303, "/desk/sign-in?next=%2Fdesk%2Fassist")
    assert nobody.post("/desk/assist", data={"mail": MAIL}, follow_redirects=False).status_code == 303


def test_a_reply_is_made_of_what_fits_in_the_approved_words(
    sign_in_as: Callable[..., AgentBrowser], bot: FakeBot
) -> None:
    bot.mail = READ
    shown = sign_in_as(name="Ida Lund").submit("/desk/assist", mail=MAIL)
    assert shown.status_code == 200
    reply = reply_on(shown.text)
    assert WORDS["how_long_for_discount"] in reply
    assert WORDS["lost_invoice"] not in reply
    assert reply.startswith("Hello,")
    assert reply.endswith("Ida Lund\nLenovo IT accessories Promotion")
    assert html.escape(WORDS["lost_invoice"]) in shown.text
    assert "May answer it" in shown.text and "Answers it" in shown.text


def test_of_a_mail_with_everything_it_quotes_the_beginning_is_read(
    sign_in_as: Callable[..., AgentBrowser], bot: FakeBot
) -> None:
    bot.mail = READ
    shown = sign_in_as().submit("/desk/assist", mail=MAIL + "\n> quoted words" * 20_000)
    assert shown.status_code == 200
    assert "Only the first 10,000 characters were read." in shown.text
    assert "I have lost the receipt." in shown.text


def test_what_is_no_mail_by_its_length_is_told_so_in_words(sign_in_as: Callable[..., AgentBrowser]) -> None:
    shown = sign_in_as().submit("/desk/assist", mail="x" * 1_000_000)
    assert shown.status_code == 413
    assert "Please shorten it to 10,000 characters." in shown.text


def test_without_javascript_the_reply_goes_by_what_is_ticked(
    sign_in_as: Callable[..., AgentBrowser], bot: FakeBot
) -> None:
    bot.mail = READ
    browser = sign_in_as()
    shown = browser.submit("/desk/assist", mail=MAIL, compose="1", **{"use-lost_invoice": "1"})
    reply = reply_on(shown.text)
    assert WORDS["lost_invoice"] in reply
    assert WORDS["how_long_for_discount"] not in reply
    page = Page(shown.text)
    assert [name for name, _ in page.ticked if name] == ["use-lost_invoice"]
    assert html.escape("And I have lost the receipt.") in shown.text


def test_an_unknown_answer_cannot_be_ticked(sign_in_as: Callable[..., AgentBrowser], bot: FakeBot) -> None:
    bot.mail = READ
    shown = sign_in_as().submit("/desk/assist", mail=MAIL, compose="1", **{"use-<b>": "1", "use-cash_or_cheque": "1"})
    assert shown.status_code == 200
    assert reply_on(shown.text).startswith("Hello,\n\nthank you for your message.\n\nKind regards")


def test_what_is_to_be_looked_up_is_told_and_not_answered(
    sign_in_as: Callable[..., AgentBrowser], bot: FakeBot
) -> None:
    bot.mail = mail(
        asked("where is my claim?", claim_status=0.97, how_long_for_discount=0.02),
        asked("what about my firmware?", Band.NONE, stranger=0.99, product_not_listed=0.004),
    )
    shown = sign_in_as().submit("/desk/assist", mail="where is my claim? what about my firmware?").text
    assert "look it up" in shown
    assert "The page does not answer this." in shown
    assert "Answers it" not in shown


def test_dates_come_with_the_contradiction_and_the_day(sign_in_as: Callable[..., AgentBrowser], bot: FakeBot) -> None:
    bot.mail = mail(asked("until when?", when_can_i_claim=0.99))
    reply = reply_on(sign_in_as().submit("/desk/assist", mail="until when?").text)
    assert WORDS["when_can_i_claim"] in reply
    assert "two last days for claims" in reply
    assert "15 December 2023" in reply


def test_who_writes_danish_is_told_in_danish_that_the_answer_is_english(
    sign_in_as: Callable[..., AgentBrowser], bot: FakeBot
) -> None:
    bot.mail = mail(asked("hvor lang tid?", how_long_for_discount=0.97), language="da")
    shown = sign_in_as().submit("/desk/assist", mail="hvor lang tid?").text
    assert "Written in Danish." in shown
    assert reply_on(shown).startswith("Hej,\n\nTak for din besked; det godkendte svar findes desværre kun på engelsk")
    assert "Venlig hilsen" in reply_on(shown)


def test_without_rasa_entries_that_share_words_are_offered_as_such(
    sign_in_as: Callable[..., AgentBrowser], bot: FakeBot
) -> None:
    bot.is_down = True
    shown = sign_in_as().submit("/desk/assist", mail="is the serial number on the back").text
    assert "only share words with the mail" in shown
    assert html.escape(WORDS["serial_number_location"]) in shown


def test_a_mail_that_asks_nothing_says_so(sign_in_as: Callable[..., AgentBrowser]) -> None:
    assert "No question was found" in sign_in_as().submit("/desk/assist", mail="Thank you so much!").text


@pytest.mark.parametrize("nothing", ["", "   ", "\x00", "\u202e"])
def test_an_empty_field_is_said_kindly(sign_in_as: Callable[..., AgentBrowser], nothing: str, bot: FakeBot) -> None:
    shown = sign_in_as().submit("/desk/assist", mail=nothing)
    assert shown.status_code == 422
    assert "Paste a mail first." in shown.text
    assert bot.mails == []


def test_a_mail_of_another_site_is_not_taken(sign_in_as: Callable[..., AgentBrowser], bot: FakeBot) -> None:
    browser = sign_in_as()
    for headers, token in (({"sec-fetch-site": "cross-site"}, browser.token), ({}, "another")):
        sent = browser.post("/desk/assist", data={"csrf": token, "mail": MAIL}, headers=headers)
        assert sent.status_code == 403
    assert bot.mails == []


@pytest.mark.parametrize("letter", ["x", "ø", "😀"])
def test_ten_thousand_characters_are_read_and_more_are_cut(
    sign_in_as: Callable[..., AgentBrowser], bot: FakeBot, letter: str
) -> None:
    browser = sign_in_as()
    assert "first 10,000 characters" not in browser.submit("/desk/assist", mail=letter * 10_000).text
    if letter != "😀":
        assert "first 10,000 characters" in browser.submit("/desk/assist", mail=letter * 10_050).text
    assert {len(text) for text, _ in bot.mails} == {10_000}


def test_what_a_customer_writes_stays_text(sign_in_as: Callable[..., AgentBrowser], bot: FakeBot) -> None:
    attack = "</textarea><script>alert(1)</script><img src=x onerror=alert(2)> how long?"
    bot.mail = mail(asked(attack, how_long_for_discount=0.97, matched="<i>phrase</i>"))
    shown = sign_in_as().submit("/desk/assist", mail=attack).text
    tags = [tag for tag, attributes in Page(shown).tags if tag in ("img", "i", "b") and attributes]
    assert tags == []
    assert [attributes for tag, attributes in Page(shown).tags if tag == "script"] == [
        {"type": "module", "src": "/static/desk/sign-out.js"},
        {"type": "module", "src": "/static/desk/assist.js"},
    ]


def test_personal_data_does_not_reach_rasa(sign_in_as: Callable[..., AgentBrowser], bot: FakeBot) -> None:
    sign_in_as().submit("/desk/assist", mail="where is LEN-482913 of ida@lund.example?")
    ((text, _),) = bot.mails
    assert "482913" not in text and "ida@" not in text
