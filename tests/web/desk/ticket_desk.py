"""Tickets at the agents' desk over HTTP: opened by customers, looked at and changed in agents' browsers."""

from __future__ import annotations

from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser

HOSTILE = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>',
    "' onmouseover='alert(1)",
    "</textarea><script>alert(1)</script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    "<!--",
    "</title><script>alert(1)</script>",
)
HARMLESS_TAGS = {
    "html", "head", "meta", "title", "link", "script", "body", "a", "header", "p", "span", "nav", "div", "form", "input",
    "button", "main", "h1", "h2", "h3", "dialog", "dl", "dt", "dd", "kbd", "label", "ul", "ol", "li", "select", "option",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "time", "strong", "section", "textarea",
    "aside", "footer", "h4", "q", "b", "em", "blockquote", "details", "summary", "fieldset", "legend", "small", "code", "i",
}  # fmt: skip


def looked_at(browser: AgentBrowser, reference: str) -> dict[str, str]:
    """The hidden fields of the ticket's forms, as the agent's page has them now."""
    response = browser.get(f"/desk/tickets/{reference}")
    assert response.status_code == 200, response.text
    fields = Page(response.text).fields
    return {"version": fields["version"], "key": fields["key"]}


def assert_harmless(html: str) -> None:
    """Nothing in a page runs but the desk's own scripts, whatever customers have written."""
    for tag, attributes in Page(html).tags:
        assert tag in HARMLESS_TAGS, tag
        assert not [name for name in attributes if name.startswith("on") or name == "style"], (tag, attributes)
        if tag == "script":
            assert attributes["src"].startswith("/static/desk/")
        assert not attributes.get("href", "").lower().startswith(("javascript:", "data:"))
