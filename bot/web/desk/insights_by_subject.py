"""The plots of insights that compare things: entries, verdicts on answers, topics, times."""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

from bot.core.insights import REASONS as REASON_KEYS
from bot.core.insights import Verdicts
from bot.core.plots import percent, time_ticks_up_to
from bot.core.proportions import Share
from bot.core.waiting_times import Spread
from bot.services.measure_desk import Insights
from bot.web.desk.insight_views import BarRow, Cell, IntervalRow, Table, View, scale_ticks
from bot.web.desk.insight_words import REASONS, counted, share_words, tick_words, time_words

SHOWN = 8
"""Longer lists are drawn up to here; their tables have all."""
_HOUR = timedelta(hours=1)
_KINDS = {
    "lookup": "Look-ups and verdicts",
    "question": "Questions back",
    "suggestions": "Offered choices",
    "handoff": "Ways to a person",
    "notice": "Notices",
    "answer": "Answers",
}


def questions(insights: Insights) -> View:
    """The entries most conversations were about."""
    ranked = insights.counts.questions
    most = max((one.conversations for one in ranked), default=1)
    rows = [
        BarRow(_question(insights, one.faq_id), percent(one.conversations / most), f"{one.conversations:,}")
        for one in ranked[:SHOWN]
    ]
    unasked = [entry for entry in insights.faq if entry.id not in {one.faq_id for one in ranked}]
    none = "No answer of the page was given in these days."
    summary = f"Asked in most conversations: “{rows[0].name}” ({rows[0].words})." if rows else none
    return View(
        name="questions",
        title="Most asked questions",
        summary=summary
        + (f" {counted(len(unasked), 'entry was', 'entries were')} not asked for." if rows and unasked else ""),
        table=Table(
            ("Entry", "Question", "Conversations"),
            [
                *((one.faq_id, _question(insights, one.faq_id), one.conversations) for one in ranked),
                *((entry.id, entry.question, 0) for entry in unasked),
            ],
        ),
        bars=rows,
        nothing="" if rows else none,
    )


def feedback(insights: Insights) -> View:
    """Thumbs for each answer in each version."""
    verdicts = sorted(insights.counts.verdicts, key=lambda one: -(one.helpful + one.unhelpful))
    whole = Share(sum(one.helpful for one in verdicts), sum(one.helpful + one.unhelpful for one in verdicts))
    none = "No thumb was given in these days."
    return View(
        name="feedback",
        title="Thumbs for answers",
        summary=f"Thumbs up in all: {share_words(whole)}." if whole.whole else none,
        table=Table(
            (
                *("Entry", "Question", "Version", "Thumbs up", "Thumbs down", "Share up", "Likely from", "Likely to"),
                *(f"Down: {REASONS[key].lower()}" for key in REASON_KEYS),
            ),
            [_verdict_cells(insights, one) for one in verdicts],
        ),
        intervals=[_verdict_row(insights, one) for one in verdicts[:SHOWN]],
        scale=scale_ticks([(0, "0 %"), (0.5, "50 %"), (1, "100 %")]),
        notes=["The line is where the share of thumbs up likely lies (95 %), the dot where it was measured."],
        nothing="" if whole.whole else none,
    )


def topics(insights: Insights) -> View:
    """Tickets by topic."""
    ranked = insights.topics
    most = max((count for _, count in ranked), default=1)
    none = "No ticket was opened in these days."
    return View(
        name="topics",
        title="Tickets by topic",
        summary=f"Most are about: {_topic(ranked[0][0])} ({ranked[0][1]:,})." if ranked else none,
        table=Table(("Topic", "Tickets"), [(_topic(topic), count) for topic, count in ranked]),
        bars=[BarRow(_topic(topic), percent(count / most), f"{count:,}") for topic, count in ranked[:SHOWN]],
        nothing="" if ranked else none,
    )


