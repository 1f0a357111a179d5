"""What the desk itself says in a conversation: small talk, the way to a person, and what it has not understood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.core import intents
from bot.core.contact_form import contact_form
from bot.core.faq import Faq
from bot.core.replies import Button, Reply, ReplyKind
from bot.core.turns import Turn
from bot.core.wording import Wording

_KINDS = {
    "hand_off": ReplyKind.HANDOFF,
    "hand_off_again": ReplyKind.HANDOFF,
    "complain": ReplyKind.HANDOFF,
    "complain_again": ReplyKind.HANDOFF,
    "did_not_help": ReplyKind.HANDOFF,
}
_WITH_FORM = frozenset(
    {
        *_KINDS,
        "bot_challenge",
        "out_of_scope",
        "left_open",
        "left_open_first",
        "not_understood_again",
        "not_understood_once_more",
        "did_you_mean",
        "did_you_mean_again",
        "did_you_mean_beside",
        "did_you_mean_beside_first",
        "desk_failed",
        "look_up_failed",
        "denied",
        "claim_still_open",
        "claim_put_aside",
    }
)
_LOOK_UPS = (intents.CLAIM_STATUS, intents.PAYMENT_TIMING, intents.PRODUCT_ELIGIBILITY)


def say(key: str, wording: Wording, *, buttons: Sequence[Button] = ()) -> Reply:
    """One of the desk's own sentences, with the contact form where it is offered."""
    links = (contact_form(wording),) if key in _WITH_FORM else ()
    return Reply(_KINDS.get(key, ReplyKind.NOTICE), wording.say(key), links=links, buttons=tuple(buttons))


def hand_over(wording: Wording, *, before: bool) -> Reply:
    """The contact form; in other words where it was offered before."""
    return say("hand_off_again" if before else "hand_off", wording)


def admit_not_understood(turn: Turn, misses: int, faq: Faq, wording: Wording) -> Reply:
    """Offer what comes nearest, or say that there is nothing; from the second miss in a row on with the contact form.

    ``misses`` counts this turn and those right before it; no two replies in a row are alike.
    """
    if turn.suggestions:
        key = "did_you_mean" if misses % 2 else "did_you_mean_again"
        return _offer(key, _choices(turn.suggestions, faq, wording), wording)
    if misses == 1:
        return say("not_understood", wording, buttons=_choices(_LOOK_UPS, faq, wording)[:-1])
    return say("not_understood_again" if misses % 2 == 0 else "not_understood_once_more", wording)


def beside_answers(turn: Turn, faq: Faq, wording: Wording) -> list[Reply]:
    """What is said of the questions in a message that have no answer, while others of it have one.

    Nobody is asked to say no: that would be taken as the answer to what a look-up asks next.
    """
    said = []
    before_look_up = "_first" if turn.intent in intents.TASKS and not turn.answers else ""
    if choices := _named(turn.suggestions, faq, wording):
        said.append(_offer(f"did_you_mean_beside{before_look_up}", choices, wording))
    if turn.leaves_open:
        said.append(say(f"left_open{before_look_up}", wording))
    return said


def _offer(key: str, choices: Sequence[Button], wording: Wording) -> Reply:
    return replace(say(key, wording, buttons=choices), kind=ReplyKind.SUGGESTIONS)


def _choices(labels: Sequence[str], faq: Faq, wording: Wording) -> list[Button]:
    return [*_named(labels, faq, wording), Button(wording.say("none_of_these"), f"intent:{intents.DENY}")]


def _named(labels: Sequence[str], faq: Faq, wording: Wording) -> list[Button]:
    return [_choice(label, faq, wording) for label in labels if label in faq or f"topic_{label}" in wording]


def _choice(label: str, faq: Faq, wording: Wording) -> Button:
    if label in faq:
        return Button(faq[label].question, f"faq:{label}")
    return Button(wording.say(f"topic_{label}"), f"intent:{label}")


def admit_failure(wording: Wording) -> Reply:
    """Something failed on the desk's side; the customer still gets a way on."""
    return say("desk_failed", wording)


def admit_no_look_up(wording: Wording) -> Reply:
    """What looks things up cannot be reached; everything else goes on."""
    return say("look_up_failed", wording)
