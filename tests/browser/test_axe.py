"""axe finds nothing in any state of the page and the chat."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.axe import violations_of
from tests.browser.chat_page import Chat
from tests.browser.chat_states import STATES
from tests.browser.conftest import Visits
from tests.browser.looks import LOOKS


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
def test_axe_finds_nothing(visits: Visits, state: Callable[[Chat], None], look: str) -> None:
    page = visits.page(bypass_csp=True, reduced_motion="reduce", **LOOKS[look])
    state(Chat(page))
    assert violations_of(page) == []


def test_axe_would_find_what_is_wrong_inside_the_component(visits: Visits) -> None:
    page = visits.page(bypass_csp=True)
    Chat(page).open().field.evaluate("(field) => field.labels[0].remove()")

    assert len(violations_of(page)) == 1


def test_axe_finds_nothing_in_the_frame_and_in_the_form(visits: Visits) -> None:
    for path in ("/embed", "/contact"):
        page = visits.page(path, bypass_csp=True)
        page.wait_for_load_state("networkidle")
        assert violations_of(page) == []
