"""Claims at the desk over HTTP: found, shown with a reason, noted; whatever is typed, nothing breaks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import text
from sqlalchemy.engine import Engine

from bot.adapters.sql.import_claims import import_claims
from bot.adapters.sql.import_products import import_products
from bot.core.agents import Role
from bot.core.claims import ClaimLine
from bot.services.check_purchase import FIELDS
from bot.services.console import Console
from bot.services.console_ports import AuditEntry
from bot.services.gateway import Gateway
from bot.services.ports import Product
from tests.claims import MISSING_INFO, PAID, REJECTED, SUBMITTED, VALIDATED
from tests.web.conftest import Page
from tests.web.desk.conftest import AgentBrowser

SignIn = Callable[..., AgentBrowser]
CLAIM = replace(VALIDATED, validated_on=date(2023, 11, 1), invoice_number="INV-2023/0042")
NASTY = "<script>alert(1)</script>\"'&\u202e"
NASTY_CLAIM = replace(
    REJECTED, reference="LEN-300300", email='"<b>"@noise.example', company=NASTY, reason=NASTY,
    invoice_number="<i>7", lines=(ClaimLine(NASTY, 1),),
)  # fmt: skip
WHY = {"why": "ticket", "detail": "T-2023-000012"}
ANYTHING = [
    "x" * 10_000, "%", "_%_", "%%%%", "\0", "LEN-615204\0", "\ud800".encode("utf-8", "surrogatepass"), "😀😀😀", "\u202eabc", "عربي نص",
    NASTY, "' OR 1=1 --", "../../etc/passwd", "{{ 7*7 }}", "a@b", "@@@", "LEN-", "-1", "9" * 400,
]  # fmt: skip


@pytest.fixture
def filled(claims_database: Engine, gateway: Gateway) -> Engine:
    import_claims(claims_database, gateway.promotion.key, [CLAIM, NASTY_CLAIM])
    import_products(claims_database, gateway.promotion.key, [Product("H7", "Harbour Dock", "Dock", "DK")])
    return claims_database


@pytest.fixture
def noted(own_console: Console) -> Callable[[], Sequence[AuditEntry]]:
    return lambda: [entry for entry in own_console.audit.entries(limit=100) if entry.action.startswith("claim")]


@pytest.fixture
def agent(sign_in_as: SignIn, filled: Engine) -> AgentBrowser:
    return sign_in_as(Role.AGENT, "Bo")


@pytest.mark.parametrize("path", ["/desk/claims", "/desk/claims?q=LEN-615204&why=call", "/desk/claims/check", "/desk/claims/LEN-615204?why=call"])  # fmt: skip
def test_nobody_sees_claims_without_signing_in(nobody: TestClient, filled: Engine, path: str) -> None:
    answer = nobody.get(path, follow_redirects=False)
    assert answer.status_code == 303 and answer.headers["location"].startswith("/desk/sign-in")


@pytest.mark.parametrize("role", list(Role))
def test_every_role_finds_claims(sign_in_as: SignIn, filled: Engine, role: Role) -> None:
    assert "Birkvik Optik" in sign_in_as(role).get("/desk/claims", params={"q": "birkvik", **WHY}).text


@pytest.mark.parametrize("typed", ["len 615 204", "615204", "Kontor@Birkvik.example", "inv 2023 0042", "BIRK"])
def test_a_claim_is_found_by_each_way_and_listed_with_its_address_masked(agent: AgentBrowser, typed: str) -> None:
    answer = agent.get("/desk/claims", params={"q": typed, **WHY})
    page = Page(answer.text)
    assert answer.status_code == 200 and "1 claim found" in page.text
    for shown in ("LEN-615204", "Birkvik Optik", "validated", "2 October 2023", "250.00", "k…@birkvik.example"):
        assert shown in page.text
    assert page.text.count("kontor@birkvik.example") == 0
    link = next(link["href"] for link in page.links if link["href"].startswith("/desk/claims/LEN-615204"))
    assert link == "/desk/claims/LEN-615204?why=ticket&detail=T-2023-000012"
    assert "kontor@birkvik.example" in agent.get(link).text


@pytest.mark.parametrize("why", [{}, {"why": ""}, {"why": "other"}, {"why": "curious", "detail": "x"}, {"detail": "x"}])
def test_nothing_is_shown_without_a_reason(
    agent: AgentBrowser, noted: Callable[[], Sequence[AuditEntry]], why: dict[str, str]
) -> None:
    found = agent.get("/desk/claims", params={"q": "birkvik", **why})
    shown = agent.get("/desk/claims/LEN-615204", params=why)
    for answer in (found, shown):
        assert answer.status_code == 200
        assert "Birkvik Optik" not in answer.text and "k…@" not in answer.text and "kontor@" not in answer.text
        assert 'name="why"' in answer.text
    assert 'value="birkvik"' in found.text and "Say why you look" in found.text
    assert noted() == []


def test_a_link_on_another_site_gives_no_reason(agent: AgentBrowser, noted: Callable[[], Sequence[AuditEntry]]) -> None:
    for path in ("/desk/claims/LEN-615204", "/desk/claims?q=birkvik"):
        answer = agent.get(path, params={"q": "birkvik", **WHY}, headers={"sec-fetch-site": "cross-site"})
        assert answer.status_code == 200 and "Birkvik Optik" not in answer.text
    assert noted() == []


def test_every_view_is_noted_with_its_reason(agent: AgentBrowser, noted: Callable[[], Sequence[AuditEntry]]) -> None:
    agent.get("/desk/claims", params={"q": "birkvik", **WHY})
    agent.get("/desk/claims/LEN-615204", params={"why": "other", "detail": "the bank asks"})
    seen, searched = noted()
    assert (searched.action, searched.subject) == ("claims_searched", "company birkvik → LEN-615204")
    assert (searched.agent_name, searched.why) == ("Bo", "Customer's mail or ticket: T-2023-000012")
    assert (seen.action, seen.subject, seen.why) == ("claim_seen", "LEN-615204", "Other: the bank asks")


def test_what_cannot_be_noted_is_not_shown(agent: AgentBrowser, desk_database: Engine) -> None:
    with desk_database.begin() as connection:
        connection.execute(text("DROP TABLE audit"))
    for path in ("/desk/claims", "/desk/claims/LEN-615204"):
        answer = agent.get(path, params={"q": "birkvik", **WHY})
        assert answer.status_code == 503 and "Birkvik" not in answer.text


def test_a_claim_is_shown_with_its_facts_its_days_and_the_customers_words(agent: AgentBrowser) -> None:
    text_of = " ".join(Page(agent.get("/desk/claims/LEN-615204", params=WHY).text).text.split())
    for shown in (
        "Customer's mail or ticket: T-2023-000012",
        "kontor@birkvik.example",
        "INV-2023/0042",
        "Harbour Dock",
        "validated 1 November 2023 + 45 calendar days (payment_days, entry how_long_for_discount) = 16 December 2023",
        "validated 1 November 2023 + 45 calendar days + 5 calendar days (payment_days, entry how_long_for_discount; "
        "bank_days, entry how_long_for_discount) = 21 December 2023",
        "validated 1 November 2023 + 50 calendar days (contact_after_days, entry discount_not_received_50_days) = 21 December 2023",
        "due by 16 December 2023",
        "Your claim LEN-615204 was validated on 1 November 2023. The payment is made by bank transfer and is due by",
    ):
        assert shown in text_of


def test_a_claim_leads_to_its_tickets(agent: AgentBrowser) -> None:
    links = [link["href"] for link in Page(agent.get("/desk/claims/LEN-615204", params=WHY).text).links]
    assert "/desk/tickets?q=LEN-615204" in links and "/desk/tickets?q=kontor%40birkvik.example" in links


@pytest.mark.parametrize(
    ("claim", "words"),
    [
        (SUBMITTED, "No date yet: the 45 calendar days (payment_days, entry how_long_for_discount) count from"),
        (MISSING_INFO, "No date yet"),
        (REJECTED, "No payment: the claim was rejected."),
        (PAID, "Paid on 15 February 2024, 36 calendar days after the validation."),
        (replace(PAID, validated_on=None), "when it was validated is not recorded"),
    ],
)
def test_each_state_says_what_there_is_to_say_of_the_payment(
    agent: AgentBrowser, filled: Engine, gateway: Gateway, claim, words: str
) -> None:
    import_claims(filled, gateway.promotion.key, [claim])
    answer = agent.get("/desk/claims/LEN-615204", params=WHY)
    assert answer.status_code == 200 and words in " ".join(Page(answer.text).text.split())


def test_an_unknown_reference_is_said_to_be_none(agent: AgentBrowser) -> None:
    answer = agent.get("/desk/claims/LEN-999999", params=WHY)
    assert answer.status_code == 404 and "no claim with this reference" in answer.text


def test_nothing_of_a_claim_runs_in_the_agents_page(agent: AgentBrowser) -> None:
    for path in ("/desk/claims?q=LEN-300300", "/desk/claims/LEN-300300?"):
        page = agent.get(f"{path}&why=call&detail={NASTY}")
        assert page.status_code == 200
        assert "&lt;script&gt;alert(1)" in page.text
        assert "<script>alert" not in page.text and "<b>" not in page.text.replace("<b>Submitted", "").replace("<b>Rejected", "")  # fmt: skip


@pytest.mark.parametrize("typed", ANYTHING, ids=range(len(ANYTHING)))
def test_anything_can_be_typed(agent: AgentBrowser, typed: str | bytes) -> None:
    everywhere = quote(typed, safe="")
    for path in (
        f"/desk/claims?q={everywhere}&why=other&detail={everywhere}",
        f"/desk/claims?q=birkvik&why={everywhere}",
        f"/desk/claims/{everywhere}?why=other&detail={everywhere}",
        f"/desk/claims/{everywhere}",
        *(f"/desk/claims/check?{name}={everywhere}" for name in (*FIELDS, "choice")),
        f"/desk/claims/check?product={everywhere}&choice=product:{everywhere}",
    ):  # fmt: skip
        answer = agent.get(path)
        assert answer.status_code in (200, 400, 404, 422), path
        assert "<script>alert" not in answer.text


def test_too_little_and_nothing_found_are_told_apart(agent: AgentBrowser) -> None:
    assert "at least 3 characters" in Page(agent.get("/desk/claims", params={"q": "bi", **WHY}).text).text
    nothing = " ".join(Page(agent.get("/desk/claims", params={"q": "771402", **WHY}).text).text.split())
    assert "looked up as reference LEN-771402, invoice number, part of a company’s name" in nothing
    assert "say what you look for, and why" in agent.get("/desk/claims").text


def test_a_long_list_says_how_many_there_are(agent: AgentBrowser, filled: Engine, gateway: Gateway) -> None:
    import_claims(filled, gateway.promotion.key, [replace(CLAIM, reference=f"LEN-{number:06}") for number in range(60)])
    page = agent.get("/desk/claims", params={"q": "birkvik", **WHY}).text
    assert "61 claims found" in page and "the 50 newest" in page and page.count('<th scope="row">') == 50


def test_a_purchase_is_judged_rule_by_rule_in_words(agent: AgentBrowser) -> None:
    fields = {"product": "harbour dock", "bought_on": "2023-12-05", "seller": "distributor", "document": "receipt"}
    page = Page(agent.get("/desk/claims/check", params=fields).text)
    told = " ".join(page.text.split())
    assert "✓ Product holds the Harbour Dock is on the list" in told
    assert "? Date open 5 December 2023 cannot be settled" in told
    assert "✗ Seller fails a distributor" in told
    assert ("option", {"value": "distributor", "selected": ""}) in page.tags


def test_a_purchase_can_be_told_in_part_and_wrongly(agent: AgentBrowser) -> None:
    assert "Please tell me" in agent.get("/desk/claims/check?quantity=2").text
    wrong = agent.get("/desk/claims/check?bought_on=5/12/2023&product=Dock")
    assert wrong.status_code == 422 and "Write a date such as 2023-05-22" in wrong.text
    asked = agent.get("/desk/claims/check?product=dock")
    assert '<button form="check" class="quiet-button" name="choice" value="product:Harbour Dock">' in asked.text


def test_products_are_suggested_from_the_list(agent: AgentBrowser) -> None:
    assert '<option value="Harbour Dock"></option>' in agent.get("/desk/claims/check").text


def test_a_claims_database_that_is_away_is_said_to_be(agent: AgentBrowser, filled: Engine) -> None:
    with filled.begin() as connection:
        for table in ("claim_lines", "claims", "products"):
            connection.execute(text(f"DROP TABLE {table}"))
    assert agent.get("/desk/claims", params={"q": "birkvik", **WHY}).status_code == 503
    assert agent.get("/desk/claims/LEN-615204", params=WHY).status_code == 503
    assert "cannot be read at the moment" in agent.get("/desk/claims/check").text
