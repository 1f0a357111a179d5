"""A try of a proposal: started, watched and told in words."""

from __future__ import annotations

from sqlalchemy.engine import Engine

from bot.core.tries import Outcome, PhraseOutcome, TryResult, TryState
from bot.services.console import Console
from tests.fakes import FakeTryRunner
from tests.gaps import TURNED_AWAY, hold
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.gaps.gift_cards import GIFTS, proposed


def test_a_try_is_started_watched_and_told_in_words(
    lead: AgentBrowser, desk_database: Engine, own_console: Console, runner: FakeTryRunner
) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    number = proposed(lead)
    tries, now = own_console.gaps.tries, own_console.gaps.clock.now()
    state = f"/desk/api/gaps/proposals/{number}/try"
    assert lead.get(state).json() == {"state": "", "words": "", "is_over": True}
    assert lead.submit(f"/desk/gaps/proposals/{number}/try").headers["location"] == f"/desk/gaps/proposals/{number}#try"
    assert runner.started == [number]
    assert lead.get(state).json()["state"] == "queued"
    last = tries.newest([number])[number]
    assert tries.begin(last.id, now) and tries.note(last.id, "Training with the proposal", now)
    told = lead.get(state).json()
    assert (told["state"], told["words"], told["is_over"]) == (
        "running",
        "It is being tried. Training with the proposal",
        False,
    )
    assert "Training with the proposal" in lead.get(f"/desk/gaps/proposals/{number}").text
    own = PhraseOutcome("gift card", Outcome(("out_of_scope",), "none"), Outcome(("can_i_get_a_gift_card",), "answer"))
    tries.finish(
        last.id, TryResult("can_i_get_a_gift_card", ("faq/payment.yml:33: error: x",), (), True, (), (own,), 61), now
    )
    page = Page(lead.get(f"/desk/gaps/proposals/{number}").text).text
    assert "The check finds errors that are new" in page
    assert "Its own 1 phrase: 0 taken as proposed now, 1 then." in page
    assert "Try it again" in page
    assert lead.get(state).json()["is_over"]
    assert "The check finds errors" in lead.get("/desk/gaps/proposals").text


def test_a_failed_try_says_why(lead: AgentBrowser, desk_database: Engine, own_console: Console) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    number = proposed(lead)
    lead.submit(f"/desk/gaps/proposals/{number}/try")
    tries = own_console.gaps.tries
    last = tries.newest([number])[number]
    tries.fail(last.id, "too few phrases to learn <x>", own_console.gaps.clock.now())

    assert (
        "It could not be tried. too few phrases to learn &lt;x&gt;" in lead.get(f"/desk/gaps/proposals/{number}").text
    )
    assert tries.newest([number])[number].state is TryState.FAILED
