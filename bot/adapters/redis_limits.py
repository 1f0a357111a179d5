"""Limits and turns in Redis, common to all processes that use the same Redis and the same secret.

A turn is a place in a list per key, first come, first served. Whoever waits or works renews a lease on its place, and the
place of a process that was killed is passed over when its lease has run out. Each place is named by a random token: a
process that was held up, and has lost its place meanwhile, can neither renew nor free another's.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import Any

from redis.asyncio import Redis
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError

from bot.core.keys import derive_key, sign
from bot.services.limit_ports import TurnNeverCame
from bot.services.ports import InvalidInput, Unavailable

CALL_SECONDS = 1.0
"""The longest that one call of Redis can hold a message up."""
LEASE_SECONDS = 4.0
"""So soon after a process was killed the next one goes on. Longer than a busy process is held up."""
RENEW_SECONDS = 1.0
LOOK_SECONDS = 0.4
"""A waiting one is woken; so often it renews its lease, and looks whether those before it still live."""
CALLS_AT_ONCE = 1000
"""Each waiting message is one of them. Redis serves ten thousand unless told otherwise."""
logger = logging.getLogger(__name__)

# Redis' own clock counts, in microseconds: those of the gateways may differ.
_COUNT = """
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local limit, window, adds = tonumber(ARGV[1]), tonumber(ARGV[2]), ARGV[3] == '1'
local first = redis.call('LINDEX', KEYS[1], 0)
while first and tonumber(first) <= now do
    redis.call('LPOP', KEYS[1])
    first = redis.call('LINDEX', KEYS[1], 0)
end
if limit > 0 then
    local blocking = redis.call('LINDEX', KEYS[1], -limit)
    if blocking then return tonumber(blocking) - now end
end
if adds then
    redis.call('RPUSH', KEYS[1], string.format('%.0f', now + window))
    redis.call('PEXPIRE', KEYS[1], math.ceil(window / 1000))
end
return 0
"""
# KEYS: the line; ARGV: the own token, the lease in milliseconds, whether to join. Answers 1: first, 0: not yet, -1: no longer in line.
_LOOK = """
local lease = KEYS[1] .. ':' .. ARGV[1]
if ARGV[3] == '1' then
    redis.call('RPUSH', KEYS[1], ARGV[1])
elseif not redis.call('LPOS', KEYS[1], ARGV[1]) then
    return -1
end
redis.call('SET', lease, '', 'PX', ARGV[2])
redis.call('PEXPIRE', KEYS[1], ARGV[2] * 2)
local first = redis.call('LINDEX', KEYS[1], 0)
while first and redis.call('EXISTS', KEYS[1] .. ':' .. first) == 0 do
    redis.call('LPOP', KEYS[1])
    first = redis.call('LINDEX', KEYS[1], 0)
end
return first == ARGV[1] and 1 or 0
"""
_LEAVE = """
redis.call('DEL', KEYS[1] .. ':' .. ARGV[1], KEYS[1] .. ':' .. ARGV[1] .. ':wake')
if redis.call('LREM', KEYS[1], 0, ARGV[1]) == 0 then return 0 end
local next = redis.call('LINDEX', KEYS[1], 0)
if next then
    redis.call('RPUSH', KEYS[1] .. ':' .. next .. ':wake', '')
    redis.call('PEXPIRE', KEYS[1] .. ':' .. next .. ':wake', ARGV[2])
