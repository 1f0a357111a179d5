"""What the pages of gaps are asked for: which gaps to show, and what to make of one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import urlencode

from bot.core.gap_groups import GapGroup, Phrase, Standing
from bot.core.gaps import Failure, has_placeholder
from bot.core.plain_text import one_line, plain_text
from bot.core.proposals import Change, Way, suggested_phrases
from bot.core.ranking import Band
from bot.services.import_page import id_from_words
from bot.services.ports import InvalidInput

PERIODS = {"7": "the last 7 days", "30": "the last 30 days", "90": "the last 90 days", "all": "all the time"}
FAILURES = {
    Failure.NO_ANSWER: "no answer",
    Failure.THUMBS_DOWN: "thumbs down",
    Failure.HAND_OFF: "handed over to a person",
}
STANDINGS = {
    Standing.OPEN: "open",
    Standing.PROPOSED: "in a proposal",
    Standing.ANSWERED: "answered by now",
    Standing.DISMISSED: "no gaps",
}
MOST_SHOWN = 50
"""So many wordings of a group can be taken at once."""
FIELDS = 2 * MOST_SHOWN + 20
LIKELY = 0.55
"""From this likeness on the nearest entry is proposed as the one to add to."""


@dataclass(frozen=True)
class Wanted:
    """Which gaps a page shows; every link of the page keeps it."""

    days: str = "30"
    failure: Failure | None = None
    standing: Standing = Standing.OPEN

    def since(self, now: datetime) -> datetime | None:
        return None if self.days == "all" else now - timedelta(days=int(self.days))

    @property
    def query(self) -> str:
        """For links: only what is not usual."""
        asked = {"days": self.days, "failure": self.failure.value if self.failure else "", "show": self.standing.value}
        usual = {"days": "30", "failure": "", "show": Standing.OPEN.value}
        return urlencode({name: value for name, value in asked.items() if value != usual[name]})


def wanted(query: Mapping[str, str]) -> Wanted:
    """What the address asks for; what it does not say well is as usual."""
    days, failure, standing = query.get("days", ""), query.get("failure", ""), query.get("show", "")
    return Wanted(
        days=days if days in PERIODS else "30",
        failure=Failure(failure) if failure in {one.value for one in Failure} else None,
        standing=Standing(standing) if standing in {one.value for one in Standing} else Standing.OPEN,
    )


@dataclass(frozen=True)
class ChangeForm:
    """The form that makes a proposal of a group, as it is opened or as it was sent."""

    phrases: Sequence[tuple[Phrase, bool, str]]
    """Each phrase of the group, whether it is ticked, and the words as they are edited."""
    typed: Mapping[str, str] = field(default_factory=dict)
    problems: Mapping[str, Sequence[str]] = field(default_factory=dict)

    @property
    def taken(self) -> list[Phrase]:
        return [phrase for phrase, is_ticked, _ in self.phrases if is_ticked]


def opened(group: GapGroup) -> ChangeForm:
    """The form filled in with what is likely: phrases without placeholders, and the nearest entry if it is near."""
    reading = group.reading
    is_near = reading is not None and (reading.band is not Band.NONE or reading.score >= LIKELY)
    plain = next((phrase.text for phrase in group.phrases if not has_placeholder(phrase.text)), "")
    typed = {
        "way": (Way.PHRASES if is_near else Way.ENTRY).value,
        "label": reading.label if reading and is_near else "",
        "question": plain[:1].upper() + plain[1:],
    }
    shown = group.phrases[:MOST_SHOWN]
    return ChangeForm([(phrase, not has_placeholder(phrase.text), phrase.text) for phrase in shown], typed)


def sent(group: GapGroup, typed: Mapping[str, str]) -> ChangeForm:
    """The form as it was sent; a phrase is known by its key, wherever it stands by now."""
    shown = [
        (phrase, f"take-{phrase.key}" in typed, typed.get(f"words-{phrase.key}", phrase.text))
        for phrase in group.phrases[:MOST_SHOWN]
    ]
    return ChangeForm(shown, typed)


def change_of(form: ChangeForm, taken_ids: Sequence[str]) -> Change:
    """The change that a form asks for. Raises ``InvalidInput`` if it does not say which way, or no day that there is."""
    typed = form.typed
    try:
        way = Way(typed.get("way", ""))
    except ValueError as error:
        raise InvalidInput("way: choose what to do with the phrases") from error
    words = [words for _, is_ticked, words in form.phrases if is_ticked]
    phrases = suggested_phrases([*words, *typed.get("more", "").splitlines()])
    if way is Way.OUT_OF_SCOPE:
        return Change(way, phrases)
    if way is Way.PHRASES:
        return Change(way, phrases, label=one_line(typed.get("label", "")))
    question = one_line(typed.get("question", ""))
    return Change(
        way,
        phrases,
        label=one_line(typed.get("id", "")) or (id_from_words(question, taken_ids) if question else ""),
        section=one_line(typed.get("section", "")),
        question=question,
        answer=answer_text(typed.get("answer", "")),
        review_by=_day(typed.get("review_by", "")),
    )


def answer_text(typed: str) -> str:
    """An answer as it is kept: no spaces at the ends of lines, nothing before the first word."""
    return "\n".join(line.replace("\t", " ").rstrip() for line in plain_text(typed).split("\n")).strip()


def _day(text: str) -> date | None:
    if not text.strip():
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise InvalidInput("review_by: write a day such as 2023-12-31") from error
