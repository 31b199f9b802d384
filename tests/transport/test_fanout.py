"""The fan-out alone, over connections that only note what is written to them: what is joined, and that order holds for each."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable

import pytest

from chatserver.transport import fanout as module
from chatserver.transport import frames
from chatserver.transport.connection import Connection
from chatserver.transport.fanout import Room, SocketFanout
from tests.transport.wired import NotingServer, NotingTransport, frames_of
from tests.waiting import until


class Wired:
    """A room with so many in it."""

    def __init__(self, count: int) -> None:
        self.fanout = SocketFanout()
        self.server = NotingServer()
        self.transports: dict[str, NotingTransport] = {}
        self.connections: dict[str, Connection] = {}
        self.room: Room = self.fanout.room()
        for n in range(count):
            self.come(str(n))

    def come(self, name: str) -> None:
        self.transports[name] = NotingTransport()
        self.connections[name] = Connection(name, self.server, self.transports[name])
        self.fanout.add(self.connections[name])
        self.room.add(name)

    def say(self, number: int, asker: str | None = None) -> None:
        self.room.deliver(b"%d" % number, asker)

    def alone(self, name: str, number: int) -> None:
        self.connections[name].write(frames.text(b"%d" % number))

    def heard(self, name: str) -> list[int]:
        """The numbers, said to all or to this one alone, in the order in which they came."""
        said = [payload.decode() for _, payload in frames_of(bytes(self.transports[name].written))]
        return [json.loads(each[2:])[1] if each.startswith("42") else int(each) for each in said]

    async def all_have(self, number: int, *names: str) -> None:
        await until(lambda: all(number in self.heard(name) for name in names or self.transports))


async def test_the_first_of_a_quiet_room_goes_out_at_once() -> None:
    wired = Wired(3)
    wired.say(1)
    assert [wired.heard(name) for name in "012"] == [[1]] * 3


async def test_what_follows_goes_out_together() -> None:
    wired = Wired(3)
    for number in range(50):
        wired.say(number)
    await wired.all_have(49)
    for name in "012":
        assert wired.heard(name) == list(range(50))
        assert wired.transports[name].writes <= 3


async def test_what_one_is_told_alone_takes_along_what_the_room_has_for_them() -> None:
    wired = Wired(2)
    wired.say(1)
    wired.say(2)
    wired.alone("0", 3)
    wired.say(4)
    assert wired.heard("0") == [1, 2, 3]
    assert wired.heard("1") == [1]
    await wired.all_have(4)
    assert wired.heard("0") == [1, 2, 3, 4]
    assert wired.heard("1") == [1, 2, 4]


async def test_an_answer_takes_the_askers_copy_along() -> None:
    wired = Wired(3)
    wired.say(1, asker="1")
    assert wired.heard("0") == wired.heard("2") == [1]
    wired.alone("1", 2)
    assert wired.heard("1") == [1, 2]
    assert wired.transports["1"].writes == 1


async def test_an_asker_who_gets_no_answer_hears_it_all_the_same() -> None:
    wired = Wired(3)
    wired.say(1, asker="1")
    await wired.all_have(1)
    wired.say(2, asker="1")
    wired.say(3)
    await wired.all_have(3)
    assert wired.heard("1") == [1, 2, 3]


@pytest.mark.parametrize("asker", ["gone", "2"])
async def test_an_asker_who_is_not_in_the_room_costs_nobody_anything(asker: str) -> None:
    wired = Wired(3)
    wired.room.discard("2")
    wired.say(1, asker=asker)
    assert wired.heard("0") == wired.heard("1") == [1]
    assert wired.heard("2") == []


@pytest.mark.parametrize(
    "going",
    [
        lambda wired: wired.room.discard("1"),
        lambda wired: wired.connections["1"].close(1000),
        lambda wired: wired.connections["1"].write(b""),
    ],
    ids=["leaves the room", "is closed", "is told nothing"],
)
async def test_what_the_asker_has_not_got_yet_comes_before_whatever_happens_to_them(going: Callable[[Wired], object]) -> None:
    wired = Wired(3)
    wired.say(1, asker="1")
    wired.say(2)
    going(wired)
    payloads = [payload for _, payload in frames_of(bytes(wired.transports["1"].written))][:2]
    assert payloads == [b'42["event",1]', b'42["event",2]']


async def test_who_comes_hears_what_is_said_from_then_on() -> None:
    wired = Wired(2)
    wired.say(1)
    wired.say(2)
    wired.come("late")
    wired.say(3)
    await wired.all_have(3)
    assert wired.heard("late") == [3]
    assert wired.heard("0") == [1, 2, 3]


async def test_a_large_room_is_written_to_in_chunks_and_order_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 10)
    wired = Wired(45)
    wired.say(1)
    reached = sum(bool(transport.writes) for transport in wired.transports.values())
    assert reached == 10
    turns = 0
    for name in (name for name in wired.transports if not wired.heard(name)):
        wired.alone(name, 7)
        assert wired.heard(name) == [1, 7]
        break
    wired.say(2)
    while not all(2 in wired.heard(name) for name in wired.transports):
        await asyncio.sleep(0)
        turns += 1
        assert turns < 1_000_000
    assert {tuple(wired.heard(name)) for name in wired.transports} == {(1, 2), (1, 7, 2)}
    assert turns >= 4


async def test_who_is_left_alone_of_an_empty_room_is_nobody() -> None:
    wired = Wired(1)
    wired.say(1)
    wired.say(2)
    wired.room.discard("0")
    wired.say(3)
    assert wired.heard("0") == [1, 2]


class Narrow(NotingTransport):
    """Of each write, something has to wait until `drain`."""

    def __init__(self) -> None:
        super().__init__()
        self.connection: Connection | None = None

    def write(self, data: bytes | bytearray | memoryview) -> None:
        super().write(data)
        assert self.connection is not None
        self.connection.pause_writing()


def narrow(wired: Wired, name: str) -> Narrow:
    """Somebody in the room whose line takes one write at a time."""
    transport = Narrow()
    wired.transports[name] = transport
    wired.connections[name] = transport.connection = Connection(name, wired.server, transport)
    wired.fanout.add(transport.connection)
    return transport


async def test_what_somebody_missed_comes_as_they_take_it_and_what_is_said_meanwhile_behind_it() -> None:
    wired = Wired(2)
    transport = narrow(wired, "back")
    wired.fanout.follow_up("back", [b"%d" % n for n in range(9_000)])
    assert 100 < len(wired.heard("back")) < 2_000, "some of it"
    wired.room.add("back")
    wired.say(9_000)
    wired.alone("back", 9_001)
    drained = 0
    while 9_001 not in wired.heard("back"):
        wired.connections["back"].resume_writing()
        drained += 1
        assert drained < 100
    assert wired.heard("back") == list(range(9_002))
    assert transport.writes > 5
    assert not transport.ended
    wired.connections["back"].resume_writing()
    await until(lambda: wired.room._free_at < time.perf_counter())
    wired.say(9_002)
    assert wired.heard("back")[-1] == 9_002, "at once again"


async def test_who_does_not_even_take_that_is_closed_once_too_much_stands_behind_it() -> None:
    wired = Wired(1)
    narrow(wired, "back")
    wired.fanout.follow_up("back", [b"%d" % n for n in range(9_000)])
    wired.room.add("back")
    for number in range(40):
        wired.connections["back"].write(frames.text(b'"%d%s"' % (number, b"x" * 10_000)))
    assert wired.server.calls == ["left"]
    *_, (opcode, reason) = frames_of(bytes(wired.transports["back"].written))
    assert (opcode, reason[2:]) == (8, b"too_slow")
