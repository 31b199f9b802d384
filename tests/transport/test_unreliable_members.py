"""Members who fail while others are spoken to: those get everything, in order, once."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass, field

import pytest

from chatserver.transport.connection import MAX_UNSENT, Connection
from chatserver.transport.fanout import Room, SocketFanout
from tests.clients import SECONDS, Client
from tests.transport.conftest import House
from tests.transport.raw import Raw, connected
from tests.transport.test_slow_clients import LARGEST, unread, unsent
from tests.transport.wired import NotingServer, NotingTransport, frames_of
from tests.waiting import until

# --- in the middle of a fan-out


class FailingTransport(NotingTransport):
    """Its line breaks in the write after so many. The protocol is told in the next turn of the loop; what is written until then is
    ignored, and what is written after that raises: so do asyncio's transports and uvloop's."""

    def __init__(self, writes: int) -> None:
        super().__init__()
        self.connection: Connection
        self._writes = writes
        self._told = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if self._told:
            raise RuntimeError("the handler is closed")
        if self._writes:
            self._writes -= 1
            super().write(data)
        elif not self.ended:
            self.ended = True
            asyncio.get_running_loop().call_soon(self._tell)

    def _tell(self) -> None:
        self.connection.connection_lost(BrokenPipeError())
        self._told = True


@dataclass
class Crowd(NotingServer):
    """The members of one room."""

    fanout: SocketFanout = field(default_factory=SocketFanout)

    def __post_init__(self) -> None:
        self.room: Room = self.fanout.room()
        self.transports: list[NotingTransport] = []

    def come(self, transport: NotingTransport) -> None:
        connection = Connection(str(len(self.transports)), self, transport)
        if isinstance(transport, FailingTransport):
            transport.connection = connection
        self.transports.append(transport)
        self.fanout.add(connection)
        self.room.add(connection.id)

    def left(self, connection: Connection) -> None:
        super().left(connection)
        self.room.discard(connection.id)
        self.fanout.discard(connection)

    def heard(self, number: int) -> list[int]:
        return [json.loads(payload[2:])[1]["n"] for _, payload in frames_of(bytes(self.transports[number].written))]


MEMBERS = 12


@pytest.mark.parametrize("chunk", [2_000, 5], ids=["in one go", "in chunks"])
@pytest.mark.parametrize("writes", [0, 1], ids=["at once", "later"])
@pytest.mark.parametrize("failing", [{0}, {6}, {MEMBERS - 1}, {0, 5, 6, 7, 11}], ids=["first", "one between", "last", "several"])
async def test_a_line_that_breaks_in_a_fanout(monkeypatch: pytest.MonkeyPatch, chunk: int, writes: int, failing: set[int]) -> None:
    monkeypatch.setattr("chatserver.transport.fanout.CHUNK", chunk)
    crowd = Crowd()
    for number in range(MEMBERS):
        crowd.come(FailingTransport(writes) if number in failing else NotingTransport())
    staying = [number for number in range(MEMBERS) if number not in failing]
    said = list(range(8))
    for n in said:
        crowd.room.deliver(b'{"n":%d}' % n)
        if n % 3 == 2:  # the others wait for those before them, and go out together
            await until(lambda n=n: all(crowd.heard(each)[-1:] == [n] for each in staying), "a fan-out ended with it")  # type: ignore[misc]
    await until(lambda: all(crowd.heard(each)[-1] == said[-1] for each in staying))
    assert [crowd.heard(each) for each in staying] == [said] * len(staying)
    assert crowd.calls.count("left") == crowd.calls.count("ended") == len(failing)
    for number in failing:
        assert crowd.heard(number) == said[: len(crowd.heard(number))]


# --- over real sockets


async def listeners(house: House, count: int, room: str = "room") -> list[Raw]:
    raws = await asyncio.gather(*(connected(house.url) for _ in range(count)))
    await raws[0].join(room)  # the room is fetched from the store once, and not twenty times at once
    await asyncio.gather(*(raw.join(room) for raw in raws[1:]))
    return raws


def texts(raw: Raw) -> list[str]:
    events = [json.loads(packet[2:])[1] for packet in raw.packets if packet.startswith("42")]
    return [event["text"].split()[0] for event in events if event["type"] == "message"]


async def say(speaker: Client, number: int, size: int = 10) -> None:
    await speaker.taken("send", {"id": f"m{number}", "text": f"{number} " + "x" * size})


async def test_one_who_never_reads_beside_a_hundred_who_do(house: House) -> None:
    """It is closed with what is unsent at its bound. Times and memory of the process: `make bench`."""
    raws = await listeners(house, 100)
    speaker = await house.member()
    deaf, ours, seat = await unread(house)
    heard = [asyncio.create_task(raw.closed(6 * SECONDS)) for raw in raws]
    number = most = 0
    while not ours.leaving:
        await say(speaker, number, 1_900)
        most = max(most, sum(unsent(each) for each in house.worker._sockets._opened))
        number += 1
    assert MAX_UNSENT / 2 < most <= MAX_UNSENT + LARGEST
    deaf.writer.transport.resume_reading()  # type: ignore[attr-defined]
    assert await deaf.closed() == (1008, "too_slow")
    await say(speaker, number)
    await until(lambda: all(texts(raw)[-1:] == [str(number)] for raw in raws), "not all heard the end", SECONDS)
    assert all(texts(raw) == [str(n) for n in range(number + 1)] for raw in raws)
    assert not any(task.done() for task in heard)
    back = await (await house.connect()).join("room")
    assert seat in [s["seat"] for s in back.joined["room"]["seats"]], "the seat is kept, to come back to"
    for task in heard:
        task.cancel()
    for raw in (*raws, deaf):
        raw.abort()


async def test_hundreds_who_vanish_at_once_while_others_talk(house: House) -> None:
    """5,000 of them: `make bench`."""
    staying, vanishing = [await house.member() for _ in range(3)], await listeners(house, 20)
    for number in range(14):
        await house.meeting(f"room{number}")
        vanishing += await listeners(house, 20, f"room{number}")
    said = 10
    for number in range(said):
        await say(staying[0], number)
    for number, raw in enumerate(vanishing):
        raw.reset()
        if number % 50 == 49:  # and some are told while they do
            await say(staying[0], said)
            said += 1
    await until(lambda: len(house.worker.service.connections) == len(staying), "some are kept", SECONDS)
    assert len(house.worker._sockets._opened) == len(staying)
    await say(staying[1], said)
    for each in staying:
        await each.event("message", lambda e: e["text"].startswith(f"{said} "))
        assert [text.split()[0] for text in each.texts()] == [str(n) for n in range(said + 1)]
        assert not each.disconnected.is_set()
