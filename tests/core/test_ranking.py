"""How far the best label leads, with and without others."""

from __future__ import annotations

import pytest

from bot.core.ranking import Band, Candidate, Ranking

FIRST, SECOND, THIRD = Candidate("lost_invoice", 0.7), Candidate("affirm", 0.2), Candidate("greet", 0.1)
RANKING = Ranking("I lost it", (FIRST, SECOND, THIRD), Band.ANSWER, 0.05)


def test_the_margin_is_the_lead_over_the_second() -> None:
    assert RANKING.best is FIRST
    assert RANKING.margin == pytest.approx(0.5)


def test_a_label_without_a_rival_leads_by_all_it_scores() -> None:
    assert Ranking("I lost it", (FIRST,), Band.ANSWER, 0.0).margin == 0.7


def test_leaving_out_others_keeps_the_band_of_the_best() -> None:
    kept = RANKING.without(frozenset({"affirm"}))
    assert kept.candidates == (FIRST, THIRD)
    assert kept.band is Band.ANSWER
    assert (kept.text, kept.stranger_score) == (RANKING.text, RANKING.stranger_score)


def test_leaving_out_the_best_leaves_nothing_to_answer() -> None:
    kept = RANKING.without(frozenset({"lost_invoice"}))
    assert kept.best is SECOND
    assert kept.band is Band.NONE
