"""Too much, too many and too often is refused without anything typed being lost, and keeps nobody else waiting."""

from __future__ import annotations

import asyncio
import threading
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.adapters.memory_limits import MemoryTurns, MemoryWindows
from bot.core.replies import Reply, ReplyKind
from bot.core.uploads import LARGEST_FILE
from bot.services.gateway import Gateway
from bot.services.ticket_ports import FileRefused, InspectedFile
from bot.web import body_limits
from bot.web import limits as limits_of_the_web
from bot.web.app import create_app
from bot.web.limits import Limiter, Limits
from tests.fakes import FakeBot
from tests.sample_files import pdf
from tests.web.conftest import HOST
from tests.web.contact_form import (
    FILLED,
    attached,
    carried_by,
    in_document_order,
    kept,
    kept_names,
    open_form,
    problems,
    said,
)


def test_too_many_files_and_too_large_ones_are_told_apart(client: TestClient) -> None:
    files = [(f"{number}.pdf", pdf(number + 1)) for number in range(6)]
    refused = client.post(
        "/contact",
        data=open_form(client),
        files=attached(*files, ("huge.pdf", b"%PDF-" + bytes(LARGEST_FILE)), ("none.pdf", b"")),
    )

    told = problems(refused.text)
    assert "5.pdf: only 5 files" in told
    assert "huge.pdf: this file is larger than 10 MB" in told and "none.pdf: this file is empty" in told
    assert len(kept_names(refused.text)) == 5


def test_far_too_many_files_lose_nothing_typed(client: TestClient, gateway: Gateway) -> None:
    files = [(f"{number}.pdf", pdf() if number == 0 else b"") for number in range(300)]

    refused = client.post("/contact", data={**open_form(client), **FILLED}, files=attached(*files))

    assert refused.status_code == 422 and FILLED["message"] in refused.text and not kept(gateway)
    assert kept_names(refused.text) == ["0.pdf"]
    assert "280 more files" in problems(refused.text) and "299.pdf" not in refused.text


def test_a_form_longer_than_can_be_taken_loses_nothing_typed(
    client: TestClient, gateway: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(body_limits, "UPLOAD_BYTES", 300_000)
    refused = client.post(
        "/contact", data={**open_form(client), **FILLED}, files=attached(("a.pdf", pdf()), ("b.pdf", bytes(400_000)))
    )

    assert refused.status_code == 422 and FILLED["message"] in refused.text
    assert "too large to be sent together" in problems(refused.text)
    assert kept_names(refused.text) == ["a.pdf"] and not kept(gateway)


@pytest.mark.parametrize("problem", ["too large", "too fast"])
def test_a_form_that_is_cut_short_keeps_the_choice_of_lines(
    client: TestClient, app: FastAPI, bot: FakeBot, monkeypatch: pytest.MonkeyPatch, problem: str
) -> None:
    said(client, bot, "First", Reply(ReplyKind.ANSWER, "One."))
    form = client.get("/contact").text
    if problem == "too large":
        monkeypatch.setattr(body_limits, "UPLOAD_BYTES", 100_000)
    else:
        app.state.limiter = Limiter(MemoryWindows(), MemoryTurns(), Limits(per_address=1))
        client.post("/contact", data={})

    cut = client.post("/contact", files=in_document_order(form, FILLED, ("a.pdf", bytes(200_000))))

    assert cut.status_code == (422 if problem == "too large" else 429) and FILLED["message"] in cut.text
    assert carried_by(cut.text)["keep"] == carried_by(form)["keep"] != []


def test_only_so_many_files_an_hour_are_inspected(
    client: TestClient, gateway: Gateway, monkeypatch: pytest.MonkeyPatch, app: FastAPI
) -> None:
    monkeypatch.setattr(limits_of_the_web, "FILES_PER_SESSION", 2)
    app.state.limiter = Limiter(MemoryWindows(), MemoryTurns(), Limits(fill_seconds=0))
    wrong = attached(("a.txt", b"one"), ("b.txt", b"two"))
    form = client.post("/contact", data={**open_form(client), **FILLED}, files=wrong)

    refused = client.post("/contact", data={**carried_by(form.text), **FILLED}, files=wrong)

    assert (form.status_code, refused.status_code) == (422, 429) and FILLED["message"] in refused.text
    assert "send it without files" in refused.text and int(refused.headers["Retry-After"]) > 3000
    client.post("/contact", data={**carried_by(refused.text), **FILLED})
    assert len(kept(gateway)) == 1


def test_files_that_take_long_keep_nobody_else_waiting(gateway: Gateway, limits: Limits) -> None:
    """More uploads at once than there are threads for the database."""
    slow = SlowInspector()
    app = create_app(replace(gateway, files=replace(gateway.files, inspector=slow)), limits)

    async def visit() -> list[int]:
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url=HOST) as browser:
            form = carried_by((await browser.get("/contact")).text)
            uploads = [
                asyncio.create_task(browser.post("/contact", data={**form, **FILLED}, files=attached((f"{n}", b"x"))))
                for n in range(40)
            ]
            try:
                await asyncio.sleep(0.5)
                history = await asyncio.wait_for(browser.get("/api/chat/history"), 15)
            finally:
                slow.may_end.set()
            return [history.status_code, *(upload.status_code for upload in await asyncio.gather(*uploads))]

    history, *others = asyncio.run(visit())
    assert history == 200 and set(others) <= {422, 429, 503}


def test_only_who_has_opened_the_form_is_listened_to_for_long(browser: Any) -> None:
    """What comes after a large file is read from a visitor with a session, and not from anybody."""
    parts = [*attached(("a.pdf", bytes(500_000))), ("company", (None, "named behind the file"))]
    parts = [*((name, (None, text)) for name, text in FILLED.items()), *parts]
    stranger, visitor = browser(), browser()
    visitor.get("/contact")

    unread, read = (client.post("/contact", files=parts) for client in (stranger, visitor))

    assert unread.status_code == read.status_code == 403
    assert FILLED["message"] in unread.text and FILLED["message"] in read.text
    assert "behind the file" not in unread.text and "behind the file" in read.text
    assert "choose them again" in unread.text and "choose them again" in read.text


def test_only_so_many_large_uploads_are_taken_at_once(client: TestClient, app: FastAPI, gateway: Gateway) -> None:
    form, address = open_form(client), "testclient"
    with ExitStack() as others:
        for _ in range(limits_of_the_web.UPLOADS_AT_ONCE_PER_ADDRESS):
            others.enter_context(app.state.limiter.upload(address))
        large = attached(("a.pdf", pdf()), ("b.pdf", b"%PDF-" + bytes(100_000)))
        refused = client.post("/contact", data={**form, **FILLED}, files=large)
        assert refused.status_code == 429 and FILLED["message"] in refused.text and not kept(gateway)
        assert "T-2023-000001" in client.post("/contact", data={**form, **FILLED}).text, (
            "one without files goes through"
        )

    assert client.post("/contact", data={**open_form(client), **FILLED}, files=large).status_code == 422
    assert not app.state.limiter._uploads, "every place is free again"


class SlowInspector:
    """Takes as long as it is let."""

    def __init__(self) -> None:
        self.may_end = threading.Event()

    def inspect(self, sent: Path) -> InspectedFile:
        self.may_end.wait(60)
        raise FileRefused("file_broken")
