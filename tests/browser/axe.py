"""What keeps people out of a page, as axe finds it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {
    "runOnly": {
        "type": "tag",
        "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }
}


def violations_of(page: Page) -> list[str]:
    """Rule and place of everything found. The page's browser needs ``bypass_csp``: axe brings a script of its own."""
    page.wait_for_load_state()  # what is clicked leads to a page that has its words before its style
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['target']} {node.get('failureSummary', '')}" for one in found for node in one["nodes"]]
