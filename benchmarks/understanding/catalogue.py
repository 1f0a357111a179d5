"""Every variant there is: the chosen one first, and those that lost to it, because they are why it is what it is."""

from __future__ import annotations

from benchmarks.understanding import answers, classical, kernels, matchers, tuned
from benchmarks.understanding.model import CHOSEN, Variant

VARIANTS = (
    Variant(CHOSEN, "the desk's own: ridge regression over meaning, letters and words", matchers.learn_chosen),
    Variant("ridge-exact", "its kernel against all phrases, without landmarks", kernels.learn_exact),
    Variant("ridge-linear", "the cosine of the vectors for its kernel of the meaning", kernels.learn_linear),
    Variant("ridge-no-spelling", "misspelt words stay as they are", matchers.without_spelling),
    Variant(
        "ridge-repaired-training", "the phrases are repaired too, not only messages", matchers.with_repaired_phrases
    ),
    Variant("ridge-no-waits", "no word for how long a named wait is", matchers.without_waits),
    Variant("ridge-meaning-only", "sentence vectors without letters and words", kernels.learn_meaning),
    Variant("ridge-surface-only", "letters and words without sentence vectors", kernels.learn_surface),
    Variant("logistic", "logistic regression over vectors, letters and words", classical.learn_logistic),
    Variant("logistic-meaning", "logistic regression over vectors alone", classical.learn_logistic_meaning),
    Variant("nearest", "the highest cosine to a phrase of the label", classical.learn_nearest),
    Variant("logistic-times-nearest", "the root of the product of the two", classical.learn_product),
    Variant("answers-as-evidence", "ridge, and half the cosine to the approved answer", answers.learn_with_answers),
    Variant(
        "threshold-only", "ridge without phrases of strangers: they are told by a low score", matchers.without_strangers
    ),
    Variant("no-nordic", "ridge without Danish, Norwegian and Swedish phrases", matchers.without_nordic),
    Variant("tuned-encoder", "ridge on an encoder fine-tuned on the phrases", tuned.learn_tuned, is_slow=True),
)
BY_NAME = {variant.name: variant for variant in VARIANTS}
