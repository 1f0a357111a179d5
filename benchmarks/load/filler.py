"""Fills databases with other people's claims and conversations, by statements that PostgreSQL carries out by itself."""

from __future__ import annotations

from sqlalchemy import create_engine, text
from sqlalchemy.engine import Engine

CLAIMS = """
INSERT INTO claims (promotion, reference, email, company, state, submitted_on, reason, email_key, company_key)
SELECT :promotion, 'ZZZ-' || n, 'buyer' || n || '@filler.example', 'Filler ' || n, 'submitted', DATE '2023-06-01' + (n % 190)::int, '',
       'buyer' || n || '@filler.example', 'filler ' || n
FROM generate_series(:first, :last) AS n
"""
LINES = """
INSERT INTO claim_lines (promotion, reference, position, product, quantity)
SELECT :promotion, 'ZZZ-' || n, 1, 'Filler', 1 FROM generate_series(:first, :last) AS n
"""
EVENTS = """
INSERT INTO events (sender_id, type_name, timestamp, intent_name, action_name, data)
SELECT md5((n / 24)::text), (ARRAY['user', 'slot', 'action', 'bot'])[1 + n % 4], 1700000000 + n, NULL,
       CASE n % 4 WHEN 1 THEN 'topic' WHEN 2 THEN 'action_listen' END,
       '{"event": "filler", "timestamp": ' || n || ', "text": "' || repeat('w', 160) || '"}'
FROM generate_series(:first, :last) AS n
"""
AT_ONCE = 500_000


class Filler:
    """Adds rows to a claims database and to a tracker database until there are so many."""

    def __init__(self, claims_url: str, tracker_url: str, promotion: str) -> None:
        self._claims = create_engine(claims_url, future=True)
        self._tracker = create_engine(tracker_url, future=True)
        self._promotion = promotion
        self._filled = {"claims": 0, "events": 0}

    def claims(self, number: int) -> None:
        """Fill the claims up to this number, and let the database count them."""
        for first, last in self._parts("claims", number):
            with self._claims.begin() as connection:
                for statement in (CLAIMS, LINES):
                    connection.execute(text(statement), {"promotion": self._promotion, "first": first, "last": last})
        self._settle(self._claims)

    def events(self, number: int) -> None:
        """Fill the tracker's events up to this number, and let the database count them."""
        for first, last in self._parts("events", number):
            with self._tracker.begin() as connection:
                connection.execute(text(EVENTS), {"first": first, "last": last})
        self._settle(self._tracker)

    def close(self) -> None:
        self._claims.dispose()
        self._tracker.dispose()

    def _parts(self, what: str, number: int) -> list[tuple[int, int]]:
        first, self._filled[what] = self._filled[what] + 1, number
        return [(start, min(start + AT_ONCE - 1, number)) for start in range(first, number + 1, AT_ONCE)]

    @staticmethod
    def _settle(engine: Engine) -> None:
        with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.execute(text("VACUUM ANALYZE"))
