"""Claims planted in the running desk's database; failed attempts count per reference and address, so there are several."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.core.claims import ClaimState
from tests.claims import SUBMITTED
from tests.promotions import lenovo_like

PROMOTION = lenovo_like().key

VALIDATED = replace(
    SUBMITTED,
    reference="LEN-730418",
    email="faktura@hjelmsund.example",
    state=ClaimState.VALIDATED,
    validated_on=date(2023, 12, 1),
    invoice_number="INV-2023/0042",
)
PAID = replace(
    VALIDATED, reference="LEN-264957", email="post@solberga.example", state=ClaimState.PAID, paid_on=date(2023, 12, 11)
)
GUARDED = replace(SUBMITTED, reference="LEN-581036", email="kontor@tveitdal.example")
"""Asked for with another address only."""
LEAVING = replace(VALIDATED, reference="LEN-640217", email="sigrid@tveitaker.example")
"""Of somebody who wants to be erased."""
UNKNOWN_REFERENCE = "LEN-119403"
CLAIMS = (VALIDATED, PAID, GUARDED, LEAVING)