end
return 1
"""


class SharedRedis:
    """One connection pool; every call is short, or ends as ``Unavailable``. Raises ``InvalidInput`` for an unusable address."""

    def __init__(self, url: str, secret: str) -> None:
        try:
            self._redis = Redis.from_url(
                url,
                max_connections=CALLS_AT_ONCE,
                # Connections that Redis has closed meanwhile are noticed by using them only.
                retry=Retry(NoBackoff(), 1),
                retry_on_error=[ConnectionError],
            )
        except ValueError as error:  # the address itself may hold a password
            raise InvalidInput("PROMODESK_REDIS_URL cannot be used; write redis://:password@host:6379/0") from error
        self._key = derive_key(secret, "names in redis")

    def name(self, kind: str, key: str) -> str:
        """Under which name a key is kept: network and mail addresses stay out of Redis."""
        return f"promodesk:{kind}:{sign(self._key, key)[:32]}"

    async def run(self, script: str, name: str, *arguments: object) -> Any:
        """What a script answers that works on one name. Raises ``Unavailable``."""
        return await _answered(lambda: self._redis.register_script(script)([name], list(arguments)))

    async def wait_for(self, name: str, seconds: float) -> None:
        """Wait for something under this name; comes back without it after so many seconds. Raises ``Unavailable``."""
        await _answered(lambda: self._redis.blpop([name], seconds))

    async def check(self) -> None:
        """Raises ``Unavailable`` unless Redis answers."""
        await _answered(self._redis.ping)

    async def close(self) -> None:
        await self._redis.close()


async def _answered(call: Callable[[], Awaitable[Any]]) -> Any:
    try:
        return await asyncio.wait_for(call(), CALL_SECONDS)
    except (RedisError, OSError, asyncio.TimeoutError) as error:
        raise Unavailable(f"Redis did not answer ({type(error).__name__})") from error


class RedisWindows:
    """The ``Windows`` port."""

    def __init__(self, redis: SharedRedis) -> None:
        self._redis = redis

    async def count(self, key: str, limit: int, seconds: float) -> float:
        return await self._run(key, limit, seconds, adds=1)

    async def check(self, key: str, limit: int) -> float:
        return await self._run(key, limit, 0, adds=0)

    async def note(self, key: str, seconds: float) -> None:
        await self._run(key, 0, seconds, adds=1)

    async def _run(self, key: str, limit: int, seconds: float, *, adds: int) -> float:
        answer = await self._redis.run(_COUNT, self._redis.name("window", key), limit, int(seconds * 1e6), adds)
        return int(answer) / 1e6


class RedisTurns:
    """The ``Turns`` port; ``kind`` keeps the turns of gateways and of Rasa apart."""

    def __init__(self, redis: SharedRedis, kind: str, lease_seconds: float = LEASE_SECONDS) -> None:
        self._redis = redis
        self._kind = kind
        self._lease = int(lease_seconds * 1000)

    @asynccontextmanager
    async def turn(self, key: str, wait_seconds: float) -> AsyncIterator[None]:
        line, token = self._redis.name(self._kind, key), secrets.token_hex(8)
        try:
            await self._wait(line, token, time.monotonic() + wait_seconds)
        except Unavailable:
            raise  # its lease runs out
        except BaseException:
            await self._leave(line, token)
            raise
        renewing = asyncio.create_task(self._renew(line, token))
        try:
            yield
        finally:
            renewing.cancel()
            await self._leave(line, token)

    async def _wait(self, line: str, token: str, deadline: float) -> None:
        place = await self._look(line, token, joins=1)
        while place != 1:
            left = deadline - time.monotonic()
            if left <= 0 or place < 0:
                raise TurnNeverCame("those before took too long" if place == 0 else "the place in line was lost")
            await self._redis.wait_for(f"{line}:{token}:wake", min(left, LOOK_SECONDS))
            place = await self._look(line, token)

    async def _renew(self, line: str, token: str) -> None:
        place = 1
        while place == 1:
            await asyncio.sleep(RENEW_SECONDS)
            with suppress(Unavailable):
                place = await self._look(line, token)
        logger.warning("a turn was held up for so long that it was given to the next one")

    async def _look(self, line: str, token: str, *, joins: int = 0) -> int:
        return int(await self._redis.run(_LOOK, line, token, self._lease, joins))

    async def _leave(self, line: str, token: str) -> None:
        """Shielded: whoever is interrupted must not keep the next one waiting until the lease has run out."""
        with suppress(Unavailable):
            await asyncio.shield(self._redis.run(_LEAVE, line, token, self._lease))
