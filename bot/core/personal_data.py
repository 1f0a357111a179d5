"""Hides what identifies a person before it is logged or kept: addresses, references, account and phone numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.core.folding import fold
from bot.core.promotion import ReferenceFormat
from bot.core.written_forms import email_spans, reference_pattern

EMAIL_ADDRESS = "‹e-mail address›"
CLAIM_REFERENCE = "‹claim reference›"
ACCOUNT_NUMBER = "‹account number›"
CARD_NUMBER = "‹card number›"
PHONE_NUMBER = "‹phone number›"
NUMBER = "‹number›"

Span = tuple[int, int, str]

_IBAN_LENGTHS = {
    "AT": 20, "BE": 16, "BG": 22, "CH": 21, "CY": 28, "CZ": 24, "DE": 22, "DK": 18, "EE": 20, "ES": 24,
    "FI": 18, "FO": 18, "FR": 27, "GB": 22, "GL": 18, "GR": 27, "HR": 21, "HU": 28, "IE": 22, "IS": 26,
    "IT": 27, "LI": 21, "LT": 20, "LU": 20, "LV": 21, "MC": 27, "MT": 31, "NL": 18, "NO": 15, "PL": 28,
    "PT": 25, "RO": 24, "SE": 24, "SI": 19, "SK": 24, "SM": 27, "TR": 26, "UA": 29,
}  # fmt: skip
_IBAN_START = re.compile(r"(?<![A-Za-z0-9])([A-Za-z]{2})[ -]?\d[ -]?\d")
_CURRENCY = r"(?:kr\.?|dkk|sek|nok|isk|eur|euro|usd|€|\$|£)"
_KEPT = re.compile(
    rf"""(?<![\d.,/-])(?:
        \d{{4}}([-/.])\d{{1,2}}\1\d{{1,2}}                         # 2023-10-05
      | \d{{1,2}}([-/.])\d{{1,2}}\2(?:\d{{4}}|\d{{2}})             # 5/10/2023, 05.10.23
    )(?![\d]|[-/.,]\d)
    | (?<!\w){_CURRENCY}[ ]?\d{{1,3}}(?:[., ]?\d{{3}}){{0,3}}(?:[.,]\d{{1,2}})?(?!\d)      # kr 3.150
    | (?<![\w.,])\d{{1,3}}(?:[., ]?\d{{3}}){{0,3}}(?:[.,]\d{{1,2}})?[ ]?{_CURRENCY}(?!\w)  # 3 150,00 kr
    | (?<!\w)(?:19|20)\d\d(?:[ ,/-]{{1,2}}(?:19|20)\d\d){{0,4}}(?![\w]|[ .-]\d)            # years
    """,
    re.IGNORECASE | re.VERBOSE,
)
_PART_NUMBER = re.compile(r"(?<![A-Za-z0-9])(?=\d{0,5}[A-Za-z])(?=[A-Za-z]{0,6}\d)[A-Za-z0-9]{5,16}(?![A-Za-z0-9])")
_GROUPED_DIGITS = re.compile(r"(?<![\d])(?:\+|\(\+?)?\d(?:[ ().\-/]{0,2}\d){5,33}(?!\d)")
_ACCOUNT_WORD = re.compile(
    r"(?:account|acc?t|konto|reg\.?(?: ?nr)?|bank ?giro|plus ?giro|clearing|iban)[a-zåäöæø]{0,8}\.?[^\d\n]{0,16}$",
    re.IGNORECASE,
)
_PHONE_WORD = re.compile(
    r"(?:phone|tel|tlf|tfn|mob|mobil\w{0,6}|call(?: me)?(?: on)?|ring(?:e|a)?)[\w.]{0,8}[^\d\n]{0,12}$",
    re.IGNORECASE,
)
_NORDIC_ACCOUNT = re.compile(r"\d{4}[. ]\d{2}[. ]\d{5}|\d{4}[- ]\d{7,10}")
_SPACED_PHONE = re.compile(
    r"\d{2}(?:[ .-]\d{2}){3}|\d{3} \d{2} \d{3}|0\d{1,3}[ /-]\d(?:[ -]?\d){4,8}|\(\d{3}\) ?\d{3}-\d{4}|\d{4} \d{4}"
)
_LONG_RUN = re.compile(r"\d{6}")


def mask_personal_data(text: str, reference_format: ReferenceFormat) -> str:
    """The text with placeholders; dates, quantities, amounts and part numbers stay. Masking twice changes nothing."""
    for _ in range(3):
        masked = _mask_once(text, reference_format)
        if masked == text:
            break
        text = masked
    return text


def _mask_once(text: str, reference_format: ReferenceFormat) -> str:
    plain = fold(text)
    found: list[Span] = []
    for search in (_emails, lambda rest: _references(rest, reference_format), _ibans, _numbers):
        newly_found = list(search(plain))
        plain = _replace(plain, [(start, end, "\0" * (end - start)) for start, end, _ in newly_found])
        found += newly_found
    return _replace(text, sorted(found))


def _replace(text: str, spans: list[Span]) -> str:
    """The text with every span (in order, not overlapping) replaced."""
    parts: list[str] = []
    place = 0
    for start, end, instead in spans:
        parts += (text[place:start], instead)
        place = end
    return "".join((*parts, text[place:]))


def _emails(text: str) -> list[Span]:
    return [(start, end, EMAIL_ADDRESS) for start, end in email_spans(text)]


def _references(text: str, reference_format: ReferenceFormat) -> list[Span]:
    """Also with digits missing or too many: a mistyped reference is as personal."""
    exact = [(*match.span(), CLAIM_REFERENCE) for match in reference_pattern(reference_format).finditer(text)]
    rest = _replace(text, [(start, end, "\0" * (end - start)) for start, end, _ in exact])
    mistyped = reference_pattern(reference_format, least=4, most=12).finditer(rest)
    return sorted(exact + [(*match.span(), CLAIM_REFERENCE) for match in mistyped])


def _ibans(text: str) -> list[Span]:
    """Known by their country's length, not by their check digits: a mistyped one is as personal."""
    found: list[Span] = []
    for match in _IBAN_START.finditer(text):
        end = _end_of_iban(text, match.start(), _IBAN_LENGTHS.get(match.group(1).upper(), 0))
        if end and (not found or match.start() >= found[-1][1]):
            found.append((match.start(), end, ACCOUNT_NUMBER))
    return found


