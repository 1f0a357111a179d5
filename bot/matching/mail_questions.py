"""The questions of a whole mail, each with its ranking: what asks is read alone, and with what leads up to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.intents import BOT_CHALLENGE, DIALOGUE_MOVES, HAND_OFFS, SMALL_TALK, TALK_TO_HUMAN
from bot.core.ranking import Band, Ranking
from bot.matching.clauses import split_questions
from bot.matching.mail_body import own_paragraphs
from bot.matching.matcher import Matcher
from bot.matching.questions import read_questions
from bot.matching.several import ADDING, ASKING
from bot.matching.splits import possible_splits

SHORT_MAIL_WORDS = 40
"""Up to so many words a mail is read like a message of the chat, which is what the thresholds were set on."""
MOST_SENTENCES = 120
STATED_SCORE = 0.9
"""How sure a sentence that asks nothing has to be, to be taken for a question: "the receipt is gone" is one."""
STATED_WORDS = 5
ASIDE_SCORE = 0.5
LEADING_UP = 2
"""A question is read with up to so many sentences before it."""
TELLING_WORDS = 4
"""A shorter sentence, such as a greeting, leads up to nothing."""
LEANING_WORDS = 6
"""Up to so many words a question hardly stands for itself."""
ASIDES = (SMALL_TALK - {BOT_CHALLENGE}) | DIALOGUE_MOVES
"""Labels that mean something in a conversation only."""

_SENTENCE_END = re.compile(r"(?<=[.?!…])[\"”’)]?\s+(?=[\"“(]?[A-ZÀ-ÞŁŚŽ])")
_REQUEST = re.compile(
    r"\?|\b(?:please|tell (?:me|us)|let (?:me|us) know|explain|wonder\w*|curious|undrar|lurer på|spørge|fråga)\b"
    r"|\b(?:know|interested|sure|clear|understand|vide|veta|vite|vet|ved|forstår|förstår)\b.{0,40}"
    r"\b(?:what|when|where|whether|if|how|who|which|why|om|hvad|hva|hvornår|når|hvor\w*|hvilke\w*|vad|när|var|hur|vilke\w*)\b",
    re.IGNORECASE,
)
"""Wants to know something, also in the midst of a sentence."""
_QUESTION_WORD = re.compile(
    r"^(?:\w+,?\s){1,2}(?:what|how|when|where|who|which|why|hvad|hvordan|hvornår|hvor\w*|hvilke\w*|vad|hur|när|vilke\w*|hva|når)\s",
    re.IGNORECASE,
)
_LEANING = re.compile(
    r"\b(?:it|that|this|these|those|them|they|he|she|him|her|then|in that case|instead|den|det|dem|han|hun|hon|disse|dette"
    r"|denne|dessa|denna|i så fald|i så fall|i stedet|i stället)\b",
    re.IGNORECASE,
)
"""Points at what was said before."""


@dataclass(frozen=True)
class Sentence:
    """One sentence or clause of a mail, by the paragraph it stands in."""

    text: str
    paragraph: int

    @property
    def asks(self) -> bool:
        return any(pattern.search(self.text) for pattern in (_REQUEST, ASKING, _QUESTION_WORD))

    @property
    def leans(self) -> bool:
        """Whether it may mean something else together with what stands before it."""
        return len(self.text.split()) <= LEANING_WORDS or _LEANING.search(self.text) is not None

    @property
    def tells(self) -> bool:
        return not self.asks and len(self.text.split()) >= TELLING_WORDS


def find_questions(mail: str, matcher: Matcher) -> list[Ranking]:
    """What a mail asks, in its order and nothing twice; empty where it asks nothing.

    A question without an answer is among them, turned away.
    """
    return questions_in(own_paragraphs(mail), matcher)


def questions_in(paragraphs: Sequence[str], matcher: Matcher) -> list[Ranking]:
    """What the paragraphs of a mail ask, as ``find_questions`` tells it."""
    if sum(len(paragraph.split()) for paragraph in paragraphs) <= SHORT_MAIL_WORDS:
        return _like_a_message(paragraphs, matcher)
    sentences = _sentences(paragraphs)
    asked = _asked(sentences, matcher)
    settled = {sentences[place].paragraph for place, question in asked.items() if question.band is Band.ANSWER}
    stated = _stated(sentences, settled, matcher)
    return _once(question for _, question in sorted({**asked, **stated}.items(), key=lambda found: found[0]))


def _like_a_message(paragraphs: Sequence[str], matcher: Matcher) -> list[Ranking]:
    if not paragraphs:
        return []
    mail = "\n".join(paragraphs)
    asked = [
        question
        for question in read_questions(mail, matcher)
        if question.is_strange or question.best.label not in ASIDES
    ]
    in_one_line = " ".join(mail.split())
    return sorted(asked, key=lambda question: in_one_line.find(" ".join(question.text.split())))


def _sentences(paragraphs: Sequence[str]) -> list[Sentence]:
    return [
        Sentence(clause, number)
        for number, paragraph in enumerate(paragraphs)
        for sentence in _SENTENCE_END.split(paragraph)
        for clause in split_questions(sentence)
    ][:MOST_SENTENCES]


def _asked(sentences: Sequence[Sentence], matcher: Matcher) -> dict[int, Ranking]:
    """The rankings of what the mail asks in so many words, by the places of the sentences."""
    places = [place for place, sentence in enumerate(sentences) if sentence.asks]
    ranked = zip(places, matcher.rank([sentences[place].text for place in places]))
    alone = {place: ranking for place, ranking in ranked if not _is_aside(ranking)}
    others = {place: _other_readings(place, sentences, ranking) for place, ranking in alone.items()}
    texts = list(dict.fromkeys(text for own in others.values() for text in own))
    known = dict(zip(texts, matcher.rank(texts)))
    asked: dict[int, Ranking] = {}
    for place, ranking in alone.items():
        question = _clearest([ranking, *(known[text] for text in others[place])])
        if _is_question(question) and not _goes_on(place, sentences, question, asked.get(place - 1), matcher):
            asked[place] = question
    return asked


def _other_readings(place: int, sentences: Sequence[Sentence], alone: Ranking) -> list[str]:
    """With what leads up to it, for a question that leans on that or is not clear alone; or one half of it."""
    if alone.band is Band.ANSWER and not sentences[place].leans:
        return []
    leading_up = _leading_up(place, sentences)
    joined = [" ".join([*leading_up, alone.text])] if leading_up else []
    if alone.band is Band.ANSWER:
        return joined
    return [*joined, *(half for split in possible_splits(alone.text) for half in split)]


def _leading_up(place: int, sentences: Sequence[Sentence]) -> list[str]:
    """What was told right before a question, back to the question before that."""
    first = place
    while first > max(0, place - LEADING_UP) and sentences[first - 1].tells:
        first -= 1
    return [sentence.text for sentence in sentences[first:place]]


def _clearest(readings: Sequence[Ranking]) -> Ranking:
    answered = [reading for reading in readings if reading.band is Band.ANSWER and reading.best.label not in ASIDES]
    return max(answered, key=lambda reading: reading.best.score, default=readings[0])


def _goes_on(
    place: int, sentences: Sequence[Sentence], question: Ranking, before: Ranking | None, matcher: Matcher
) -> bool:
    """Whether an unclear question only goes on with the one right before it: "Could you list them for me?"."""
    sentence = sentences[place]
    if question.band is Band.ANSWER or not sentence.leans or ADDING.search(sentence.text):
        return False
    if before is None or before.band is not Band.ANSWER or sentences[place - 1].paragraph != sentence.paragraph:
        return False
    (together,) = matcher.rank([f"{before.text} {question.text}"])
    return together.best.label == before.best.label


def _stated(sentences: Sequence[Sentence], settled: set[int], matcher: Matcher) -> dict[int, Ranking]:
    """What is a question without asking, in paragraphs where nothing was asked that has an answer."""
    places = [
        place
        for place, sentence in enumerate(sentences)
        if not sentence.asks and sentence.paragraph not in settled and len(sentence.text.split()) >= STATED_WORDS
    ]
    ranked = zip(places, matcher.rank([sentences[place].text for place in places]))
    return {
        place: ranking
        for place, ranking in ranked
        if _is_question(ranking)
        and ranking.band is Band.ANSWER
        and ranking.best.score >= STATED_SCORE
        and ranking.best.label not in HAND_OFFS - {TALK_TO_HUMAN}
    }


def _is_aside(ranking: Ranking) -> bool:
    return ranking.best.label in ASIDES and ranking.best.score >= ASIDE_SCORE


def _is_question(ranking: Ranking) -> bool:
    """Nothing that is said in passing, no vague wish for help, and what has no answer only if it is clearly asked."""
    if ranking.band is Band.NONE:
        return _REQUEST.search(ranking.text) is not None
    vague = HAND_OFFS | {BOT_CHALLENGE}
    return ranking.best.label not in ASIDES and (ranking.band is Band.ANSWER or ranking.best.label not in vague)


def _once(questions: Iterable[Ranking]) -> list[Ranking]:
    """Each label once, by its surest question; what has no sure label stays."""
    kept: dict[str, Ranking] = {}
    for number, question in enumerate(questions):
        key = question.best.label if question.band is Band.ANSWER else str(number)
        if key not in kept or question.best.score > kept[key].best.score:
            kept[key] = question
    return list(kept.values())
