"""The form that makes a proposal of a gap: filled in with what is likely, and nothing typed is lost."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from sqlalchemy.engine import Engine

from bot.core.gap_groups import key_of
from bot.services.console import Console
from bot.web.desk.gap_forms import MOST_SHOWN
from tests.fakes import FakeBot
from tests.gaps import TURNED_AWAY, hold
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser
from tests.web.desk.gaps.gift_cards import ENTRY, GIFTS, KEY


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
