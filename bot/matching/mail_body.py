"""What the sender of a mail has written newly: no older mails, no quoted lines, no headers, no signature."""

from __future__ import annotations

import re
import textwrap

from mailparser_reply import EmailReplyParser

from bot.core.lengths import LONGEST_MAIL
from bot.matching.cleaning import clean_message, strip_mail

LONGEST_LINE = 200
"""Longer lines are wrapped first: on them the patterns that look for the heads of older mails take minutes."""
WRAPPED_LINE = 45
"""A line at least this long goes on in the next one: mail programs wrap lines, people end them earlier."""
SIGN_OFF_LINE = 60
_LANGUAGES = ("en", "da", "sv")
_BLANK_LINES = re.compile(r"\n{3,}")
_LIST_ITEM = re.compile(r"^(?:[-*•·]|\(?\d{1,2}[.):]|\(?[a-h]\))\s")
_POSTSCRIPT = re.compile(r"^(?:p\.? ?s\b|nb\b)", re.IGNORECASE)
_BEFORE_SIGN_OFF = re.compile(r"^(?:with|mit|(?:many )?thanks (?:and|&))\s+", re.IGNORECASE)


def own_paragraphs(mail: str) -> list[str]:
    """The paragraphs and list items of the newest mail in their order, each on one line; all of it if nothing is left."""
    lines = [clean_message(line) for line in _wrapped(mail[:LONGEST_MAIL]).split("\n")]
    text = _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()
    own = [line for line in _newest(text).split("\n") if not line.startswith(">")]
    own = _without_sign_off(own) if any(own) else [line.lstrip("> ") for line in lines]
    return _paragraphs(own)


def _wrapped(text: str) -> str:
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(part for line in lines for part in (textwrap.wrap(line, LONGEST_LINE) or [""]))


def _newest(text: str) -> str:
    """The uppermost mail with words of its own; the library knows how mail programs head what they quote."""
    for reply in EmailReplyParser(languages=list(_LANGUAGES)).read(text).replies:
        body = reply.full_body
        for disclaimer in reply.disclaimers or ():
            body = body.replace(disclaimer, "")
        if any(character.isalnum() for line in body.split("\n") if not line.startswith(">") for character in line):
            return str(body)
    return text


def _without_sign_off(lines: list[str]) -> list[str]:
    """What stands above "Kind regards", and postscripts below it."""
    for place in range(1, len(lines)):
        if any(lines[:place]) and _is_sign_off(lines[place], lines[place + 1 : place + 2]):
            after = lines[place + 1 :]
            begins = next((at for at, line in enumerate(after) if _POSTSCRIPT.match(line)), len(after))
            return [*lines[:place], "", *after[begins:]]
    return lines


def _is_sign_off(line: str, following: list[str]) -> bool:
    """Whether the cleaning of chat messages would take the line for the beginning of a signature."""
    if not line or len(line) > SIGN_OFF_LINE:
        return False
    ending = "\n".join([_BEFORE_SIGN_OFF.sub("", line), *following])
    return strip_mail(f"Word.\n{ending}") == "Word."


def _paragraphs(lines: list[str]) -> list[str]:
    """Lines that go on in the next one joined; others stand for themselves."""
    paragraphs: list[str] = []
    goes_on = False
    for line in lines:
        if goes_on and line and not _LIST_ITEM.match(line):
            paragraphs[-1] = f"{paragraphs[-1]} {line}"
        elif line:
            paragraphs.append(line)
        goes_on = len(line) >= WRAPPED_LINE
    return [paragraph for paragraph in paragraphs if any(character.isalnum() for character in paragraph)]
