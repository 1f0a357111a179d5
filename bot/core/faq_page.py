"""Reads the promotion's FAQ page as it is published: questions, answers and where a section ends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Enum, auto

SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2007": " "})
"""The non-breaking spaces; every other sign of the page is kept."""

_CLOSING_QUESTION = "couldn't find an answer to your question"
_BULLET = "[\\s\u200b\ufeff]*(?:[•◦▪‣·∙●○■*–—-]|o(?=\\s)|\\d+[.)])?[\\s\u200b]*"
_MARKED = re.compile(rf"{_BULLET}([QAR])\s*[:：](.*)", re.IGNORECASE | re.DOTALL)
_NEARLY_MARKED = re.compile(rf"{_BULLET}Q(?:uestion)?\s*\d*\s*[.)–-]?(?:\s|\d|$)")
_SECOND_QUESTION = re.compile(r"(?:^|[\s•·*])Q:(?:\s|$)")
_SECOND_ANSWER = re.compile(r"(?:^|[\s•·*?])[AR]:(?:\s|$)")
_UNREADABLE_CATEGORIES = ("Cc", "Co", "Cs", "Cn")


class PageError(ValueError):
    """The page cannot be read: where, what is wrong there, and how to mend it."""

    def __init__(self, line_number: int, what: str, mend: str) -> None:
        super().__init__(f"line {line_number}: {what}; {mend}")
        self.line_number = line_number
        self.what = what
        self.mend = mend


@dataclass(frozen=True)
class PageEntry:
    """One question of the page with its answer, word for word."""

    question: str
    answer: str
    mark: str
    """What stands before the answer: ``A`` or ``R``."""
    line_number: int


@dataclass(frozen=True)
class PageSection:
    """Entries up to the question that closes a section and has no answer."""

    entries: tuple[PageEntry, ...]
    closing_question: str | None


def read_page(text: str) -> list[PageSection]:
    """Every section in page order; raises ``PageError`` at the first line that cannot be read."""
    reading = _Reading()
    for number, line in _lines(text):
        reading.take(number, line)
    return reading.finish()


def same_words(text: str) -> str:
    """A text in the form in which two spellings of one question are equal (apostrophes, case, spaces)."""
    plain = text.translate(SPACES).translate(str.maketrans("’‘´`“”„", "''''\"\"\""))
    return " ".join(plain.casefold().split())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), start=1):
        plain = line.translate(SPACES).rstrip()
        for sign in plain:
            if sign == "\ufffd" or (sign != "\t" and unicodedata.category(sign) in _UNREADABLE_CATEGORIES):
                raise PageError(
                    number,
                    f"the sign U+{ord(sign):04X} cannot be read",
                    "save the page as UTF-8 text and remove the sign",
                )
        yield number, plain


class _Expected(Enum):
    """What may come next."""

    ANYTHING = auto()
    """Before the first question: the page's head."""
    ANSWER = auto()
    MORE_ANSWER = auto()
    QUESTION = auto()
    """After a section's end."""


@dataclass
class _Reading:
    """The page as far as it has been read."""

    sections: list[PageSection] = field(default_factory=list)
    entries: list[PageEntry] = field(default_factory=list)
    expected: _Expected = _Expected.ANYTHING
    question: str = ""
    question_line: int = 0
    mark: str = ""
    answer: list[str] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def take(self, number: int, line: str) -> None:
        marked = _MARKED.match(line)
        if marked is None:
            self._take_text(number, line)
        elif marked[1].upper() == "Q":
            self._take_question(number, marked[2].strip())
        else:
            self._take_answer(number, marked[1].upper(), marked[2].strip())

    def _take_text(self, number: int, line: str) -> None:
        if not line.strip():
            if self.expected is _Expected.MORE_ANSWER:
                self.answer.append("")
            return
        if self.expected is not _Expected.ANYTHING and _NEARLY_MARKED.match(line):
            raise PageError(number, "a question without its mark", "write Q: before it")
        if self.expected is _Expected.QUESTION:
            raise PageError(number, "text that belongs to no question", "put Q: or A: before it, or remove it")
        if self.expected is _Expected.ANSWER:
            raise PageError(
                number,
                "text between a question and its answer",
                "put the question on one line and A: before the answer",
            )
        if self.expected is _Expected.MORE_ANSWER:
            self._refuse_second_mark(number, line)
            self.answer.append(line.strip())

    def _take_question(self, number: int, text: str) -> None:
        if self.expected is _Expected.ANSWER:
            raise PageError(
                self.question_line,
                "a question without an answer",
                "write its answer on the next line, after A:",
            )
        if not text:
            raise PageError(number, "Q: without a question", "write the question on the same line")
        if _SECOND_ANSWER.search(text):
            raise PageError(number, "question and answer on one line", "begin a new line with A:")
        self._refuse_second_mark(number, text)
        self._end_entry()
        if same_words(text).rstrip("?! ") == _CLOSING_QUESTION:
            self._end_section(number, text)
            return
        first = self.seen.setdefault(same_words(text), number)
        if first != number:
            raise PageError(number, f"the same question as on line {first}", "keep one of the two")
        self.question, self.question_line, self.expected = text, number, _Expected.ANSWER

    def _take_answer(self, number: int, mark: str, text: str) -> None:
        if self.expected is _Expected.MORE_ANSWER:
            raise PageError(
                number, "a second answer to one question", f"join it with the answer above, or remove {mark}:"
            )
        if self.expected is not _Expected.ANSWER:
            raise PageError(number, "an answer without a question", "write its question on the line before, after Q:")
        self._refuse_second_mark(number, text)
        self.mark, self.answer, self.expected = mark, [text], _Expected.MORE_ANSWER

    def _refuse_second_mark(self, number: int, text: str) -> None:
        if _SECOND_QUESTION.search(text):
            raise PageError(number, "a second Q: on the same line", "begin a new line with it")

    def _end_entry(self) -> None:
        if self.expected is not _Expected.MORE_ANSWER:
            return
        answer = "\n".join(self.answer).strip()
        if not answer:
            raise PageError(self.question_line, "a question without an answer", f"write its answer after {self.mark}:")
        self.entries.append(PageEntry(self.question, answer, self.mark, self.question_line))

    def _end_section(self, number: int, closing_question: str | None) -> None:
        if not self.entries:
            raise PageError(
                number,
                "a section without questions",
                "remove this line, or put the section's questions before it",
            )
        self.sections.append(PageSection(tuple(self.entries), closing_question))
        self.entries = []
        self.expected = _Expected.QUESTION

    def finish(self) -> list[PageSection]:
        if self.expected is _Expected.ANSWER:
            raise PageError(
                self.question_line,
                "a question without an answer",
                "write its answer on the next line, after A:",
            )
        self._end_entry()
        if self.entries:
            self._end_section(self.question_line, None)
        if not self.sections:
            raise PageError(1, "no question at all", "mark every question with Q: and every answer with A:")
        return self.sections
