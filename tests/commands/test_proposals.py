"""Trying a proposal for real on a small promotion: trained, checked and asked without it and with it."""

from __future__ import annotations

import io
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from rich.console import Console

from bot.adapters.sql.migrate import migrate
from bot.bootstrap_console import gap_desk
from bot.bootstrap_understanding import encoder_folder
from bot.commands.proposals import try_out
from bot.config import ROOT, Settings, read_settings
from bot.core.proposals import Change, Way
from bot.core.tries import Try, TryState
from bot.services.find_gaps import GapDesk
from bot.services.gap_ports import Draft
from bot.services.ports import InvalidInput
from bot.services.try_proposal import try_proposal
from tests.contents import other_promotion
from tests.gaps import LEAD, NOON
from tests.processes.running_desk import environment_of, wait_until

PROMOTION = "brewline-autumn-2024"
ASKED = {
    "faq/until_when_can_i_buy_a_machine": ("last day to buy", "can I still buy one in November", "until which day may the invoice be dated", "buy in December?"),
    "faq/what_is_the_deadline_for_my_application": ("deadline?", "until when do I have to apply", "last day for my application", "by what date must the form be sent"),
    "faq/when_is_the_money_on_my_account": ("when do I get the money", "how long does the payment take", "when will you pay me", "how many weeks until I am paid"),
    "faq/how_many_machines_fit_into_one": ("how many machines per application", "can I register five machines at once", "is there a limit of items", "most machines in one form"),
    "faq/who_may_take_part": ("can companies take part", "who is allowed to claim", "is this for private people", "may my firm apply"),
    "faq/what_do_you_need_from_me": ("which papers do you want", "do I have to send the invoice", "is an order confirmation enough", "what proof is needed"),
    "out_of_scope": ("what is the weather", "tell me a joke", "who won the match", "how far is the moon", "sing a song"),
}  # fmt: skip
QUESTIONS = """
- {text: "when do you transfer the money?", label: when_is_the_money_on_my_account}
- {text: "who can take part in this?", label: who_may_take_part}
- {text: "what is the last day to apply?", label: what_is_the_deadline_for_my_application}
- {text: "do you know a good joke?", label: out_of_scope}
"""
DECAF = Change(
    Way.ENTRY,
    ("does it make decaf", "can it brew decaf coffee", "decaf possible?", "is decaffeinated coffee okay in it"),
    label="decaf",
    section="section_1",
    question="Can the machine brew decaf?",
    answer="Yes, every machine on the list brews decaf.",
)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """A small promotion with phrases and questions of its own; the encoder is the one of all tests."""
    content = other_promotion(tmp_path / "content")
    shutil.copytree(ROOT / "faq" / "replies", content / "faq" / "replies")
    write_phrases(content)
    (content / "evaluation").mkdir()
    (content / "evaluation" / "held_out.yml").write_text(QUESTIONS, "utf-8")
    (content / "evaluation" / "floors.yml").write_text(
        "held_out.yml:\n  first choice right: {at_least: 0.1}\n", "utf-8"
    )
    encoder = encoder_folder(read_settings({}))
    (tmp_path / "cache").mkdir()
    (tmp_path / "cache" / encoder.name).symlink_to(encoder)
    made = read_settings(environment(tmp_path))
    migrate(made.database_url, "desk")
    return made


def environment(folder: Path) -> dict[str, str]:
    return {
        "PROMODESK_CONTENT": str(folder / "content"),
        "PROMODESK_DATABASE_URL": f"sqlite:///{folder / 'desk.db'}",
        "PROMODESK_CACHE": str(folder / "cache"),
        "PROMODESK_MODELS": str(folder / "models"),
        "PROMODESK_LOGS": str(folder / "logs"),
        "PROMODESK_TODAY": "2024-10-10",
    }


