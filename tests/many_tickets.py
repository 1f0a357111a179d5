"""Rows of as many tickets as a test needs, without opening each."""

from __future__ import annotations

from datetime import timedelta

from tests.tickets import ANNA, NOW, Desk


def row_of(desk: Desk, number: int, state: str) -> dict[str, object]:
    message = f"Where is my money? This is word{number}, " + "and I have waited for long. " * 10
    at = NOW - timedelta(minutes=number)
    return {
        "reference": f"T-2023-{number:06d}", "year": 2023, "number": number, "promotion": desk.queue.composer.promotion.key,
        "conversation_id": "c", "form": f"form {number}", "state": state, "version": 1,
        "topic": ("My claim", "Payment", "")[number % 3], "name": f"Ane {number}", "email": f"{number}@birkvik.example",
        "company": "", "claim_reference": "", "message": message, "searched": message.lower(), "transcript": [],
        "lines_left_out": 0, "answers": [], "created_at": at, "changed_at": at, "turn_since": at,
        "assignee_id": ANNA.id if number % 10 == 0 else None, "assignee_name": ANNA.name if number % 10 == 0 else None,
    }  # fmt: skip


def event_of(row: dict[str, object]) -> dict[str, object]:
    return {"ticket": row["reference"], "version": 1, "at": row["created_at"], "kind": "opened", "text": ""}
