"""The pages of gaps and proposals over HTTP: what they show, what they take, and to whom."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select, update
from sqlalchemy.engine import Engine

from bot.adapters.content_drafts import ContentFolder
from bot.adapters.sql.access_tables import audit
from bot.adapters.sql.gap_tables import proposals
from bot.config import ROOT
from bot.core.agents import Role
from bot.core.gap_groups import key_of
from bot.core.tries import Outcome, PhraseOutcome, TryResult, TryState
from bot.services.console import Console
from bot.web.desk.gap_forms import MOST_SHOWN
from tests.fakes import FakeBot, FakeTryRunner
from tests.gaps import ANSWER, NOON, TURNED_AWAY, hold, thumb_down
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser

SignIn = Callable[..., AgentBrowser]
GIFTS = "gift cards possible?"
KEY = key_of(GIFTS)
ENTRY = {
    "way": "entry", "section": "payment", "question": "Can I get a gift card?", "answer": "No, the discount is paid to your account."
}  # fmt: skip


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The promotion's content, to be spoilt if a test wants to."""
    for name in ("faq", "data", "evaluation"):
        shutil.copytree(ROOT / name, tmp_path / "content" / name)
    return tmp_path / "content"


@pytest.fixture
def runner() -> FakeTryRunner:
    return FakeTryRunner()


@pytest.fixture
def own_console(own_console: Console, content: Path, runner: FakeTryRunner) -> Console:
    return replace(own_console, gaps=replace(own_console.gaps, content=ContentFolder(content), runner=runner))


@pytest.fixture
def lead(sign_in_as: SignIn) -> AgentBrowser:
    return sign_in_as(Role.LEAD)


def proposed(lead: AgentBrowser, **typed: str) -> int:
    """A proposal made of the gap about gift cards; its number."""
    fields = {f"take-{KEY}": "1", f"words-{KEY}": "can I have a gift card", **ENTRY, **typed}
    answer = lead.submit(f"/desk/gaps/{KEY}", **fields)
    assert answer.status_code == 303, re.findall(r"<li>.*?</li>", answer.text)
    found = re.fullmatch(r"/desk/gaps/proposals/(\d+)\?done=made", answer.headers["location"])
    assert found
    return int(found[1])


@pytest.mark.parametrize(
    "path",
    ["/desk/gaps", f"/desk/gaps/{KEY}", "/desk/gaps/proposals", "/desk/gaps/proposals/1", "/desk/gaps/proposals/1.patch", "/desk/api/gaps/proposals/1/try"],
)  # fmt: skip
def test_only_leads_see_gaps(sign_in_as: SignIn, nobody: TestClient, desk_database: Engine, path: str) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    assert sign_in_as(Role.AGENT).get(path).status_code == 403
    stranger = nobody.get(path, follow_redirects=False)
    assert stranger.status_code == (401 if "/api/" in path else 303)
    assert "gift cards" not in stranger.text


@pytest.mark.parametrize(
    "path",
    [
        f"/desk/gaps/{KEY}",
        f"/desk/gaps/{KEY}/standing",
        "/desk/gaps/proposals/1/try",
        "/desk/gaps/proposals/1/withdraw",
    ],
)
def test_agents_and_other_sites_change_nothing(
    sign_in_as: SignIn,
    lead: AgentBrowser,
    own_console: Console,
    runner: FakeTryRunner,
    desk_database: Engine,
    path: str,
) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    number = proposed(lead)
    assert sign_in_as(Role.AGENT).submit(path.replace("/1/", f"/{number}/"), do="dismiss", **ENTRY).status_code == 403
    assert lead.post(path, data={"do": "dismiss", **ENTRY}).status_code == 403
    foreign = lead.post(path, data={"csrf": lead.token}, headers={"sec-fetch-site": "cross-site"})
    assert foreign.status_code == 403
    assert len(own_console.gaps.proposals.all("lenovo-accessories-2023")) == 1
    assert own_console.gaps.dismissals.all("lenovo-accessories-2023") == {}
    assert runner.started == []


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


