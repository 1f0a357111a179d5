"""Finds words the content owner should look at, and signs that would not reach the customer as they are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.faq import FaqEntry
from bot.core.findings import Finding, Place, Severity

_SUSPICIOUS = tuple(
    (re.compile(pattern, re.IGNORECASE), meant)
    for pattern, meant in (
        (r"\b(?:do|does|did|will|can|would)(?:\s*not|n['’´]t)\s+except\b"
         r"|\b(?:we|to|will|cannot|can)\s+except\b|\bexcept\s+(?:your|the)\s+(?:claim|application)s?\b", "accept"),
        (r"\b(?:was|were|is|are)(?:n['’´]t|\s+not)?\s+been\b", "hasn't been, or wasn't"),
        (r"\b(?:has|have|had)(?:n['’´]t|\s+not)?\s+being\b", "been"),
        (r"\b(?:could|should|would|must|might)\s+of\b", "have"),
        (r"\b(?:to|will|can|may|might|you|if\s+you)\s+loose\b", "lose"),
        (r"\b(?:more|less|later|earlier|longer|fewer|rather)\s+then\b", "than"),
        (r"\byour\s+(?:welcome|not|eligible|entitled)\b", "you are"),
        (r"\b(?:there|they're)\s+(?:claim|invoice|purchase|application)s?\b(?!\s+(?:is|are))", "their"),
        (r"\bits\s+(?:been|not|possible)\b", "it's"),
        (r"\b(?:recieve\w*|reciept\w*|seperat\w*|untill|adress\w*|occured"
         r"|cliam\w*|garantee\w*|guarentee\w*|wich|teh|elegible|eligable|purchace\w*|invioce\w*)\b", ""),
        (r"\b(?!that\b|had\b|is\b|bye\b)([a-z]+)\s+\1\b", "the word once"),
    )
)  # fmt: skip
_PLACEHOLDER = re.compile(
    r"\b(?:TBD|TODO|XXX+|lorem ipsum)\b|\[(?:insert|date|name|amount|tbc)[^\]]*\]|<(?:insert|date|name|amount)[^>]*>",
    re.IGNORECASE,
)
_ENTITY_MARK = re.compile(r"\[[^\[\]]+\]\s?[({]")


def suspicious_words(entry: FaqEntry, place: Place) -> Iterator[Finding]:
    """Words that are probably not the ones meant. Notes only: approved answers are given word for word all the same."""
    for text in (entry.question, entry.answer, *entry.variants.values()):
        for pattern, meant in _SUSPICIOUS:
            for found in pattern.finditer(text):
                words = found[0]
                what = f"“{words}” is probably meant as “{meant}”" if meant else f"“{words}” is probably misspelt"
                name = re.sub(r"\W+", "_", words.lower())
                yield Finding(
                    f"wording:{entry.id}:{name}",
                    Severity.NOTE,
                    place,
                    entry.id,
                    what,
                    "ask the content owner; the answer stays as it is until then",
                )


def breaking_signs(entry: FaqEntry, place: Place) -> Iterator[Finding]:
    """Signs that Rasa would read as a command of its own, and gaps that nobody has filled."""
    texts = {
        "question": entry.question,
        "answer": entry.answer,
        **{f"variant {name}": text for name, text in entry.variants.items()},
    }
    texts |= {f"translation {name}": text for name, text in entry.translations.items()}
    for name, text in texts.items():
        for what, mend in _breaks(text):
            yield Finding(f"signs:{entry.id}", Severity.ERROR, place, entry.id, f"the {name} has {what}", mend)


def _breaks(text: str) -> Iterator[tuple[str, str]]:
    if "${" in text:
        yield "“${”, which stands for a setting", "write the words without it"
    elif "{" in text or "}" in text:
        yield "a curly bracket, which stands for a placeholder", "use round brackets"
    if _ENTITY_MARK.search(text):
        yield (
            "a square bracket followed by another bracket, which marks a link or an entity",
            "use one kind of bracket",
        )
    gap = _PLACEHOLDER.search(text)
    if gap:
        yield f"“{gap[0]}”, which nobody has filled in", "write what is meant"
