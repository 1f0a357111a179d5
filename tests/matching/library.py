"""What customers ask a library: a small set of phrases to learn from."""

from __future__ import annotations

from bot.core.intents import OUT_OF_SCOPE
from bot.core.ranking import Ranking
from bot.matching.matcher import Matcher

PHRASES = {
    "opening_hours": (
        "when are you open", "what time do you open on Monday", "are you open on Sundays", "opening hours please",
        "until when are you open today", "when do you close in the evening", "is the library open at Easter",
        "what are your opening times", "how late are you open on Friday",
    ),
    "join": (
        "how do I become a member", "can I join the library", "what does a library card cost", "where do I get a card",
        "I want to become a member", "how can my daughter join", "do I need a card to borrow", "getting a new card",
        "sign up for a library card",
    ),
    "late_fee": (
        "what is the fine for a late book", "I brought the book back late", "how much is the late fee",
        "do I have to pay a fine", "my book is overdue, what do I pay", "the fee for overdue books",
        "is there a fine if a book is late", "I forgot to return a book in time", "late return of a book",
    ),
    OUT_OF_SCOPE: (
        "what is the weather tomorrow", "who won the match", "do you sell bicycles", "book me a flight to Rome",
        "tell me a joke", "how do I bake bread", "what is the capital of Peru", "my car does not start",
        "which phone should I buy",
    ),
}  # fmt: skip
UNSEEN = {
    "opening_hours": ("at what time do you open tomorrow", "are you open on Saturday", "when does the library close"),
    "join": ("how can I join", "what do I need to get a card", "may my son become a member"),
    "late_fee": ("what do I pay for an overdue book", "is there a fee for late books", "my book was late, is there a fine"),
    OUT_OF_SCOPE: ("what is the weather like", "tell me a story", "who won the race", "what is the capital of France"),
}  # fmt: skip
WAITS = [
    (text.format(wait), label)
    for label, waits in {
        "short_wait": ("3 days", "five days", "one week", "two weeks", "3 weeks"),
        "long_wait": ("8 weeks", "nine weeks", "ten weeks", "3 months", "60 days"),
    }.items()
    for wait in waits
    for text in ("I have been waiting {} for my parcel", "my parcel is not here after {}", "no parcel for {}", "where is my parcel, it is {}")
]  # fmt: skip
EXAMPLES = [(text, label) for label, texts in PHRASES.items() for text in texts]


def rank(matcher: Matcher, text: str) -> Ranking:
    (ranking,) = matcher.rank([text])
    return ranking
