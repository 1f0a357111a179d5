"""Files are kept with the form under safe names, come along with the ticket, and a refused one is named with the reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from bot.adapters.file_store import FolderStore
from bot.adapters.sql.uploads import SqlUploads
from bot.services.gateway import Gateway
from bot.web.app import create_app
from bot.web.limits import Limits
from tests.databases import BACKENDS, migrated_database
from tests.fakes import FakeConversations, FakeUploads
from tests.sample_files import jpeg, pdf, png
from tests.web.conftest import HOST, Page
from tests.web.contact_form import FILLED, attached, carried_by, kept, kept_names, open_form, problems, removal


def test_files_go_along_under_safe_names_and_out_of_reach(client: TestClient, gateway: Gateway) -> None:
    files = attached(("C:\\invoices\\My invoice.PDF", pdf()), ("../../photo.php", jpeg()), ("shot.png", png()))

    sent = client.post("/contact", data={**open_form(client), **FILLED}, files=files)

    assert "T-2023-000001" in sent.text
    (ticket,) = kept(gateway).values()
    assert [file.name for file in ticket.files] == ["My invoice.pdf", "photo.php.jpg", "shot.png"]
    assert [file.media_type for file in ticket.files] == ["application/pdf", "image/jpeg", "image/png"]
    assert isinstance(gateway.files.store, FolderStore)
    for file in ticket.files:
        assert gateway.files.store.path(file.id).stat().st_size == file.size
        assert "photo" not in str(gateway.files.store.path(file.id))
        for path in (f"/static/{file.id}", f"/uploads/{file.id[:2]}/{file.id}", f"/static/../uploads/{file.id}"):
            assert client.get(path).status_code == 404


def test_a_wrong_file_is_named_with_the_reason_and_the_right_one_is_kept(client: TestClient, gateway: Gateway) -> None:
    first = client.post(
        "/contact",
        data={**open_form(client), **FILLED},
        files=attached(("good.pdf", pdf()), ("bad.docx", b"PK\x03\x04")),
    )

    assert first.status_code == 422
    assert "bad.docx: this is not a PDF, JPG or PNG file" in problems(first.text)
    assert kept_names(first.text) == ["good.pdf"] and FILLED["message"] in first.text
    (chooser,) = [given for _, given in Page(first.text).tags if given.get("id") == "files"]
    assert chooser["aria-invalid"] == "true" and "files-problem" in chooser["aria-describedby"]
    assert not kept(gateway)

    client.post("/contact", data={**carried_by(first.text), **FILLED})
    (ticket,) = kept(gateway).values()
    assert [file.name for file in ticket.files] == ["good.pdf"]


def test_files_are_kept_while_something_else_is_corrected(client: TestClient, gateway: Gateway) -> None:
    first = client.post("/contact", data={**open_form(client), "name": "Ane"}, files=attached(("a.pdf", pdf())))
    second = client.post("/contact", data={**carried_by(first.text), "name": "Ane"}, files=attached(("b.png", png())))

    assert kept_names(second.text) == ["a.pdf", "b.png"]


def test_a_file_can_be_taken_out_again(client: TestClient, gateway: Gateway) -> None:
    first = client.post("/contact", data=open_form(client), files=attached(("a.pdf", pdf()), ("b.png", png())))
    data: dict[str, Any] = {**carried_by(first.text), **FILLED, "remove": removal(first.text)[:1]}

    client.post("/contact", data=data)

    (ticket,) = kept(gateway).values()
    assert [file.name for file in ticket.files] == ["b.png"]
    assert isinstance(gateway.files.store, FolderStore)
    assert not gateway.files.store.path(removal(first.text)[0]).exists()


def test_a_file_that_is_kept_no_longer_is_asked_for_again_before_the_ticket_is_opened(
    client: TestClient, gateway: Gateway
) -> None:
    """As the sweep leaves a form that lay there for more than a day."""
    first = client.post("/contact", data=open_form(client), files=attached(("a.pdf", pdf()), ("b.png", png())))
    assert isinstance(gateway.files.uploads, FakeUploads)
    (gone, *_) = gateway.files.uploads._files
    del gateway.files.uploads._files[gone]

    refused = client.post("/contact", data={**carried_by(first.text), **FILLED})

    assert refused.status_code == 422 and not kept(gateway) and FILLED["message"] in refused.text
    assert problems(refused.text).count("choose them again") == 1 and kept_names(refused.text) == ["b.png"]
    client.post("/contact", data={**carried_by(refused.text), **FILLED})
    (ticket,) = kept(gateway).values()
    assert [file.name for file in ticket.files] == ["b.png"]


def test_while_the_database_is_away_the_kept_files_are_carried_along(client: TestClient, gateway: Gateway) -> None:
    first = client.post("/contact", data=open_form(client), files=attached(("a.pdf", pdf())))
    assert isinstance(gateway.conversations, FakeConversations)
    gateway.conversations.is_down = True
    failed = client.post("/contact", data={**carried_by(first.text), **FILLED})
    gateway.conversations.is_down = False
    client.post("/contact", data={**carried_by(failed.text), **FILLED})

    assert failed.status_code == 503 and "choose them again" not in failed.text
    (ticket,) = kept(gateway).values()
    assert [file.name for file in ticket.files] == ["a.pdf"]


def test_another_browser_cannot_take_files_out(client: TestClient, browser: Any) -> None:
    form = open_form(client)
    first = client.post("/contact", data=form, files=attached(("a.pdf", pdf())))
    stranger = browser()

    stranger.post("/contact", data={**open_form(stranger), "form": form["form"], "remove": removal(first.text)})

    assert kept_names(client.post("/contact", data=carried_by(first.text)).text) == ["a.pdf"]


@pytest.mark.parametrize("id", ["\x00", "a\x00b-and-more-signs-of-it", "../../etc/passwd", "x" * 5000, "\u00e9" * 20])
@pytest.mark.parametrize("backend", BACKENDS)
def test_nothing_that_names_no_file_reaches_the_database(
    gateway: Gateway, limits: Limits, tmp_path: Path, backend: str, id: str
) -> None:
    with migrated_database(backend, tmp_path, "desk") as engine:
        app = create_app(replace(gateway, files=replace(gateway.files, uploads=SqlUploads(engine))), limits)
        client = TestClient(app, base_url=HOST, raise_server_exceptions=False)
        sent = client.post("/contact", data={**open_form(client), "remove": [id]})

        assert sent.status_code == 422


def test_the_same_file_chosen_twice_is_kept_once(client: TestClient, gateway: Gateway) -> None:
    first = client.post(
        "/contact", data=open_form(client), files=attached(("a.pdf", content := pdf()), ("again.pdf", content))
    )
    client.post("/contact", data={**carried_by(first.text), **FILLED}, files=attached(("a.pdf", content)))

    (ticket,) = kept(gateway).values()
    assert [file.name for file in ticket.files] == ["a.pdf"]


def test_without_a_place_for_files_the_customer_is_told_to_choose_them_again(
    client: TestClient, gateway: Gateway
) -> None:
    form = open_form(client)
    assert isinstance(gateway.files.store, FolderStore)
    gateway.files.store._folder.parent.mkdir(exist_ok=True)
    gateway.files.store._folder.write_text("in the way")

    failed = client.post("/contact", data={**form, **FILLED}, files=attached(("a.pdf", pdf())))

    assert failed.status_code == 503
    assert "choose them again" in failed.text and FILLED["message"] in failed.text and not kept(gateway)
