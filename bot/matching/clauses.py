"""Splits a message into the single questions and statements it holds."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

import spacy
from spacy.language import Language

from bot.matching.cleaning import clean_message, strip_mail

__all__ = ["clean_message", "split_questions"]

MOST_CLAUSES = 5
_LEAST_WORDS = 3

_QUESTION_WORD = (
    "what|what's|whats|when|where|where's|why|who|who's|whom|whose|which|how|hvad|hvornår|hvor|hvorfor|hvem|hvilke[nt]?|hvordan|vad|när|var"
    "|varför|vem|vilke[nt]|vilka|hur|hva|når|kvifor|korleis"
)
_AUXILIARY = (
    "can|could|do|does|did|is|are|was|were|will|would|should|shall|may|must|have|has|had|am|kan|må|skal|skulle|vil|ville|er|var|har|får|fik"
    "|fikk|bliver|blir|ska|är|kommer|kunne|måste|tar|tager"
)
_SUBJECT = (
    "i|we|you|it|they|he|she|one|there|that|this|these|those|my|our|your|his|her|their|the|a|an|any|anyone|somebody|someone|jeg|jag|vi|du|i|man"
    "|det|den|de|han|hun|hon|min|mit|mitt|mine|mina|vores|vår|vårt|våre|der|her|ni|dere|en|et|ett|denne|dette|denna|detta"
)
_ASKING = rf"(?:{_QUESTION_WORD})\b|(?:{_AUXILIARY})(?:n't)?\s(?:{_SUBJECT})\b"
_REQUEST = r"please\b|tell me\b|let me know\b|kindly\b|i (?:also |would |'d )?(?:want|need|like|wonder)\b"
_CONNECTOR = r"(?:and also|and then|oh and|and by the way|and|also|btw|by the way|plus|og|och|samt|og så|men|but)"
_BEFORE_QUESTION = re.compile(rf",?\s+{_CONNECTOR},?\s+(?={_ASKING})", re.IGNORECASE)
_BEFORE_CLAUSE = re.compile(rf",\s+(?:and|og|och)\s+(?=(?:{_REQUEST})|(?:{_SUBJECT})\s)", re.IGNORECASE)
_BEFORE_NEXT = re.compile(rf",\s+(?={_ASKING})", re.IGNORECASE)
_SEMICOLON = re.compile(r"\s*;\s+(?:and\s+)?")
_STARTS_ASKING = re.compile(
    rf"^(?:\W*(?:{_CONNECTOR}|so|hi|hello|ok|okay|well)[\s,]+){{0,2}}(?:{_ASKING})", re.IGNORECASE
)
_VERB = re.compile(
    rf"\b(?:{_AUXILIARY}|i'm|i've|it's|we're|we've|that's|don't|doesn't|didn't|can't|won't|isn't|get|got|need"
    rf"|want|know|tell|say|says|said|find"
    r"|take|takes|send|sent|buy|bought|pay|paid|claim|give|gave|go|went|come|came|see|lost|lose|count|counts"
    r"|mean|means|make|made|happens?"
    r"|køb\w{1,4}|købt|kjøp\w{1,4}|köp\w{1,4}|sendte|fick|mistet|tabt|tappat|[a-z]{3,}ed|[a-z]{3,}ing)\b",
    re.IGNORECASE,
)
_PAIRED = re.compile(
    r"\b(?:between|difference|either|both|forskel\w*|skillnad\w*|forskjell\w*|mellem|mellan|mellom)\b",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(
    r"(?:(?<!\w)(?:d|nr|no|kr|ca|approx|e\.g|i\.e|eg|f\.eks|t\.ex|bl\.a|incl|inkl|excl|ekskl|mr|mrs|ms|dr|st"
    r"|co|ltd|inc|vs|pr|tlf|ref|art"
    r"|jan|feb|mar|apr|jun|jul|aug|sept?|o[ck]t|nov|de[cs])|(?<!\d)\d{1,2})\.$",
    re.IGNORECASE,
)
_CONTINUES = re.compile(r"^(?:[a-zåäöæø]|\d)")
_LEADING = re.compile(rf"^(?:[-*•·,;:&\s]|\d{{1,2}}[.)]\s|(?:{_CONNECTOR},?\s+)(?=\S+\s+\S))+", re.IGNORECASE)
_ITEM = re.compile(
    r"(?:^|(?<=\s))\(?([1-9]|[a-e])[.)]\s+(?!(?:jan|feb|mar|apr|ma[ijy]|jun|jul|aug|sep|o[ck]t|nov|de[cs]))",
    re.IGNORECASE,
)
_LISTS = ("123456789", "abcde")
_FILLER = re.compile(
    r"^\W*(?:(?:thanks?|thank you|thx|tak|tack|takk|many|so much|very much|a lot|in advance|på forhånd"
    r"|på förhand|for your help|hi|hello|hey|hej|hei"
    r"|ok|okay|alright|right|well|great|fine|good|sure|sorry|hm+|oh|ah|please|cheers|bye|goodbye|best|regards)\W*)+$",
    re.IGNORECASE,
)
_ANNOUNCING = re.compile(
    r"^(?:(?:hi|hello|hey|hej|hei|hallo|ok|okay|so)\W+)?(?:(?:i|we|jeg|jag|vi)\W?(?:have|ve|have got|ve got|got|had|har|hade|havde|hadde)\s+)?(?:just|only|bare|kun|bara|lige)?\s*"
    r"(?:(?:a|an|en|et|ett|some|quick|short|few|couple(?: of)?|two|three|2|3|another|more|other|to|två|tre|par|nogle|noen|några|hurtige|korta?|korte)\s+)+"
    r"(?:questions?|things?|ones|spørgsmål|frågor|fråga|spørsmål|ting|saker)"
    r"(?:\s+(?:for you|to you|to ask|til jer|til dere|till er|here|please|about (?:this|my claim)))*\W*$",
    re.IGNORECASE,
)
"""Says that questions come, and asks none."""


def split_questions(text: str) -> list[str]:
    """The questions and statements of a message, at most five, in order; whole where splitting is doubtful.

    Empty only for a message without a readable character. What frames the question (quoted mail, greeting,
    signature) is left out.
    """
    message = strip_mail(text)
    clauses = [clause for sentence in _sentences(message) for clause in _split_sentence(sentence)]
    tidied = dict.fromkeys(tidy for clause in clauses if (tidy := _tidy(clause)))
    framing = (_FILLER, _ANNOUNCING)
    telling = [clause for clause in tidied if not any(frame.match(clause) for frame in framing)] or list(tidied)
    return _most_telling(telling) or ([message] if message else [])


@lru_cache(maxsize=1)
def _sentence_splitter() -> Language:
    splitter = spacy.blank("en")
    splitter.add_pipe("sentencizer")
    return splitter


def _sentences(message: str) -> list[str]:
    sentences: list[str] = []
    for paragraph in _paragraphs(message):
        starts_paragraph = True
        for sentence in _sentence_splitter()(paragraph).sents:
            if not starts_paragraph and _ABBREVIATED.search(sentences[-1]) and _CONTINUES.match(sentence.text):
                sentences[-1] = f"{sentences[-1]} {sentence.text}"
            else:
                sentences.append(sentence.text)
            starts_paragraph = False
    return [sentence for sentence in sentences if sentence.strip()]


def _paragraphs(message: str) -> list[str]:
    """Lines that go on in the next one joined; a new one begins after a blank line, at a bullet, after a full stop."""
    joined = re.sub(r"(?<=[^\n.?!:;])\n(?=[a-zåäöæø(‹])", " ", message)
    return [item.strip() for line in joined.split("\n") for item in _items(line) if item.strip()]


def _items(line: str) -> list[str]:
    """The parts of "1) … 2) …" written in one line; the line itself if it is no such list."""
    marks = list(_ITEM.finditer(line))
    marked = "".join(mark.group(1).lower() for mark in marks)
    if len(marks) < 2 or not any(letters.startswith(marked) for letters in _LISTS):
        return [line]
    ends = [mark.start() for mark in marks[1:]] + [len(line)]
    return [line[: marks[0].start()], *(line[mark.end() : end] for mark, end in zip(marks, ends))]


def _split_sentence(sentence: str) -> list[str]:
    if _PAIRED.search(sentence):
        return [sentence]
    clauses = [sentence]
    for boundary, stands_apart in (
        (_SEMICOLON, _both_stand),
        (_BEFORE_QUESTION, _long_enough),
        (_BEFORE_CLAUSE, _asks_then_stands),
        (_BEFORE_NEXT, _asks_then_asks),
    ):
        clauses = [part for clause in clauses for part in _split_at(boundary, clause, stands_apart)]
    return clauses


def _split_at(boundary: re.Pattern[str], clause: str, stands_apart: Callable[[str, str], bool]) -> list[str]:
    for match in boundary.finditer(clause):
        before, after = clause[: match.start()], clause[match.end() :]
        if stands_apart(before, after):
            return [before, *_split_at(boundary, after, stands_apart)]
    return [clause]


def _long_enough(before: str, after: str) -> bool:
    return min(len(before.split()), len(after.split())) >= _LEAST_WORDS and bool(_VERB.search(before))


def _both_stand(before: str, after: str) -> bool:
    return _long_enough(before, after) and bool(_VERB.search(after))


def _asks_then_stands(before: str, after: str) -> bool:
    """A story stays whole ("I bought it, and I lost the invoice"); a question and something after it do not."""
    asks = _STARTS_ASKING.match(before) or re.match(_REQUEST, after, re.IGNORECASE)
    return bool(asks) and _both_stand(before, after)


def _asks_then_asks(before: str, after: str) -> bool:
    """One question after the other, with nothing between them: "what is it, where is it, who pays"."""
    return bool(_STARTS_ASKING.match(before)) and _both_stand(before, after)


def _tidy(clause: str) -> str:
    tidy = _LEADING.sub("", clause).strip(" ,;\n")
    return tidy if any(character.isalnum() for character in tidy) else ""


def _most_telling(clauses: list[str]) -> list[str]:
    if len(clauses) <= MOST_CLAUSES:
        return clauses
    asking = [clause for clause in clauses if "?" in clause or _STARTS_ASKING.match(clause)]
    chosen = set([*asking, *clauses][:MOST_CLAUSES]) if asking else set(clauses[:MOST_CLAUSES])
    return [clause for clause in clauses if clause in chosen][:MOST_CLAUSES]
