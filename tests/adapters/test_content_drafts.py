"""Patches against a real content folder, taken by real git."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from bot.adapters.content_drafts import ContentFolder
from bot.adapters.content_patch import as_diff
from bot.adapters.faq_files import read_faq
from bot.adapters.nlu_files import read_examples
from bot.config import ROOT
from bot.core.proposals import Change, Patch, PatchedFile, Way
from bot.services.content_errors import ContentError
from tests.contents import other_promotion

PHRASES = Change(Way.PHRASES, ("when's the money there, roughly?", "Geld wann? 💶"), label="how_long_for_discount")
ENTRY = Change(
    Way.ENTRY,
    ("can I have a gift card instead",),
    label="gift_cards",
    section="payment",
    question="Can I get a gift card?",
    answer="No: the discount is paid to your bank account only.\n\nPlease see “terms & conditions”.",
    review_by=date(2024, 1, 31),
)
STRANGE = Change(Way.OUT_OF_SCOPE, ("how many moons has Jupiter",))


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """The repository's own content in a repository of its own."""
    folder = tmp_path / "content"
    for name in ("faq", "data", "evaluation"):
        shutil.copytree(ROOT / name, folder / name)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    return folder


def git(folder: Path, *arguments: str, sent: str = "") -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, input=sent.encode(), capture_output=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode()


def taken_by_git(folder: Path, patch: Patch) -> str:
    """Applies a patch as its owner would; what git says has changed."""
    git(folder, "apply", "--check", "--whitespace=error-all", sent=patch.diff)
    git(folder, "apply", sent=patch.diff)
    return git(folder, "diff", "--numstat")


@pytest.mark.parametrize(
    ("change", "changed"),
    [
        (PHRASES, "2\t0\tdata/nlu/faq/payment.yml\n"),
        (ENTRY, "3\t0\tdata/nlu/faq/payment.yml\n9\t0\tfaq/payment.yml\n"),
        (STRANGE, "4\t0\tdata/nlu/out_of_scope.yml\n"),
        (Change(Way.PHRASES, ("yo desk",), label="greet"), "1\t0\tdata/nlu/smalltalk.yml\n"),
        (Change(Way.PHRASES, ("did mine go through?",), label="claim_status"), "1\t0\tdata/nlu/lookups.yml\n"),
    ],
)
def test_git_takes_the_patch_and_finds_added_lines_only(content: Path, change: Change, changed: str) -> None:
    before = {path: path.read_bytes() for path in content.rglob("*.yml")}
    patch = ContentFolder(content).patch(change)

    assert {path: path.read_bytes() for path in content.rglob("*.yml")} == before
    assert taken_by_git(content, patch) == changed
    assert patch.conflicts == ()


def test_what_the_patch_says_is_in_the_content_afterwards(content: Path) -> None:
    drafts = ContentFolder(content)
    for change in (PHRASES, ENTRY, STRANGE):
        taken_by_git(content, drafts.patch(change))
        assert drafts.patch(change).is_in_content
    entry = read_faq(content / "faq")["gift_cards"]
    assert (entry.question, entry.answer, entry.review_by) == (ENTRY.question, ENTRY.answer, ENTRY.review_by)
    learnt = {(one.intent, one.text) for one in read_examples(content / "data" / "nlu")}
    assert {("faq/how_long_for_discount", phrase) for phrase in PHRASES.phrases} <= learnt
    assert ("out_of_scope", "how many moons has Jupiter") in learnt
    assert ("faq/gift_cards", "can I have a gift card instead") in learnt


def test_a_second_change_of_the_same_file_is_made_from_what_it_is_then(content: Path) -> None:
    drafts = ContentFolder(content)
    first = drafts.patch(STRANGE)
    taken_by_git(content, drafts.patch(Change(Way.OUT_OF_SCOPE, ("sing me a song",))))

    done = subprocess.run(
        ["git", "apply", "--check"], cwd=content, input=first.diff.encode(), check=False, capture_output=True
    )
    assert done.returncode != 0
    assert taken_by_git(content, drafts.patch(STRANGE)) == "5\t0\tdata/nlu/out_of_scope.yml\n"


