"""One who does not read: the others notice nothing, it is dropped, and what is kept for it is bounded."""

from __future__ import annotations

import asyncio
from itertools import count
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any

import pytest

from chatserver.transport.connection import Connection
from chatserver.transport.listening import SEND_BUFFER
from tests.clients import SECONDS, Client
from tests.transport.conftest import House
from tests.transport.raw import TEXT, Closed, Raw, connected, frame
from tests.waiting import until

SMALL_BUFFER = 4_096
MANY = 20_000  # messages or requests after which nobody could be behind any more


LARGEST = 65_536  # what is written at a time, at most: some messages that the room has joined


@pytest.fixture(autouse=True)
def little_unsent(monkeypatch: pytest.MonkeyPatch) -> int:
    """In bytes."""
    monkeypatch.setattr("chatserver.transport.connection.MAX_UNSENT", 65_536)
    return 65_536


def sockets_of(house: House) -> list[Connection]:
    return list(house.worker._sockets._opened)


async def unread(house: House, **more: Any) -> tuple[Raw, Connection, str]:
    """A client in the room that will not read from now on; the server's end of it; its seat."""
    before = sockets_of(house)
    raw = await connected(house.url, buffer=SMALL_BUFFER)
    seat: str = (await raw.join(**more))["you"]["seat"]
    raw.writer.transport.pause_reading()  # type: ignore[attr-defined]
    (socket,) = (s for s in sockets_of(house) if s not in before)
    ours = socket._transport.get_extra_info("socket")
    ours.setsockopt(SOL_SOCKET, SO_SNDBUF, SMALL_BUFFER)  # or the kernel takes megabytes before anything is felt
    return raw, socket, seat


async def test_the_kernel_takes_only_so_much_of_what_nobody_reads(house: House) -> None:
    raw = await connected(house.url)
    (socket,) = sockets_of(house)
    assert socket._transport.get_extra_info("socket").getsockopt(SOL_SOCKET, SO_SNDBUF) <= 2 * SEND_BUFFER
    await raw.close()


def unsent(socket: Connection) -> int:
    return socket._transport.get_write_buffer_size()


async def ends(socket: Connection, seconds: float = SECONDS) -> None:
    await until(lambda: socket.over, "it does not end", seconds)


async def talk_until_full(speaker: Client, socket: Connection) -> None:
    """Until nothing more goes out to it."""
    for n in count():
        assert n < MANY
        await speaker.taken("send", {"id": f"fill{n}", "text": "x" * 2_000})
        if unsent(socket) > 8_192:
            return


async def test_it_is_dropped_and_the_others_go_on(house: House, little_unsent: int) -> None:
    speaker, other = await house.member(), await house.member()
    raw, socket, seat = await unread(house)
    longest = sent = 0
    while not socket.over:
        assert sent < MANY
        await speaker.taken("send", {"id": f"m{sent}", "text": f"{sent} " + "x" * 1_900})
        longest = max(longest, unsent(socket))
        sent += 1
    assert longest <= little_unsent + LARGEST
    await speaker.taken("send", {"id": "end", "text": "end"})
    await other.event("message", lambda e: e["text"] == "end")
    assert [t.split()[0] for t in other.texts()] == [*map(str, range(sent)), "end"]
    assert len(house.worker.service.connections) == 2
    back = await (await house.connect()).join("room")
    assert seat in [s["seat"] for s in back.joined["room"]["seats"]], "the seat is kept, to come back to"
    raw.abort()


async def test_asking_and_asking_without_reading_the_answers(house: House, little_unsent: int, monkeypatch: pytest.MonkeyPatch) -> None:
    other = await house.member()
    raw, socket, _ = await unread(house)
    longest = 0
    ask = house.worker.service.ask

    async def watch(*request: Any) -> Any:
        nonlocal longest
        longest = max(longest, unsent(socket))
        return await ask(*request)

    monkeypatch.setattr(house.worker.service, "ask", watch)
    question = b"".join(frame(TEXT, f'42{n}["door",{{"room":"room"}}]'.encode()) for n in range(100))
    async with asyncio.timeout(3 * SECONDS):
        while not socket.over:
            raw.put(question)
            try:
                await raw.writer.drain()
            except ConnectionError:
                break
    await ends(socket)
    assert longest <= little_unsent + LARGEST
    await other.taken("send", {"id": "m1", "text": "undisturbed"})
    raw.abort()


async def test_a_frame_a_byte_at_a_time_disturbs_nobody(house: House) -> None:
    other, raw = await house.member(), await connected(house.url)
    await raw.join()
    for byte in frame(TEXT, b'421["send",{"id":"m1","text":"drop by drop"}]'):
        raw.put(bytes([byte]))
        await other.taken("react", {"to": "x.y", "kind": "hug"})
    assert (await raw.answer(1))["ok"]
    await other.event("message")
    await raw.close()


async def test_who_is_removed_and_does_not_read_is_dropped_in_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatserver.transport.connection.END_SECONDS", 0.2)
    speaker, host = await house.member(), await house.moderator()
    raw, socket, seat = await unread(house)
    await talk_until_full(speaker, socket)
    await host.taken("remove", {"seat": seat})
    await ends(socket, 2)
    raw.abort()


async def test_who_breaks_the_rules_and_does_not_read_is_dropped_in_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatserver.transport.connection.END_SECONDS", 0.2)
    speaker = await house.member()
    raw, socket, _ = await unread(house)
    await talk_until_full(speaker, socket)
    raw.text("42[1]")
    await ends(socket, 2)
    raw.abort()


@pytest.fixture
def quick_heart(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A turn of the wheel, in which there are twenty-five, takes 50 ms."""
    monkeypatch.setattr(house.worker._sockets._heartbeat, "_turn_seconds", 0.05)


async def test_who_keeps_silent_and_does_not_read_is_dropped_after_the_ping(house: House, quick_heart: None) -> None:
    speaker = await house.member()
    raw, socket, _ = await unread(house)
    await talk_until_full(speaker, socket)
    await ends(socket, 4)
    await speaker.taken("send", {"id": "m", "text": "I answer pings"})
    raw.abort()


async def test_who_answers_no_ping_but_goes_on_asking_is_not_kept(house: House, quick_heart: None) -> None:
    raw = await connected(house.url)
    (socket,) = sockets_of(house)
    async with asyncio.timeout(4):
        while not socket.over:
            raw.event("leave", ack=1)
            try:
                await raw._frame()
            except Closed:
                break
    await raw.close()
    await ends(socket)
