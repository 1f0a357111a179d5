"""One running desk for all tests of the processes; each test leaves it working."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from tests.processes import planted
from tests.processes.running_desk import Customer, RunningDesk, children_of, is_running


def pytest_collection_modifyitems(items: Sequence[pytest.Item]) -> None:
    if sys.platform != "linux":
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(
                    pytest.mark.skip(reason="processes are looked after by way of /proc, which only Linux has")
                )


@pytest.fixture(scope="session")
def running_desk(trained_model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningDesk]:
    """The whole desk with sample data and the planted claims, started once."""
    desk = RunningDesk(tmp_path_factory.mktemp("desk"))
    try:
        desk.start()
    except RuntimeError as error:
        pytest.fail(str(error), pytrace=False)
    engine = make_engine(desk.settings["PROMODESK_CLAIMS_URL"])
    import_claims(engine, planted.PROMOTION, planted.CLAIMS)
    engine.dispose()
    yield desk
    everything = [desk.supervisor, *children_of(desk.supervisor)]
    assert desk.stop() == 0, desk.terminal
    assert [process for process in everything if is_running(process)] == [], "the desk left processes behind"


@pytest.fixture
def desk(running_desk: RunningDesk) -> Iterator[RunningDesk]:
    """The running desk, which has to be ready before the test and after it."""
    running_desk.wait_until_ready()
    yield running_desk
    running_desk.wait_until_ready()


@pytest.fixture
def customer(desk: RunningDesk) -> Customer:
    return desk.customer()