def test_an_entry_whose_name_is_taken_meanwhile_is_a_conflict(content: Path) -> None:
    drafts = ContentFolder(content)
    taken_by_git(content, drafts.patch(replace(ENTRY, question="Do you sell gift cards?")))
    patch = drafts.patch(ENTRY)

    assert patch.diff == ""
    assert patch.conflicts == ("There is another entry gift_cards now: “Do you sell gift cards?”.",)


def test_what_is_gone_meanwhile_is_a_conflict(content: Path) -> None:
    drafts = ContentFolder(content)

    assert drafts.patch(replace(PHRASES, label="gone")).conflicts == ("There is no entry gone any more.",)
    assert drafts.patch(replace(ENTRY, section="gone")).conflicts == ("There is no section gone any more.",)


def test_a_proposal_whose_phrases_were_deleted_says_so_and_an_entry_stays_without_them(content: Path) -> None:
    drafts = ContentFolder(content)

    assert "no phrases any more" in drafts.patch(replace(STRANGE, phrases=())).conflicts[0]
    assert taken_by_git(content, drafts.patch(replace(ENTRY, phrases=()))) == "9\t0\tfaq/payment.yml\n"


def test_a_phrase_that_somebody_gave_to_another_entry_is_left_out_and_told(content: Path) -> None:
    drafts = ContentFolder(content)
    taken_by_git(content, drafts.patch(Change(Way.PHRASES, PHRASES.phrases[:1], label="cash_or_cheque")))
    patch = drafts.patch(PHRASES)

    assert patch.skipped == PHRASES.phrases[:1]
    assert patch.conflicts == (
        "“when's the money there, roughly?” is a phrase of cash_or_cheque now, and is left out.",
    )
    assert "+    - Geld wann? 💶\n" in patch.diff


def test_content_that_cannot_be_read_is_told_with_its_line(content: Path) -> None:
    (content / "faq" / "dates.yml").write_text("section: [", "utf-8")

    with pytest.raises(ContentError, match="faq/dates.yml:1"):
        ContentFolder(content).patch(PHRASES)


def test_another_promotion_without_strangers_gets_a_file_for_them(tmp_path: Path) -> None:
    folder = other_promotion(tmp_path)
    git(folder, "init", "-q")
    git(folder, "add", "-A")
    taken_by_git(folder, ContentFolder(folder).patch(STRANGE))

    (found,) = read_examples(folder / "data" / "nlu" / "out_of_scope.yml")
    assert (found.intent, found.text) == ("out_of_scope", "how many moons has Jupiter")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb", "a\nb\nc\n"),
        ("a\nb", "a\nc"),
        (None, "a\n"),
        (None, "a"),
        ("a\r\nb\r\n", "a\r\nb\r\nc\r\n"),
        ("", "a\n"),
    ],
)
def test_line_ends_of_all_kinds_travel_in_a_patch(tmp_path: Path, before: str | None, after: str) -> None:
    git(tmp_path, "init", "-q")
    file = tmp_path / "file.yml"
    if before is not None:
        file.write_bytes(before.encode())
        git(tmp_path, "add", "-A")
    git(tmp_path, "apply", sent=as_diff([PatchedFile("file.yml", before, after)]))

    assert file.read_bytes() == after.encode()


def test_the_outline_knows_every_phrase_and_what_the_model_is_measured_by(content: Path) -> None:
    outline = ContentFolder(content).outline()

    assert "claim_status" in outline.intents and "out_of_scope" not in outline.intents
    assert len(outline.entries) == 23
    assert len(outline.measured_by) > 1000
    assert len(outline.phrases) > 10_000