def _end_of_iban(text: str, start: int, length: int) -> int | None:
    place, seen, digits, gap = start, 0, 0, 0
    while seen < length and place < len(text):
        character = text[place]
        if character.isascii() and character.isalnum():
            seen, gap = seen + 1, 0
            digits += character.isdigit()
        elif character in " -." and gap == 0:
            gap = 1
        else:
            return None
        place += 1
    whole = seen == length and digits >= 10 and not text[place : place + 1].isalnum()
    return place if whole else None


def _numbers(text: str) -> Iterator[Span]:
    readable = _PART_NUMBER.sub(_blank_without_long_run, _KEPT.sub(lambda kept: "\0" * len(kept.group()), text))
    for match in _GROUPED_DIGITS.finditer(readable):
        placeholder = _kind_of_number(match.group(), readable[max(0, match.start() - 32) : match.start()])
        if placeholder:
            yield match.start(), match.end(), placeholder


def _blank_without_long_run(token: re.Match[str]) -> str:
    return token.group() if _LONG_RUN.search(token.group()) else "\0" * len(token.group())


def _kind_of_number(written: str, before: str) -> str | None:
    digits = re.sub(r"\D", "", written)
    if _ACCOUNT_WORD.search(before) or _NORDIC_ACCOUNT.fullmatch(written):
        return ACCOUNT_NUMBER
    if 13 <= len(digits) <= 19 and digits[0] != "0" and _passes_luhn(digits):
        return CARD_NUMBER
    if written.lstrip("(").startswith(("+", "00")) or _PHONE_WORD.search(before) or _SPACED_PHONE.fullmatch(written):
        return PHONE_NUMBER
    if len(digits) >= 9 or _LONG_RUN.search(written):
        return NUMBER
    return None


def _passes_luhn(digits: str) -> bool:
    doubled = [int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(digits))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0
