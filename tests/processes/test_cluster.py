"""Two gateways, two Rasas and two action servers act as one desk, also while one of them is killed, hangs or is restarted."""

from __future__ import annotations

import asyncio
import os
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import redis

from bot.adapters.sql.engines import make_engine
from bot.adapters.sql.import_claims import import_claims
from bot.core.replies import Reply
from bot.web.limits import MESSAGES_PER_SESSION
from tests.databases import empty_database
from tests.processes import planted
from tests.processes.running_cluster import Customer, RunningCluster, stopped
from tests.redises import OwnRedis, own_redis
from tests.timing import slowness

QUESTION = "How long does the payment take?"
FAILOVER_SECONDS = 10.0
ARRIVAL_SECONDS = 20.0
RASA = "bot.inside_rasa.server"
GATEWAY = "bot.web"


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnRedis]:
    with own_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(scope="module")
def running(
    trained_model: Path, redis_server: OwnRedis, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[RunningCluster]:
    folder = tmp_path_factory.mktemp("cluster")
    with ExitStack() as databases:
        urls = {
            f"PROMODESK_{name}_URL": databases.enter_context(empty_database("postgresql", folder))
            for name in ("DATABASE", "CLAIMS", "TRACKER")
        }
        cluster = RunningCluster(folder, urls, redis_server.url)
        try:
            cluster.start()
        except RuntimeError as error:
            pytest.fail(str(error), pytrace=False)
        engine = make_engine(urls["PROMODESK_CLAIMS_URL"])
        import_claims(engine, planted.PROMOTION, planted.CLAIMS)
        engine.dispose()
        yield cluster
        assert cluster.stop() == 0, cluster.terminal


@pytest.fixture
def cluster(running: RunningCluster) -> RunningCluster:
    running.wait_until_all_are_ready()
    return running


@pytest.fixture
def customer(cluster: RunningCluster) -> Customer:
    return Customer(cluster.addresses("Gateways"))


def test_a_conversation_keeps_its_thread_through_both_gateways(customer: Customer) -> None:
    customer.say("Where does my claim stand?")
    customer.say(planted.PAID.reference)
    told = customer.say(planted.PAID.email)

    assert "paid on 11 December 2023" in told[0]["text"]
    assert [who for who, _ in customer.history()] == ["customer", "desk"] * 3


def test_a_conversation_keeps_its_thread_through_both_rasas(cluster: RunningCluster) -> None:
    async def talk() -> list[Reply]:
        replies: list[Reply] = []
        for number, text in enumerate(["Where does my claim stand?", planted.PAID.reference, planted.PAID.email]):
            rasa = cluster.rasa(number % 2)
            replies = await rasa.reply("through both", f"t{number}", text=text)
            await rasa.close()
        return replies

    assert "paid on 11 December 2023" in asyncio.run(talk())[0].text


def test_the_balancer_leads_to_either_gateway(cluster: RunningCluster) -> None:
    customer = Customer([cluster.url, cluster.url])
    assert customer.say(QUESTION)[0]["kind"] == "answer"


def test_messages_sent_at_once_to_both_gateways_are_answered_in_the_order_they_came(
    customer: Customer, redis_server: OwnRedis
) -> None:
    customer.say("Hello")
    texts = [f"{QUESTION} {number}" for number in range(6)]
    threads: list[threading.Thread] = []
    for number, text in enumerate(texts):
        threads.append(threading.Thread(target=customer.say, args=(text, number % 2)))
        threads[-1].start()
        deadline = time.monotonic() + ARRIVAL_SECONDS
        while _in_line(redis_server) + sum(not thread.is_alive() for thread in threads) <= number:
            assert time.monotonic() < deadline, f"message {number} never stood in line"
            time.sleep(0.005)
    for thread in threads:
        thread.join()

    history = customer.history()
    assert [who for who, _ in history] == ["customer", "desk"] * 7
    assert [text for who, text in history if who == "customer"] == ["Hello", *texts]


def test_limits_count_what_came_to_either_gateway(customer: Customer) -> None:
    customer.say("Hello")
    verdict = {"message_id": "none", "helpful": True}
    statuses = [
        customer.browser.post(f"{customer.gateways[number % 2]}/api/feedback", json=verdict).status_code
        for number in range(MESSAGES_PER_SESSION + 1)
    ]
    assert statuses == [422] * (MESSAGES_PER_SESSION - 1) + [429] * 2


def test_a_message_that_lost_its_gateway_is_answered_once_by_the_other(
    cluster: RunningCluster, customer: Customer
) -> None:
    customer.say("Hello", gateway=0)
    with stopped(cluster.processes_of(RASA, 0), cluster.processes_of(RASA, 1)):
        lost = threading.Thread(target=_say_in_vain, args=(customer, QUESTION, "k1"))
        lost.start()
        time.sleep(0.5)
        os.kill(cluster.processes_of(GATEWAY, 0), signal.SIGKILL)
        lost.join()
    began = time.monotonic()

    told = customer.say(QUESTION, gateway=1, key="k1")

    assert told[0]["kind"] == "answer" and time.monotonic() - began < FAILOVER_SECONDS * slowness()
    assert [text for _, text in Customer.history(_at(customer, 1))].count(QUESTION) == 1


def test_without_redis_every_message_is_answered(
    cluster: RunningCluster, customer: Customer, redis_server: OwnRedis
) -> None:
    customer.say("Hello")
    redis_server.signal(signal.SIGKILL)
    try:
        told = [customer.timed(QUESTION) for _ in range(6)]
        readiness = customer.browser.get(f"{customer.gateways[0]}/readyz")
    finally:
        redis_server.start()

    assert {message["kind"] for message, _ in told} == {"answer"}
    assert readiness.status_code == 200 and readiness.json()["useful"] == {"redis": "unavailable"}
    assert cluster.logs["gateway"].count("for this process only") == 1


@pytest.mark.parametrize(
    "number", [signal.SIGSTOP, signal.SIGTERM, signal.SIGKILL], ids=["hangs", "restarted", "killed"]
)
def test_no_message_is_lost_while_a_rasa_is(cluster: RunningCluster, number: signal.Signals) -> None:
    customers = [Customer(cluster.addresses("Gateways")) for _ in range(4)]
    over = threading.Event()
    told: list[tuple[dict, float]] = []

    def keep_asking(customer: Customer) -> None:
        while not over.is_set():
            told.append(customer.timed(QUESTION))
            time.sleep(0.3)

    threads = [threading.Thread(target=keep_asking, args=(customer,)) for customer in customers]
    for thread in threads:
        thread.start()
    time.sleep(1)
    process = cluster.processes_of(RASA, 0)
    os.kill(process, number)
    time.sleep(8)
    over.set()
    for thread in threads:
        thread.join()
    if number is signal.SIGSTOP:
        os.kill(process, signal.SIGCONT)

    assert len(told) > 2 * len(customers) and {message["kind"] for message, _ in told} == {"answer"}
    assert max(seconds for _, seconds in told) < FAILOVER_SECONDS * slowness()
    for customer in customers:
        history = customer.history()
        assert [who for who, _ in history] == ["customer", "desk"] * (len(history) // 2)


def _in_line(server: OwnRedis) -> int:
    """How many messages wait for their turn at the gateways, or have it."""
    with redis.Redis.from_url(server.url) as client:
        lines = [name for name in client.scan_iter("promodesk:gateway:*") if name.count(b":") == 2]
        return sum(client.llen(line) for line in lines)


def _say_in_vain(customer: Customer, text: str, key: str) -> None:
    with pytest.raises(Exception):  # noqa: B017, PT011
        customer.say(text, gateway=0, key=key)


def _at(customer: Customer, gateway: int) -> Customer:
    """The same browser, at one gateway only."""
    same = Customer([customer.gateways[gateway]] * 2)
    same.browser = customer.browser
    return same
