"""A matcher that was saved and loaded does what it did before."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.core.ranking import Band, Candidate, Ranking
from bot.matching.encoder import Encoder
from bot.matching.foresight import Foresight
from bot.matching.matcher import Matcher
from bot.matching.several import Pair, SeveralQuestions
from tests.matching.library import EXAMPLES, WAITS, rank

PAIR = Pair(
    Ranking("When do you open?", (Candidate("opening_hours", 0.9), Candidate("join", 0.05)), Band.ANSWER, 0.05),
    Ranking("How do I join?", (Candidate("join", 0.8), Candidate("opening_hours", 0.1)), Band.ANSWER, 0.1),
    Ranking("When do you open? How do I join?", (Candidate("join", 0.5), Candidate("opening_hours", 0.4)), Band.SUGGEST, 0.1),
)  # fmt: skip


@pytest.fixture(scope="module")
def matcher(encoder: Encoder) -> Matcher:
    return Matcher.fit(EXAMPLES, encoder)


def test_a_saved_matcher_ranks_as_before(matcher: Matcher, encoder: Encoder, tmp_path: Path) -> None:
    matcher.save(tmp_path)
    loaded = Matcher.load(tmp_path, encoder)
    texts = [*(text for text, _ in EXAMPLES), "opning houers", "", "👋"]
    for before, after in zip(matcher.rank(texts), loaded.rank(texts)):
        assert [candidate.label for candidate in after.candidates] == [
            candidate.label for candidate in before.candidates
        ]
        assert np.allclose(
            [candidate.score for candidate in after.candidates],
            [candidate.score for candidate in before.candidates],
            atol=1e-4,
        )
        assert (after.band, after.best.matched) == (before.band, before.best.matched)
    assert loaded.summary() == matcher.summary()


def test_a_saved_matcher_repairs_spelling_and_tells_waits_as_before(encoder: Encoder, tmp_path: Path) -> None:
    fitted = Matcher.fit([*EXAMPLES, *WAITS], encoder, long_wait=28)
    fitted.several = SeveralQuestions((0.25,) * 9, -0.5, 0.75)
    fitted.foresight = Foresight((0.5,) * 21, -1.0, 0.25)
    fitted.save(tmp_path)
    loaded = Matcher.load(tmp_path, encoder)
    for text in ("my parcell is late", "my parcel, whereismyparcel", "LATE book", ""):
        assert loaded.spoken(text) == fitted.spoken(text)
    for weeks in range(1, 12):
        text = f"I have been waiting for {weeks} weeks"
        assert rank(loaded, text).best.label == rank(fitted, text).best.label
        assert rank(loaded, text).best.score == pytest.approx(rank(fitted, text).best.score, abs=1e-4)
    assert (loaded.labels, loaded.phrases, loaded.calibration) == (fitted.labels, fitted.phrases, fitted.calibration)
    assert (loaded.several, loaded.foresight) == (fitted.several, fitted.foresight)
    assert loaded.several.likelihood(PAIR) == fitted.several.likelihood(PAIR) > 0


def test_a_loaded_matcher_is_saved_as_it_was(matcher: Matcher, encoder: Encoder, tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "second"
    first.mkdir()
    second.mkdir()
    matcher.save(first)
    Matcher.load(first, encoder).save(second)
    for file in first.glob("*.json"):
        assert (second / file.name).read_text(encoding="utf-8") == file.read_text(encoding="utf-8")


def test_nothing_in_a_saved_matcher_is_executable(matcher: Matcher, tmp_path: Path) -> None:
    matcher.save(tmp_path)
    assert {file.suffix for file in tmp_path.iterdir()} == {".json", ".npz"}
    for file in tmp_path.glob("*.npz"):
        with np.load(file, allow_pickle=False) as arrays:
            assert all(arrays[name].dtype == np.float32 for name in arrays.files)
