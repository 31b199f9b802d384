"""A worker that dies, stops or hangs costs nobody their way in, and another one takes its place."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
import time

import pytest

from tests.processes.conftest import WORKERS, asked, fetch, gone, status
from tests.redis import RunningRedis
from tests.running import RunningServer
from tests.transport.raw import connected
from tests.waiting import until

SILENT_SECONDS = 10.0
RESTARTS = "chatserver_worker_restarts_total"


async def number(running: RunningServer, name: str) -> float:
    _, page = await fetch(running.metrics)
    found = re.search(rf"^{name} (\S+)$", page, re.MULTILINE)
    assert found is not None, page
    return float(found[1])


async def test_a_killed_worker_is_started_again_and_the_port_answers_all_the_while(lasting: RunningServer) -> None:
    restarts = await number(lasting, RESTARTS)
    pids = lasting.worker_pids()
    assert len(pids) == WORKERS
    victim = pids[1]
    os.kill(victim, signal.SIGKILL)
    await until(lambda: gone(victim), "the killed worker is gone")
    # More than one for each of the three sockets: who is given the one without a worker waits for the next worker, and is served.
    answers = await asyncio.gather(*(fetch(lasting.url) for _ in range(10 * WORKERS)))
    assert {code for code, _ in answers} == {200}
    await asked(status(lasting, "readyz"), 200, f"{WORKERS} of {WORKERS} workers are ready")
    after = lasting.worker_pids()
    assert len(after) == WORKERS
    assert set(pids) - set(after) == {victim}
    assert await number(lasting, RESTARTS) == restarts + 1


async def test_one_that_goes_on_dying_is_started_again_and_again(lasting: RunningServer) -> None:
    restarts = await number(lasting, RESTARTS)
    for killed in range(1, 4):
        os.kill(lasting.worker_pids()[-1], signal.SIGKILL)
        await asked(lasting.metrics, 200, f"{RESTARTS} {restarts + killed}")
        await asked(status(lasting, "readyz"), 200, f"{WORKERS} of {WORKERS} workers are ready")


async def test_all_of_them_at_once(lasting: RunningServer) -> None:
    restarts = await number(lasting, RESTARTS)
    before = lasting.worker_pids()
    for pid in before:
        os.kill(pid, signal.SIGKILL)
    await asked(lasting.metrics, 200, f"{RESTARTS} {restarts + WORKERS}")
    await asked(status(lasting, "readyz"), 200, f"{WORKERS} of {WORKERS} workers are ready")
    assert not set(before) & set(lasting.worker_pids())


async def test_one_that_cannot_start_again_is_told_of_and_tried_until_it_can(lasting: RunningServer, lasting_redis: RunningRedis) -> None:
    told = lasting.output.count("A worker cannot start")
    lasting_redis.kill()
    os.kill(lasting.worker_pids()[0], signal.SIGKILL)
    await asyncio.to_thread(lasting.said, "A worker cannot start, and is tried again: Redis at 127.0.0.1")
    assert (await fetch(status(lasting, "healthz")))[0] == 200
    lasting_redis.start()
    await asked(lasting.metrics, 200, f"chatserver_workers_ready {WORKERS}.0")
    assert lasting.output.count("A worker cannot start") == told + 1


async def test_a_stopped_worker_is_killed_after_ten_seconds_and_replaced(
    lasting: RunningServer, capsys: pytest.CaptureFixture[str]
) -> None:
    victim = lasting.worker_pids()[0]
    os.kill(victim, signal.SIGSTOP)
    began = time.monotonic()
    await until(lambda: gone(victim), "the stopped worker is killed", 2 * SILENT_SECONDS)
    took = time.monotonic() - began
    with capsys.disabled():
        sys.stdout.write(f"\na stopped worker was killed after {took:.1f} s\n")
    # Its last beat may have been heard up to a second before it was stopped; the supervisor looks once a second.
    assert SILENT_SECONDS - 1.5 <= took <= SILENT_SECONDS + 2.5
    await asked(status(lasting, "readyz"), 200, f"{WORKERS} of {WORKERS} workers are ready")
    await asyncio.to_thread(lasting.said, "worker silent: killed slot=")


async def test_a_worker_that_is_told_to_end_by_somebody_else_lets_its_people_go(lasting: RunningServer) -> None:
    restarts = await number(lasting, RESTARTS)
    raws = [await connected(lasting.url) for _ in range(4 * WORKERS)]
    for pid in lasting.worker_pids():
        os.kill(pid, signal.SIGTERM)
    assert {await raw.closed() for raw in raws} == {(1001, "going_away")}
    await asked(lasting.metrics, 200, f"{RESTARTS} {restarts + WORKERS}")
    await asked(status(lasting, "readyz"), 200, f"{WORKERS} of {WORKERS} workers are ready")


async def test_workers_end_when_their_supervisor_was_killed(lasting: RunningServer) -> None:
    """The last of this file."""
    raw = await connected(lasting.url)
    lasting.process.kill()
    end = asyncio.create_task(raw.closed())
    # The last one to hold standard output is the last worker.
    assert await asyncio.to_thread(lasting.wait) == -signal.SIGKILL
    assert await end == (1001, "going_away")
    assert '42["move",{"within_ms":1000}]' in raw.packets
