"""What a try says of figures and questions, counted on fingers."""

from __future__ import annotations

import json

from bot.core.evaluation import LabelledQuestion, Prediction
from bot.core.floors import Floor
from bot.core.ranking import Band
from bot.core.tries import Comparison, Outcome, PhraseOutcome, TryResult
from bot.core.verdicts import compare, goodness, verdict

ANSWER, SUGGEST, NONE = Band.ANSWER, Band.SUGGEST, Band.NONE


def made(*labels: str, band: Band = ANSWER, then: tuple[str, ...] = ()) -> Prediction:
    return Prediction(labels, band, tuple((label, 0.5) for label in (*labels, *then)))


FEE = LabelledQuestion("what does it cost", ("fee",), kind="plain")
HOURS = LabelledQuestion("when do you open", ("hours",), kind="plain")
MOON = LabelledQuestion("how far is the moon", ("out_of_scope",), kind="stranger")
BOTH = LabelledQuestion("when, and how much", ("hours", "fee"), kind="several")


def result(*comparisons: Comparison, **given: object) -> TryResult:
    nothing = {
        "label": "fee",
        "new_findings": (),
        "gone_findings": (),
        "stops_content": False,
        "phrases": (),
        "seconds": 3,
    }
    return TryResult(**{**nothing, "comparisons": comparisons, **given})  # type: ignore[arg-type]


def test_a_wrong_answer_is_worse_than_none_and_a_choice_with_the_right_one_better() -> None:
    ladder = [
        made("hours"), made(band=NONE), made("hours", band=SUGGEST, then=("fee",)), made("fee", band=SUGGEST), made("fee"),
    ]  # fmt: skip
    assert [goodness(FEE, one) for one in ladder] == [-1, 0, 1, 2, 3]
    assert [
        goodness(MOON, one) for one in (made("fee"), made("fee", band=SUGGEST), made("out_of_scope", band=NONE))
    ] == [-1, 0, 1]
    assert [goodness(BOTH, one) for one in (made(band=NONE), made("fee"), made("hours", "fee"))] == [0, 1, 2]


def test_questions_that_turn_are_told_from_those_handled_more_or_less_surely() -> None:
    before = [made("hours"), made("hours"), made("out_of_scope", band=NONE), made("fee")]
    after = [made("fee"), made("hours", band=SUGGEST), made("fee"), made("hours", "fee")]
    found = compare("development.yml", [FEE, HOURS, MOON, BOTH], before, after, label="fee")

    assert [(one.text, one.turns) for one in found.better] == [(FEE.text, True), (BOTH.text, True)]
    assert [(one.text, one.turns) for one in found.worse] == [(HOURS.text, False), (MOON.text, True)]
    assert verdict(result(found)) == [
        "Of 4 labelled questions it would improve 2 and break 1, and 1 more would be handled more or less surely. "
        "3 of them have to do with fee."
    ]
    assert [one.text for one in (*found.better, *found.worse) if not one.concerns] == [HOURS.text]


def test_figures_are_told_as_counts_and_which_of_them_get_worse() -> None:
    found = compare(
        "development.yml", [FEE, HOURS], [made("fee"), made("hours")], [made(band=NONE), made("hours")], label="fee"
    )
    told = {one.name: (one.hits_before, one.hits_after, one.of, one.is_worse) for one in found.figures}

    assert told == {
        "first choice right": (2, 1, 2, True),
        "right one among the first three": (2, 1, 2, True),
        "refused": (0, 1, 2, True),
    }


def test_only_bounds_that_were_kept_before_count_as_undercut() -> None:
    floors = [Floor("first choice right", at_least=0.9), Floor("strangers not answered", at_least=0.9)]
    before, after = [made("fee"), made("fee")], [made("hours"), made("fee")]
    found = compare("held_out.yml", [FEE, MOON], before, after, label="fee", floors=floors)

    assert found.undercut == ("first choice right: 0.0% (0 of 1), has to be at least 90.0%",)
    assert verdict(result(found))[-1] == "It falls below 1 bound of evaluation/floors.yml: a training would refuse it."


def test_what_is_not_known_is_not_claimed() -> None:
    assert verdict(result()) == ["This promotion has no labelled questions: nothing can be said about other questions."]
    same = compare("development.yml", [FEE], [made("fee")], [made("fee")], label="fee")
    assert verdict(result(same)) == ["None of 1 labelled question would be handled otherwise."]


def test_its_own_phrases_and_a_failed_check_are_told() -> None:
    own = PhraseOutcome("cost?", Outcome(("out_of_scope",), "none"), Outcome(("fee",), "answer"))

    assert verdict(result(phrases=(own,), stops_content=True)) == [
        "The check finds errors that are new: the content must not be used like this.",
        "This promotion has no labelled questions: nothing can be said about other questions.",
        "Its own 1 phrase: 0 taken as proposed now, 1 then.",
    ]
    assert verdict(result(phrases=(own,), label="out_of_scope"))[-1] == (
        "Its own 1 phrase: 1 taken as proposed now, 0 then."
    )


def test_a_result_survives_being_kept() -> None:
    found = compare(
        "development.yml", [FEE, BOTH], [made("hours"), made("fee")], [made("fee"), made("fee", "hours")], label="fee"
    )
    own = PhraseOutcome("cost?", Outcome(("out_of_scope",), "none"), Outcome(("fee",), "answer"))
    whole = result(found, phrases=(own,), new_findings=("faq/x.yml:1: error",), stops_content=True)

    assert TryResult.from_dict(json.loads(json.dumps(whole.as_dict()))) == whole
