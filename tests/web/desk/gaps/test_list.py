"""The list of gaps: who asked, why it failed, what is near, and what is put aside."""

from __future__ import annotations

import re

from sqlalchemy import select
from sqlalchemy.engine import Engine

from bot.adapters.sql.access_tables import audit
from tests.fakes import FakeBot
from tests.gaps import ANSWER, NOON, TURNED_AWAY, hold, thumb_down
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.gaps.gift_cards import GIFTS, KEY


def test_the_list_tells_who_asked_why_it_failed_and_what_is_near(lead: AgentBrowser, desk_database: Engine) -> None:
    for words in (GIFTS, "gift vouchers?", "Gift cards possible"):
        hold(desk_database, words, TURNED_AWAY)
    rated = hold(desk_database, "how long?", ANSWER)
    thumb_down(desk_database, rated[1], "out_of_date")
    page = Page(lead.get("/desk/gaps").text).text

    assert "3 people asked" in page and "1 person asked" in page
    assert page.index("gift") < page.index("how long?")
    assert "no answer 3 times" in re.sub(r"\s+", " ", page)
    assert "“It is out of date”" in page
    assert "How long will it take for me to receive my discount?" in page and "31 % alike" in page


def test_however_many_gaps_there_are_each_is_shown_once(
    lead: AgentBrowser, desk_database: Engine, bot: FakeBot
) -> None:
    bot.is_down = True  # every wording stands by itself
    for number in range(21):
        hold(desk_database, f"{chr(ord('a') + number) * 4} gift?", TURNED_AWAY)
    page = Page(lead.get("/desk/gaps").text)

    shown = [id for id in page.ids if id.startswith("gap-")]
    assert len(shown) == len(set(shown)) == 21
    assert "1 more that fewer people asked" in page.text


def test_a_time_a_failure_and_a_standing_are_chosen_by_address(lead: AgentBrowser, desk_database: Engine) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    rated = hold(desk_database, "moon landing?", ANSWER)
    thumb_down(desk_database, rated[1])

    assert "moon" not in lead.get("/desk/gaps?failure=no_answer").text
    assert "gift" not in lead.get("/desk/gaps?failure=thumbs_down").text
    assert "gift" not in lead.get("/desk/gaps?show=dismissed").text
    assert "Nothing is open" in lead.get("/desk/gaps?failure=hand_off").text
    assert (
        f'href="/desk/gaps/{KEY}?days=all&amp;failure=no_answer"'
        in lead.get("/desk/gaps?days=all&failure=no_answer").text
    )
    assert lead.get("/desk/gaps?days=9999&failure=x&show=%00").status_code == 200


def test_only_the_last_thirty_days_are_shown_unless_more_is_asked_for(
    lead: AgentBrowser, desk_database: Engine
) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY, at=NOON.replace(month=10))

    assert "gift" not in lead.get("/desk/gaps").text
    assert "gift" in lead.get("/desk/gaps?days=90").text
    assert "gift" in lead.get("/desk/gaps?days=all").text
    assert lead.get(f"/desk/gaps/{KEY}").status_code == 404
    assert lead.get(f"/desk/gaps/{KEY}?days=all").status_code == 200


def test_without_the_model_the_page_says_so_and_still_shows_everything(
    lead: AgentBrowser, desk_database: Engine, bot: FakeBot
) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    bot.is_down = True
    page = lead.get("/desk/gaps").text

    assert "The model cannot be reached" in page and "gift" in page
    assert lead.get(f"/desk/gaps/{KEY}").status_code == 200


def test_a_gap_is_put_aside_and_taken_back(lead: AgentBrowser, desk_database: Engine) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    done = lead.submit(f"/desk/gaps/{KEY}/standing", do="dismiss", days="90")

    assert (done.status_code, done.headers["location"]) == (303, "/desk/gaps?done=dismissed&days=90")
    assert "gift" not in lead.get("/desk/gaps").text
    aside = lead.get("/desk/gaps?show=dismissed").text
    assert "gift" in aside and lead.agent.name in aside
    lead.submit(f"/desk/gaps/{KEY}/standing", do="restore", show="dismissed")
    assert "gift" in lead.get("/desk/gaps").text
    with desk_database.connect() as connection:
        noted = connection.execute(select(audit.c.agent_name, audit.c.action, audit.c.subject)).all()
    assert noted == [(lead.agent.name, "gap_dismissed", KEY), (lead.agent.name, "gap_restored", KEY)]


def test_empty_pages_say_what_to_do(lead: AgentBrowser) -> None:
    assert "Nothing is open" in lead.get("/desk/gaps").text
    assert "No proposals yet" in lead.get("/desk/gaps/proposals").text
