"""The questions of one message, each with its ranking: its parts and the whole weighed against each other."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import combinations

from bot.core.intents import BOT_CHALLENGE, COMPLAIN, DIALOGUE_MOVES, DROPPING, SMALL_TALK
from bot.core.ranking import Band, Ranking
from bot.matching.clauses import clean_message, split_questions
from bot.matching.follow_ups import FOLLOW_UP_WORDS, going_on
from bot.matching.matcher import Matcher
from bot.matching.several import ASKING, WISHING, Pair
from bot.matching.splits import possible_splits

SHORT_WORDS = 15
SUPPORTING_PLACES = 3
"""A label among the first of the whole message supports the same label in one of its clauses."""
SURE_ASIDE = 0.5
"""How likely thanks, a greeting or a move has to be, to be heard beside a question."""
OFFERED_BESIDE = 0.15
"""How likely something has to be, to be offered beside an answer to another question."""
LEAST_WORDS = 3
"""Of fewer words, such as "why not?", nobody can tell beside another question what they ask."""
_FOR_AN_ANSWER = re.compile(
    r"^\W*(?:(?:can|could|would|will|do|does|kan|kunne|vil) )?(?:(?:you|u|anyone|anybody|somebody|someone|du|i|ni|dere) )?(?:please )?"
    r"(?:tell|help|explain|say|know|answer|advise|assist|sige|hjælpe|hjälpa|hjelpe|svare?|forklare|förklara|vet|ved)"
    r"(?: (?:me|us|it|that|this|out|please|mig|meg|os|oss|det))*\W*$",
    re.IGNORECASE,
)
ASIDE = (SMALL_TALK - {BOT_CHALLENGE}) | DIALOGUE_MOVES


def read_questions(text: str, matcher: Matcher, topic: str | None = None) -> list[Ranking]:
    """One ranking for each question asked, asides such as thanks among them; never empty.

    ``topic`` is the last question answered in this conversation: a short message that says nothing by itself is read
    as going on from there.
    """
    cleaned, clauses = _parts(text)
    message = _whole(cleaned, clauses)
    # All at once: the encoder reads several texts side by side.
    whole, *apart = _ranked([message, *clauses], matcher)
    questions = _several(whole, apart, matcher) or _after_dropping(whole, matcher) or _one(whole, apart)
    questions = [*questions, *_also_asked(apart, questions)]
    if topic and not _is_answered(questions) and len(cleaned.split()) <= FOLLOW_UP_WORDS:
        return going_on(topic, whole, matcher, ASIDE) or questions
    return questions


def whole_message(text: str) -> str:
    """What the matcher sees of a message that asks one thing."""
    return _whole(*_parts(text))


def pairs_in(messages: Sequence[str], matcher: Matcher) -> list[list[Pair]]:
    """For each message every two parts that might be two questions; all messages are ranked at once."""
    parts = [_parts(message) for message in messages]
    wholes = [_whole(*own) for own in parts]
    halves = [[half for split in possible_splits(whole) for half in split] for whole in wholes]
    texts = dict.fromkeys(
        text for whole, (_, clauses), own in zip(wholes, parts, halves) for text in (whole, *clauses, *own)
    )
    known = dict(zip(texts, matcher.rank(list(texts))))
    return [
        [
            *_pairs(known[whole], [known[clause] for clause in clauses]),
            *_in_halves(known[whole], [known[half] for half in own]),
        ]
        for whole, (_, clauses), own in zip(wholes, parts, halves)
    ]


def _parts(text: str) -> tuple[str, list[str]]:
    cleaned = clean_message(text) or "…"
    return cleaned, split_questions(cleaned) or [cleaned]


def _whole(cleaned: str, clauses: list[str]) -> str:
    """A short message as it stands, with its thanks and byes; of a long one only what it asks and says."""
    return cleaned if len(cleaned.split()) <= SHORT_WORDS else " ".join(clauses)


def _ranked(texts: Sequence[str], matcher: Matcher) -> list[Ranking]:
    """A ranking for each text, the same texts ranked once."""
    known = dict.fromkeys(texts)
    rankings = dict(zip(known, matcher.rank(list(known))))
    return [rankings[text] for text in texts]


def _several(whole: Ranking, apart: Sequence[Ranking], matcher: Matcher) -> list[Ranking] | None:
    """The clauses, or the halves of a sentence, that are questions of their own."""
    several = matcher.several
    best = several.surest(_pairs(whole, apart)) or several.surest(_in_halves(whole, _halves(whole, matcher)))
    if best is None:
        return None
    found = [best.first, best.second]
    for clause in _subjects(apart):
        joined = [Pair(known, clause, whole) for known in found if known.verdict.label != clause.verdict.label]
        if len(joined) == len(found) and all(map(several.are_two, joined)):
            found.append(clause)
    found.sort(key=lambda question: whole.text.find(question.text))
    return [*_answered(found), *_left_open(found), *_asides(apart)]


def _halves(whole: Ranking, matcher: Matcher) -> list[Ranking]:
    """The halves of a message that may be two questions; of most messages there are none."""
    splits = matcher.foresight.worth_reading(whole, possible_splits(whole.text))
    return _ranked([half for split in splits for half in split], matcher)


def _answered(found: Iterable[Ranking]) -> list[Ranking]:
    return [question.answered() for question in found if question.verdict == question.best]


def _left_open(found: Iterable[Ranking]) -> list[Ranking]:
    """What is asked beside a question with an answer, and has none itself; the customer is told so."""
    strange = (question for question in found if question.verdict != question.best)
    return [_unanswered(question) for question in strange if _asks(question.text)]


def _unanswered(question: Ranking) -> Ranking:
    """As it is, where it comes near enough to something to offer that; else without an answer."""
    is_near = question.band is Band.SUGGEST and question.best.score >= OFFERED_BESIDE
    return question if is_near else question.turned_away()


def _also_asked(apart: Iterable[Ranking], known: Sequence[Ranking]) -> list[Ranking]:
    """What is put as a question of its own beside one that has an answer, and is too unsure itself to be answered."""
    if not _is_answered(_subjects(known)):
        return []
    labels = {question.verdict.label for question in known}
    return [
        _unanswered(clause)
        for clause in _subjects(apart)
        if clause.band is not Band.ANSWER
        and len(clause.text.split()) >= LEAST_WORDS
        and ASKING.search(clause.text)
        and _asks(clause.text)
        and labels.isdisjoint(candidate.label for candidate in clause.candidates[:SUPPORTING_PLACES])
        and all(clause.text not in question.text for question in known)
    ]


def _asks(text: str) -> bool:
    """By a word of asking anywhere, or by a verb in front: "do I get VAT back" has no other sign without its mark.

    "Can you tell me?" asks for the answer to what stands beside it.
    """
    return bool(WISHING.search(text) or ASKING.search(text)) and not _FOR_AN_ANSWER.match(text)


def _pairs(whole: Ranking, parts: Iterable[Ranking]) -> list[Pair]:
    return [
        Pair(first, second, whole)
        for first, second in combinations(_subjects(parts), 2)
        if first.verdict.label != second.verdict.label
    ]


def _in_halves(whole: Ranking, halves: Sequence[Ranking]) -> list[Pair]:
    """Both halves for every place where the message might fall in two."""
    return [pair for first, second in zip(halves[::2], halves[1::2]) for pair in _pairs(whole, [first, second])]


def _after_dropping(whole: Ranking, matcher: Matcher) -> list[Ranking] | None:
    """What is asked after what was begun is dropped in the same breath: "forget it, do docks count"."""
    if not any(candidate.label in DROPPING for candidate in whole.candidates[:SUPPORTING_PLACES]):
        return None
    halves = _ranked([half for split in possible_splits(whole.text, least_words=1) for half in split], matcher)
    for before, after in zip(halves[::2], halves[1::2]):
        if (
            before.best.label in DROPPING
            and before.best.score >= SURE_ASIDE
            and _subjects([after])
            and _asks(after.text)
        ):
            return [after, before.answered()]
    return None


def _one(whole: Ranking, apart: Sequence[Ranking]) -> list[Ranking]:
    """The one question of a message: the whole, or the clause that asks what the whole is about without being sure."""
    asides = _asides(apart)
    subjects = [clause for clause in _subjects(apart) if clause.band is Band.ANSWER and clause.text != whole.text]
    if whole.best.label in ASIDE:
        return [*subjects[:1], *(asides or [whole])] if subjects else [whole, *_others(asides, whole)]
    if whole.band is not Band.ANSWER:
        angry = [clause for clause in asides if clause.best.label == COMPLAIN]
        leading = {candidate.label for candidate in whole.candidates[:SUPPORTING_PLACES]}
        asked = [clause for clause in subjects if ASKING.search(clause.text) and clause.best.label in leading]
        if asked and whole.band is Band.SUGGEST:
            return [max(asked, key=lambda clause: clause.best.score), *asides]
        return angry or [*asides, whole] if asides and not subjects and whole.band is Band.NONE else [whole, *asides]
    return [whole, *asides]


def _asides(apart: Iterable[Ranking]) -> list[Ranking]:
    """Thanks, greetings and moves beside the question, each kind once."""
    sure = (clause for clause in apart if clause.best.label in ASIDE and clause.best.score >= SURE_ASIDE)
    surest: dict[str, Ranking] = {}
    for clause in sure:
        surest.setdefault(clause.best.label, clause.answered())
    return list(surest.values())


def _others(asides: Iterable[Ranking], whole: Ranking) -> list[Ranking]:
    return [aside for aside in asides if aside.best.label != whole.best.label]


def _subjects(questions: Iterable[Ranking]) -> list[Ranking]:
    return [question for question in questions if question.verdict.label not in ASIDE]


def _is_answered(questions: Iterable[Ranking]) -> bool:
    return any(question.band is Band.ANSWER for question in questions)
