"""SIGHUP: new workers take over one after the other, and nobody who comes meanwhile meets a closed door."""

from __future__ import annotations

import asyncio
import re
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.conftest import WORKERS, asked, environ, fetch, let_go, status, visited
from tests.redis import RunningRedis
from tests.running import RunningServer
from tests.transport.raw import connected

MANUAL = """
[server]
drain_seconds = 0
[limits]
joins_per_minute = 0
[operator]
contact = "{contact}"
[rooms]
capacity = {capacity}
"""


def write(folder: Path, contact: str = "first@example.org", capacity: object = 50, more: str = "") -> None:
    (folder / "config.toml").write_text(MANUAL.format(contact=contact, capacity=capacity) + more)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory, lasting_redis: RunningRedis) -> Iterator[RunningServer]:
    folder = tmp_path_factory.mktemp("server")
    write(folder)
    variables = {"CHATSERVER_BACKPLANE__URL": environ(lasting_redis)["CHATSERVER_BACKPLANE__URL"]}
    with RunningServer(folder, variables, ["--workers", str(WORKERS)]) as server:
        yield server


@pytest.fixture
def running(lasting: RunningServer) -> RunningServer:
    """As it was at the start, but for what it has said and how often its workers were replaced."""
    write(lasting.folder)
    lasting.output = ""
    return lasting


async def reloaded(running: RunningServer, words: str = "All workers are new.") -> None:
    running.process.send_signal(signal.SIGHUP)
    await asyncio.to_thread(running.said, words)


async def test_a_wrong_configuration_changes_nothing(running: RunningServer) -> None:
    """The test behind this one puts it right."""
    before = running.worker_pids()
    write(running.folder, capacity='"many"')
    await reloaded(running, "nothing changes")
    await asyncio.to_thread(running.said, 'rooms.capacity: "many" was given')
    assert running.worker_pids() == before


async def test_all_workers_are_replaced_with_new_settings_and_no_visit_fails(
    running: RunningServer, capsys: pytest.CaptureFixture[str]
) -> None:
    before = running.worker_pids()
    assert "first@example.org" in (await fetch(f"{running.url}/what-we-keep"))[1]
    write(running.folder, "second@example.org", more='[metrics]\nport = -1\n[store]\nurl = "sqlite:///elsewhere.sqlite3"\n')
    raws = [await connected(running.url) for _ in range(4 * WORKERS)]
    ends = [asyncio.create_task(let_go(raw)) for raw in raws]
    began = time.monotonic()
    async with visited(running.url) as visitors:
        await reloaded(running)
    with capsys.disabled():
        sys.stdout.write(f"\n{visitors.visits} visits in {time.monotonic() - began:.1f} s while {WORKERS} workers were replaced\n")
    assert visitors.failures == []
    assert visitors.visits > 100
    after = running.worker_pids()
    assert len(after) == WORKERS
    assert not set(before) & set(after)
    assert await fetch(status(running, "readyz")) == (200, f"{WORKERS} of {WORKERS} workers are ready\n")

    # People were sent on, one worker after the other.
    assert {await end for end in ends} == {(1001, "going_away")}
    assert all('42["move",{"within_ms":3000}]' in raw.packets for raw in raws)

    # The new ones have what was changed, and what needs a restart is said.
    pages = await asyncio.gather(*(fetch(f"{running.url}/what-we-keep") for _ in range(4 * WORKERS)))
    assert all("second@example.org" in page for _, page in pages)
    assert re.search(r"metrics\.port: .* needs a restart", running.output)
    assert re.search(r"store\.url: .* needs a restart", running.output)
    assert (await fetch(f"{running.url}/r/{running.room}"))[0] == 200, "the store is the old one"


async def test_asked_twice_there_are_two_rounds(running: RunningServer) -> None:
    running.process.send_signal(signal.SIGHUP)
    await asyncio.to_thread(running.said, " reloading")
    between = running.worker_pids()
    await reloaded(running)
    while running.output.count("All workers are new.") < 2:
        await asyncio.to_thread(running._next_line)
    assert running.output.count(" reloading") == 2
    assert not set(running.worker_pids()) & set(between)


async def test_workers_that_cannot_start_leave_the_old_ones(running: RunningServer, lasting_redis: RunningRedis) -> None:
    before = running.worker_pids()
    lasting_redis.kill()
    await reloaded(running, "the old ones go on")
    assert running.worker_pids() == before
    lasting_redis.start()
    await asked(status(running, "readyz"), 200)
