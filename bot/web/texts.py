"""How texts become HTML: paragraphs at blank lines, and links inside the words that name them."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from bot.core.contact_form import CLICK_HERE
from bot.core.replies import Link


def add_filters(environment: Environment) -> None:
    """Make these available to the templates."""
    environment.filters["paragraphs"] = paragraphs
    environment.filters["safe_links"] = safe_links
    environment.filters["apart"] = links_apart


def paragraphs(text: str, links: Iterable[Link] = ()) -> Markup:
    """The text in paragraphs, escaped; a link whose label stands in the text is set there."""
    inside = safe_links(links)
    parts = [part for part in text.split("\n\n") if part.strip()]
    return Markup("\n").join(Markup("<p>{}</p>").format(_linked(part, inside)) for part in parts)


def safe_links(links: Iterable[Link]) -> list[Link]:
    """The links that lead to this site or to an https address; any other is left out."""
    return [link for link in links if _is_safe(link.url)]


def links_apart(links: Iterable[Link], text: str) -> list[Link]:
    """The links that have no place inside the text."""
    return [link for link in safe_links(links) if link.label not in text]


def anchor(link: Link) -> Markup:
    """The link; one that only says CLICK HERE also says for what."""
    if link.label == CLICK_HERE:
        named = Markup('<a href="{}" aria-label="{} to open the contact form">{}</a>')
        return named.format(link.url, link.label, link.label)
    return Markup('<a href="{}">{}</a>').format(link.url, link.label)


def _linked(text: str, links: list[Link]) -> Markup:
    for position, link in enumerate(links):
        before, found, after = text.partition(link.label)
        if found:
            others = links[:position] + links[position + 1 :]
            return _linked(before, others) + anchor(link) + _linked(after, others)
    return Markup("<br>").join(text.split("\n"))


def _is_safe(url: str) -> bool:
    if url.startswith("/"):
        return not url.startswith(("//", "/\\"))
    return urlsplit(url).scheme == "https"
