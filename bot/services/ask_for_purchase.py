"""Ask for what is missing to say whether a purchase qualifies, or put the check aside when asking has not helped."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from bot.core.contact_form import contact_form
from bot.core.eligibility import Missing, Verdict
from bot.core.promotion import Promotion
from bot.core.purchase import Purchase
from bot.core.replies import Button, Reply, ReplyKind
from bot.core.wording import Wording, long_date, long_month
from bot.services.tell_verdict import listed, reasons

CLOSE_NAMES_OFFERED = 3
_OF_PRODUCT = (Missing.PRODUCT, Missing.WHICH_PRODUCT)
_WORDED_ALIKE = {Missing.WHICH_PRODUCT: Missing.PRODUCT, Missing.WHICH_DATE: Missing.BOUGHT_ON}


def still_to_ask(verdict: Verdict, unasked: Collection[Missing]) -> tuple[Missing, ...]:
    """What to ask for next; nothing where something that is not to be asked for is needed for any verdict."""
    if any(missing in unasked for missing in verdict.missing):
        return ()
    return (Missing.WHICH_PRODUCT,) if Missing.WHICH_PRODUCT in verdict.missing else verdict.missing


def ask_for(missing: Sequence[Missing], purchase: Purchase, verdict: Verdict, wording: Wording) -> Reply:
    """One question for all of it, with what can be chosen from as buttons."""
    if Missing.WHICH_PRODUCT in missing:
        return _ask_which_product(purchase, wording)
    sentences = []
    buttons: tuple[Button, ...] = ()
    if purchase.product and purchase.listed:
        sentences.append(wording.say("purchase_noted_product", product=purchase.product))
    if verdict.failing:
        sentences.append(reasons("purchase_noted_proof", verdict.failing, wording))
    things = [_thing(one, purchase, wording) for one in missing if one is not Missing.WHICH_DATE]
    if things:
        key = "purchase_ask_more" if _tells_anything(purchase) else "purchase_ask"
        sentences.append(wording.say(key, missing=listed(things, wording)))
    if Missing.WHICH_DATE in missing:
        first, second = purchase.date_readings
        sentences.append(wording.say("purchase_ask_which_date", first=first, second=second))
        buttons = tuple(Button(long_date(day), f"date:{day.isoformat()}") for day in purchase.date_readings)
    return Reply(ReplyKind.QUESTION, " ".join(sentences), buttons=buttons)


def put_aside(verdict: Verdict, purchase: Purchase, promotion: Promotion, wording: Wording) -> Reply:
    """What is still not known, where the products are listed, and the contact form."""
    things = [_thing(_WORDED_ALIKE.get(one, one), purchase, wording) for one in verdict.missing]
    text = wording.say("purchase_put_aside", missing=listed(things, wording))
    if any(one in verdict.missing for one in _OF_PRODUCT):
        text += " " + wording.say("purchase_put_aside_list", page=promotion.product_list.value)
    return Reply(ReplyKind.NOTICE, text, links=(contact_form(wording),))


def _ask_which_product(purchase: Purchase, wording: Wording) -> Reply:
    names = purchase.close[:CLOSE_NAMES_OFFERED]
    buttons = [Button(name, f"product:{name}") for name in names]
    buttons.append(Button(wording.say("purchase_none_of_these"), "product:"))
    if len(names) == 1:
        text = wording.say("purchase_did_you_mean_one", product=names[0])
    else:
        text = wording.say("purchase_did_you_mean" if purchase.product_text else "purchase_which_of_the_kind")
    return Reply(ReplyKind.SUGGESTIONS, text, buttons=tuple(buttons))


def _tells_anything(purchase: Purchase) -> bool:
    return purchase.tells_product or purchase.tells_date or purchase.tells_seller


def _thing(missing: Missing, purchase: Purchase, wording: Wording) -> str:
    month = {"month": long_month(*purchase.month)} if purchase.month else {}
    return wording.say(f"purchase_missing_{missing.value}", **month)
