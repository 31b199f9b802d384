"""Real processes: a supervisor with its workers, a Redis of its own, and visitors who come all the time."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp
import pytest

from tests.redis import RunningRedis, needed
from tests.running import RunningServer
from tests.transport.raw import Closed, Raw, connected

WORKERS = 2
SECONDS = 30.0
LOOKS_AGAIN = 0.05  # s; those who are asked have use for the processor
BETWEEN_VISITS = 0.01  # s


def environ(redis: RunningRedis, **more: str) -> dict[str, str]:
    """`more`: SECTION__KEY."""
    given = {"BACKPLANE__URL": redis.url, "SERVER__DRAIN_SECONDS": "0", "LIMITS__JOINS_PER_MINUTE": "0", **more}
    return {f"CHATSERVER_{key}": value for key, value in given.items()}


@pytest.fixture
def settings() -> Mapping[str, str]:
    """What a test wants otherwise, by parametrizing this."""
    return {}


@pytest.fixture
def running(tmp_path: Path, redis: RunningRedis, settings: Mapping[str, str]) -> Iterator[RunningServer]:
    """For a test that ends it, or counts from its start."""
    with RunningServer(tmp_path, environ(redis, **settings), ["--workers", str(WORKERS)]) as server:
        yield server


@pytest.fixture(scope="module")
def lasting_redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningRedis]:
    needed()
    with RunningRedis(tmp_path_factory.mktemp("redis")) as redis:
        yield redis


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory, lasting_redis: RunningRedis) -> Iterator[RunningServer]:
    """For the tests of a file that leave it at work, with all its workers: each start costs seconds."""
    with RunningServer(tmp_path_factory.mktemp("server"), environ(lasting_redis), ["--workers", str(WORKERS)]) as server:
        yield server


async def fetch(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


async def asked(url: str, status: int, text: str = "") -> str:
    """The page, once it answers with that status and says that; asked again and again."""
    seen: object = None
    try:
        async with asyncio.timeout(SECONDS):
            while True:
                with suppress(aiohttp.ClientError):
                    seen = code, page = await fetch(url)
                    if code == status and text in page:
                        return page
                await asyncio.sleep(LOOKS_AGAIN)
    except TimeoutError:
        raise TimeoutError(f"{url} did not answer {status} {text!r}, but {seen}") from None


def status(running: RunningServer, page: str) -> str:
    """The address of a page for all workers."""
    return running.metrics.removesuffix("metrics") + page


async def let_go(raw: Raw) -> tuple[int | None, str]:
    """How it was closed, which it answers as a client does."""
    end = await raw.closed(30)
    await raw.close()
    return end


def gone(pid: int) -> bool:
    """Whether that process has ended, and been waited for."""
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
        return False
    return True


@dataclass
class Visitors:
    """Come again and again, each over a connection of their own, and note what did not work."""

    url: str
    visits: int = 0
    failures: list[str] = field(default_factory=list)

    async def pages(self) -> None:
        while True:
            await self._note(self._page())
            await asyncio.sleep(BETWEEN_VISITS)

    async def sockets(self) -> None:
        while True:
            await self._note(self._socket())
            await asyncio.sleep(BETWEEN_VISITS)

    async def _note(self, visit: object) -> None:
        try:
            async with asyncio.timeout(SECONDS):
                await visit  # type: ignore[misc]
        except (OSError, EOFError, AssertionError, Closed, TimeoutError, aiohttp.ClientError) as fault:
            self.failures.append(repr(fault))
        self.visits += 1

    async def _page(self) -> None:
        status, _ = await fetch(f"{self.url}/what-we-keep")
        assert status == 200, status

    async def _socket(self) -> None:
        raw = await connected(self.url)
        assert (await raw.ask("door", {"room": "evening"}))["ok"]
        await raw.close()


@asynccontextmanager
async def visited(url: str) -> AsyncIterator[Visitors]:
    """Lets visitors come until the end of the block."""
    visitors = Visitors(url)
    coming = [asyncio.create_task(each) for each in (visitors.pages(), visitors.pages(), visitors.sockets(), visitors.sockets())]
    try:
        yield visitors
    finally:
        for task in coming:
            task.cancel()
        await asyncio.gather(*coming, return_exceptions=True)
