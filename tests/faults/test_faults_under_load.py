"""Everything that can fail fails in turn while customers talk: nothing is lost, nothing mixed, everybody is answered soon.

In its short form with few customers and short outages; ``make faults`` has fifty and thirty seconds.
"""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from tests.databases import empty_database
from tests.faults.crowd import Crowd, assert_everybody_was_answered_soon, assert_nothing_was_lost_or_mixed
from tests.faults.wire import Wire
from tests.processes.running_cluster import RunningCluster, stopped
from tests.redises import OwnRedis, own_redis

IS_FULL = os.environ.get("PROMODESK_FAULTS") == "full"
CUSTOMERS, OUTAGE_SECONDS = (50, 30.0) if IS_FULL else (12, 5.0)
BEFORE_SECONDS = AFTER_SECONDS = 3.0


@dataclass
class Site:
    """A cluster, and the wires between it and what it needs."""

    cluster: RunningCluster
    database: Wire
    redis: Wire


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    with own_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def site(trained_model: Path, redis_server: OwnRedis, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as stack:
        straight = {name: stack.enter_context(empty_database("postgresql", folder)) for name in DATABASES}
        database = Wire(make_url(straight["DATABASE"]).port or 5432)
        redis = Wire(make_url(redis_server.url).port or 6379)
        stack.callback(database.close)
        stack.callback(redis.close)
        through = {f"PROMODESK_{name}_URL": _through(database, url) for name, url in straight.items()}
        cluster = RunningCluster(folder, through, f"redis://127.0.0.1:{redis.port}/0")
        cluster.settings["PROMODESK_TRUSTED_PROXIES"] = "127.0.0.1"
        try:
            cluster.start()
        except RuntimeError as error:
            pytest.fail(str(error), pytrace=False)
        yield Site(cluster, database, redis)
        cluster.stop()


DATABASES = ("DATABASE", "CLAIMS", "TRACKER")


def _through(wire: Wire, url: str) -> str:
    return make_url(url).set(host="127.0.0.1", port=wire.port).render_as_string(hide_password=False)


@contextmanager
def killed(process: int) -> Iterator[None]:
    os.kill(process, signal.SIGKILL)
    yield


Fault = Callable[[Site], AbstractContextManager[None]]
FAULTS: dict[str, Fault] = {
    "nothing": lambda site: nullcontext(),
    "a gateway is killed": lambda site: killed(site.cluster.processes_of("bot.web")),
    "a gateway hangs": lambda site: stopped(site.cluster.processes_of("bot.web")),
    "a Rasa is killed": lambda site: killed(site.cluster.processes_of("bot.inside_rasa.server")),
    "a Rasa hangs": lambda site: stopped(site.cluster.processes_of("bot.inside_rasa.server", 1)),
    "both Rasas hang": lambda site: stopped(
        *(site.cluster.processes_of("bot.inside_rasa.server", number) for number in range(2))
    ),
    "the action servers hang": lambda site: stopped(*site.cluster.processes_like("bot.commands.action_server")),
    "the outbox worker is killed": lambda site: killed(site.cluster.processes_like("outbox")[0]),
    "the database is cut off": lambda site: site.database.cut(),
    "the database says nothing": lambda site: site.database.silent(),
    "Redis is cut off": lambda site: site.redis.cut(),
    "Redis says nothing": lambda site: site.redis.silent(),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_nothing_is_lost_or_mixed_and_everybody_is_answered_soon_while(fault: str, site: Site) -> None:
    site.cluster.wait_until_all_are_ready()
    crowd = Crowd(site.cluster.url, CUSTOMERS)
    crowd.start()
    time.sleep(BEFORE_SECONDS)
    with FAULTS[fault](site):
        time.sleep(OUTAGE_SECONDS)
    time.sleep(AFTER_SECONDS)
    talks = crowd.finish()
    assert_nothing_was_lost_or_mixed(talks)
    assert_everybody_was_answered_soon(talks)
    assert all(talk.said for talk in talks), "somebody did not get a word in"
