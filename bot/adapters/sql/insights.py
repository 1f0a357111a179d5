"""Counts for insights, made by the database itself: no message's words leave it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator
from datetime import date, datetime, timedelta
from itertools import chain
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import and_, case, func, or_, select
from sqlalchemy.engine import Connection, Engine, RowMapping

from bot.adapters.sql.column_types import UtcDateTime
from bot.adapters.sql.conversation_tables import conversations, feedback, messages
from bot.adapters.sql.desk_tables import lookup_attempts
from bot.adapters.sql.local_days import local_day
from bot.adapters.sql.outages import told_as_unavailable
from bot.adapters.sql.ticket_tables import tickets
from bot.core.conversations import IDLE, LONGEST
from bot.core.insights import (
    OF_KIND,
    REASONS,
    TALK,
    UNMET,
    WEIGHTS,
    ConversationCount,
    Locks,
    LookupCount,
    Outcome,
    TicketTimes,
    Verdicts,
)
from bot.core.replies import ReplyKind
from bot.core.tickets import TicketState
from bot.core.turn_counts import Said, count_turns
from bot.services.insight_ports import Counts, Days, LockRule

SAMPLE_SESSION = "sample "
"""What the key of an invented conversation's session begins with; sessions' own are hashes."""
ROWS_AT_ONCE = 10_000
_KIND, _FAQ_ID, _VERSION, _WHY = (messages.c.reply[key].as_string() for key in ("kind", "faq_id", "version", "why"))


class SqlMeasures:
    """The ``Measures`` port over SQL."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def first_day(self, promotion: str, zone: ZoneInfo) -> date | None:
        begun = select(func.min(conversations.c.started_at)).where(conversations.c.promotion == promotion)
        opened = select(func.min(tickets.c.created_at)).where(tickets.c.promotion == promotion)
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            found = [connection.execute(query).scalar() for query in (begun, opened)]
        moments = [moment for moment in found if moment is not None]
        return min(moments).astimezone(zone).date() if moments else None

    def count(self, days: Days, locks: LockRule, now: datetime) -> Counts:
        with told_as_unavailable("desk"), self._engine.connect() as connection:
            turns = count_turns(_said(connection, days), days.period.last)
            return Counts(
                outcomes=turns.outcomes,
                conversations=_conversations(connection, days, now, turns.handed_off),
                questions=turns.questions,
                verdicts=_verdicts(connection, days),
                lookups=_lookups(connection, days),
                locks=_locks(connection, days, locks),
                tickets=_tickets(connection, days),
                samples=_samples(connection, days),
            )


def _said(connection: Connection, days: Days) -> Iterator[Said]:
    """Everything said on these days and in the conversations that go on after them, in its order: who, when, what kind, which entry.

    Which replies belong to which message could be found in SQL too, by a window over each conversation; sorting for it took three
    times as long as passing these few letters a row on. Nor is it joined with the conversations: PostgreSQL, when it knows nothing yet
    about fresh tables, makes that a walk through one of them for each row of the other.
    """
    seen = select(conversations.c.id).where(
        conversations.c.promotion == days.promotion, conversations.c.last_seen_at >= days.since
    )
    own = set(connection.execute(seen).scalars())
    is_customers = messages.c.reply.is_(None)
    said = (
        select(
            messages.c.conversation_id,
            case((is_customers, _day(messages.c.created_at, days, connection))).label("day"),
            case((is_customers, None), else_=_weight(connection.dialect.name)).label("weight"),
            _FAQ_ID.label("faq_id"),
        )
        .where(messages.c.created_at >= days.since, messages.c.created_at < days.until + LONGEST)
        .order_by(messages.c.position)
    )
    # As the driver gives them: to make an object of each row would take as long as all the rest.
    result = connection.execute(said)
    rows = chain.from_iterable(iter(lambda: result.cursor.fetchmany(ROWS_AT_ONCE), []))
    return (row for row in rows if row[0] in own)


def _weight(dialect: str) -> Any:
    """``outcome_of_reply`` in SQL. Not by LIKE, which is blind to capitals in SQLite alone."""
    place = func.strpos if dialect == "postgresql" else func.instr
    is_talk = or_(*(place(_WHY, f"answers {intent} ") == 1 for intent in TALK))
    is_unmet = or_(*(place(_WHY, words) > 0 for words in UNMET))
    of_notice = case((and_(is_talk, ~is_unmet), WEIGHTS[Outcome.TALK]), else_=WEIGHTS[Outcome.NONE])
    # The kind is taken out of the JSON once, and the reason only where the kind does not decide.
    return case({kind.value: WEIGHTS[outcome] for kind, outcome in OF_KIND.items()}, value=_KIND, else_=of_notice)


def _conversations(
    connection: Connection, days: Days, now: datetime, shown_the_way: Collection[str]
) -> list[ConversationCount]:
    begun = select(
        conversations.c.id,
        _day(conversations.c.started_at, days, connection).label("day"),
        (conversations.c.last_seen_at > now - IDLE).label("running"),
    ).where(_of(conversations, conversations.c.started_at, days))
    with_ticket = select(tickets.c.conversation_id).where(tickets.c.promotion == days.promotion)
    handed_off = {*shown_the_way, *connection.execute(with_ticket).scalars()}
    counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for conversation, day, running in connection.execute(begun):
        is_handed_off = not running and conversation in handed_off
        counts[day].update(conversations=1, running=bool(running), handed_off=is_handed_off)
    return [
        ConversationCount(date.fromisoformat(day), count["conversations"], count["running"], count["handed_off"])
        for day, count in sorted(counts.items())
    ]


