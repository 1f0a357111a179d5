"""Trying a proposal for real on a small promotion: trained, checked and asked without it and with it."""

from __future__ import annotations

import pytest

from bot.commands.proposals import try_out
from bot.config import Settings
from bot.core.proposals import Change, Way
from bot.core.tries import TryState
from bot.services.ports import InvalidInput
from tests.commands.proposals.trying import DECAF, last_try, proposed, terminal
from tests.gaps import LEAD


def test_a_new_entry_is_learnt_on_a_copy_and_the_content_stays_as_it_is(settings: Settings) -> None:
    before = {path: path.read_bytes() for path in settings.content.rglob("*") if path.is_file()}
    desk, number = proposed(settings, DECAF)
    shown = terminal()

    assert try_out(settings, number, shown) == 0
    done = last_try(desk, number)
    assert done.state is TryState.DONE and done.result is not None
    assert all("decaf" not in one.before.labels for one in done.result.phrases)
    assert any("decaf" in one.after.labels for one in done.result.phrases)
    (compared,) = done.result.comparisons
    assert (compared.questions, compared.count) == ("held_out.yml", 4)
    assert done.result.stops_content
    assert any("decaf: has 4 examples" in finding for finding in done.result.new_findings)
    assert {path: path.read_bytes() for path in settings.content.rglob("*") if path.is_file()} == before
    assert "labelled questions" in shown.file.getvalue()  # type: ignore[attr-defined]


def test_phrases_that_spoil_what_was_understood_are_told(settings: Settings) -> None:
    spoiling = Change(
        Way.PHRASES,
        (
            "when will you transfer the money",
            "when do you transfer money",
            "transfer of the money when",
            "you transfer the money?",
        ),
        label="who_may_take_part",
    )
    desk, number = proposed(settings, spoiling)
    try_out(settings, number, terminal())
    result = last_try(desk, number).result

    assert result is not None
    assert [(one.text, one.concerns) for one in result.worse if one.turns] == [
        ("when do you transfer the money?", True)
    ]
    assert not result.stops_content


def test_a_bound_that_is_no_longer_kept_is_named(settings: Settings) -> None:
    (settings.content / "evaluation" / "floors.yml").write_text(
        "held_out.yml:\n  first choice right: {at_least: 0.99}\n", "utf-8"
    )
    spoiling = Change(
        Way.PHRASES,
        ("when do you transfer money", "when will you transfer the money", "transfer the money?"),
        label="who_may_take_part",
    )
    desk, number = proposed(settings, spoiling)
    try_out(settings, number, terminal())
    result = last_try(desk, number).result

    assert result is not None
    assert result.undercut == ("held_out.yml: first choice right: 66.7% (2 of 3), has to be at least 99.0%",)


def test_what_cannot_be_tried_fails_with_its_reason(settings: Settings) -> None:
    desk, number = proposed(settings, Change(Way.PHRASES, ("x y",), label="gone"))
    _, rare = proposed(
        settings, Change(Way.ENTRY, ("decaf?",), label="decaf", section="section_1", question="Decaf?", answer="Yes.")
    )
    _, known = proposed(settings, Change(Way.OUT_OF_SCOPE, ("tell me a joke",)))

    assert [try_out(settings, one, terminal()) for one in (number, rare, known)] == [1, 1, 1]
    problems = [last_try(desk, one).problem for one in (number, rare, known)]
    assert "There is no entry gone any more." in problems[0]
    assert "too few phrases to learn decaf" in problems[1]
    assert "stands in the content already" in problems[2]


def test_an_unknown_proposal_and_one_beside_another_are_refused(settings: Settings) -> None:
    desk, number = proposed(settings, DECAF)
    _, other = proposed(settings, DECAF)
    with pytest.raises(InvalidInput, match="no proposal P-99"):
        try_out(settings, 99, terminal())
    assert desk.tries.begin(desk.tries.ask(other, LEAD, desk.clock.now()), desk.clock.now())
    with pytest.raises(InvalidInput, match="another try runs"):
        try_out(settings, number, terminal())

    assert last_try(desk, number).state is TryState.QUEUED


def test_content_that_cannot_be_read_fails_the_try_and_not_the_desk(settings: Settings) -> None:
    desk, number = proposed(settings, DECAF)
    (settings.content / "faq" / "section_1.yml").write_text("section: [", "utf-8")

    assert try_out(settings, number, terminal()) == 1
    assert "faq/section_1.yml:1" in last_try(desk, number).problem
