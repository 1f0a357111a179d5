"""The names under which Rasa's rules call for a reply; what each says is decided when it is said."""

from __future__ import annotations

ANSWERS = "utter_answers"
HAND_OFF = "utter_hand_off"
NOT_UNDERSTOOD = "utter_not_understood"

PLAIN = {
    "utter_greet": "greet",
    "utter_thanks": "thanks",
    "utter_goodbye": "goodbye",
    "utter_bot_challenge": "bot_challenge",
    "utter_did_not_help": "did_not_help",
}
"""Utterances that are one sentence of ``faq/replies/``, by its key."""
OUT_OF_SCOPE = "utter_out_of_scope"
COMPLAIN = "utter_complain"

UTTERANCES = (ANSWERS, HAND_OFF, NOT_UNDERSTOOD, OUT_OF_SCOPE, COMPLAIN, *PLAIN)