def waiting(insights: Insights) -> View:
    """How long tickets wait for a first answer, and for their resolution."""
    spreads = (("First answer", insights.answer_times), ("Resolved", insights.resolution_times))
    known = [
        length
        for _, spread in spreads
        for length in (spread.quarter, spread.median, spread.three_quarters)
        if length is not None
    ]
    ticks = time_ticks_up_to(max(known, default=timedelta()))
    count = insights.resolution_times.count
    none = "No ticket was opened in these days."
    return View(
        name="waiting",
        title="How long tickets take",
        summary=" ".join(_spread_sentence(name, spread) for name, spread in spreads) if count else none,
        table=Table(
            (
                "Until",
                "Tickets",
                "Reached",
                "Still waiting",
                "A quarter within (hours)",
                "Half within (hours)",
                "Three quarters within (hours)",
            ),
            [_spread_cells(name, spread) for name, spread in spreads],
        ),
        intervals=[_spread_row(name, spread, ticks[-1]) for name, spread in spreads] if known else (),
        scale=scale_ticks([(tick / ticks[-1], tick_words(tick)) for tick in ticks]) if known else (),
        notes=[
            "The line is the middle half of the tickets, the dot the one in the middle. Tickets that still wait are reckoned in: "
            "they take at least as long as they have waited.",
        ]
        if known
        else (),
        nothing="" if count else none,
    )


def _question(insights: Insights, faq_id: str) -> str:
    return insights.faq[faq_id].question if faq_id in insights.faq else f"{faq_id} (no longer on the page)"


def _topic(topic: str) -> str:
    return topic or "No topic chosen"


def _verdict_name(insights: Insights, verdicts: Verdicts) -> str:
    if verdicts.faq_id:
        return _question(insights, verdicts.faq_id)
    return _KINDS.get(verdicts.kind, "Other replies")


def _version_note(insights: Insights, verdicts: Verdicts) -> str:
    """Nothing for the words as they stand now; an earlier version is told apart by its checksum."""
    if not verdicts.faq_id or verdicts.faq_id not in insights.faq:
        return ""
    return "" if insights.faq[verdicts.faq_id].version == verdicts.version else f"earlier words, {verdicts.version}"


def _verdict_row(insights: Insights, verdicts: Verdicts) -> IntervalRow:
    share = Share(verdicts.helpful, verdicts.helpful + verdicts.unhelpful)
    low, high = share.interval
    return IntervalRow(
        name=_verdict_name(insights, verdicts),
        low=percent(low),
        high=percent(high),
        at=percent(share.value) if share.is_enough else None,
        words=share_words(share),
        note=_version_note(insights, verdicts),
    )


def _verdict_cells(insights: Insights, verdicts: Verdicts) -> tuple[Cell, ...]:
    share = Share(verdicts.helpful, verdicts.helpful + verdicts.unhelpful)
    measured = [round(100 * value, 1) for value in (share.value, *share.interval)] if share.is_enough else [None] * 3
    reasons = Counter(dict(verdicts.reasons))
    return (
        verdicts.faq_id,
        _verdict_name(insights, verdicts),
        verdicts.version,
        verdicts.helpful,
        verdicts.unhelpful,
        *measured,
        *(reasons[key] for key in REASON_KEYS),
    )


def _spread_sentence(name: str, spread: Spread) -> str:
    reached = f"{spread.over:,} of {spread.count:,}"
    if spread.median is None:
        return f"{name}: {reached} so far."
    return f"{name}: half of the tickets within {time_words(spread.median)} ({reached} so far)."


def _spread_row(name: str, spread: Spread, longest: timedelta) -> IntervalRow:
    last = spread.three_quarters
    words = (
        f"half within {time_words(spread.median)}"
        if spread.median is not None
        else "it cannot be said yet how long half of them take"
    )
    return IntervalRow(
        name=name,
        low=percent(spread.quarter / longest) if spread.quarter is not None else "",
        high=percent((last if last is not None else longest) / longest),
        at=percent(spread.median / longest) if spread.median is not None else None,
        words=words,
        note=_middle_half(spread),
        is_open=last is None and spread.quarter is not None,
    )


def _middle_half(spread: Spread) -> str:
    if spread.quarter is None:
        return "less than a quarter so far"
    if spread.three_quarters is None:
        return f"a quarter within {time_words(spread.quarter)}; three quarters not yet"
    return f"the middle half from {time_words(spread.quarter)} to {time_words(spread.three_quarters)}"


def _spread_cells(name: str, spread: Spread) -> tuple[Cell, ...]:
    times = (spread.quarter, spread.median, spread.three_quarters)
    hours = [None if length is None else round(length / _HOUR, 1) for length in times]
    return (name, spread.count, spread.over, spread.waiting, *hours)
