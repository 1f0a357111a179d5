"""Which language a message is in, and when that is left open."""

from __future__ import annotations

import pytest

from bot.matching.language import language_of
from bot.matching.nordic_words import NORDIC
from tests.timing import processor_seconds


@pytest.mark.parametrize(
    "text",
    [
        "Hvad gør jeg, hvis bonen er væk?",
        "hvornår er der penge på kontoen",
        "Vi er en lille tandklinik og vil gerne vide, om vi kan være med",
        "MÅ JEG SENDE EN ANSØGNING MERE",
        "hvornaar faar jeg mine penge",
        "Kan I nøjes med et billede af regningen?",
        "kvittering væk",
        "mange tak for hjælpen",
        "Er ThinkPad Universal USB-C Dock med i det her tilbud, eller hvad?",
    ],
)
def test_danish(text: str) -> None:
    assert language_of(text) == "da"


@pytest.mark.parametrize(
    "text",
    [
        "Hva gjør jeg hvis kvitteringen er borte vekk?",
        "når kommer utbetalingen, det er fire uker siden dere godtok søknaden",
        "Vi er en liten tannklinikk og lurer på om noen av oss kan bli med",
        "KAN JEG SENDE INN EN SØKNAD TIL",
        "Korleis får eg pengane mine?",
        "eg veit ikkje kva de meiner",
        "takk for hjelpen",
        "gjelder det skjermer også?",
    ],
)
def test_norwegian_in_both_its_forms(text: str) -> None:
    assert language_of(text) == "nb"


@pytest.mark.parametrize(
    "text",
    [
        "Vad gör jag om kvittot är borta?",
        "när kommer pengarna in på kontot",
        "Vi är en liten tandläkarmottagning och undrar om vi får vara med",
        "FÅR JAG SKICKA IN EN ANSÖKAN TILL",
        "var hittar jag serienumret pa skarmen",
        "Måste jag ha en skanner?",
        "kvitto borta",
        "tack för hjälpen",
        "Räknas en Lenovo Go Wireless ANC Headset?",
    ],
)
def test_swedish(text: str) -> None:
    assert language_of(text) == "sv"


@pytest.mark.parametrize(
    "text",
    [
        "Where do I find the serial number?",
        "receipt gone",
        "thanks",
        "dock and store bag sent, end of the land like fire",
        "i is for men at over under her hit fast",
        "min 3 docks pr claim",
    ],
)
def test_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "wher is my mony",
        "hwo mayn dcoks cna i clame for",
        "recipt lsot plz hlep",
        "wen wil i get teh cashbak",
        "therecieptisgone",
        "i hav to fil in a fro m but it dose not lod",
        "is det a problm if mi invoce is gon",
    ],
)
def test_misspelt_english_stays_english(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    "text",
    [
        "We are a school in Göteborg, may we take part?",
        "Bought in Umeå yesterday",
        "Malmö shop closed",
        "Our office on Åland bought two docks from Elkjøp",
        "Åse Sørensen, Tromsø",
        "My name is Bjørn Håkansson and I paid in Aarhus",
        "does the shop in göteborg count as a reseller?",
    ],
)
def test_nordic_names_and_places_make_no_english_message_nordic(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("What do I do if the kvittering is lost?", "en"),
        ("It asks me to fill in 'købsdato', what does that mean?", "en"),
        ("Hej, where can I upload the invoice? Mvh Lone", "en"),
        ("Hvordan uploader jeg min invoice til claimen?", "da"),
        ("hur laddar jag upp min invoice, the form is broken", "sv"),
        ("kan jeg claime to headset på samme skjema, og når får jeg cashback?", "nb"),
    ],
)
def test_of_two_languages_the_one_with_more_of_the_everyday_words_counts(text: str, language: str) -> None:
    assert language_of(text) == language


@pytest.mark.parametrize(
    "text",
    [
        "Kann ich den Antrag noch ändern? Ich habe mich vertippt.",
        "Paljonko rahaa saan takaisin yhdestä näytöstä?",
        "Où est mon argent ?",
    ],
)
def test_other_languages_are_none_of_the_three(text: str) -> None:
    assert language_of(text) == "en"


@pytest.mark.parametrize("text", ["", "?", "👍", "12345", "‹claim reference›", "‹e-mail address› ‹claim reference›"])
def test_without_words_a_message_is_english(text: str) -> None:
    assert language_of(text) == "en"


def test_what_is_masked_says_nothing_of_the_language() -> None:
    assert language_of("hvor er pengene ‹claim reference› ‹e-mail address›") == language_of("hvor er pengene")


def test_everyday_english_words_do_not_count_as_nordic() -> None:
    ambiguous = "i is for men at under over man hit fast her hen den vi sin pa dock store sent like end bag dog land"
    assert NORDIC.isdisjoint(ambiguous.split())


def test_long_messages_cost_next_to_nothing() -> None:
    language_of("hvor er mine penge")  # the detector is made once
    long = "hvor bliver pengene af, jeg venter stadig " * 24
    assert processor_seconds(lambda: language_of(long), rounds=3) < 0.1
