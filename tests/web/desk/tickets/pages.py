"""How the pages of tickets are read."""

from __future__ import annotations

import re

from tests.web.conftest import Page


def words_of(html: str) -> str:
    return " ".join(Page(html).text.split())


def text_areas(html: str) -> dict[str, str]:
    """What stands in the page's boxes."""
    found = re.findall(r'<textarea id="(\w+)"[^>]*>\n?(.*?)</textarea>', html, re.DOTALL)
    return dict(found)
