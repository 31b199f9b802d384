"""One who does not read: the others notice nothing, it is dropped, and what is kept for it is bounded."""

from __future__ import annotations

import asyncio
from itertools import count
from socket import SO_SNDBUF, SOL_SOCKET
from typing import Any

import pytest

from chatserver.transport.websocket import StrictWebSocket
from tests.clients import SECONDS, Client
from tests.transport.conftest import House
from tests.transport.raw import CLOSE, TEXT, Raw, connected, frame

SMALL_BUFFER = 4_096
MANY = 20_000  # messages or requests after which nobody could be behind any more


@pytest.fixture(autouse=True)
def few_queued(monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr("chatserver.transport.fanout.MAX_QUEUED", 64)
    monkeypatch.setattr("chatserver.transport.websocket.MAX_QUEUED", 64)
    return 64


def sockets_of(house: House) -> list[StrictWebSocket]:
    return list(house.worker._sockets._opened.values())


async def unread(house: House, **more: Any) -> tuple[Raw, StrictWebSocket, str]:
    """A client in the room that will not read from now on; the server's end of it; its seat."""
    before = sockets_of(house)
    raw = await connected(house.url, buffer=SMALL_BUFFER)
    seat: str = (await raw.join(**more))["you"]["seat"]
    raw.writer.transport.pause_reading()  # type: ignore[attr-defined]
    (socket,) = (s for s in sockets_of(house) if s not in before)
    assert socket._transport is not None
    ours = socket._transport.get_extra_info("socket")
    ours.setsockopt(SOL_SOCKET, SO_SNDBUF, SMALL_BUFFER)  # or the kernel takes megabytes before anything is felt
    return raw, socket, seat


def gone(socket: StrictWebSocket) -> bool:
    assert socket.task is not None
    return socket.task.done()


async def ends(socket: StrictWebSocket, seconds: float = SECONDS) -> None:
    assert socket.task is not None
    await asyncio.wait_for(asyncio.shield(socket.task), seconds)


async def talk_until_full(speaker: Client, socket: StrictWebSocket) -> None:
    """Until nothing more goes out to it."""
    for n in count():
        assert n < MANY
        await speaker.taken("send", {"id": f"fill{n}", "text": "x" * 2_000})
        if socket._socket.queue.qsize() > 8:
            return


async def test_it_is_dropped_and_the_others_go_on(house: House, few_queued: int) -> None:
    speaker, other = await house.member(), await house.member()
    raw, socket, seat = await unread(house)
    longest = sent = 0
    while not gone(socket):
        assert sent < MANY
        await speaker.taken("send", {"id": f"m{sent}", "text": f"{sent} " + "x" * 1_900})
        longest = max(longest, socket._socket.queue.qsize())
        sent += 1
    assert longest <= few_queued
    await speaker.taken("send", {"id": "end", "text": "end"})
    await other.event("message", lambda e: e["text"] == "end")
    assert [t.split()[0] for t in other.texts()] == [*map(str, range(sent)), "end"]
    assert len(house.worker.service.connections) == 2
    back = await (await house.connect()).join("room")
    assert seat in [s["seat"] for s in back.joined["room"]["seats"]], "the seat is kept, to come back to"
    raw.abort()


async def test_asking_and_asking_without_reading_the_answers(house: House, few_queued: int, monkeypatch: pytest.MonkeyPatch) -> None:
    other = await house.member()
    raw, socket, _ = await unread(house)
    longest = 0
    ask = house.worker.service.ask

    async def watch(*request: Any) -> Any:
        nonlocal longest
        longest = max(longest, socket._socket.queue.qsize())
        return await ask(*request)

    monkeypatch.setattr(house.worker.service, "ask", watch)
    question = b"".join(frame(TEXT, f'42{n}["door",{{"room":"room"}}]'.encode()) for n in range(100))
    async with asyncio.timeout(3 * SECONDS):
        while not gone(socket):
            raw.put(question)
            try:
                await raw.writer.drain()
            except ConnectionError:
                break
    await ends(socket)
    assert longest <= few_queued
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
    monkeypatch.setattr("chatserver.transport.websocket.END_SECONDS", 0.2)
    speaker, host = await house.member(), await house.moderator()
    raw, socket, seat = await unread(house)
    await talk_until_full(speaker, socket)
    await host.taken("remove", {"seat": seat})
    await ends(socket, 2)
    raw.abort()


async def test_who_breaks_the_rules_and_does_not_read_is_dropped_in_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatserver.transport.websocket.END_SECONDS", 0.2)
    speaker = await house.member()
    raw, socket, _ = await unread(house)
    await talk_until_full(speaker, socket)
    raw.text("42[1]")
    await ends(socket, 2)
    raw.abort()


async def test_who_keeps_silent_and_does_not_read_is_dropped_after_the_ping(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("chatserver.transport.websocket.END_SECONDS", 0.2)
    eio = house.worker._sockets._sio.eio
    eio.ping_interval, eio.ping_timeout = 0.2, 1.5
    speaker = await house.member()
    raw, socket, _ = await unread(house)
    await talk_until_full(speaker, socket)
    await ends(socket, 4)
    await speaker.taken("send", {"id": "m", "text": "I answer pings"})
    raw.abort()


async def test_who_answers_no_ping_but_goes_on_asking_is_not_kept(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """engineio forgets such a one, and reads on."""
    eio = house.worker._sockets._sio.eio
    eio.ping_interval, eio.ping_timeout = 0.3, 0.2
    raw = await connected(house.url)
    (socket,) = sockets_of(house)
    async with asyncio.timeout(4):
        while not gone(socket):
            raw.event("leave", ack=1)
            opcode, _ = await raw._frame()
            if opcode == CLOSE:
                break
    await raw.close()
    await ends(socket)