def _verdicts(connection: Connection, days: Days) -> list[Verdicts]:
    """Few rows: one for each entry, version, kind, thumb and reason there is."""
    reason = case((feedback.c.reason.in_(REASONS), feedback.c.reason), else_="")
    given = (
        select(
            func.coalesce(_FAQ_ID, "").label("faq_id"),
            func.coalesce(_VERSION, "").label("version"),
            case((_FAQ_ID.is_(None), _KIND), else_=ReplyKind.ANSWER.value).label("kind"),
            feedback.c.helpful,
            reason.label("reason"),
        )
        .join(messages, messages.c.id == feedback.c.message_id)
        .join(conversations, conversations.c.id == messages.c.conversation_id)
        .where(_of(conversations, feedback.c.given_at, days))
    ).subquery()
    counted = select(given, func.count().label("count")).group_by(*given.c)
    found: defaultdict[tuple[str, str, str], list[RowMapping]] = defaultdict(list)
    for row in connection.execute(counted).mappings():
        found[row["faq_id"], row["version"], row["kind"]].append(row)
    return [_verdict(*key, rows) for key, rows in sorted(found.items())]


def _verdict(faq_id: str, version: str, kind: str, rows: list[RowMapping]) -> Verdicts:
    thumbs, reasons = Counter[bool](), Counter[str]()
    for row in rows:
        thumbs[bool(row["helpful"])] += row["count"]
        if row["reason"] and not row["helpful"]:
            reasons[row["reason"]] += row["count"]
    return Verdicts(faq_id, version, kind, thumbs[True], thumbs[False], tuple(sorted(reasons.items())))


def _lookups(connection: Connection, days: Days) -> list[LookupCount]:
    tried = (
        select(
            _day(lookup_attempts.c.attempted_at, days, connection).label("day"),
            case((lookup_attempts.c.succeeded, 1), else_=0).label("found"),
        )
        .join(conversations, conversations.c.id == lookup_attempts.c.conversation)
        .where(_of(conversations, lookup_attempts.c.attempted_at, days))
    ).subquery()
    found = func.sum(tried.c.found)
    counted = select(tried.c.day, found.label("found"), (func.count() - found).label("failed"))
    ordered = counted.group_by(tried.c.day).order_by(tried.c.day)
    return [
        LookupCount(date.fromisoformat(row["day"]), row["found"], row["failed"])
        for row in connection.execute(ordered).mappings()
    ]


def _locks(connection: Connection, days: Days, rule: LockRule) -> Locks:
    return Locks(
        conversations=_locked(connection, days, "conversation", rule.failures, rule.conversation_window),
        references=_locked(connection, days, "reference_hash", rule.failures, rule.claim_window),
        addresses=_locked(connection, days, "email_hash", rule.failures, rule.claim_window),
    )


def _locked(connection: Connection, days: Days, name: str, failures: int, window: timedelta) -> int:
    """How many of them failed so often within the window of time."""
    key, at = lookup_attempts.c[name], lookup_attempts.c.attempted_at
    begin = func.lag(at, failures - 1, type_=UtcDateTime).over(partition_by=key, order_by=(at, lookup_attempts.c.id))
    failed = (
        select(key.label("key"), at.label("at"), begin.label("begin"))
        .join(conversations, conversations.c.id == lookup_attempts.c.conversation)
        .where(
            conversations.c.promotion == days.promotion,
            lookup_attempts.c.succeeded.is_(False),
            at >= days.since - window,
            at < days.until,
        )
    ).subquery()
    # How long lies between the two is not for SQL: SQLite keeps moments as text.
    suspects = select(failed).where(failed.c.begin.is_not(None), failed.c.at >= days.since)
    return len({row["key"] for row in connection.execute(suspects).mappings() if row["at"] - row["begin"] <= window})


def _tickets(connection: Connection, days: Days) -> list[TicketTimes]:
    kept = select(
        *(tickets.c[name] for name in ("topic", "state", "created_at", "first_answered_at", "resolved_at")),
    ).where(_of(tickets, tickets.c.created_at, days))
    return [_times(row) for row in connection.execute(kept.order_by(tickets.c.created_at)).mappings()]


def _times(row: RowMapping) -> TicketTimes:
    state = TicketState(row["state"])
    return TicketTimes(row["topic"], state, row["created_at"], row["first_answered_at"], row["resolved_at"])


def _samples(connection: Connection, days: Days) -> int:
    invented = conversations.c.session_hash.startswith(SAMPLE_SESSION, autoescape=True)
    counted = select(func.count()).select_from(conversations)
    found: int = connection.execute(
        counted.where(_of(conversations, conversations.c.started_at, days), invented)
    ).scalar_one()
    return found


def _of(table: Any, moment: Any, days: Days) -> Any:
    return and_(table.c.promotion == days.promotion, moment >= days.since, moment < days.until)


def _day(moment: Any, days: Days, connection: Connection) -> Any:
    return local_day(moment, days.period, days.zone, connection.dialect.name)
