"""The plots of insights that have days from left to right."""

from __future__ import annotations

from bot.core.insights import IN_ORDER, Outcome
from bot.core.periods import Step
from bot.core.plots import DayAxis, Tick, height_of, interval_points, line, ticks_up_to
from bot.core.proportions import Share
from bot.services.measure_desk import Insights
from bot.web.desk.insight_columns import day_plot, day_table, stacked_plot
from bot.web.desk.insight_views import Cell, LegendItem, View
from bot.web.desk.insight_words import OUTCOMES, column_words, counted, percent_words, share_words

NO_CONVERSATION = "No conversation in these days."


def activity(insights: Insights) -> View:
    """Conversations and messages of customers."""
    messages, conversations = insights.messages, insights.conversations
    said, begun = sum(messages), sum(conversations)
    ticks = ticks_up_to(max(messages + conversations, default=0))
    axis = DayAxis(insights.period)
    busiest = max(range(len(messages)), key=messages.__getitem__)
    summary = (
        f"{counted(begun, 'conversation')} with {counted(said, 'message')} of customers in "
        f"{counted(insights.period.days, 'day')}. Busiest: {column_words(insights.columns[busiest])}, with {messages[busiest]:,}."
    )
    return View(
        name="activity",
        title="Conversations and messages",
        summary=summary if said else NO_CONVERSATION,
        table=day_table(insights, ("Conversations", "Customers' messages"), list(zip(conversations, messages))),
        plot=day_plot(
            insights,
            ticks,
            readings=[
                f"{counted(begun_then, 'conversation')}, {counted(said_then, 'message')}"
                for begun_then, said_then in zip(conversations, messages)
            ],
            lines=[
                line(axis, insights.columns, series, values, ticks[-1])
                for series, values in (("messages", messages), ("conversations", conversations))
            ],
        ),
        legend=[
            LegendItem("messages", "Customers' messages", f"{said:,}"),
            LegendItem("conversations", "Conversations begun", f"{begun:,}"),
        ],
        nothing="" if said or begun else NO_CONVERSATION,
    )


def outcomes(insights: Insights) -> View:
    """What came of the messages of customers."""
    totals = {outcome: sum(column[outcome] for column in insights.outcomes) for outcome in IN_ORDER}
    asking = sum(totals.values()) - totals[Outcome.TALK]
    helped = Share(totals[Outcome.ANSWERED] + totals[Outcome.LOOKED_UP], asking)
    stacks = [[(outcome.value, column[outcome]) for outcome in IN_ORDER] for column in insights.outcomes]
    return View(
        name="outcomes",
        title="What came of messages",
        summary=f"Answered or looked up, small talk aside: {share_words(helped)}." if asking else NO_CONVERSATION,
        table=day_table(
            insights,
            tuple(OUTCOMES[outcome] for outcome in IN_ORDER),
            [tuple(column[outcome] for outcome in IN_ORDER) for column in insights.outcomes],
        ),
        plot=stacked_plot(insights, stacks, {outcome.value: OUTCOMES[outcome].lower() for outcome in IN_ORDER}),
        legend=[
            LegendItem(outcome.value, OUTCOMES[outcome], _of_all(totals[outcome], sum(totals.values())))
            for outcome in IN_ORDER
        ],
        nothing="" if sum(totals.values()) else NO_CONVERSATION,
    )


def endings(insights: Insights) -> View:
    """Conversations that ended without a hand-off, in columns wide enough for most of them to be judged."""
    insights = _judgeable(insights)
    shares = insights.without_hand_off
    whole = Share(sum(share.part for share in shares), sum(share.whole for share in shares))
    running = sum(insights.running)
    estimates = [
        (*share.interval, share.value if share.is_enough else None) if share.whole else None for share in shares
    ]
    return View(
        name="endings",
        title="Ended without a hand-off",
        summary=f"{share_words(whole)} ended without a hand-off."
        if whole.whole
        else "No conversation has ended in these days.",
        table=day_table(
            insights,
            ("Conversations ended", "Without a hand-off", "Share", "Likely from", "Likely to", "Still going on"),
            [(*_share_cells(share), going_on) for share, going_on in zip(shares, insights.running)],
        ),
        plot=day_plot(
            insights,
            [0, 1],
            readings=[share_words(share) if share.whole else "none ended" for share in shares],
            ticks=[Tick(height_of(value, 100), f"{value} %") for value in (0, 50, 100)],
            points=interval_points(DayAxis(insights.period), insights.columns, estimates),
        ),
        notes=[
            "Neither was a person asked for, nor did the desk show the way to one, nor was a ticket opened. "
            "Whoever gave up without a word is among them.",
            *(
                [f"{counted(running, 'conversation still goes', 'conversations still go')} on and counts later."]
                if running
                else []
            ),
        ],
        nothing="" if whole.whole else "No conversation has ended in these days.",
    )


def _judgeable(insights: Insights) -> Insights:
    shares = [share for share in insights.without_hand_off if share.whole]
    if sum(share.is_enough for share in shares) * 4 >= 3 * len(shares) or insights.step is Step.MONTH:
        return insights
    coarser = insights.coarser()
    return _judgeable(coarser) if len(coarser.columns) > 1 else insights


def lookups(insights: Insights) -> View:
    """Look-ups of claims by result."""
    found, failed = (sum(side) for side in zip(*insights.lookups)) if insights.lookups else (0, 0)
    share = Share(found, found + failed)
    none = "No claim was looked up in these days."
    return View(
        name="lookups",
        title="Look-ups of claims",
        summary=f"Found: {share_words(share)}. {_locked(insights)}" if share.whole else none,
        table=day_table(insights, ("Found", "Not found"), insights.lookups),
        plot=stacked_plot(
            insights,
            [[("found", found_then), ("failed", failed_then)] for found_then, failed_then in insights.lookups],
            {"found": "found", "failed": "not found"},
        ),
        legend=[LegendItem("found", "Found", f"{found:,}"), LegendItem("failed", "Not found", f"{failed:,}")],
        nothing="" if share.whole else none,
    )


def _locked(insights: Insights) -> str:
    locks = insights.counts.locks
    reached = (
        (locks.conversations, "conversation", ""),
        (locks.references, "reference", ""),
        (locks.addresses, "address", "addresses"),
    )
    locked = [counted(count, thing, things) for count, thing, things in reached if count]
    return f"Locked after too many failures: {', '.join(locked)}." if locked else "Nothing was locked."


def tickets(insights: Insights) -> View:
    """Tickets opened."""
    opened = insights.tickets
    none = "No ticket was opened in these days."
    spam = f" Beside them {insights.spam:,} taken for spam." if insights.spam else ""
    return View(
        name="tickets",
        title="Tickets opened",
        summary=f"{counted(sum(opened), 'ticket')} in {counted(insights.period.days, 'day')}.{spam}"
        if sum(opened)
        else none + spam,
        table=day_table(insights, ("Tickets",), [(count,) for count in opened]),
        plot=stacked_plot(insights, [[("tickets", count)] for count in opened], {"tickets": "opened"}),
        nothing="" if sum(opened) else none,
    )


def _share_cells(share: Share) -> tuple[Cell, ...]:
    """How many, how many of them, and the share with its interval in percent, left empty where there are too few."""
    counts = (share.whole, share.part)
    if not share.is_enough:
        return (*counts, None, None, None)
    return (*counts, *(round(100 * value, 1) for value in (share.value, *share.interval)))


def _of_all(count: int, whole: int) -> str:
    return f"{count:,} ({percent_words(count / whole)})" if whole else f"{count:,}"
