"""A backplane on a Redis of its own, for what Redis alone can do to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from chatserver.backplane.redis.backplane import RedisBackplane
from tests.contract.backplanes import AheadClock, Bench, Line
from tests.redis import RunningRedis


class Doubts:
    """How often it was in doubt."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self) -> None:
        self.count += 1


@asynccontextmanager
async def connected(url: str, window_seconds: float = 60.0, *, accept_unsafe: bool = False) -> AsyncIterator[Bench]:
    clock = AheadClock()
    backplane = RedisBackplane(url, clock, window_seconds, accept_unsafe=accept_unsafe)
    await backplane.start()

    async def advance(ms: int) -> None:
        clock.ahead_ms += ms
        backplane.ahead_ms += ms

    try:
        yield Bench(backplane, clock.now, advance)
    finally:
        await backplane.stop()


@pytest.fixture
async def bench(redis: RunningRedis) -> AsyncIterator[Bench]:
    async with connected(redis.url) as bench:
        yield bench


@pytest.fixture
async def line(bench: Bench) -> Line:
    return await Line(bench).open()


@pytest.fixture
def doubts(bench: Bench) -> Doubts:
    doubts = Doubts()
    bench.backplane.doubt = doubts
    return doubts


Keys = Callable[[], dict[str, int]]


@pytest.fixture
def ttls(redis: RunningRedis) -> Keys:
    """Every key there is, with the milliseconds that it has left; -1: for ever."""

    def read() -> dict[str, int]:
        return {key.decode(): redis.call("PTTL", key) for key in redis.call("KEYS", "*")}

    return read
