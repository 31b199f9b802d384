"""One address answers for all workers."""

from __future__ import annotations

import asyncio
import os
import signal

from tests.processes.conftest import WORKERS, asked, fetch, status
from tests.running import RunningServer
from tests.transport.raw import connected
from tests.transport.test_metrics import samples

TOGETHER = 12  # of which each worker has about a third, too few to be shown for one alone


async def test_counts_are_summed_before_small_ones_are_taken_out(running: RunningServer) -> None:
    raws = [await connected(running.url) for _ in range(TOGETHER)]
    for raw in raws:
        assert (await raw.ask("door", {"room": running.room}))["ok"]
    page = await asked(running.metrics, 200, 'chatserver_answers_total{code="ok",event="door"} 10.0')  # by fives
    shown = samples(page)
    assert shown["chatserver_connections"] == TOGETHER
    assert shown["chatserver_workers"] == shown["chatserver_workers_ready"] == WORKERS
    for raw in raws:
        await raw.close()


async def test_what_was_answered_stays_answered_when_its_worker_ends(running: RunningServer) -> None:
    """Counters that fall would be taken for a restart of all."""
    raws = [await connected(running.url) for _ in range(TOGETHER)]
    for raw in raws:
        await raw.ask("door", {"room": running.room})
    await asked(running.metrics, 200, 'chatserver_answers_total{code="ok",event="door"} 10.0')
    for pid in running.worker_pids():
        os.kill(pid, signal.SIGKILL)
    page = await asked(running.metrics, 200, f"chatserver_worker_restarts_total {WORKERS}.0")
    assert samples(page)["chatserver_answers_totaldoorok"] == 10
    assert samples(page)["chatserver_connections"] == 0


async def test_readyz_and_healthz(lasting: RunningServer) -> None:
    assert await fetch(status(lasting, "readyz")) == (200, f"{WORKERS} of {WORKERS} workers are ready\n")
    assert await fetch(status(lasting, "healthz")) == (200, "ok\n")
    assert (await fetch(status(lasting, "")))[0] == 404
    assert (await fetch(f"{lasting.url}/metrics"))[0] == 404, "a worker cannot answer for all"
    own = await asyncio.gather(*(fetch(f"{lasting.url}/readyz") for _ in range(10)))
    assert set(own) == {(200, "ready\n")}
    os.kill(lasting.worker_pids()[0], signal.SIGKILL)
    assert f" of {WORKERS} workers " in await asked(status(lasting, "readyz"), 200)  # "is" or "are ready"
