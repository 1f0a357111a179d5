"""A proposal's page and its patch."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from sqlalchemy import update
from sqlalchemy.engine import Engine

from bot.adapters.sql.gap_tables import proposals
from tests.gaps import TURNED_AWAY, hold
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.gaps.gift_cards import GIFTS, KEY, proposed


def test_a_gap_becomes_a_proposal_with_a_patch_that_git_takes(
    lead: AgentBrowser, desk_database: Engine, content: Path
) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    number = proposed(lead, more="- gift voucher instead?\n\n GIFT voucher instead \n", review_by="2024-03-01")
    page = lead.get(f"/desk/gaps/proposals/{number}").text
    patch = lead.get(f"/desk/gaps/proposals/{number}.patch")

    assert "+  - id: can_i_get_a_gift_card" in page
    assert patch.headers["content-disposition"] == f'attachment; filename="P-{number}.patch"'
    assert patch.headers["content-type"].startswith("text/x-patch")
    subprocess.run(["git", "init", "-q"], cwd=content, check=True)
    subprocess.run(["git", "apply", "--check"], cwd=content, input=patch.content, check=True)
    subprocess.run(["git", "apply"], cwd=content, input=patch.content, check=True)
    assert "gift voucher instead" in (content / "data" / "nlu" / "faq" / "payment.yml").read_text("utf-8")
    assert "All of it stands in the content already." in lead.get(f"/desk/gaps/proposals/{number}").text
    assert f"P-{number}" in lead.get("/desk/gaps?show=proposed").text


def test_phrases_go_to_an_entry_an_intent_or_to_what_has_no_answer(lead: AgentBrowser, desk_database: Engine) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    ways = (
        {"way": "phrases", "label": "cash_or_cheque"},
        {"way": "phrases", "label": "claim_status"},
        {"way": "out_of_scope"},
    )
    files = ("data/nlu/faq/payment.yml", "data/nlu/lookups.yml", "data/nlu/out_of_scope.yml")
    for way, file in zip(ways, files):
        patch = lead.get(f"/desk/gaps/proposals/{proposed(lead, **way)}.patch").text
        assert re.findall(r"^\+\+\+ b/(.*)$", patch, re.MULTILINE) == [file]
        assert "+    - can I have a gift card\n" in patch


def test_content_that_changed_meanwhile_is_told(lead: AgentBrowser, desk_database: Engine, content: Path) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    number = proposed(lead)
    file = content / "faq" / "payment.yml"
    kept = file.read_text("utf-8")
    file.write_text(
        kept + "\n  - id: can_i_get_a_gift_card\n    question: Another?\n    mark: A\n    answer: |-\n      No.\n",
        "utf-8",
    )
    conflict = lead.get(f"/desk/gaps/proposals/{number}").text
    assert "There is another entry can_i_get_a_gift_card now: “Another?”." in conflict
    assert "There is no patch." in conflict and ">Try it<" not in conflict
    file.write_text("section: [", "utf-8")
    broken = lead.get(f"/desk/gaps/proposals/{number}")
    assert (broken.status_code, "The content cannot be read" in broken.text) == (200, True)
    assert lead.get(f"/desk/gaps/{KEY}").status_code == 200
    assert lead.submit(f"/desk/gaps/{KEY}", **{f"take-{KEY}": "1", "way": "out_of_scope"}).status_code == 422
    file.write_text(kept, "utf-8")
    assert ">Try it<" in lead.get(f"/desk/gaps/proposals/{number}").text


def test_a_withdrawn_proposal_frees_its_gap(lead: AgentBrowser, desk_database: Engine) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    number = proposed(lead)
    assert "gift" not in lead.get("/desk/gaps").text
    lead.submit(f"/desk/gaps/proposals/{number}/withdraw")

    assert "gift" in lead.get("/desk/gaps").text
    assert "withdrawn" in lead.get("/desk/gaps/proposals").text
    assert "It was withdrawn on" in lead.get(f"/desk/gaps/proposals/{number}").text


def test_a_proposal_outlives_the_words_it_came_from(lead: AgentBrowser, desk_database: Engine) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    number = proposed(lead)
    with desk_database.begin() as connection:
        connection.execute(update(proposals).values(group_text=""))

    assert "a gap whose words are no longer kept" in lead.get(f"/desk/gaps/proposals/{number}").text
    assert "no longer kept" in lead.get("/desk/gaps/proposals").text
