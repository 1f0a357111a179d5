"""Claims and the audit log as agents and leads use them, in a real browser."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from bot.core.agents import Role
from tests.browser.axe import violations_of
from tests.browser.chat_page import reach
from tests.processes import planted

CLAIM = planted.VALIDATED
PRODUCT = "Lenovo Go Wireless ANC Headset"


def find(page: Page, typed: str, reason: str = "Phone call", detail: str = "") -> None:
    page.goto("/desk/claims")
    page.get_by_label("Reference, e-mail address, invoice number or company").fill(typed)
    page.get_by_label("Reason").select_option(reason)
    page.get_by_label("Details").fill(detail)
    page.get_by_role("button", name="Find").click()


def open_claim(page: Page) -> None:
    find(page, CLAIM.reference)
    page.get_by_role("link", name=CLAIM.reference).click()
    page.wait_for_url("**/desk/claims/LEN-*")


@pytest.mark.parametrize("typed", ["len 730 418", "Faktura@Hjelmsund.example", "inv 2023 0042", "birkvik"])
def test_a_claim_is_found_in_four_ways_and_opened(desk_browser: Callable[..., Page], typed: str) -> None:
    page = desk_browser()
    find(page, typed)
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=CLAIM.reference))
    expect(row).to_contain_text("f…@hjelmsund.example")
    expect(row).not_to_contain_text(CLAIM.email)
    row.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Claim {CLAIM.reference}")
    expect(page.locator(".facts")).to_contain_text(CLAIM.email)
    expect(page.locator(".reason-given")).to_contain_text("Phone call")
    expect(page.locator(".forecast")).to_contain_text(
        "validated 1 December 2023 + 45 calendar days (payment_days, entry how_long_for_discount) = 15 January 2024"
    )


def test_what_an_agent_looks_at_stands_in_the_log_for_a_lead_and_not_for_an_agent(
    desk_browser: Callable[..., Page],
) -> None:
    page = desk_browser(Role.AGENT, "Signe Agent")
    find(page, CLAIM.reference, "Other", "the bank asks")
    page.get_by_role("link", name=CLAIM.reference).click()
    expect(page.locator(".facts")).to_be_visible()
    expect(page.get_by_role("navigation", name="Desk").get_by_role("link", name="Audit")).to_have_count(0)
    refused = page.goto("/desk/audit")
    assert refused is not None and refused.status == 403
    expect(page.locator("main")).not_to_contain_text("Signe Agent")

    lead = desk_browser(Role.LEAD)
    lead.goto("/desk/claims")
    lead.get_by_role("navigation", name="Desk").get_by_role("link", name="Audit").click()
    lead.get_by_label("Agent").select_option("Signe Agent")
    lead.get_by_label("Subject holds").fill(CLAIM.reference)
    lead.get_by_role("button", name="Filter").click()
    rows = lead.locator(".audit tbody tr")
    expect(rows).to_have_count(2)
    expect(rows.nth(0)).to_contain_text("claim seen")
    expect(rows.nth(1)).to_contain_text(f"{CLAIM.reference} → {CLAIM.reference}")
    expect(rows.nth(0)).to_contain_text("Other: the bank asks")
    with lead.expect_download() as taken:
        lead.get_by_role("link", name="Download as CSV").click()
    assert "the bank asks" in taken.value.path().read_text(encoding="utf-8")


def test_a_claim_is_found_and_opened_by_keyboard_alone(desk_browser: Callable[..., Page]) -> None:
    page = desk_browser()
    page.goto("/desk/claims")
    reach(page, "Reference, e-mail address")
    page.keyboard.type("birkvik")
    reach(page, "Reason")
    page.keyboard.type("Phone")
    reach(page, "Find")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="claims found")).to_be_visible()
    reach(page, CLAIM.reference)
    page.keyboard.press("Enter")
    expect(page.locator(".facts")).to_contain_text(CLAIM.email)


def test_nothing_is_shown_before_it_is_said_why(desk_browser: Callable[..., Page]) -> None:
    page = desk_browser()
    page.goto(f"/desk/claims/{CLAIM.reference}")
    expect(page.locator("main")).not_to_contain_text(CLAIM.email)
    page.get_by_role("button", name="Show the claim").click()  # the browser itself asks for the reason
    expect(page.locator(".facts")).to_have_count(0)
    page.get_by_label("Reason").select_option("Other")
    page.get_by_role("button", name="Show the claim").click()
    expect(page.locator("main")).to_contain_text("Say why you look")
    page.get_by_label("Details").fill("a letter")
    page.get_by_role("button", name="Show the claim").click()
    expect(page.locator(".facts")).to_contain_text(CLAIM.email)


def test_a_purchase_is_checked_by_keyboard_with_the_product_named_for_certain(
    desk_browser: Callable[..., Page],
) -> None:
    page = desk_browser()
    page.goto("/desk/claims/check")
    reach(page, "Product")
    page.keyboard.type("wireless headset")
    reach(page, "Seller")
    page.keyboard.type("online")
    page.get_by_label("Bought on").fill("2023-12-05")
    reach(page, "Check")
    page.keyboard.press("Enter")
    expect(page.locator(".verdict")).to_contain_text("The product is not judged yet. Is it one of these?")
    reach(page, PRODUCT)
    page.keyboard.press("Enter")
    expect(page.get_by_label("Product")).to_have_value(PRODUCT)
    rules = page.locator(".rules li")
    expect(rules.nth(0)).to_contain_text(f"Product holds the {PRODUCT} is on the list")
    expect(rules.nth(1)).to_contain_text("Date open 5 December 2023 cannot be settled.")
    page.get_by_label("Seller").select_option("distributor")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".rules .fails")).to_contain_text("Seller fails a distributor.")


def test_claims_work_without_javascript(desk_browser: Callable[..., Page]) -> None:
    page = desk_browser(java_script_enabled=False)
    open_claim(page)
    expect(page.locator(".told-words").first).to_contain_text(f"Your claim {CLAIM.reference}")
    page.get_by_role("link", name="Check a purchase").click()
    page.get_by_label("Quantity").fill("3")
    page.get_by_role("button", name="Check").click()
    expect(page.locator(".verdict")).to_contain_text("Please tell me")


def looked_for(page: Page) -> None:
    page.goto("/desk/claims")


def lacking_reason(page: Page) -> None:
    page.goto("/desk/claims?q=birkvik")


def listed(page: Page) -> None:
    find(page, "birkvik")


def nothing_found(page: Page) -> None:
    find(page, "771402")


def asked_why(page: Page) -> None:
    page.goto(f"/desk/claims/{CLAIM.reference}")


def checked(page: Page) -> None:
    page.goto(f"/desk/claims/check?product={PRODUCT}&bought_on=2023-12-05&seller=distributor&quantity=x")
    page.goto(f"/desk/claims/check?product={PRODUCT}&bought_on=2023-12-05&seller=distributor&document=receipt")


def wrongly_checked(page: Page) -> None:
    page.goto("/desk/claims/check?bought_on=5/12&quantity=x")


def audited(page: Page) -> None:
    open_claim(page)
    page.goto("/desk/audit")


STATES: tuple[Callable[[Page], None], ...] = (looked_for, lacking_reason, listed, nothing_found, asked_why, open_claim, checked, wrongly_checked, audited)  # fmt: skip
LOOKS: dict[str, dict[str, Any]] = {
    "320 px": {"viewport": {"width": 320, "height": 800}},
    "1280 px": {"viewport": {"width": 1280, "height": 800}},
    "dark": {"viewport": {"width": 1280, "height": 800}, "color_scheme": "dark"},
    "forced colours": {"viewport": {"width": 640, "height": 800}, "forced_colors": "active"},
}


@pytest.mark.parametrize("look", LOOKS)
def test_axe_finds_nothing_and_nothing_is_cut_off(desk_browser: Callable[..., Page], look: str) -> None:
    page = desk_browser(Role.LEAD, bypass_csp=True, reduced_motion="reduce", **LOOKS[look])
    for state in STATES:
        state(page)
        assert violations_of(page) == [], state.__name__
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), state.__name__
        small = page.locator("main :is(button, select, input, .as-button)").evaluate_all(
            "(all) => all.filter((one) => one.getBoundingClientRect().height < 24).map((one) => one.outerHTML)"
        )
        assert small == [], state.__name__


def test_the_reason_is_asked_for_once_and_can_be_changed(desk_browser: Callable[..., Page]) -> None:
    page = desk_browser()
    find(page, "birkvik", "Customer's mail or ticket", "T-2023-000012")
    expect(page.get_by_label("Reason")).to_be_hidden()
    page.get_by_label("Reference, e-mail address, invoice number or company").fill(CLAIM.reference)
    page.get_by_role("button", name="Find").click()
    page.get_by_role("link", name=CLAIM.reference).click()
    expect(page.locator(".reason-given")).to_contain_text("Customer's mail or ticket: T-2023-000012")
    page.get_by_role("link", name="Find another claim").click()
    page.get_by_text("Change").click()
    expect(page.get_by_label("Details")).to_have_value("T-2023-000012")
    page.get_by_label("Reason").select_option("Check of a payment")
    page.get_by_label("Reference, e-mail address, invoice number or company").fill("birkvik")
    page.get_by_role("button", name="Find").click()
    expect(page.locator(".reason-given")).to_contain_text("Check of a payment: T-2023-000012")
