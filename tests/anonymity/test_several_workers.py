"""A random word is said in every place where something can be said, in a room over several workers; afterwards it is nowhere."""

from __future__ import annotations

import asyncio
import os
import signal
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from types import MappingProxyType

import pytest

from tests import postgres
from tests.anonymity.canary import close_and_go, files_holding, new_canary, say_everywhere
from tests.faults.run import ERASED_SECONDS, keys_of
from tests.postgres import Cluster, fresh_database
from tests.redis import RunningRedis, needed
from tests.running import RunningServer
from tests.transport.raw import connected
from tests.waiting import until

Asked = tuple[RunningServer, str]  # and the URL of its database, if that is PostgreSQL


def start(folder: Path, redis: RunningRedis, store: str = "", more: Mapping[str, str] = MappingProxyType({})) -> RunningServer:
    for each in ("data", "tmp"):
        (folder / each).mkdir()
    environ = {"BACKPLANE__URL": redis.url, "SERVER__WORKERS": "3", "SERVER__DRAIN_SECONDS": "0", "LOG__LEVEL": "debug"}
    environ |= {"STORE__URL": store} if store else {}
    more = {**more, "TMPDIR": str(folder / "tmp"), "PYTHONASYNCIODEBUG": "1"}
    return RunningServer(folder, {f"CHATSERVER_{key}": value for key, value in environ.items()} | more)


@pytest.fixture
def redis_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where this Redis writes to, if it writes: not where the server does, so that a dump that a test asks for is told from a leak."""
    return tmp_path_factory.mktemp("redis")


@pytest.fixture
def redis(redis_folder: Path) -> Iterator[RunningRedis]:
    needed()
    with RunningRedis(redis_folder, ("--loglevel", "debug", "--rdbcompression", "no")) as running:
        yield running


def dumped(redis: RunningRedis, folder: Path) -> bytes:
    """All that Redis holds, as it would write it, without compressing it."""
    redis.call("SAVE")
    dump = folder / "dump.rdb"
    content = dump.read_bytes()
    dump.unlink()
    return content


async def test_nothing_is_left_of_a_meeting_over_three_workers_with_sqlite(tmp_path: Path, redis: RunningRedis, redis_folder: Path) -> None:
    with start(tmp_path, redis) as running:
        canary = await meet(running, redis, redis_folder)
        assert await asyncio.to_thread(running.stop) == 0
    nowhere(canary, running, redis, redis_folder)
    (database,) = running.folder.rglob("*.sqlite3")
    with closing(sqlite3.connect(database)) as connection:
        assert canary not in "\n".join(connection.iterdump())


async def test_nothing_is_left_of_a_meeting_over_three_workers_with_postgresql(
    tmp_path: Path, redis: RunningRedis, redis_folder: Path, cluster_url: tuple[Cluster, str]
) -> None:
    cluster, url = cluster_url
    with start(tmp_path, redis, url) as running:
        canary = await meet(running, redis, redis_folder)
        assert canary not in await all_rows(url)
        assert await asyncio.to_thread(running.stop) == 0
    nowhere(canary, running, redis, redis_folder)
    rows = await all_rows(url)
    assert "evening" in rows, "the search finds what is there"
    assert canary not in rows
    assert files_holding(cluster._folder, canary) == [], "its files, journal and log"


@pytest.fixture
def cluster_url(postgres: Cluster) -> Iterator[tuple[Cluster, str]]:
    with fresh_database(postgres.url) as url:
        yield postgres, url


async def all_rows(url: str) -> str:
    async with postgres.connected(url) as server:
        tables = await server.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        rows = [row for table in tables for row in await server.fetch(f'SELECT * FROM "{table[0]}"')]
    return "\n".join(map(str, rows))


async def test_nothing_is_left_where_a_worker_is_killed_in_the_middle_and_one_fails_over_the_words(
    tmp_path: Path, redis: RunningRedis, redis_folder: Path
) -> None:
    with start(tmp_path, redis, more=failing_over_the_words(tmp_path)) as running:
        canary = new_canary()
        raws = await say_everywhere(running.url, running.room, running.facilitator_key, canary)
        running.said("exception=RuntimeError")  # whose text holds the words
        os.kill(running.worker_pids()[0], signal.SIGKILL)
        running.said("worker ended")
        assert files_holding(running.folder, canary) == []
        assert files_holding(redis_folder, canary) == []
        host = await connected(running.url)
        await host.join(running.room, key=running.facilitator_key)
        assert (await host.ask("close"))["ok"]
        await until(lambda: not keys_of(redis, running.room), "keys of the room after its end", ERASED_SECONDS)
        for raw in (*raws, host):
            await raw.close()
        assert await asyncio.to_thread(running.stop) == 0
    nowhere(canary, running, redis, redis_folder)


FAILING = """
from chatserver.engine.seat_requests import SeatRequests

said = SeatRequests._said

async def fail(self, here, id, text, command):
    if "muted" in text or "ugly" in text:
        raise RuntimeError("these words: " + text)
    return await said(self, here, id, text, command)

SeatRequests._said = fail
"""


def failing_over_the_words(folder: Path) -> dict[str, str]:
    """An environment in which the server fails over some of what is said, with the words in the fault."""
    (folder / "patch").mkdir()
    (folder / "patch" / "sitecustomize.py").write_text(FAILING)
    return {"PYTHONPATH": str(folder / "patch")}


async def meet(running: RunningServer, redis: RunningRedis, redis_folder: Path) -> str:
    """A meeting with the word in it everywhere, from its beginning to its end. Returns the word."""
    canary = new_canary()
    raws = await say_everywhere(running.url, running.room, running.facilitator_key, canary)
    assert files_holding(running.folder, canary) == [], "while the meeting runs"
    assert files_holding(redis_folder, canary) == [], "while the meeting runs"
    assert canary.encode() in dumped(redis, redis_folder), "the search finds what is there: the running meeting, in memory"
    assert keys_of(redis, running.room)
    await close_and_go(raws)
    await until(lambda: not keys_of(redis, running.room), "keys of the room after its end", ERASED_SECONDS)
    assert canary.encode() not in dumped(redis, redis_folder)
    return canary


def nowhere(canary: str, running: RunningServer, redis: RunningRedis, redis_folder: Path) -> None:
    assert " DEBUG " in running.output, "the log was as talkative as it gets"
    assert canary not in running.output
    assert canary.encode() not in dumped(redis, redis_folder)
    assert canary not in repr(redis.call("SLOWLOG", "GET", "-1"))
    assert canary not in repr(redis.call("KEYS", "*"))
    redis.stop()
    assert canary not in redis.output
    assert files_holding(redis_folder, canary) == []
    assert files_holding(running.folder, canary) == []
