"""Stopping all of it: a load balancer hears first, people are sent on, and it is over in time."""

from __future__ import annotations

import asyncio
import signal
import time
from collections.abc import Mapping

import pytest

from tests.processes.conftest import WORKERS, asked, fetch, let_go, status
from tests.running import RunningServer
from tests.transport.raw import connected, shake_hands

DRAIN_SECONDS = 2
MOVE_SECONDS = 3.0
OVERHEAD_SECONDS = 4.0  # a second for those who are late, closing, ending, and a slow machine
MOVE = '42["move",{"within_ms":3000}]'

draining = pytest.mark.parametrize("settings", [{"SERVER__DRAIN_SECONDS": str(DRAIN_SECONDS)}], ids=["draining"])


@draining
async def test_sigterm_goes_on_accepting_and_then_sends_everyone_on(running: RunningServer, settings: Mapping[str, str]) -> None:
    early = await connected(running.url)
    ending = asyncio.create_task(let_go(early))
    began = time.monotonic()
    running.process.send_signal(signal.SIGTERM)
    page = await asked(status(running, "readyz"), 503)
    assert page == f"stopping: 0 of {WORKERS} workers are ready\n" or page.startswith("stopping: ")
    assert (await fetch(status(running, "healthz")))[0] == 200
    await asked(f"{running.url}/readyz", 503)
    late = await connected(running.url)  # those who come because the load balancer has not looked yet
    late_ending = asyncio.create_task(let_go(late))
    assert (await fetch(running.url))[0] == 200
    assert MOVE not in early.packets
    assert await asyncio.to_thread(running.wait) == 0
    took = time.monotonic() - began
    assert DRAIN_SECONDS + MOVE_SECONDS <= took <= DRAIN_SECONDS + MOVE_SECONDS + OVERHEAD_SECONDS, "nobody went by themselves"
    assert await ending == (1001, "going_away")
    assert await late_ending == (1001, "going_away")
    assert MOVE in early.packets
    assert MOVE in late.packets
    assert "Traceback" not in running.output
    assert " ERROR " not in running.output


@draining
async def test_it_does_not_wait_for_those_who_have_gone(running: RunningServer, settings: Mapping[str, str]) -> None:
    raw = await connected(running.url)
    began = time.monotonic()
    running.process.send_signal(signal.SIGTERM)
    await raw.until(MOVE, 30)
    assert time.monotonic() - began >= DRAIN_SECONDS
    await raw.close()
    assert await asyncio.to_thread(running.wait) == 0
    assert time.monotonic() - began < DRAIN_SECONDS + MOVE_SECONDS + 1


@pytest.mark.parametrize("settings", [{"SERVER__DRAIN_SECONDS": "300"}], ids=["long"])
async def test_the_second_signal_stops_at_once(running: RunningServer, settings: Mapping[str, str]) -> None:
    raw = await connected(running.url)
    ending = asyncio.create_task(let_go(raw))
    running.process.send_signal(signal.SIGTERM)
    await asked(status(running, "readyz"), 503)
    began = time.monotonic()
    assert await asyncio.to_thread(running.stop, signal.SIGINT) == 0
    assert time.monotonic() - began < MOVE_SECONDS + OVERHEAD_SECONDS
    assert await ending == (1001, "going_away")


@pytest.mark.parametrize("settings", [{"SERVER__DRAIN_SECONDS": "300"}], ids=["long"])
async def test_ctrl_c_does_not_wait_for_a_load_balancer(running: RunningServer, settings: Mapping[str, str]) -> None:
    raw = await connected(running.url)
    ending = asyncio.create_task(let_go(raw))
    began = time.monotonic()
    assert await asyncio.to_thread(running.stop, signal.SIGINT) == 0
    assert time.monotonic() - began < MOVE_SECONDS + OVERHEAD_SECONDS
    assert await ending == (1001, "going_away")
    assert MOVE in raw.packets


async def test_who_joins_while_it_leaves_is_told_to_move(running: RunningServer) -> None:
    """Their connection was open, and had not asked for anything yet, when all others were told."""
    first = await connected(running.url)
    streams = [await asyncio.open_connection("127.0.0.1", int(running.url.rpartition(":")[2])) for _ in range(6)]
    await asyncio.gather(*(fetch(running.url) for _ in range(12)))  # by now each worker has taken those that came before
    running.process.send_signal(signal.SIGTERM)
    await first.until(MOVE, 30)
    for each in streams:
        raw = await (await shake_hands(running.url, over=each)).connect()
        await raw.until(MOVE)
    assert await asyncio.to_thread(running.wait) == 0
