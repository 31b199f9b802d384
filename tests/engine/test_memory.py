"""When a room has closed, nothing of it can be reached from the worker."""

from __future__ import annotations

import gc
import types
from collections.abc import Iterable

from tests.engine.house import House, Worker
from tests.waiting import settled

CANARY = "c4n4ry"
# A function's module is not what the worker holds; what the function closes over is.
_PASSED_OVER = (type, types.ModuleType, types.FrameType, types.CodeType)


def _held(thing: object) -> Iterable[object]:
    if isinstance(thing, _PASSED_OVER):
        return ()
    if isinstance(thing, types.FunctionType):
        return (*(thing.__closure__ or ()), *(thing.__defaults__ or ()), *(thing.__kwdefaults__ or {}).values())
    return gc.get_referents(thing)


def reachable(start: object) -> list[object]:
    seen: dict[int, object] = {}
    todo = [start]
    while todo:
        thing = todo.pop()
        if id(thing) not in seen:
            seen[id(thing)] = thing
            todo.extend(_held(thing))
    return list(seen.values())


def canaries(start: object) -> list[object]:
    return [thing for thing in reachable(start) if isinstance(thing, str | bytes | bytearray) and _sings(thing)]


def _sings(thing: str | bytes | bytearray) -> bool:
    return CANARY in (thing if isinstance(thing, str) else bytes(thing).decode("latin-1")).lower()


async def a_whole_meeting(worker: Worker) -> None:
    house = worker.house
    host, one = await worker.host(name=f"{CANARY} host"), await worker.join(name=f"{CANARY} one")
    waiting = await worker.join(name=f"{CANARY} waits", knock=True)
    await one.ok("send", id=CANARY, text=f"{CANARY} said", warning=f"{CANARY} warned")
    await one.ok("help", text=f"{CANARY} called")
    await host.ok("report", id=f"{one.seat}.{CANARY}", reason=f"{CANARY} because")
    lost = await worker.join(name=f"{CANARY} lost")
    lost.drop()
    removed = await worker.join(name=f"{CANARY} removed")
    await host.ok("remove", seat=removed.seat, reason=f"{CANARY} reason", ban=True, retract=True)
    await one.ok("retract", id=f"{one.seat}.{CANARY}")
    await one.ok("send", id=f"{CANARY}2", text=f"{CANARY} last")
    await waiting.refused("send", id="x", text=CANARY)
    assert canaries(worker.service), "the walk finds what is there"
    await host.ok("close")
    await settled()
    del host, one, waiting, lost, removed
    worker.fanout.events.clear()  # the test's own memory
    house.clock.advance(0)  # lets go of cancelled timers


async def test_after_closing_nothing_is_held(worker: Worker) -> None:
    await a_whole_meeting(worker)
    assert len(worker.service.rooms) == 0
    kinds = {type(thing).__name__ for thing in reachable(worker.service)}
    assert not kinds & {"LiveRoom", "Attached", "Replica", "Committer", "RoomState", "Seat", "Core"}
    assert canaries(worker.service) == []
    assert canaries(worker.house.memory) == []


async def test_words_leave_the_process_with_the_window(house: House, worker: Worker) -> None:
    """Though nobody asks for it and the room goes on."""
    one = await worker.join()
    await one.say(f"{CANARY} said")
    worker.fanout.events.clear()
    await house.passes(59_000)
    assert canaries(worker.service)
    await house.passes(2_000)
    assert canaries(worker.service) == []


async def test_a_short_window_is_short(house: House) -> None:
    """Though the timer that forgets message ids stood already, for later."""
    house = House(window_seconds=5)
    await house.meeting()
    worker = house.worker()
    one = await worker.join()
    await one.say("first")
    await house.passes(10_000)
    await one.say(f"{CANARY} second")
    worker.fanout.events.clear()
    await house.passes(6_000)
    assert canaries(worker.service) == []


async def test_without_a_window_words_are_never_held() -> None:
    house = House(window_seconds=0)
    await house.meeting()
    worker = house.worker()
    await (await worker.join()).say(f"{CANARY} said")
    worker.fanout.events.clear()
    assert canaries(worker.service) == []
