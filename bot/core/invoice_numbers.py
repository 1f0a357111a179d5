"""When two spellings of an invoice number are the same number."""

from __future__ import annotations

from bot.core.folding import fold

LONGEST_INVOICE_NUMBER = 60


def comparable_invoice_number(written: str) -> str:
    """The form in which they are compared, letters and digits only: ``inv 2023/0042`` is ``INV-2023-0042``."""
    return "".join(sign for sign in fold(written).casefold() if sign.isalnum())


def is_invoice_number(written: str) -> bool:
    """Whether it can be kept as one: not too long, on one line, and with something to compare."""
    is_shown = len(written) <= LONGEST_INVOICE_NUMBER and written.isprintable()
    return is_shown and bool(comparable_invoice_number(written))
