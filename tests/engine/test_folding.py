"""A thousand joins are some dozens of commits and presence events, and nobody waits for them."""

from __future__ import annotations

import asyncio

from chatserver.domain.refusals import Refused
from tests.engine.house import House, Worker
from tests.waiting import settled, until


async def test_a_thousand_joins() -> None:
    house = House(capacity=2_000)
    await house.meeting()
    worker = house.worker()
    first, host = await worker.join(), await worker.host()
    before, seen = len(worker.backplane.commits), len(first.events("presence"))
    joins = []
    for n in range(1_000):
        joins.append(asyncio.create_task(worker.connect().raw("join", room="room", name=f"Person {n} of many")))
        if n % 10 == 9:
            await asyncio.sleep(0)
            house.clock.advance(10)  # a thousand in a second
    answers = await house.done(_all(joins))
    assert [a for a in answers if isinstance(a, Refused)] == []
    assert len(worker.backplane.commits) - before <= 25
    events = first.events("presence")[seen:]
    assert len(events) <= 25
    assert sum(len(e["joined"]) for e in events) == 1_000
    assert events[-1]["seat_count"] == 1_002
    assert host.events("presence") == events


async def _all(tasks: list[asyncio.Task[dict[str, object] | Refused]]) -> list[dict[str, object] | Refused]:
    return await asyncio.gather(*tasks)


async def test_a_hosts_command_does_not_wait_for_the_pace(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    waiting = [asyncio.create_task(worker.connect().raw("join", room="room")) for _ in range(5)]
    await settled()
    assert not all(t.done() for t in waiting), "they wait for the pace"
    assert await host.raw("mute", seat=one.seat) is not None
    assert one.events("muted")[-1]["muted"] is True
    await until(lambda: all(t.done() for t in waiting), "what was folded went with it")


async def test_a_hosts_command_comes_first_in_its_commit(worker: Worker) -> None:
    host = await worker.host()
    joins = [asyncio.create_task(worker.connect().raw("join", room="room")) for _ in range(3)]
    await settled()
    locked = asyncio.create_task(host.raw("lock", on=True))
    late = asyncio.create_task(worker.connect().raw("join", room="room"))
    await settled()
    worker.house.clock.advance(100)
    await settled()
    assert locked.result() == {}
    assert all(isinstance(t.result(), Refused) for t in (*joins[1:], late)), "the lock was decided before them"
