"""Invented claims to try the desk with: every state and every payment outlook, the same ones every time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from bot.core.claims import Claim, ClaimLine, ClaimState
from bot.core.promotion import Promotion
from bot.services.ports import Product

PLACES = (
    "Aalborg", "Bergen", "Esbjerg", "Gävle", "Hamar", "Horsens", "Joensuu", "Kalmar", "Kolding", "Larvik", "Luleå", "Molde",
    "Narvik", "Odense", "Porvoo", "Randers", "Skive", "Sundsvall", "Tønder", "Turku", "Umeå", "Vejle", "Västerås", "Ålesund",
)  # fmt: skip
TRADES = (
    "Arkitekter", "Bogbinderi", "Cykler", "Ejendomme", "Elteknik", "Fysioterapi", "Glasværk", "Kaffebrenneri", "Landmåling",
    "Maskinservice", "Optik", "Regnskab", "Rejser", "Snickeri", "Tandlæger", "Tekstil", "Trykkeri", "Tömrare",
)  # fmt: skip
MAILBOXES = (
    "bogholderi",
    "ekonomi",
    "faktura",
    "info",
    "it",
    "kontor",
    "kontoret",
    "mail",
    "post",
    "regnskab",
)
UNREADABLE = "The photo of the invoice is blurred, and the invoice number cannot be read."
WHAT_IS_MISSING = (
    UNREADABLE,
    "The second page of the invoice, with the products, was not uploaded.",
    "The buyer's address is cut off on the uploaded invoice.",
    "The serial number of one product was not entered.",
    "The bank details are incomplete.",
    "The name of the company in the form differs from the one on the invoice.",
)
WHY_REJECTED = (
    "The uploaded document is a delivery note and does not prove the purchase.",
    "The invoice is made out to another company, and third-party claims are not allowed.",
    "The product on the invoice is not on the list of qualifying products.",
    "The products were bought directly from a distributor.",
    "The invoice is dated before the purchase period.",
    "The serial number has been claimed before.",
)


_ASCII = {"å": "aa", "ä": "ae", "æ": "ae", "ö": "oe", "ø": "oe"}


@dataclass(frozen=True)
class _Kind:
    """How many claims of a state, and how many days ago their last step was."""

    state: ClaimState
    claims: int
    least_days_ago: int
    most_days_ago: int


def sample_claims(promotion: Promotion, products: Sequence[Product], around: date) -> list[Claim]:
    """About 200 claims as they might stand on that day, for the products given; none has a date after it."""
    random = Random(f"{promotion.key} {around}")
    kinds = [kind for kind in _kinds(promotion) for _ in range(kind.claims)]
    random.shuffle(kinds)
    companies = _companies(random)
    digits = promotion.claim_reference.digits
    numbers = random.sample(range(10 ** (digits - 1), 10**digits), len(kinds))
    claims = []
    for number, kind in zip(numbers, kinds, strict=True):
        company, email = next(companies)
        reference = promotion.claim_reference.join(str(number))
        lines = _lines(random, products, promotion.products_per_claim.value)
        claims.append(_claim(random, kind, around, reference, company, email, lines))
    return _with_invoice_numbers(claims, Random(f"invoices {promotion.key} {around}"))


def _kinds(promotion: Promotion) -> tuple[_Kind, ...]:
    payment, contact = promotion.payment_days.value, promotion.contact_after_days.value
    return (
        _Kind(ClaimState.SUBMITTED, 36, 0, 9),
        _Kind(ClaimState.MISSING_INFO, 22, 0, 0),
        _Kind(ClaimState.VALIDATED, 46, 0, payment - 1),
        _Kind(ClaimState.VALIDATED, 2, payment, payment),
        _Kind(ClaimState.VALIDATED, 8, payment + 1, contact),
        _Kind(ClaimState.VALIDATED, 6, contact + 1, contact + 6),
        _Kind(ClaimState.PAID, 58, 1, 2 * payment),
        _Kind(ClaimState.REJECTED, 22, 1, payment),
    )


def _claim(
    random: Random,
    kind: _Kind,
    around: date,
    reference: str,
    company: str,
    email: str,
    lines: tuple[ClaimLine, ...],
) -> Claim:
    last_step = around - timedelta(days=random.randint(kind.least_days_ago, kind.most_days_ago))
    validated_on = paid_on = rejected_on = None
    reason = ""
    submitted_on = last_step
    if kind.state is ClaimState.MISSING_INFO:
        reason, submitted_on = random.choice(WHAT_IS_MISSING), _earlier(random, last_step, 4, 25)
    elif kind.state is ClaimState.VALIDATED:
        validated_on, submitted_on = last_step, _earlier(random, last_step, 3, 14)
    elif kind.state is ClaimState.PAID:
        paid_on, validated_on = last_step, _earlier(random, last_step, 15, 40)
        submitted_on = _earlier(random, validated_on, 3, 14)
    elif kind.state is ClaimState.REJECTED:
        reason, rejected_on, submitted_on = (
            random.choice(WHY_REJECTED),
            last_step,
            _earlier(random, last_step, 5, 20),
        )
    return Claim(reference, email, kind.state, submitted_on, lines, company, validated_on, paid_on, rejected_on, reason)


def _with_invoice_numbers(claims: Sequence[Claim], random: Random) -> list[Claim]:
    """Most claims have one, each shop's in its own form; drawn apart, so that all else stays as it was."""
    numbers = random.sample(range(10_000, 100_000), len(claims))
    forms = ("{year}-{number}", "F{number}", "INV-{year}/{number}", "{year}{number}", "")
    numbered = []
    for claim, number in zip(claims, numbers):
        form = "" if claim.reason == UNREADABLE else random.choice(forms)
        numbered.append(replace(claim, invoice_number=form.format(year=claim.submitted_on.year, number=number)))
    return numbered


def _earlier(random: Random, day: date, least: int, most: int) -> date:
    return day - timedelta(days=random.randint(least, most))


def _lines(random: Random, products: Sequence[Product], limit: int) -> tuple[ClaimLine, ...]:
    """One to three products, seldom more than a few of each, within the limit for one claim."""
    chosen = random.sample(products, min(random.choice((1, 1, 1, 2, 2, 3)), len(products), limit))
    lines, left = [], limit
    for place, product in enumerate(chosen):
        quantity = min(random.choice((1, 1, 2, 2, 3, 4)), left - (len(chosen) - place - 1))
        amount = Decimal(random.choice((50, 75, 100, 125, 150))) * quantity
        lines.append(ClaimLine(product.name, quantity, amount))
        left -= quantity
    return tuple(lines)


def _companies(random: Random) -> Iterator[tuple[str, str]]:
    """Firms with their mailboxes, each one once."""
    firms = [(place, trade) for place in PLACES for trade in TRADES]
    random.shuffle(firms)
    for place, trade in firms:
        yield f"{place} {trade}", f"{random.choice(MAILBOXES)}@{_in_ascii(place)}-{_in_ascii(trade)}.example"


def _in_ascii(name: str) -> str:
    return "".join(_ASCII.get(letter, letter) for letter in name.lower())
