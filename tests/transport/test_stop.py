"""A stop, as an operator or a service manager asks for it: everyone is told, nobody can hold it up."""

from __future__ import annotations

import asyncio
import resource
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import RunningServer
from tests.transport.conftest import House
from tests.transport.raw import Raw, connected, open_socket, shake_hands

CONNECTIONS = 500
DEAF = 20  # they never read
MUTE = 40  # they read, and never answer the close
FILL = 100  # messages: more than the kernel takes for who does not read, less than what ends a connection
SECONDS = 10.0

OFF = {f"CHATSERVER_LIMITS__{name}": "0" for name in ("MESSAGES_PER_SECOND", "COMMANDS_PER_SECOND", "JOINS_PER_MINUTE")}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningServer]:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 4_096), hard))
    with RunningServer(tmp_path, OFF) as server:
        yield server
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


async def told(raw: Raw, *, answers: bool) -> tuple[bool, tuple[int | None, str]]:
    """Whether it was told to move, and how it was closed."""
    end = await raw.closed()
    if answers:
        await raw.close()
    return raw.packets[-1] == '42["move",{"within_ms":3000}]', end


async def test_500_connections_are_let_go_in_time(running: RunningServer, capsys: pytest.CaptureFixture[str]) -> None:
    url, room = running.url, running.room
    deaf = [await connected(url, buffer=4_096) for _ in range(DEAF)]
    for raw in deaf:
        await raw.join(room)
        raw.writer.transport.pause_reading()  # type: ignore[attr-defined]
    others: list[Raw] = []
    for _ in range(0, CONNECTIONS - DEAF, 40):
        others += await asyncio.gather(*(connected(url) for _ in range(40)))
    await asyncio.gather(*(raw.join(room) for raw in others[-5:]))
    for n in range(FILL):
        await others[-1].ask("send", {"id": f"m{n}", "text": "x" * 2_000}, ack=n)
    silent = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))  # never asks for anything
    half = socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])))
    half.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n")  # nor does this one come to an end

    waiting = [asyncio.create_task(told(raw, answers=n >= MUTE)) for n, raw in enumerate(others)]
    began = time.monotonic()
    code = await asyncio.to_thread(running.stop)
    took = time.monotonic() - began
    with capsys.disabled():
        sys.stdout.write(f"\n{CONNECTIONS} connections, {MUTE} that do not answer, {DEAF} that do not read: stopped in {took:.1f} s\n")
    assert (code, took < SECONDS) == (0, True), took
    assert set(await asyncio.gather(*waiting)) == {(True, (1001, "going_away"))}
    assert len(others) + len(deaf) == CONNECTIONS
    assert "Traceback" not in running.output
    assert " ERROR " not in running.output
    for raw in (*others, *deaf):
        raw.abort()
    silent.close()
    half.close()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_both_signals_stop_it(running: RunningServer, number: signal.Signals) -> None:
    raw = await connected(running.url)
    await raw.join(running.room)
    waiting = asyncio.create_task(told(raw, answers=True))
    assert await asyncio.to_thread(running.stop, number) == 0
    assert await waiting == (True, (1001, "going_away"))
    assert "Traceback" not in running.output


async def test_who_comes_while_it_stops_is_sent_away(house: House) -> None:
    """A connection that was open already may still ask; those who do not answer the close leave time for that."""
    mute = await connected(house.url)
    address = house.url.removeprefix("http://").partition(":")
    early = [await asyncio.open_connection(address[0], int(address[2])) for _ in range(2)]
    await (await open_socket(house.url)).close()  # by now the server has taken those that came before
    stopping = asyncio.create_task(house.stop())
    await mute.until('42["move"')
    for reader, writer in early:
        raw = await shake_hands(house.url, over=(reader, writer))
        assert raw.response.status == 503
        await raw.close()
    async with asyncio.timeout(SECONDS):
        await stopping
    mute.abort()
