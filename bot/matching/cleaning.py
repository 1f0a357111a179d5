"""Makes typed text presentable: no control characters, no endless repetitions, no e-mail trimmings."""

from __future__ import annotations

import re
import unicodedata

from bot.core.lengths import LONGEST_MESSAGE

_LONGEST_INPUT = 20_000
_REPEATED_CHARACTER = re.compile(r"([^\W\d]|[^\w\s])\1{3,}")
_REPEATED_WORD = re.compile(r"\b([^\W\d_]{1,40})((?:\W{1,3}\1\b){2})(?:\W{1,3}\1\b)+", re.IGNORECASE)
_REPEATED_MARK = re.compile(
    r"([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]{2})[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u20d0-\u20ff]+"
)
_UNSEEN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))

_ORIGINAL = re.compile(
    r"^\W{0,3}-{2,}\s*(?:original message|forwarded message|oprindelig meddelelse|videresendt meddelelse"
    r"|ursprungligt meddelande"
    r"|vidarebefordrat meddelande|opprinnelig melding|videresendt melding)\b",
    re.IGNORECASE,
)
_WROTE = re.compile(r"^(?:on|den|d\.|på|am)\s.{4,160}\b(?:wrote|skrev)\b.{0,80}:\s*$", re.IGNORECASE)
_HEADER = re.compile(
    r"^(?:from|sent|to|cc|date|reply-to|fra|sendt|til|kopi|dato|från|skickat|till|kopia|datum)\s?:\s?\S",
    re.IGNORECASE,
)
_SUBJECT = re.compile(r"^(?:subject|emne|ämne)\s?:\s?(?:(?:re|fwd?|sv|vs|vb)\s?:\s?)*(?P<subject>.+)$", re.IGNORECASE)
_GREETING = re.compile(
    r"^(?:(?:dear|kære|kæra|kära|kjære)\b[^,\n!.?:]{0,40}[,!.:\n]+"
    r"|to whom it may concern\b[,!.:\n]*"
    r"|(?:hi|hello|hey|hiya|hej|hejsan|hei|heisann|hallo|god ?dag|good (?:morning|afternoon|evening|day)"
    r"|god (?:morgen|morgon|aften|kväll)"
    r"|greetings)\b(?:\s(?:there|all|again|everyone|everybody|team|folks|support|igen|alle|alla)\b){0,2}"
    r"(?:(?:\s(?-i:[A-ZÆØÅÄÖ])[\w-]{1,20}){1,2}[,!.:\n-]+|[\s,!.:\n-]+))\s*",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?:(?<=[.!?…])\s+|\n\s*)(?:(?:best|kind|warm|many)\s(?:regards|wishes|greetings)|regards"
    r"|yours (?:sincerely|faithfully|truly)|sincerely"
    r"|(?:med\s)?(?:venlig|vennlig|bedste|beste|mange)\s?hilse?n(?:er)?|hilsen"
    r"|(?:med\s)?vänlig(?:a)?\shälsning(?:ar)?|hälsningar|mvh|vh|bh"
    r"|sent from my|get outlook for|sendt fra min|skickat från min|cheers,|br,)(?!\w)[^?]{0,300}$"
    r"|\n\s*(?:many thanks|thanks|thank you|thx|tak|tack|takk|på forhånd tak|tack på förhand)[,.!]?\s*\n[^?\n]{0,60}$"
    r"|\n-- ?\n[^?]{0,300}$",
    re.IGNORECASE,
)


def clean_message(text: str) -> str:
    """What can be read of a message, at most 1,000 characters; blanks single, repetitions capped at three."""
    return _shorten(_readable(text))


def strip_mail(text: str) -> str:
    """The message without quoted lines, older mail, greeting and signature; its subject if nothing else is left."""
    readable = _readable(text)
    own, subject = _own_lines(readable)
    own = _without_frame(own)
    return _shorten(own or subject or readable)


def _readable(text: str) -> str:
    text = unicodedata.normalize("NFC", text[:_LONGEST_INPUT].replace("\r\n", "\n").replace("\r", "\n"))
    text = "".join(_visible(character) for character in text)
    text = unicodedata.normalize("NFC", _REPEATED_MARK.sub(r"\1", text))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
    return _REPEATED_WORD.sub(r"\1\2", _REPEATED_CHARACTER.sub(r"\1\1\1", text))


def _visible(character: str) -> str:
    if character in "\n ":
        return character
    if character.isspace():
        return "\n" if character in "\u2028\u2029\x85\x0b\x0c" else " "
    return "" if unicodedata.category(character) in _UNSEEN else character


def _shorten(text: str) -> str:
    """Cut between words where one ends near the limit."""
    if len(text) <= LONGEST_MESSAGE:
        return text
    cut = text[:LONGEST_MESSAGE]
    if not text[LONGEST_MESSAGE].isspace():
        shorter = re.sub(r"\s\S{0,60}$", "", cut)
        cut = shorter or cut
    return cut.rstrip()


def _own_lines(text: str) -> tuple[str, str]:
    """What stands above an older mail, without quoted lines, and the first subject line."""
    lines = text.split("\n")
    subject = next((found["subject"] for line in lines if (found := _SUBJECT.match(line))), "")
    older = next((place for place, line in enumerate(lines) if _ORIGINAL.match(line) or _WROTE.match(line)), len(lines))
    own = [line for line in lines[:older] if not line.startswith(">")]
    return _without_headers(own), subject


def _without_headers(lines: list[str]) -> str:
    """One line such as "To: my firm" belongs to the message; several are the head of a mail."""
    headers = [line for line in lines if _HEADER.match(line) or _SUBJECT.match(line)]
    return "\n".join(line for line in lines if len(headers) < 2 or line not in headers).strip()


def _without_frame(text: str) -> str:
    """Without greeting and signature, unless nothing would be left."""
    for pattern in (_SIGN_OFF, _GREETING):
        rest = pattern.sub("", text, count=1).strip()
        if any(character.isalnum() for character in rest):
            text = rest
    return text
