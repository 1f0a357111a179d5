"""Ole's claims, and a purchase that he asks about in the middle of a conversation."""

from __future__ import annotations

from datetime import date

from bot.core.claims import ClaimLine
from tests.conversations.world import claim

TODAY = date(2023, 9, 20)
VALIDATED = claim("LEN-351846", "ole@tinderik.example", date(2023, 9, 1), validated_on=date(2023, 9, 11))
PAID = claim(
    "LEN-446120",
    "ole@tinderik.example",
    date(2023, 6, 10),
    validated_on=date(2023, 6, 22),
    paid_on=date(2023, 7, 19),
    lines=(ClaimLine("Tarn Headset", 1),),
)
A_PURCHASE = "We bought a ThinkPad Bluetooth Silent Mouse in a shop for our company on 2 June 2023, does it qualify?"
QUALIFIES = "As far as the page's rules go, this purchase qualifies"
DOES_NOT = "This purchase does not qualify"
