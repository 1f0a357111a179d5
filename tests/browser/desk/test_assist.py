"""The assistant as agents use it: a mail pasted, a reply copied, with as few keys as possible."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from bot.adapters.faq_files import read_faq
from bot.config import ROOT
from tests.browser.axe import violations_of

WORDS = {entry.id: entry.answer for entry in read_faq(ROOT / "faq")}
MAIL = """Hello,

we have moved our office in the summer, and only now I get round to all these papers. I have two questions.

How long does it usually take until the money has been paid out? And our accountant has lost the receipt, is there any way to
get the cashback without it?

Which firmware do I need for the dock, by the way?

Kind regards
Ida Lund

On Mon, 11 Dec 2023 at 09:14, Customer Service <support@promo.example> wrote:
> Do you want the money in cash? Have you got a scanner?
"""
ATTACK = (
    "</textarea></script><script>globalThis.attacked = 1</script><img src=x onerror='globalThis.attacked = 2'>"
    '<b onmouseover="globalThis.attacked = 3">how long</b> does the payment take, and do you pay in cash? \' " --> {{7*7}}'
)
DeskBrowser = Callable[..., Page]


def reply_of(page: Page) -> str:
    return page.get_by_role("textbox", name="Reply").input_value()


def ask(page: Page, mail: str = MAIL) -> None:
    """Paste a mail into the empty page, which has the focus in the right place, and send it by its key."""
    page.goto("/desk/assist")
    expect(page.get_by_label("The customer's mail")).to_be_focused()
    page.keyboard.insert_text(mail)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("heading", name="found")).to_be_focused()


def clipboard(page: Page) -> str:
    return page.evaluate("navigator.clipboard.readText()").replace("\r\n", "\n")


@pytest.fixture
def page(desk_browser: DeskBrowser) -> Page:
    signed_in = desk_browser(name="Mette Falk")
    signed_in.context.grant_permissions(["clipboard-read", "clipboard-write"])
    return signed_in


def test_from_a_pasted_mail_to_a_copied_reply_in_three_keys(page: Page) -> None:
    ask(page)
    expect(page.get_by_role("heading", name="3 questions found")).to_be_visible()
    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_have_text("The reply is copied.")
    reply = clipboard(page)
    assert reply == reply_of(page)
    parts = reply.split("\n\n")
    assert parts[0] == "Hello,"
    assert parts[2:4] == [WORDS["how_long_for_discount"], WORDS["lost_invoice"]]
    assert parts[-1] == "Kind regards\nMette Falk\nLenovo IT accessories Promotion"
    assert "cash" not in reply.replace("cashback", "")


def test_digits_put_answers_in_and_out_and_leave_the_agents_own_words_alone(page: Page) -> None:
    ask(page)
    page.keyboard.press("r")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text("\nP.S. Room 123")
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    assert WORDS["how_long_for_discount"] not in reply_of(page)
    expect(page.get_by_role("status")).to_have_text("The answer is out of the reply.")
    page.keyboard.press("1")
    reply = reply_of(page)
    assert (
        reply.index(WORDS["how_long_for_discount"]) < reply.index(WORDS["lost_invoice"]) < reply.index("Kind regards")
    )
    assert reply.endswith("P.S. Room 123")
    page.keyboard.press("9")
    expect(page.get_by_role("status")).to_have_text("There is no answer 9.")
    assert reply_of(page) == reply


def test_one_answer_is_copied_word_for_word_by_key_and_by_button(page: Page) -> None:
    ask(page)
    page.keyboard.press("Shift+Digit2")
    expect(page.get_by_role("status")).to_have_text("The answer is copied.")
    assert clipboard(page) == WORDS["lost_invoice"]
    page.get_by_role("button", name="Copy").first.click()
    assert clipboard(page) == WORDS["how_long_for_discount"]


def test_where_the_browser_forbids_it_copying_still_works(page: Page) -> None:
    page.context.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    ask(page)
    page.keyboard.press("c")
    expect(page.get_by_role("status")).to_have_text("The reply is copied.")
    reply = reply_of(page)
    page.keyboard.press("m")
    page.keyboard.press("Control+V")
    assert page.get_by_label("The customer's mail").input_value() == reply


def test_keys_do_nothing_while_somebody_types_or_has_turned_them_off(page: Page) -> None:
    ask(page)
    before = reply_of(page)
    page.keyboard.press("m")
    page.keyboard.type("1c?")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert reply_of(page) == before
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    dialog = page.get_by_role("dialog", name="Keyboard shortcuts")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Shortcuts are on").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("1")
    assert reply_of(page) == before
    ask(page)
    page.keyboard.press("1")
    assert reply_of(page) == before


def test_what_a_customer_writes_is_never_run(page: Page) -> None:
    ask(page, ATTACK)
    expect(page.locator(".question q").first).to_contain_text("how long")
    assert page.evaluate("globalThis.attacked") is None
    assert page.locator("main img, main script, main b[onmouseover]").count() == 0
    assert "49" not in reply_of(page)
    assert page.get_by_label("The customer's mail").input_value() == ATTACK


def test_scores_runner_ups_and_reasons_are_there_to_look_at(page: Page) -> None:
    ask(page)
    first = page.locator(".question").first
    expect(first.locator(".band")).to_have_text("Answers it")
    expect(first.locator(".figures").first).to_contain_text("nearest phrase")
    first.get_by_text("Why", exact=True).click()
    expect(first.get_by_role("cell", name="nothing the page answers")).to_be_visible()
    expect(page.locator(".question.none")).to_contain_text("The page does not answer this.")


def test_without_javascript_a_reply_is_put_together_by_form(desk_browser: DeskBrowser) -> None:
    page = desk_browser(java_script_enabled=False)
    page.goto("/desk/assist")
    page.get_by_label("The customer's mail").fill(MAIL)
    page.get_by_role("button", name="Find answers").click()
    assert WORDS["lost_invoice"] in reply_of(page)
    page.get_by_label("In the reply").nth(1).uncheck()
    page.get_by_role("button", name="Put the reply together").click()
    assert WORDS["lost_invoice"] not in reply_of(page)
    assert WORDS["how_long_for_discount"] in reply_of(page)
    expect(page.get_by_role("button", name="Copy")).to_have_count(0)


@pytest.mark.parametrize("width", [320, 1280])
@pytest.mark.parametrize("options", [{"color_scheme": "light"}, {"color_scheme": "dark"}, {"forced_colors": "active"}])
def test_it_keeps_nobody_out(desk_browser: DeskBrowser, width: int, options: dict[str, str]) -> None:
    page = desk_browser(viewport={"width": width, "height": 800}, bypass_csp=True, **options)
    page.goto("/desk/assist")
    assert violations_of(page) == []
    ask(page)
    page.evaluate("for (const folded of document.querySelectorAll('details')) folded.open = true")
    assert violations_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.locator("h1").click()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog")).to_be_visible()
    assert violations_of(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_it_can_be_used_by_tabbing_alone(page: Page) -> None:
    ask(page)
    box = page.get_by_label("In the reply").first
    for _ in range(6):
        if box.evaluate("box => box === document.activeElement"):
            break
        page.keyboard.press("Tab")
    expect(box).to_be_focused()
    page.keyboard.press("Space")
    assert WORDS["how_long_for_discount"] not in reply_of(page)
