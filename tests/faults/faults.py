"""What can go wrong, each as a small object: done for a while, then undone."""

from __future__ import annotations

import asyncio
import random
import signal
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass

from tests.faults.house import House, reload, send_signal
from tests.faults.proxy import Link, Proxy, Weather

Doing = Callable[[House, random.Random], AbstractAsyncContextManager[None]]


@dataclass(frozen=True)
class Fault:
    """`doing`: a context; the fault is there inside of it. `target`: what it is about; `seconds`: how long it stays."""

    name: str
    target: str
    seconds: float
    doing: Doing


# --- workers


@asynccontextmanager
async def _worker_killed(house: House, chance: random.Random) -> AsyncIterator[None]:
    send_signal(chance.choice(house.workers()), signal.SIGKILL)
    yield


@asynccontextmanager
async def _worker_stopped(house: House, chance: random.Random) -> AsyncIterator[None]:
    pid = chance.choice(house.workers())
    send_signal(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        send_signal(pid, signal.SIGCONT)


@asynccontextmanager
async def _rolled(house: House, chance: random.Random) -> AsyncIterator[None]:
    """Where another fault makes that the new workers cannot start, the old ones go on: that is an end of it, too."""
    async with asyncio.TaskGroup() as group:
        for server in house.servers:
            group.create_task(asyncio.to_thread(reload, server))
        yield


# --- Redis


@asynccontextmanager
async def _redis_down(house: House, chance: random.Random) -> AsyncIterator[None]:
    """It keeps nothing on disk: when it is back, it is empty."""
    await asyncio.to_thread(house.redis.kill)
    try:
        yield
    finally:
        await asyncio.to_thread(house.redis.start)


@asynccontextmanager
async def _redis_stopped(house: House, chance: random.Random) -> AsyncIterator[None]:
    house.redis.pause()
    try:
        yield
    finally:
        house.redis.resume()


@asynccontextmanager
async def _redis_emptied(house: House, chance: random.Random) -> AsyncIterator[None]:
    """Its connections stay, and know nothing of it."""
    await asyncio.to_thread(house.redis.call, "FLUSHALL")
    yield


@asynccontextmanager
async def _pubsub_killed(house: House, chance: random.Random) -> AsyncIterator[None]:
    await asyncio.to_thread(house.redis.call, "CLIENT", "KILL", "TYPE", "pubsub")
    yield


def _clients_paused(seconds: float) -> Doing:
    @asynccontextmanager
    async def paused(house: House, chance: random.Random) -> AsyncIterator[None]:
        await asyncio.to_thread(house.redis.call, "CLIENT", "PAUSE", int(seconds * 1_000), "ALL")
        yield  # it ends by itself

    return paused


# --- lines: to Redis, and of members


def _lines(house: House, chance: random.Random, *, doors: bool) -> list[Proxy]:
    """Those of one machine, or of all."""
    all_of_them = house.doors if doors else house.redis_lines
    return [chance.choice(all_of_them)] if chance.random() < 0.5 else all_of_them


def _bad(weather: Weather, *, doors: bool = False, share: float = 0.6) -> Doing:
    @asynccontextmanager
    async def bad(house: House, chance: random.Random) -> AsyncIterator[None]:
        proxies = _lines(house, chance, doors=doors)
        for proxy in proxies:
            proxy.bad(weather, share, chance)
        try:
            yield
        finally:
            for proxy in proxies:
                proxy.fine()

    return bad


def _once(what: Callable[[Link], None], *, doors: bool = False, share: float = 0.6) -> Doing:
    @asynccontextmanager
    async def once(house: House, chance: random.Random) -> AsyncIterator[None]:
        for proxy in _lines(house, chance, doors=doors):
            proxy.each(what, share, chance)
        yield

    return once


ROLLING = Fault("rolling restart", "worker", 0, _rolled)
FAULTS = (
    Fault("worker killed", "worker", 0, _worker_killed),
    Fault("worker stopped 5 s", "worker", 5, _worker_stopped),
    Fault("worker stopped 15 s", "worker", 15, _worker_stopped),
    ROLLING,
    Fault("redis killed, back after 3 s, empty", "redis", 3, _redis_down),
    Fault("redis restarted empty", "redis", 0, _redis_down),
    Fault("redis emptied", "redis", 0, _redis_emptied),
    Fault("redis stopped 5 s", "redis", 5, _redis_stopped),
    Fault("redis stopped 15 s", "redis", 15, _redis_stopped),
    Fault("subscriptions killed", "redis", 0, _pubsub_killed),
    Fault("redis clients paused 3 s", "redis", 3, _clients_paused(3)),
    Fault("lines to redis slow", "lines", 4, _bad(Weather(delay=0.15))),
    Fault("lines to redis swallow 4 s", "lines", 4, _bad(Weather(swallow=True))),
    Fault("lines to redis stall 4 s", "lines", 4, _bad(Weather(hold=True))),
    Fault("lines to redis cut", "lines", 0, _once(Link.cut)),
    Fault("lines to redis half closed by redis", "lines", 0, _once(Link.half_close_client)),
    Fault("lines to redis half closed by workers", "lines", 0, _once(Link.half_close_server)),
    Fault("members' lines swallow 4 s", "members", 4, _bad(Weather(swallow=True), doors=True)),
    Fault("members' lines stall 4 s", "members", 4, _bad(Weather(hold=True), doors=True)),
    Fault("members' lines cut", "members", 0, _once(Link.cut, doors=True)),
    Fault("members' lines half closed", "members", 0, _once(Link.half_close_client, doors=True)),
)
BY_NAME = {fault.name: fault for fault in FAULTS}
