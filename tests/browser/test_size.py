"""What a visitor has to load: the button with every page, the chat on first use, and nothing from elsewhere."""

from __future__ import annotations

from playwright.sync_api import Request

from tests.browser.chat_page import Chat
from tests.browser.conftest import Visits

LAUNCHER_BYTES = 4_000
CHAT_BYTES = 15_000


def test_the_button_is_small_and_the_chat_comes_on_first_use(visits: Visits) -> None:
    page = visits.browser().new_page()
    loaded: list[Request] = []
    page.on("requestfinished", lambda request: loaded.append(request))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    scripts = [request for request in loaded if request.resource_type == "script"]
    assert [request.url.rpartition("/")[2] for request in scripts] == ["promo-chat.js"]
    assert size_of(scripts) <= LAUNCHER_BYTES
    loaded.clear()

    Chat(page).open()
    page.wait_for_load_state("networkidle")

    assert len(loaded) > 5
    assert size_of(loaded) <= CHAT_BYTES, {request.url: size_of([request]) for request in loaded}
    print({request.url.rpartition("/")[2]: size_of([request]) for request in [*scripts, *loaded]})  # noqa: T201


def size_of(requests: list[Request]) -> int:
    """The bytes of the bodies as they travelled."""
    return sum(request.sizes()["responseBodySize"] for request in requests)
