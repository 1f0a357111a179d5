"""What a message is weighed against: the details that it gives, and what the conversation was about when it came."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.personal_data import CLAIM_REFERENCE, EMAIL_ADDRESS
from bot.core.purchase import Purchase

CLAIM = "claim"
PURCHASE = "purchase"
DESCRIBING_FACTS = 2


@dataclass(frozen=True)
class Given:
    """Which details a message gives; their values live elsewhere."""

    claim: bool = False
    """A claim reference or an e-mail address."""
    purchase: bool = False
    """A product, a date or a seller of a purchase."""
    purchase_aside: bool = False
    """A buyer, a quantity or a document: worth keeping, but no reason to change the subject."""
    purchase_kind: bool = False
    """A kind of product without a name: enough where the product was asked for."""
    product: bool = False
    """A product by its name."""
    describes_purchase: bool = False
    """Several of product, day and seller: this is about one certain purchase."""


@dataclass(frozen=True)
class Context:
    """What the conversation was about when the message came."""

    open_task: str | None = None
    """``claim`` or ``purchase``, while something needed for it has been asked."""
    has_purchase: bool = False
    """A purchase has been talked about; its details are kept for follow-ups."""
    has_claim: bool = False
    """A claim has been looked up, or been asked for."""
    offered: bool = False
    """The desk's last reply offered suggestions."""


def given_by(text: str, purchase: Purchase) -> Given:
    """Which details a masked message gives, where ``purchase`` is what it tells of a purchase."""
    facts = (purchase.tells_product, bool(purchase.bought_on or purchase.date_readings), purchase.tells_seller)
    return Given(
        claim=CLAIM_REFERENCE in text or EMAIL_ADDRESS in text,
        purchase=purchase.tells_product or purchase.tells_date or purchase.tells_seller,
        purchase_aside=bool(purchase.buyer or purchase.quantity or purchase.document),
        purchase_kind=bool(purchase.kinds),
        product=bool(purchase.product or purchase.close),
        describes_purchase=sum(facts) >= DESCRIBING_FACTS,
    )
