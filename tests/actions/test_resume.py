from __future__ import annotations

from actions.resume import ActionResume
from bot.core.purchase import Purchase
from bot.core.replies import ReplyKind
from bot.services.ports import LookupDetails
from tests.actions.running import CONVERSATION, Fakes, run, tracker
from tests.claims import PAID
from tests.fakes import FakeClaims


def test_a_look_up_is_taken_up_where_it_was_left() -> None:
    fakes = Fakes()
    fakes.lookups.keep(CONVERSATION, LookupDetails(reference=PAID.reference))
    outcome = run(ActionResume(fakes.desk()), tracker("faq", open_task="claim"))
    assert [reply.kind for reply in outcome.replies] == [ReplyKind.QUESTION]
    assert "still need the e-mail address" in outcome.text
    assert outcome.slots == {}, "what is open stays open"


def test_coming_back_looks_nothing_up() -> None:
    fakes = Fakes(claims=FakeClaims([PAID]))
    fakes.lookups.keep(CONVERSATION, LookupDetails(PAID.reference, PAID.email))
    run(ActionResume(fakes.desk()), tracker("faq", open_task="claim"))
    assert fakes.claims.asked_for == []
    assert fakes.lookups.attempts == []


def test_a_check_is_taken_up_with_what_was_told_for_it() -> None:
    known = Purchase(product="Halden Dock 7", listed=True)
    outcome = run(ActionResume(Fakes().desk()), tracker("faq", open_task="purchase", purchase=known.as_dict()))
    assert "on which day it was bought" in outcome.text
    assert "which product" not in outcome.text
    assert outcome.slots == {}
