"""What yes and no mean after what the desk has said."""

from __future__ import annotations

from datetime import date

from actions.yes_or_no import ActionConfirm, ActionDeny
from bot.core.purchase import Purchase, Seller
from bot.core.replies import ReplyKind
from bot.services.ports import LookupDetails
from tests.actions.running import CONVERSATION, WORDING, Fakes, Outcome, run, tracker
from tests.claims import PAID

DATED = Purchase(bought_on=date(2023, 8, 14), seller=Seller.SHOP, product_text="haldn dok", listed=False)


def offered(*names: str) -> Purchase:
    return DATED.merge(Purchase(product_text="haldn dok", listed=False, close=names))


def confirmed(
    purchase: Purchase | None = None, open_task: str | None = "purchase", fakes: Fakes | None = None
) -> Outcome:
    slots = {"purchase": purchase.as_dict() if purchase else None, "open_task": open_task}
    return run(ActionConfirm((fakes or Fakes()).desk()), tracker("affirm", **slots))


def denied(purchase: Purchase | None = None, open_task: str | None = "purchase") -> Outcome:
    slots = {"purchase": purchase.as_dict() if purchase else None, "open_task": open_task}
    return run(ActionDeny(Fakes().desk()), tracker("deny", **slots))


def test_yes_takes_the_one_product_that_was_offered() -> None:
    outcome = confirmed(offered("Halden Dock 7"))
    assert (outcome.purchase.product, outcome.purchase.listed) == ("Halden Dock 7", True)
    assert "this purchase qualifies" in outcome.text
    assert outcome.slots["open_task"] is None


def test_yes_to_several_products_chooses_none_of_them() -> None:
    outcome = confirmed(offered("Halden Dock 7", "Halden Dock 8"))
    assert outcome.replies[0].kind is ReplyKind.SUGGESTIONS
    assert outcome.purchase.product is None
    assert outcome.slots["open_task"] == "purchase"


def test_yes_in_the_middle_of_a_look_up_asks_for_what_is_missing() -> None:
    fakes = Fakes()
    fakes.lookups.keep(CONVERSATION, LookupDetails(email=PAID.email))
    outcome = confirmed(open_task="claim", fakes=fakes)
    assert "still need its reference" in outcome.text


def test_yes_to_nothing_in_particular_is_taken_kindly() -> None:
    outcome = confirmed(open_task=None)
    assert outcome.text == WORDING.say("affirmed")
    assert outcome.slots == {}


def test_no_to_the_products_that_were_offered_means_that_it_is_not_on_the_list() -> None:
    outcome = denied(offered("Halden Dock 7", "Halden Dock 8"))
    assert (outcome.purchase.listed, outcome.purchase.close) == (False, ())
    assert "not on the list" in outcome.text


def test_no_without_products_to_refuse_ends_what_was_open() -> None:
    for outcome in (denied(open_task="claim"), denied(open_task=None), denied(Purchase(quantity=2))):
        assert outcome.text == WORDING.say("denied")
        assert outcome.slots == {"open_task": None}