def write_phrases(content: Path) -> None:
    """Four phrases for some entries, which learn by them; the others keep what the check wants."""
    lines = ['version: "3.1"', "nlu:"]
    for intent, phrases in ASKED.items():
        lines += [f"- intent: {intent}", "  examples: |", *(f"    - {phrase}" for phrase in phrases)]
    folder = content / "data" / "nlu"
    shutil.rmtree(folder)
    folder.mkdir()
    (folder / "asked.yml").write_text("\n".join(lines) + "\n", "utf-8")
    (content / "data" / "nlu" / "faq").mkdir()
    known = {intent.removeprefix("faq/") for intent in ASKED}
    more = _others(content, known)
    (folder / "faq" / "section_1.yml").write_text("\n".join(['version: "3.1"', "nlu:", *more]) + "\n", "utf-8")


def _others(content: Path, known: set[str]) -> list[str]:
    from bot.adapters.faq_files import read_faq

    lines = []
    for entry in read_faq(content / "faq"):
        if entry.id not in known:
            words = entry.question.lower().rstrip("?")
            lines += [f"- intent: faq/{entry.id}", "  examples: |"]
            lines += [f"    - {words}", f"    - tell me, {words}", f"    - hello, {words} please"]
    return lines


def proposed(settings: Settings, change: Change) -> tuple[GapDesk, int]:
    desk = gap_desk(settings, PROMOTION)
    return desk, desk.proposals.add(PROMOTION, Draft(change, "k", "decaf?", ()), LEAD, NOON)


def last_try(desk: GapDesk, number: int) -> Try:
    return desk.tries.newest([number])[number]


def terminal() -> Console:
    return Console(file=io.StringIO(), soft_wrap=True, width=100)


@pytest.fixture(autouse=True)
def _keeps_its_priority(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests' own process must not become slow for all tests after these."""
    monkeypatch.setattr("bot.commands.proposals._let_others_go_first", lambda: None)


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


def test_the_command_runs_by_itself_with_low_priority(settings: Settings, tmp_path: Path) -> None:
    desk, number = proposed(settings, DECAF)
    command = subprocess.Popen(
        [sys.executable, "-m", "bot", "proposal", "try", str(number)],
        cwd=ROOT,
        env=environment_of(environment(tmp_path)) | {"HF_HUB_OFFLINE": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    wait_until(lambda: command.poll() is not None or _state(desk, number) is TryState.RUNNING, 120, "the try to begin")
    wait_until(lambda: command.poll() is not None or _nice(command.pid) == 15, 60, "its priority to be low")
    said, _ = command.communicate(timeout=300)

    assert command.returncode == 0, said
    assert last_try(desk, number).state is TryState.DONE


def test_a_try_that_is_killed_is_found_out_and_can_be_had_again(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in environment(tmp_path).items():
        monkeypatch.setenv(name, value)
    desk, number = proposed(settings, DECAF)
    try_proposal(desk, number, LEAD)
    wait_until(lambda: _state(desk, number) is TryState.RUNNING, 120, "the try to begin")
    (process,) = [desk.runner._process]  # type: ignore[attr-defined]
    os.kill(process.pid, signal.SIGKILL)
    wait_until(lambda: _state(desk, number).is_over, 30, "the killed try to be found out")

    killed = last_try(desk, number)
    assert (killed.state, killed.result) == (TryState.FAILED, None)
    assert "ended before it was ready" in killed.problem
    try_proposal(desk, number, LEAD)
    wait_until(lambda: _state(desk, number).is_over and last_try(desk, number).id != killed.id, 300, "the second try")
    assert last_try(desk, number).state is TryState.DONE


def _state(desk: GapDesk, number: int) -> TryState:
    found = desk.tries.newest([number]).get(number)
    return found.state if found else TryState.QUEUED


def _nice(process: int) -> int:
    try:
        return os.getpriority(os.PRIO_PROCESS, process)
    except ProcessLookupError:
        return time.gmtime().tm_year  # it is over
