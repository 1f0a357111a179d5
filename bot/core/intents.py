"""The intents: what a customer can want, as the matcher labels it and as Rasa's rules know it."""

from __future__ import annotations

FAQ = "faq"
"""Rasa's retrieval intent: an entry of the FAQ is ``faq/<id>`` in the training data and ``<id>`` everywhere else."""

CLAIM_STATUS = "claim_status"
PAYMENT_TIMING = "payment_timing_lookup"
PRODUCT_ELIGIBILITY = "product_eligibility"
TALK_TO_HUMAN = "talk_to_human"
CONTACT_SUPPORT = "contact_support"
GREET = "greet"
THANKS = "thanks"
GOODBYE = "goodbye"
BOT_CHALLENGE = "bot_challenge"
OUT_OF_SCOPE = "out_of_scope"

CANCEL = "cancel"
START_AFRESH = "start_afresh"
DID_NOT_HELP = "did_not_help"
COMPLAIN = "complain"
AFFIRM = "affirm"
DENY = "deny"
ANOTHER_CLAIM = "another_claim"
GIVE_CLAIM_DETAILS = "give_claim_details"
GIVE_PURCHASE_DETAILS = "give_purchase_details"
NOT_UNDERSTOOD = "nlu_fallback"
"""Rasa's own name for it, so that its tools know it too."""

CLAIM_TASKS = frozenset({CLAIM_STATUS, PAYMENT_TIMING})
TASKS = CLAIM_TASKS | {PRODUCT_ELIGIBILITY}
HAND_OFFS = frozenset({TALK_TO_HUMAN, CONTACT_SUPPORT})
SMALL_TALK = frozenset({GREET, THANKS, GOODBYE, BOT_CHALLENGE})
DROPPING = frozenset({CANCEL, START_AFRESH})
"""Moves that drop what was begun; what is asked beside them is still asked."""
DIALOGUE_MOVES = DROPPING | frozenset(
    {
        ANOTHER_CLAIM,
        DID_NOT_HELP,
        COMPLAIN,
        AFFIRM,
        DENY,
        GIVE_CLAIM_DETAILS,
        GIVE_PURCHASE_DETAILS,
    }
)
"""Moves within a conversation: they mean something to the dialogue, and are no answer to a question."""
NOT_FAQ = TASKS | HAND_OFFS | SMALL_TALK | DIALOGUE_MOVES | {OUT_OF_SCOPE, NOT_UNDERSTOOD}


def label_of(intent: str) -> str:
    """``faq/<id>`` of the training data as the ``<id>`` used everywhere else."""
    return intent.removeprefix(f"{FAQ}/")


def is_faq(label: str) -> bool:
    """Whether a label is an entry of the FAQ."""
    return label not in NOT_FAQ
