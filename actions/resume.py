"""Leads back to what was being asked before another question came in between, but not for ever."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from actions.base import DeskAction, intent, nothing_open
from bot.core.intents import FAQ, OUT_OF_SCOPE
from bot.core.purchase import Purchase
from bot.core.purchase_check import MOST_ASKED, PurchaseCheck
from bot.core.replies import Reply
from bot.core.turn_context import CLAIM
from bot.services.continue_check import Checked, continue_check
from bot.services.resume_lookup import put_lookup_aside, resume_lookup

LEADING_BACK = ("action_resume", "action_confirm")
SPOKEN_TO = frozenset({FAQ, OUT_OF_SCOPE})
"""Intents of messages that were about something else and have had their reply."""
_RASAS_OWN = ("action_listen", "action_session_start")


class ActionResume(DeskAction):
    """Asks again for what is still missing; never looks anything up.

    After a reply on something else it does so once. What is not understood leads back twice, then it is put aside.
    """

    def name(self) -> str:
        return "action_resume"

    def act(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        before = led_back(tracker)
        if intent(tracker) in SPOKEN_TO and SPOKEN_TO.intersection(before):
            return [], []
        if tracker.get_slot("open_task") == CLAIM:
            return self._look_up_resumed(tracker, before)
        return self._check_resumed(tracker)

    def _look_up_resumed(self, tracker: Tracker, before: list[str]) -> tuple[list[Reply], list[EventType]]:
        desk, after_answer = self.desk, intent(tracker) in SPOKEN_TO
        if not after_answer and len(before) >= MOST_ASKED - 1:
            return [put_lookup_aside(tracker.sender_id, desk.lookups, desk.wording)], nothing_open()
        reply = resume_lookup(tracker.sender_id, desk.lookups, desk.promotion, desk.wording, after_answer=after_answer)
        return [reply], []

    def _check_resumed(self, tracker: Tracker) -> tuple[list[Reply], list[EventType]]:
        checked = self._checked(tracker)
        if checked.is_open:
            return checked.replies, [SlotSet("purchase", checked.check.as_dict())]
        return ([], []) if intent(tracker) in SPOKEN_TO else (checked.replies, nothing_open())

    def _checked(self, tracker: Tracker) -> Checked:
        desk = self.desk
        return continue_check(
            PurchaseCheck.from_dict(tracker.get_slot("purchase")),
            Purchase(),
            promotion=desk.promotion,
            today=desk.clock.today(),
            wording=desk.wording,
            is_open=True,
        )


def led_back(tracker: Tracker) -> list[str]:
    """What the messages were that have led back to what is open, by their intents, since it was last gone on with."""
    said, found = "", list[str]()
    for event in tracker.events:
        if event["event"] == "user":
            said = (event["parse_data"].get("intent") or {}).get("name") or ""
        elif event["event"] == "action" and event["name"] in LEADING_BACK:
            found.append(said)
        elif event["event"] == "action" and event["name"].startswith("action_") and event["name"] not in _RASAS_OWN:
            found.clear()
    return found
