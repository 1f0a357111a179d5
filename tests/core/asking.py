"""What a message may ask and give, in which conversations, and what is made of it."""

from __future__ import annotations

from bot.core.ranking import Band, Candidate, Ranking
from bot.core.turn_context import CLAIM, PURCHASE, Context, Given
from bot.core.turns import Turn, take_turn

ASKED_FOR_CLAIM, ASKED_FOR_PURCHASE = Context(open_task=CLAIM), Context(open_task=PURCHASE, has_purchase=True)
TALKED_OF_PURCHASE = Context(has_purchase=True)
NOTHING, ANYWHERE = Given(), Context()
A_CLAIM, A_PURCHASE, AN_ASIDE = Given(claim=True), Given(purchase=True), Given(purchase_aside=True)
A_KIND = Given(purchase_kind=True)


def asks(label: str, score: float = 0.9, band: Band = Band.ANSWER, *, stranger: float = 0.0) -> Ranking:
    """A question whose best label leads over two others that hardly score."""
    others = (Candidate("serial_number_location", 0.04), Candidate("lost_invoice", 0.01))
    return Ranking("about it", (Candidate(label, score), *others), band, stranger)


def turn(*questions: Ranking, text: str = "so it is", given: Given = NOTHING, context: Context = ANYWHERE) -> Turn:
    return take_turn(text, questions, given, context)


def intent(*questions: Ranking, text: str = "so it is", given: Given = NOTHING, context: Context = ANYWHERE) -> str:
    return turn(*questions, text=text, given=given, context=context).intent
