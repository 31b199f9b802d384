"""A scheduled room that nobody leads; and a room's end that waits for a share or a call for help."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from chatserver.domain import commands as c
from chatserver.domain.refusals import Refused
from chatserver.domain.roles import Role
from tests.engine.house import House, Person, Worker
from tests.engine.weekly import HOUR, MINUTE, beating, door, house_at, meet, ms, opened, opened_by_hand, shown, until
from tests.waiting import settled

TUESDAYS = ("Europe/Berlin", "2026-11-03T19:00", "FREQ=WEEKLY;BYDAY=TU")


@pytest.fixture
async def house() -> House:
    """Three hours before its meeting."""
    house = house_at("2026-11-24T15:00")
    meet(house, "room", *TUESDAYS)
    return house


@pytest.fixture
async def worker(house: House) -> AsyncIterator[Worker]:
    worker = beating(house)
    yield worker
    await worker.service.rooms.stop()


@pytest.fixture
async def unled(house: House, worker: Worker) -> Person:
    """Two minutes before the start, and somebody is there; nobody leads."""
    await until(house, "2026-11-24T17:58")
    return await worker.join(name="Early")


class TestHeld:
    async def test_from_the_start_on(self, house: House, worker: Worker, unled: Person) -> None:
        await unled.say("Hello")
        await until(house, "2026-11-24T18:00")
        event = unled.events("room")[-1]
        assert (event["held"], shown(event["closes_at"]), event["segment"]["mode"]) == (True, "2026-11-24T18:15", "queue")
        assert await unled.refused("send", id="m1", text="x") == "not_your_turn"
        await unled.ok("hand", up=True)
        assert unled.events("floor")[-1]["seat"] == unled.seat
        await unled.say("My turn")

    async def test_newcomers_wait_and_come_in_by_themselves_when_somebody_leads(self, house: House, worker: Worker, unled: Person) -> None:
        await until(house, "2026-11-24T18:01")
        assert (await door(worker))["held"] is True
        other = beating(house)
        new = await other.join()
        assert new.answer["waiting"] is True
        assert (new.answer["room"]["held"], shown(new.answer["room"]["closes_at"])) == (True, "2026-11-24T18:15")
        host = await worker.host("moderator")
        await house.quiet()
        admitted = new.events("lobby")[-1]["admitted"]
        assert admitted["room"]["held"] is False
        assert (unled.events("room")[-1]["held"], shown(unled.events("room")[-1]["closes_at"])) == (False, "2026-11-24T19:00")
        assert "waiting" in host.answer["room"]
        assert await unled.say("Free again")
        await other.service.rooms.stop()

    async def test_those_in_a_lobby_are_told(self, house: House, worker: Worker, unled: Person) -> None:
        host = await worker.host("moderator")
        await host.ok("lobby", on=True)
        new = await worker.join()
        await host.ok("leave")
        await until(house, "2026-11-24T18:00")
        assert (new.events("lobby")[-1]["held"], shown(new.events("lobby")[-1]["closes_at"])) == (True, "2026-11-24T18:15")
        await worker.host("moderator")
        assert new.events("lobby")[-1]["held"] is False

    async def test_closes_after_a_quarter_of_an_hour(self, house: House, worker: Worker, unled: Person) -> None:
        await until(house, "2026-11-24T18:01")
        waiting = await worker.join()
        await until(house, "2026-11-24T18:11")
        assert [shown(event["closes_at"]) for event in unled.events("closing")] == ["2026-11-24T18:15"]
        await until(house, "2026-11-24T18:16")
        for person in (unled, waiting):
            assert person.events()[-1]["type"] == "closed"
            assert shown(person.events()[-1]["next_at"]) == "2026-12-01T18:00"
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T17:45", "2026-11-24T18:15")]

    async def test_not_during_a_share(self, house: House, worker: Worker, unled: Person) -> None:
        await until(house, "2026-11-24T18:14")
        await unled.ok("hand", up=True)
        await until(house, "2026-11-24T18:20")
        assert unled.events("closed") == []
        assert shown(unled.events("room")[-1]["closes_at"]) == "2026-11-24T18:21"
        await unled.ok("done")
        await until(house, "2026-11-24T18:22")
        assert unled.events()[-1]["type"] == "closed"

    async def test_nor_when_somebody_has_called_for_help(self, house: House, worker: Worker, unled: Person) -> None:
        await until(house, "2026-11-24T18:05")
        await unled.ok("help", text="please")
        await until(house, "2026-11-24T18:29")
        assert unled.events("closed") == []
        await until(house, "2026-11-24T18:31")
        assert unled.events()[-1]["type"] == "closed"

    async def test_two_workers_see_one_leader_go_each_at_once(self, house: House, worker: Worker, unled: Person) -> None:
        other = house.worker()
        hosts = [await worker.host("moderator"), await other.host("moderator")]
        await until(house, "2026-11-24T18:00")
        leaving = [asyncio.create_task(host.raw("leave")) for host in hosts]
        await house.passes(3_000)
        assert all(task.done() for task in leaving)
        assert worker.state.core.held
        assert other.state == worker.state

    async def test_one_goes_on_one_worker_while_another_comes_on_the_other(self) -> None:
        """Each decided where the other is not known yet."""
        together = 0
        for lag in range(12):
            house = house_at("2026-11-24T18:01")
            meet(house, "room", *TUESDAYS)
            await house.store.open_meeting("room", "first", house.clock.now(), ms("2026-11-24T19:00"), "2026-11-24T19:00")
            worker, other = house.worker(lag=lag), house.worker(lag=lag + 100)
            host = await worker.host("moderator")
            await worker.join()
            await other.join()
            await house.passes(100)  # the pace of coming and going
            coming = c.Join("new", b"t" * 32, "Lead", (), None, Role.MODERATOR, None, worker=worker.state.seats[host.seat].worker)
            tasks = [
                asyncio.create_task(other.live().submit(None, coming)),
                asyncio.create_task(worker.live().submit(host.seat, c.Leave())),
            ]
            await settled()
            together += worker.state.core.held and "new" in worker.state.seats
            await house.passes(1_000)
            assert not any(isinstance(task.result(), Refused) for task in tasks)
            assert not worker.state.core.held
            assert other.state == worker.state
        assert together, "in none of these has it happened"

    async def test_one_who_waits_is_told_what_their_worker_has_missed(self, house: House, worker: Worker, unled: Person) -> None:
        other = beating(house)
        host = await worker.host("moderator")
        await host.ok("lobby", on=True)
        waiting = await other.join()
        other.backplane.cut = True
        await host.ok("leave")
        await until(house, "2026-11-24T18:00", 10_000)
        assert waiting.events("lobby") == []
        other.backplane.heal()
        await house.passes(4_000)
        assert waiting.events("lobby")[-1]["held"] is True
        await other.service.rooms.stop()


async def test_a_room_opened_by_hand_is_not_held(house: House, worker: Worker) -> None:
    await opened_by_hand(house, worker)
    one = await worker.join()
    await until(house, "2026-11-24T15:50")
    assert await one.say("Still here")
    assert one.events("room") == []


async def test_nor_one_that_is_always_open() -> None:
    house = house_at("2026-11-24T12:00")
    meet(house, "room", "Europe/Berlin", None, always_open=True)
    worker = beating(house)
    await until(house, "2026-11-24T12:01")
    one = await worker.join()
    await until(house, "2026-11-24T14:00", HOUR // 4)
    assert await one.say("Still here")
    await worker.service.rooms.stop()


async def test_the_first_to_come_to_a_room_that_runs_waits_for_who_leads(house: House, worker: Worker) -> None:
    """Nobody was there before: its state begins with them, and so does the time after which it closes."""
    await until(house, "2026-11-24T18:20")
    one = await worker.join()
    assert one.answer["waiting"] is True
    await until(house, "2026-11-24T18:34")
    assert one.events("closed") == []
    await until(house, "2026-11-24T18:36")
    assert one.events()[-1]["type"] == "closed"


async def test_a_share_at_its_end_keeps_it_open_and_so_the_next_one_shut(house: House, worker: Worker) -> None:
    meet(house, "room", "UTC", "2026-11-24T18:00", "FREQ=WEEKLY;BYDAY=TU,WE", 24 * 60, format="aa-discussion")
    await until(house, "2026-11-25T17:50", HOUR // 4)
    host, one = await worker.host("moderator"), await worker.join()
    await host.ok("agenda", go=4)
    await one.ok("hand", up=True)
    await until(house, "2026-11-25T18:08")
    assert len(opened(house)) == 1
    assert one.events("closed") == []
    await host.ok("floor", seat=None)
    await until(house, "2026-11-25T18:10")
    assert [closed for _, _, closed in opened(house)] == ["2026-11-25T18:09", None]


async def test_two_workers_keep_a_room_open_over_a_share_for_no_longer_than_one(house: House, worker: Worker) -> None:
    meet(house, "room", *TUESDAYS, format="aa-discussion", minutes=75)
    await until(house, "2026-11-24T19:10")
    other = beating(house)
    host, one = await worker.host("moderator"), await other.join()
    await host.ok("agenda", go=4)
    await one.ok("hand", up=True)
    await until(house, "2026-11-24T19:29", 10_000)
    assert one.events("closed") == []
    await until(house, "2026-11-24T19:31", 10_000)
    assert one.events()[-1]["type"] == "closed"
    await other.service.rooms.stop()


async def test_who_comes_in_that_moment_to_another_worker_does_not_close_it(house: House, worker: Worker) -> None:
    meet(house, "room", *TUESDAYS, format="aa-discussion", minutes=75)
    await until(house, "2026-11-24T19:14")
    host, one = await worker.host("moderator"), await worker.join()
    await host.ok("agenda", go=4)
    await one.ok("hand", up=True)
    other, key = house.worker(), await house.key("moderator")
    house.clock._now = ms("2026-11-24T19:15")  # and no timer has gone off yet
    late = other.connect()
    late.answer = await late.ok("join", room="room", key=key)
    await house.passes(1_000)
    assert one.events("closed") == []
    assert shown(late.answer["room"]["closes_at"]) in ("2026-11-24T19:15", "2026-11-24T19:16")


async def test_worker_served_rooms_close_though_their_worker_is_gone(house: House, worker: Worker) -> None:
    """Ten seconds later: their own worker might have had a reason."""
    await until(house, "2026-11-24T18:59")
    other = house.worker()
    await other.join()
    await other.service.rooms.stop()
    await house.passes(MINUTE + 8_000, 34)
    assert house.store.all_openings[0].closed_at is None
    await house.passes(6_000, 3)
    assert opened(house) == [("2026-11-24T19:00", "2026-11-24T17:45", "2026-11-24T19:00")]
