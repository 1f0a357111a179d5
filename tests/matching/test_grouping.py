"""Questions that ask the same find each other, by the model that answers customers."""

from __future__ import annotations

import time

import numpy as np
import pytest

from bot.core.gap_groups import GroupedTexts
from bot.core.lengths import MOST_GROUPED
from bot.core.ranking import Band
from bot.matching.encoder import Encoder
from bot.matching.grouping import Grouping
from bot.matching.matcher import Matcher
from tests.matching.library import EXAMPLES

ASKED = {
    "charity": (
        "can I give the cashback to charity", "could the money be donated to a charity instead",
        "is it possible to donate my cashback",
    ),
    "app": ("is there an app for this", "do you have a mobile app", "can i claim in an app on my phone", "app for iphone?"),
    "leasing": ("can I claim if I lease the monitor", "we lease our docks, do we get cashback", "leasing ok?", "does a leased product qualify"),
    "warranty": ("how long is the warranty", "does the dock have a guarantee", "warranty on the mouse"),
    "weather": ("what's the weather tomorrow", "weather forecast please", "will it rain in Oslo"),
    "joke": ("tell me a joke", "do you know any jokes", "say something funny"),
    "upload": ("the upload fails", "I can't upload my invoice, error", "uploading the file does not work"),
    "vat": ("is the cashback incl. vat", "is VAT included in the discount", "do I have to pay tax on the cashback"),
    "moon": ("is the moon made of cheese",),
    "colour": ("why is the website purple",),
}  # fmt: skip
"""Ten questions nobody has an answer for, in words that nothing was chosen by."""
TEXTS = [text for texts in ASKED.values() for text in texts]
TRUTH = [name for name, texts in ASKED.items() for _ in texts]


@pytest.fixture(scope="module")
def grouping(trained_matcher: Matcher) -> Grouping:
    return Grouping(trained_matcher)


def agreement(truth: list[str], groups: tuple[tuple[int, ...], ...]) -> tuple[float, float]:
    """Precision and recall of B-cubed: how much of a text's group belongs there, and how much of what belongs there is."""
    group_of = {number: set(group) for group in groups for number in group}
    same = [{other for other, name in enumerate(truth) if name == own} for own in truth]
    shared = [len(group_of[number] & same[number]) for number in range(len(truth))]
    precision = np.mean([count / len(group_of[number]) for number, count in enumerate(shared)])
    recall = np.mean([count / len(same[number]) for number, count in enumerate(shared)])
    return float(precision), float(recall)


def test_wordings_of_one_question_come_together_and_others_stay_apart(grouping: Grouping) -> None:
    precision, recall = agreement(TRUTH, grouping.group(TEXTS).groups)

    assert precision >= 0.9
    assert recall >= 0.7


def test_the_vectors_as_they_come_would_do_worse(
    grouping: Grouping, trained_matcher: Matcher, encoder: Encoder
) -> None:
    from sklearn.cluster import AgglomerativeClustering

    vectors = encoder.encode([trained_matcher.spoken(text) for text in TEXTS])
    distances = np.clip(1 - vectors @ vectors.T, 0, 2)
    best = 0.0
    for threshold in np.arange(0.3, 0.9, 0.05):
        joining = AgglomerativeClustering(
            n_clusters=None, affinity="precomputed", linkage="average", distance_threshold=threshold
        ).fit_predict(distances)
        groups = tuple(tuple(np.flatnonzero(joining == group)) for group in range(joining.max() + 1))
        best = max(best, harmonic(*agreement(TRUTH, groups)))

    assert harmonic(*agreement(TRUTH, grouping.group(TEXTS).groups)) > best


def harmonic(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall)


def test_every_text_is_in_one_group_and_a_lone_one_in_its_own(grouping: Grouping) -> None:
    grouped = grouping.group(TEXTS)

    assert sorted(number for group in grouped.groups for number in group) == list(range(len(TEXTS)))
    assert (TEXTS.index("is the moon made of cheese"),) in grouped.groups
    assert grouping.group(["only one"]).groups == ((0,),)
    assert grouping.group([]) == GroupedTexts((), ())


def test_the_first_of_a_group_is_the_one_in_its_middle(grouping: Grouping) -> None:
    texts = ["do you have an app", "is there an app", "have you got an app on my phone for this thing at all"]
    (group,) = grouping.group(texts).groups

    assert texts[group[0]] != texts[2]


def test_a_text_is_told_its_nearest_entry_its_band_and_its_language(grouping: Grouping) -> None:
    known, strange, danish = grouping.group(
        ["how long does it take to get the discount", "tell me a joke", "hvornår kommer pengene?"]
    ).readings

    assert (known.label, known.band) == ("how_long_for_discount", Band.ANSWER)
    assert known.score > 0.6 and known.matched
    assert strange.band is Band.NONE
    assert 0.0 <= strange.score < 0.5
    assert (known.language, danish.language) == ("en", "da")


def test_a_known_text_costs_nothing_the_second_time_and_comes_out_the_same(grouping: Grouping) -> None:
    first = grouping.group(TEXTS)
    encoded: list[str] = []
    inner, grouping._encoder._encoder = grouping._encoder._encoder, Counting(encoded)
    try:
        assert grouping.group(TEXTS) == first
    finally:
        grouping._encoder._encoder = inner

    assert encoded == []


class Counting(Encoder):
    """An encoder that only notes what it is asked for."""

    def __init__(self, asked: list[str]) -> None:
        self._asked = asked

    def encode(self, texts):  # type: ignore[no-untyped-def]
        self._asked.extend(texts)
        raise AssertionError("nothing was to be encoded")


def test_texts_of_any_kind_are_grouped(grouping: Grouping) -> None:
    texts = ["", "?", "‹claim reference›", "x" * 1000, "🐟🐟🐟", "\n\n", "<script>alert(1)</script>", "aaaa " * 200]

    assert sum(map(len, grouping.group(texts).groups)) == len(texts)


def test_two_thousand_known_texts_are_grouped_within_three_seconds_of_work(
    grouping: Grouping, trained_matcher: Matcher
) -> None:
    texts = list(dict.fromkeys(text for text, _ in trained_matcher.phrases[::5]))[:MOST_GROUPED]
    assert len(texts) == MOST_GROUPED
    # What a text means is read once and remembered: the vectors of this test are those of the training.
    vectors = dict(zip((text for text, _ in trained_matcher.phrases), trained_matcher.phrase_vectors))
    reading = grouping.group(["x"]).readings[0]
    weighed = grouping._weighed(np.stack([vectors[text] for text in texts]))
    grouping._read |= {text: (reading, vector) for text, vector in zip(texts, weighed)}
    began = time.process_time()
    grouped = grouping.group(texts)

    assert time.process_time() - began < 3.0
    assert 200 < len(grouped.groups) < MOST_GROUPED


def test_a_promotion_with_a_handful_of_phrases_can_be_grouped_too(encoder: Encoder) -> None:
    small = Grouping(Matcher.fit(EXAMPLES, encoder))
    texts = ["at what time do you open", "when is the library open", "do I pay for a late book", "fee for late books?"]
    precision, _ = agreement(["hours", "hours", "fee", "fee"], small.group(texts).groups)

    assert precision == 1.0