def test_the_form_comes_filled_in_with_what_is_likely(lead: AgentBrowser, desk_database: Engine, bot: FakeBot) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    hold(desk_database, "gift card for ‹e-mail address›", TURNED_AWAY)
    page = lead.get(f"/desk/gaps/{KEY}").text
    form = Page(page)

    assert [name for name, _ in form.ticked] == [f"take-{KEY}"]
    assert form.fields["question"] == "Gift cards possible?"
    assert 'value="entry" checked' in page
    bot.nearest = replace(bot.nearest, score=0.8)
    near = lead.get(f"/desk/gaps/{KEY}").text
    assert 'value="phrases" checked' in near and 'value="how_long_for_discount" selected' in near


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


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({f"words-{KEY}": "gift card for ‹e-mail address›"}, "has a placeholder"),
        ({f"words-{KEY}": "send it to ane@birkvik.example"}, "somebody&#39;s address"),
        ({f"take-{KEY}": ""}, "Tick at least one phrase"),
        ({"way": ""}, "choose what to do"),
        ({"way": "phrases", "label": "gone"}, "Choose an entry or an intent."),
        ({"section": "../../etc"}, "Choose a section."),
        ({"question": "<script>alert(1)</script>", "answer": ""}, "Write the answer"),
        ({"id": "cash_or_cheque"}, "is taken"),
        ({"id": "Gift Card"}, "small letters"),
        ({"answer": "{name}, no."}, "a curly bracket"),
        ({"review_by": "soon"}, "write a day"),
        ({"review_by": "2001-01-01"}, "Choose a day to come."),
    ],
)
def test_what_has_to_be_mended_is_said_and_nothing_typed_is_lost(
    lead: AgentBrowser, desk_database: Engine, own_console: Console, typed: dict[str, str], said: str
) -> None:
    hold(desk_database, GIFTS, TURNED_AWAY)
    fields = {f"take-{KEY}": "1", f"words-{KEY}": "can I have a gift card", **ENTRY, "more": "one & two", **typed}
    if fields[f"take-{KEY}"] == "":
        del fields[f"take-{KEY}"], fields["more"]
    answer = lead.submit(f"/desk/gaps/{KEY}", **fields)

    assert answer.status_code == 422
    assert said in answer.text and 'role="alert"' in answer.text
    assert "<script>" not in answer.text
    assert ("one &amp; two" in answer.text) == ("more" in fields)
    assert Page(answer.text).fields[f"words-{KEY}"] == fields[f"words-{KEY}"]
    assert own_console.gaps.proposals.all("lenovo-accessories-2023") == []


def test_a_gap_of_many_wordings_can_be_sent_whole(lead: AgentBrowser, desk_database: Engine) -> None:
    texts = [f"gift card number {'x' * number} of {number} {'ø' * 120}" for number in range(MOST_SHOWN + 5)]
    for text in texts:
        hold(desk_database, text, TURNED_AWAY)
    key = key_of(texts[-1])
    form = Page(lead.get(f"/desk/gaps/{key}").text)
    words = {name: value for name, value in form.fields.items() if name.startswith("words-")}
    answer = lead.submit(f"/desk/gaps/{key}", **words, **dict(form.ticked), way="out_of_scope")

    assert len(words) == MOST_SHOWN
    assert "5 more wordings are not shown" in re.sub(r"\s+", " ", form.text)
    assert answer.status_code == 303


def test_hostile_questions_are_shown_as_they_are(lead: AgentBrowser, desk_database: Engine) -> None:
    hostile = "<img src=x onerror=alert(1)>\"'{{7*7}} gift"
    hold(desk_database, hostile, TURNED_AWAY)
    key = key_of(hostile)
    pages = [lead.get(path).text for path in ("/desk/gaps", f"/desk/gaps/{key}")]
    number = int(lead.submit(f"/desk/gaps/{key}", **{f"take-{key}": "1", f"words-{key}": "<b>bold</b> & gift"}, way="out_of_scope").headers["location"].split("/")[-1].split("?")[0])  # fmt: skip
    pages += [lead.get(path).text for path in ("/desk/gaps/proposals", f"/desk/gaps/proposals/{number}")]

    for page in pages:
        assert "<img src=x" not in page and "<b>bold" not in page and "49" not in Page(page).text
    assert all('style="' not in page and "onclick" not in page for page in pages)


def test_what_does_not_exist_is_not_found(lead: AgentBrowser) -> None:
    for path in (
        "nothing",
        "0123456789abcdef",
        "proposals/1",
        "proposals/P-x",
        "proposals/" + "9" * 30,
        "proposals/-1",
        "proposals/²",
    ):
        assert lead.get(f"/desk/gaps/{path}").status_code == 404
    assert lead.get("/desk/gaps/proposals/7.patch").status_code == 404
    assert lead.get("/desk/api/gaps/proposals/7/try").status_code == 404
    assert lead.submit("/desk/gaps/proposals/7/try").status_code == 404
    assert lead.submit("/desk/gaps/nothing", way="out_of_scope").status_code == 404


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


def test_empty_pages_say_what_to_do(lead: AgentBrowser) -> None:
    assert "Nothing is open" in lead.get("/desk/gaps").text
    assert "No proposals yet" in lead.get("/desk/gaps/proposals").text
