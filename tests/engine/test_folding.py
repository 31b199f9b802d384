"""A thousand joins are some dozens of commits and presence events, and nobody waits for them."""

from __future__ import annotations

import asyncio
import itertools
from functools import partial
from typing import Any

import pytest

from chatserver.domain.refusals import Refused
from chatserver.domain.state import Seat
from chatserver.engine import unhurried
from chatserver.engine.committer import AT_A_TIME
from chatserver.engine.unhurried import Unhurried
from chatserver.wire import views
from tests.engine.house import House, Worker
from tests.waiting import settled, until

MOST_COMMITS = 1 + 1_000 // AT_A_TIME  # for a thousand at once: one for the first


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


async def test_a_thousand_at_once_in_one_room() -> None:
    """Each of them is told of by one event that all share, and the room is written down once a commit and not for each who comes."""
    house = House(capacity=2_000)
    await house.meeting()
    worker = house.worker()
    first = await worker.join()
    commits, events = len(worker.backplane.commits), len(first.events())
    joins = [asyncio.create_task(worker.connect().raw("join", room="room", name=f"Person {n} of many")) for n in range(1_000)]
    answers = await house.done(_all(joins))
    assert not any(isinstance(answer, Refused) for answer in answers)
    assert len(worker.backplane.commits) - commits <= MOST_COMMITS
    assert len(first.events()) - events <= MOST_COMMITS
    assert max(len(event["joined"]) for event in first.events("presence")) <= AT_A_TIME, "the loop has its turn in between"
    heard = sum(len(each) for each in worker.fanout.events.values())
    assert heard <= MOST_COMMITS * 1_001, "some for each who was there, and none for each pair of them"


async def test_records_of_a_large_room_are_written_once_for_all_who_come_in_together(monkeypatch: pytest.MonkeyPatch) -> None:
    house = House(capacity=2_000)
    await house.meeting()
    worker = house.worker()
    written = 0

    def counted(seat: Seat) -> dict[str, Any]:
        nonlocal written
        written += 1
        return record_of(seat)

    record_of = views.seat_record
    monkeypatch.setattr(views, "seat_record", counted)
    joins = [asyncio.create_task(worker.connect().raw("join", room="room", name=f"Person {n} of many")) for n in range(1_000)]
    await house.done(_all(joins))
    assert written <= MOST_COMMITS * (views.MAX_SEATS + 1) + 1_000, "the listed ones a commit, and one's own each"


async def test_a_thousand_leave_at_once() -> None:
    house = House(capacity=2_000)
    await house.meeting()
    worker = house.worker()
    stays = await worker.join()
    people = [worker.connect() for _ in range(1_000)]
    joins = [asyncio.create_task(one.raw("join", room="room", name=f"Person {n} of many")) for n, one in enumerate(people)]
    await house.done(_all(joins))
    commits, events = len(worker.backplane.commits), len(stays.events())
    answers = await house.done(_all([asyncio.create_task(one.raw("leave")) for one in people]))
    assert answers == [{}] * 1_000
    assert len(worker.backplane.commits) - commits <= MOST_COMMITS
    told = stays.events()[events:]
    assert sum(len(event["left"]) for event in told) == 1_000
    assert told[-1]["seat_count"] == 1


async def test_a_room_that_vanishes_is_put_away_in_one_commit(house: House, worker: Worker) -> None:
    stays, *gone = [await worker.join() for _ in range(15)]
    commits, events = len(worker.backplane.commits), len(stays.events())
    for person in gone:
        person.drop()
        house.clock.advance(20)  # they are lost one by one
    await house.passes(4_700)
    assert len(worker.backplane.commits) == commits, "5 seconds are not over for the first of them"
    await house.passes(600)
    assert len(worker.backplane.commits) - commits == 1
    (told,) = stays.events()[events:]
    assert [record["away"] for record in told["changed"]] == [True] * 14


async def test_one_who_is_lost_is_put_away_after_five_seconds(house: House, worker: Worker) -> None:
    stays, one = await worker.join(), await worker.join()
    one.drop()
    await house.passes(4_990)
    assert not stays.events("presence")[-1]["changed"]
    await house.passes(20)
    assert stays.events("presence")[-1]["changed"][0]["away"] is True


async def test_who_is_lost_later_is_put_away_later(house: House, worker: Worker) -> None:
    stays, early, late = [await worker.join() for _ in range(3)]
    early.drop()
    await house.passes(2_000)
    late.drop()
    await house.passes(3_010)
    assert [r["seat"] for r in stays.events("presence")[-1]["changed"]] == [early.seat]
    await house.passes(2_000)
    assert [r["seat"] for r in stays.events("presence")[-1]["changed"]] == [late.seat]


async def test_rooms_take_turns_at_what_nobody_waits_for() -> None:
    done: list[int] = []
    turns: list[int] = []
    rooms = Unhurried()
    for n in range(100):
        rooms.soon(partial(done.append, n))
    while len(done) < 100:
        await asyncio.sleep(0)
        turns.append(len(done))
    steps = [after - before for before, after in itertools.pairwise([0, *turns])]
    assert max(steps) <= unhurried.AT_A_TIME, "the loop has its turn in between"
    assert done == list(range(100))


async def test_what_fails_in_its_turn_keeps_nobody_from_theirs() -> None:
    done: list[int] = []
    failed: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: failed.append(context["exception"]))
    rooms = Unhurried()
    for n in range(20):
        rooms.soon(partial(done.append, n) if n % 3 else partial(divmod, 1, 0))
    await settled(20)
    assert done == [n for n in range(20) if n % 3]
    assert len(failed) == 7
