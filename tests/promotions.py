"""Two promotions to test with: one whose page contradicts itself, and an invented one elsewhere whose page does not."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from bot.core.promotion import CountedFact, DatedFact, Promotion, Reading, ReferenceFormat, StatedFact

DATE_ENTRIES = ("when_can_i_claim", "forgot_to_claim_in_period", "date_not_in_dropdown")


def lenovo_like() -> Promotion:
    """Two ends of the purchase period (30 November, 31 December 2023), two last days to claim (31 December 2023, 31 January 2024)."""
    return Promotion(
        key="lenovo-accessories-2023",
        name="Lenovo IT accessories Promotion",
        time_zone=ZoneInfo("CET"),
        claim_reference=ReferenceFormat(prefix="LEN", digits=6),
        demonstration_date=date(2023, 12, 15),
        purchases_from=DatedFact(
            (Reading(date(2023, 5, 22), ("how_to_qualify", "when_can_i_claim", "date_not_in_dropdown")),)
        ),
        purchases_until=DatedFact(
            (
                Reading(date(2023, 11, 30), ("when_can_i_claim", "date_not_in_dropdown")),
                Reading(date(2023, 12, 31), ("how_to_qualify",)),
            )
        ),
        claims_until=DatedFact(
            (Reading(date(2023, 12, 31), DATE_ENTRIES), Reading(date(2024, 1, 31), ("how_to_qualify",))),
        ),
        products_per_claim=CountedFact(15, ("max_products_per_claim",)),
        cashback_in_total=StatedFact("kr 3.150", ("more_than_one_claim",)),
        payment_days=CountedFact(45, ("how_long_for_discount",)),
        bank_days=CountedFact(5, ("how_long_for_discount",)),
        contact_after_days=CountedFact(50, ("discount_not_received_50_days",)),
        who_may_claim=StatedFact("Lenovo business end-user customers only", ("who_can_use_promotion",)),
        third_party_claims=StatedFact("third party claims are not allowed", ("pay_to_someone_else",)),
        refused_sellers=StatedFact("bought it directly from a distributor", ("what_is_reseller",)),
        accepted_documents=StatedFact("an invoice with your name and address", ("lost_invoice",)),
        refused_documents=StatedFact("delivery notes and order confirmations", ("invoice_vs_order_confirmation",)),
        product_list=StatedFact(
            "For a list of all eligible Qualifying Product please refer to the website.",
            ("which_product_to_buy",),
        ),
    )


def undisputed() -> Promotion:
    """Every date given once; another country, currency, year, limits and entry ids, so that nothing can be hard-coded."""
    return Promotion(
        key="almena-lamps-2025",
        name="Almena desk lamp cashback",
        time_zone=ZoneInfo("Atlantic/Canary"),
        claim_reference=ReferenceFormat(prefix="ALM", digits=5),
        demonstration_date=date(2025, 4, 10),
        purchases_from=DatedFact((Reading(date(2025, 3, 3), ("lamp_dates",)),)),
        purchases_until=DatedFact((Reading(date(2025, 6, 15), ("lamp_dates", "lamp_late")),)),
        claims_until=DatedFact((Reading(date(2025, 7, 31), ("lamp_late",)),)),
        products_per_claim=CountedFact(4, ("lamps_per_claim",)),
        cashback_in_total=StatedFact("€ 240", ("lamp_claims",)),
        payment_days=CountedFact(30, ("lamp_payment",)),
        bank_days=CountedFact(3, ("lamp_payment",)),
        contact_after_days=CountedFact(33, ("lamp_payment_late",)),
        who_may_claim=StatedFact("companies that use the lamp themselves", ("lamp_buyers",)),
        third_party_claims=StatedFact("nobody can claim for another company", ("lamp_payee",)),
        refused_sellers=StatedFact("bought from a wholesaler", ("lamp_sellers",)),
        accepted_documents=StatedFact("an invoice made out to the company", ("lamp_invoice",)),
        refused_documents=StatedFact("offers and delivery notes", ("lamp_papers",)),
        product_list=StatedFact("the lamps on our list", ("lamp_list",)),
    )
