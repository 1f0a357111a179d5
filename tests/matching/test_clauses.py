"""A message falls into its questions; what belongs together stays together."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matching.clauses import clean_message, split_questions


@pytest.mark.parametrize(
    ("message", "clauses"),
    [
        ("Do you pay by cheque, and what if the bill is gone?", ["Do you pay by cheque", "what if the bill is gone?"]),
        ("When is it paid? And how?", ["When is it paid?", "And how?"]),
        ("How long does it take and can it go to my wife's account?",
         ["How long does it take", "can it go to my wife's account?"]),
        ("can i claim twice btw how long does the money take", ["can i claim twice", "how long does the money take"]),
        ("where do I upload it also is there a limit", ["where do I upload it", "is there a limit"]),
        ("does it count; I lost the receipt", ["does it count", "I lost the receipt"]),
        ("is the dock on the list, and please tell me when I get paid",
         ["is the dock on the list", "please tell me when I get paid"]),
        ("Hvornår får jeg pengene og kan jeg få dem kontant?", ["Hvornår får jeg pengene", "kan jeg få dem kontant?"]),
        ("när kommer pengarna och hur länge gäller det", ["när kommer pengarna", "hur länge gäller det"]),
        ("får man penger tilbake og når kommer de?", ["får man penger tilbake", "når kommer de?"]),
        ("what do you need and where do I send it and who checks it?",
         ["what do you need", "where do I send it", "who checks it?"]),
        ("1) when is it paid\n2) what about the receipt\n- can I claim twice",
         ["when is it paid", "what about the receipt", "can I claim twice"]),
        ("1) when is it paid 2) what about the receipt 3) can I claim twice",
         ["when is it paid", "what about the receipt", "can I claim twice"]),
        ("Two things: a. when is it paid? b. is it on the list",
         ["when is it paid?", "is it on the list"]),
        ("Hi, I've got two quick questions for you. Is it late? Who pays?", ["Is it late?", "Who pays?"]),
        ("Hej\nJeg har to spørgsmål. Er det for sent? Hvem betaler?", ["Er det for sent?", "Hvem betaler?"]),
        ("Two things I bought are not listed. Who pays?", ["Two things I bought are not listed.", "Who pays?"]),
        ("where is the number, how long does it take, and who pays for it?",
         ["where is the number", "how long does it take", "who pays for it?"]),
        ("Alright. By what day should it be in?", ["By what day should it be in?"]),
        ("Is it late? Thanks a lot!", ["Is it late?"]),
    ],
)  # fmt: skip
def test_several_questions_come_apart(message: str, clauses: list[str]) -> None:
    assert split_questions(message) == clauses


@pytest.mark.parametrize(
    "message",
    [
        "what is the difference between a receipt and an order confirmation?",
        "where are invoice and serial number",
        "a dock or a monitor, which one?",
        "when and where can i claim",
        "I bought it online and lost the bill",
        "We bought six docks, and the invoice is in my wife's name",
        "tell me when and how",
        "Bought on 27. september 2023 at Dustin",
        "my invoice nr. is 1234, right?",
        "I got it d. 3. juni hos Proshop",
        "no, it was the distributor",
        "can I get money for mice and keyboards?",
        "I have two papers; the invoice and the slip",
        "hello",
        "ok thanks",
        "‹claim reference›",
    ],
)
def test_what_belongs_together_stays_whole(message: str) -> None:
    assert split_questions(message) == [message]


@pytest.mark.parametrize(
    ("message", "left"),
    [
        ("Dear Sir or Madam,\n\nwhen is it paid?\n\nBest regards,\nMaja Lund\nFirm ApS", "when is it paid?"),
        ("Hi there, when is it paid?", "when is it paid?"),
        ("hi is my dock ok for the money", "is my dock ok for the money"),
        ("Hello I lost the bill", "I lost the bill"),
        ("Hej Lenovo,\nhvornår kommer pengene? Mvh Maja", "hvornår kommer pengene?"),
        ("Kære kundeservice\nhvornår kommer pengene?\nMed venlig hilsen\nMaja", "hvornår kommer pengene?"),
        ("when is it paid?\nSent from my iPhone", "when is it paid?"),
        ("when is it paid?\n-- \nMaja Lund, 12 Main Street", "when is it paid?"),
        ("when is it paid?\n\nOn 3 Oct 2023, Desk wrote:\n> hello\n> bye", "when is it paid?"),
        ("> an old line\nwhen is it paid?", "when is it paid?"),
        ("when is it paid?\n-----Original Message-----\nFrom: a\nis it raining?", "when is it paid?"),
        ("-----Original Message-----\nFrom: Maja\nTo: Desk\nSubject: RE: When is it paid?\n", "When is it paid?"),
        ("From: Maja\nTo: Desk\nSubject: money\n\nwhen is it paid?", "when is it paid?"),
        ("I bought it\nin October at Atea", "I bought it in October at Atea"),
    ],
)
def test_the_frame_of_a_mail_is_left_out(message: str, left: str) -> None:
    assert split_questions(message) == [left]


def test_a_single_header_like_line_belongs_to_the_message() -> None:
    assert split_questions("To: my firm only, is that possible?") == ["To: my firm only, is that possible?"]


def test_at_most_five_clauses_and_questions_come_first() -> None:
    message = "I am tired. It rains. It snows. When is it paid? Who pays? Where is it? How much is it? The end is near."
    clauses = split_questions(message)
    assert len(clauses) == 5
    assert clauses[-4:] == ["When is it paid?", "Who pays?", "Where is it?", "How much is it?"]


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("  when \t is\u00a0it  ", "when is it"),
        ("a\u202eb\u200bc\x00d", "abcd"),
        ("sooooooo late!!!!!!!", "sooo late!!!"),
        ("help help help help help", "help help help"),
        ("111111 LEN-000000", "111111 LEN-000000"),
        ("a\r\nb\n\n\n\nc", "a\nb\n\nc"),
        ("z̶̡̢̧a", "z̶̡a"),
        ("‹claim reference›", "‹claim reference›"),
        ("\u200b\u202e\x07", ""),
        ("😀😀😀😀😀", "😀😀😀"),
    ],
)
def test_messages_are_cleaned(typed: str, clean: str) -> None:
    assert clean_message(typed) == clean


def test_a_long_message_is_cut_between_words() -> None:
    cleaned = clean_message("many different words, " + " ".join(f"word{place}" for place in range(400)))
    assert 940 < len(cleaned) <= 1000
    assert cleaned.split()[-1].startswith("word")


@given(st.text(max_size=1500))
def test_cleaning_is_bounded_and_done_once(text: str) -> None:
    cleaned = clean_message(text)
    assert len(cleaned) <= 1000
    assert clean_message(cleaned) == cleaned


pieces = st.sampled_from(
    ["hi,", "when", "and", "is", "it", "?", ".", "\n", ">", "what", ";", "thanks", "Mvh", "1)", "-", "og", "d."]
)


@given(st.one_of(st.text(max_size=400), st.builds(" ".join, st.lists(pieces, max_size=40))))
def test_any_message_gives_one_to_five_clauses(text: str) -> None:
    clauses = split_questions(text)
    assert len(clauses) <= 5
    assert all(clause.strip() for clause in clauses)
    assert bool(clauses) == bool(clean_message(text))


@pytest.mark.parametrize(
    "piece", ["a", "and ", "is it, and ", "?", "> ", "hi ", "\n", "help ", "-", "1. ", "Mvh\n", "; "]
)
def test_endless_input_is_no_burden(piece: str) -> None:
    assert len(split_questions(piece * 5000)) <= 5
