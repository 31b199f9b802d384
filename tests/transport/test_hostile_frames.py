"""Frames that nobody means well with: what they cost is bounded, and who is beside them goes on."""

from __future__ import annotations

import asyncio
import random
import tracemalloc
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from itertools import chain, repeat

import pytest

from chatserver.transport.connection import MAX_UNSENT, Connection
from chatserver.wire.packets import MAX_FRAME
from tests.clients import SECONDS
from tests.transport.conftest import House
from tests.transport.raw import CLOSE, CONTINUATION, PING, PONG, TEXT, Closed, connected, frame, open_socket
from tests.transport.test_bad_packets import ALL_FRAMES
from tests.transport.wired import NotingServer, NotingTransport
from tests.waiting import until

MIB = 1 << 20
READ = 65_536  # bytes that come at a time, at most


def many(small: bytes) -> bytes:
    """As many of them as come at a time."""
    return small * (READ // len(small))


# --- what it costs


def fed(connection: Connection, segments: Iterable[bytes]) -> tuple[int, int]:
    """Bytes that were taken until it wanted no more, and the most memory that was needed for them."""
    count = 0
    tracemalloc.start()
    try:
        for segment in segments:
            count += len(segment)
            connection.data_received(segment)
            if connection.leaving:
                break
        return count, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


async def test_a_mebibyte_in_fragments_of_one_byte_is_refused_with_what_is_too_much() -> None:
    transport, fragment = NotingTransport(), frame(CONTINUATION, b"x", fin=False)
    connection = Connection("x", NotingServer(), transport)
    segment = many(fragment)
    taken, needed = fed(connection, chain([frame(TEXT, b"x", fin=False)], repeat(segment, MIB * len(fragment) // len(segment))))
    assert taken <= MAX_FRAME * len(fragment) + READ
    assert needed < MIB / 4
    connection.connection_lost(None)
    assert transport.written == frame(CLOSE, b"\x03\xf1too_big", masked=False)


async def test_a_message_that_never_ends_and_never_grows_needs_no_memory() -> None:
    transport, server = NotingTransport(), NotingServer()
    connection = Connection("x", server, transport)
    segment = many(frame(CONTINUATION, b"", fin=False))
    taken, needed = fed(connection, chain([frame(TEXT, b"", fin=False)], repeat(segment, 10)))
    assert taken > 600_000
    assert needed < MIB / 4
    assert not transport.written
    assert not server.asked
    connection.connection_lost(None)


async def test_a_frame_that_comes_byte_by_byte_needs_no_more_than_itself() -> None:
    connection = Connection("x", NotingServer(), NotingTransport())
    whole = frame(TEXT, b"x" * MAX_FRAME)[:-1]
    taken, needed = fed(connection, (whole[at : at + 1] for at in range(len(whole))))
    assert taken == len(whole)
    assert needed < MIB / 4
    connection.connection_lost(None)


# --- over real sockets


def the_other(house: House, before: Iterable[Connection]) -> Connection:
    (found,) = house.worker._sockets._opened - set(before)
    return found


@pytest.fixture
def quick_heart(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn of the wheel, in which there are twenty, takes 50 ms."""
    monkeypatch.setattr(house.worker._sockets._heartbeat, "_turn_seconds", 0.05)


async def test_a_message_that_never_ends_is_no_answer_to_a_ping(house: House, quick_heart: None) -> None:
    other, raw = await house.member(), await connected(house.url)
    raw.put(frame(TEXT, b"", fin=False))
    with suppress(ConnectionError):
        async with asyncio.timeout(SECONDS):
            while not raw.reader.at_eof():
                raw.put(frame(CONTINUATION, b"", fin=False))
                await raw.writer.drain()
                with suppress(TimeoutError):
                    await asyncio.wait_for(raw.reader.read(READ), 0.01)
    await raw.close()
    await other.taken("send", {"id": "m1", "text": "still here"})


async def test_half_a_connection_is_dropped(house: House, quick_heart: None) -> None:
    """The other end is gone, and nothing told us: it answers no ping."""
    other = await house.member()
    before = set(house.worker._sockets._opened)
    raw = await connected(house.url)
    await raw.join()
    ours = the_other(house, before)
    await until(lambda: ours.over, "it is kept", SECONDS)
    assert len(house.worker.service.connections) == 1
    await other.taken("send", {"id": "m1", "text": "I answer pings"})
    raw.abort()


async def test_a_flood_of_pings_is_answered_and_others_are_too(house: House) -> None:
    other, raw, count = await house.member(), await connected(house.url), 20_000
    raw.put(b"".join(frame(PING, n.to_bytes(4)) for n in range(count)))
    for n in range(20):
        await other.taken("send", {"id": f"m{n}", "text": f"{n}"})
    async with asyncio.timeout(SECONDS):
        pongs = [await raw._frame() for _ in range(count)]
    assert pongs == [(PONG, n.to_bytes(4)) for n in range(count)]
    await other.event("message", lambda e: e["text"] == "19")
    await raw.close()


async def test_a_flood_of_pings_whose_pongs_are_not_read_is_closed(house: House) -> None:
    other = await house.member()
    before = set(house.worker._sockets._opened)
    raw = await connected(house.url, buffer=4_096)
    raw.writer.transport.pause_reading()  # type: ignore[attr-defined]
    ours, longest, said = the_other(house, before), 0, 0
    async with asyncio.timeout(3 * SECONDS):
        while not ours.leaving:
            raw.put(frame(PING, b"x" * 125) * 1_000)
            await raw.writer.drain()
            longest = max(longest, ours._transport.get_write_buffer_size())
            await other.taken("send", {"id": f"m{said}", "text": f"{said}"})
            said += 1
    assert longest <= MAX_UNSENT + 4 * READ  # a read more, of the largest that there is
    raw.writer.transport.resume_reading()  # type: ignore[attr-defined]
    assert await raw.closed() == (1008, "too_slow")
    raw.abort()
    await other.event("message", lambda e: e["text"] == str(said - 1))
    assert other.texts() == [str(n) for n in range(said)]


async def test_a_reset_in_mid_frame_leaves_nothing(house: House) -> None:
    other, raw = await house.member(), await connected(house.url)
    before = len(house.worker.service.connections)
    await raw.join()
    raw.put(frame(TEXT, b'421["send",{"id":"m1","text":"half of it"}]')[:-9])
    raw.reset()
    await until(lambda: len(house.worker.service.connections) == before - 1, "it is kept", SECONDS)
    await other.taken("send", {"id": "m1", "text": "all of it"})
    await other.event("message")
    assert other.texts() == ["all of it"]


# --- many of them beside a room that is at work

HOSTILE = 50
ROUNDS = 10
FLOODS = {
    "pings": frame(PING, b"x" * 125) * 200,
    "pongs": frame(PONG, b"") * 2_000,
    "empty fragments": frame(TEXT, b"", fin=False) + frame(CONTINUATION, b"", fin=False) * 2_000,
    "half a frame": frame(TEXT, b"42" + b"x" * 8_000)[:-1],
    "another language": b"GET / HTTP/1.1\r\nHost: x\r\n\r\n" * 20,
}
BAD = [*(data for data, _, _ in ALL_FRAMES.values()), *FLOODS.values()]


async def _visit(house: House, chance: random.Random) -> None:
    """Comes, goes as far in as it likes, sends something bad, and goes as it likes."""
    raw = await open_socket(house.url)
    with suppress(Closed, ConnectionError, TimeoutError):
        if chance.random() < 0.7:
            await raw.connect()
            if chance.random() < 0.5:
                await raw.ask("join", {"room": "room"})
        raw.put(chance.choice(BAD))
        await raw.writer.drain()
        if chance.random() < 0.5:
            raw.put(chance.randbytes(200))
            await raw.closed(0.5)  # or they were the beginning of a frame
    raw.reset()


async def test_fifty_who_send_them_disturb_nobody(house: House) -> None:
    """For longer, and with times: `make bench`."""
    await house.meeting("live")
    live = [await (await house.connect()).join("live") for _ in range(8)]
    said: list[str] = []

    async def hostile(number: int) -> None:
        chance = random.Random(number)
        for _ in range(ROUNDS):
            await _visit(house, chance)

    async def talk(until_done: Callable[[], bool]) -> None:
        while not until_done():
            text = str(len(said))
            await live[len(said) % len(live)].taken("send", {"id": f"m{text}", "text": text})
            said.append(text)

    await beside(talk, [hostile(n) for n in range(HOSTILE)])
    for each in live:
        await each.event("message", lambda e: e["text"] == said[-1])
        assert each.texts() == said
        assert not each.disconnected.is_set()


async def beside(talk: Callable[[Callable[[], bool]], Awaitable[None]], others: Iterable[Awaitable[None]]) -> None:
    """Talks until they are done."""
    doing = asyncio.gather(*others)
    async with asyncio.timeout(4 * SECONDS):
        await talk(doing.done)
        await doing
