"""Closing: said before, recorded first, erased everywhere; and what happens where one of these fails."""

from __future__ import annotations

import asyncio

from tests.engine.house import House, Worker
from tests.waiting import settled


async def test_closing_is_said_five_minutes_before(house: House, worker: Worker) -> None:
    one = await worker.join()
    await house.passes(54 * 60_000)
    assert one.events("closing") == []
    await house.passes(61_000)
    assert [e["closes_at"] for e in one.events("closing")] == [one.answer["room"]["closes_at"]]


async def test_closed_by_time(house: House, worker: Worker) -> None:
    one = await worker.join()
    await house.passes(61 * 60_000, 100)
    assert len(one.events("closing")) == 1
    assert one.events()[-1]["type"] == "closed"
    assert await worker.connect().refused("join", room="room") == "closed"
    assert await house.memory.load("room") is None
    assert house.store.all_openings[0].closed_at is not None


async def test_recorded_before_it_is_erased(house: House, worker: Worker) -> None:
    host = await worker.host()
    house.store.log.clear()
    await host.ok("close")
    log = [name for name in house.store.log if name in ("close_opening", "erase")]
    assert log == ["close_opening", "erase"]
    assert host.events()[-1]["type"] == "closed", "before the answer"


async def test_a_store_that_is_not_there_keeps_the_room_open(house: House, worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    house.store.down = {"close_opening"}
    assert await host.refused("close") == "unavailable"
    assert await one.say("We go on") == host.events("message")[-1]["seq"]
    house.store.down.clear()
    await host.ok("close")
    assert one.events()[-1]["type"] == "closed"


async def test_closing_by_time_is_tried_again(house: House, worker: Worker) -> None:
    one = await worker.join()
    house.store.down = {"close_opening"}
    await house.passes(61 * 60_000, 100)
    assert one.events("closed") == []
    assert await one.say("Still here")
    house.store.down.clear()
    await house.passes(2_000)
    assert len(one.events("closed")) == 1


async def test_what_is_recorded_is_erased_though_the_backplane_failed_then(house: House, worker: Worker) -> None:
    host = await worker.host()
    worker.service.rooms.beat()
    worker.backplane.fails = {"erase"}
    assert await host.refused("close") == "unavailable"
    await house.passes(10_000)
    assert await house.memory.load("room") is not None
    worker.backplane.heal()
    await house.passes(4_000)
    assert await house.memory.load("room") is None
    assert len(host.events("closed")) == 1
    await worker.service.rooms.stop()


async def test_overdue_rooms_are_closed_though_nobody_serves_them(house: House) -> None:
    first, second = house.worker(), house.worker()
    await first.join()
    await first.service.rooms.stop()  # its rooms live on without it
    await house.meeting("other", minutes=5)
    second.service.rooms.beat()
    await house.passes(6 * 60_000, 200)
    assert [o.meeting.slug for o in house.store.all_openings if o.closed_at is not None] == ["other"]
    await house.passes(55 * 60_000, 2_000)
    assert all(o.closed_at is not None for o in house.store.all_openings)
    assert await house.memory.load("room") is None
    await second.service.rooms.stop()


async def test_the_watch_survives_a_bad_round(house: House, worker: Worker) -> None:
    worker.service.rooms.beat()
    house.store.down = {"ends"}
    await house.passes(61 * 60_000, 200)
    house.store.down.clear()
    await house.passes(4_000)
    assert house.store.all_openings[0].closed_at is not None
    await worker.service.rooms.stop()


async def test_others_in_the_same_batch_are_answered(house: House, worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    closing = asyncio.create_task(host.raw("close"))
    muting = asyncio.create_task(host.raw("mute", seat=one.seat))
    joining = asyncio.create_task(worker.connect().raw("join", room="room"))
    await settled()
    house.clock.advance(100)
    await settled()
    assert (closing.done(), muting.done(), joining.done()) == (True, True, True)
    assert closing.result() == {}


async def test_nobody_holds_a_seat_in_a_closed_room(house: House) -> None:
    """Also who was just coming in."""
    for lag in range(20):
        house = House()
        await house.meeting()
        worker = house.worker(lag=lag)
        host = await worker.host()
        house.clock.advance(100)
        new = worker.connect()
        joining = asyncio.create_task(new.raw("join", room="room"))
        await asyncio.sleep(0)
        await host.ok("close")
        await house.passes(100)
        assert joining.done()
        assert len(worker.service.rooms) == 0
        assert await new.refused("join", room="room") == "closed"
        assert await host.refused("send", id="1", text="x") == "not_joined"


async def test_the_next_meeting_in_the_same_room(house: House, worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    await one.say("The first meeting")
    await host.ok("close")
    await worker.connect().ok("open", room="room", key=await house.key("facilitator"))
    again = await worker.join()
    assert again.answer["epoch"].split(".")[0] != one.answer["epoch"].split(".")[0]
    assert again.answer["room"]["seat_count"] == 1
    assert await one.refused("join", room="room", seat_token=one.token) == "seat_gone"


async def test_nothing_of_an_unerased_meeting_is_in_the_next(house: House, worker: Worker) -> None:
    """The worker died between the record and the erasure."""
    old = await worker.join(name="Old")
    await house.store.close_opening(house.store.all_openings[0].id, house.clock.now())
    new = house.worker()
    await new.connect().ok("open", room="room", key=await house.key("facilitator"))
    await settled()
    assert old.events()[-1]["type"] == "closed"
    person = await new.join()
    assert [s["name"] for s in person.answer["room"]["seats"]] == [person.answer["you"]["name"]]
