"""What those who lead do about time: open early, extend, close; and a scheduled room that nobody leads."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import pytest

from chatserver.domain import commands as c
from chatserver.domain.refusals import Refused
from chatserver.domain.roles import Role
from tests.engine.house import House, Person, Worker
from tests.engine.weekly import HOUR, MINUTE, beating, house_at, meet, ms, opened, shown, until
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


async def opening(house: House, worker: Worker) -> str:
    return str((await worker.connect().ok("open", room="room", key=await house.key("facilitator")))["epoch"])


async def door(worker: Worker) -> dict[str, Any]:
    return await worker.connect().ok("door", room="room")


class TestOpening:
    async def test_within_two_hours_it_is_the_next_occurrence(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T16:00")
        epoch = await opening(house, worker)
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T16:00", None)]
        one = await worker.host("moderator")
        assert (one.answer["epoch"], shown(one.answer["room"]["closes_at"])) == (epoch, "2026-11-24T19:00")
        await until(house, "2026-11-24T20:00")
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T16:00", "2026-11-24T19:00")], "the schedule has not opened it once more"

    async def test_before_that_it_is_by_hand_and_ends_with_the_next_start(self, house: House, worker: Worker) -> None:
        meet(house, "room", *TUESDAYS, minutes=240)
        await until(house, "2026-11-24T15:30")
        await opening(house, worker)
        assert shown(house.store.all_openings[0].closes_at) == "2026-11-24T18:00"
        await (await worker.join()).ok("leave")  # this worker serves it
        await until(house, "2026-11-24T18:01")
        assert opened(house) == [(None, "2026-11-24T15:30", "2026-11-24T18:00"), ("2026-11-24T19:00", "2026-11-24T18:00", None)]

    async def test_once_more_after_it_was_closed_early(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T18:10")
        await (await worker.host()).ok("close")
        await opening(house, worker)
        await until(house, "2026-11-24T18:30")
        assert opened(house)[1:] == [(None, "2026-11-24T18:10", None)]
        assert shown(house.store.all_openings[1].closes_at) == "2026-11-24T19:10"
        host = await worker.host()
        assert shown((await host.ok("extend", minutes=15))["closes_at"]) == "2026-11-24T19:25"
        await host.ok("close")
        assert shown(host.events("closed")[-1]["next_at"]) == "2026-12-01T18:00"

    async def test_of_two_in_a_row_the_second_where_the_first_was_closed(self) -> None:
        house = house_at("2026-11-24T10:20")
        meet(house, "room", "UTC", "2026-11-24T10:00", "FREQ=WEEKLY;BYDAY=TU", 60)
        meeting = house.store.all_meetings["room"]
        await house.store.open_meeting("room", "first", house.clock.now(), ms("2026-11-24T11:00"), "2026-11-24T10:00")
        await house.store.close_opening("first", house.clock.now())
        worker = beating(house)
        await opening(house, worker)
        assert opened(house)[1:] == [(None, "2026-11-24T10:20", None)]
        assert meeting.minutes == 60
        await worker.service.rooms.stop()

    async def test_by_two_facilitators_at_once_on_two_workers(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T16:30")
        other, key = house.worker(), await house.key("facilitator")
        asked = [w.connect().ok("open", room="room", key=key) for w in (worker, other)]
        epochs = await asyncio.gather(*asked)
        assert epochs[0] == epochs[1]
        assert len(opened(house)) == 1


class TestExtending:
    async def test_everybody_is_told_and_it_closes_then(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T18:56")
        other = beating(house)
        host, one, far = await worker.host(), await worker.join(), await other.join()
        answer = await host.ok("extend", minutes=30)
        assert shown(answer["closes_at"]) == "2026-11-24T19:30"
        await house.quiet()
        for person in (host, one, far):
            assert shown(person.events("room")[-1]["closes_at"]) == "2026-11-24T19:30"
        assert shown(house.store.all_openings[0].closes_at) == "2026-11-24T19:30"
        await until(house, "2026-11-24T19:31")
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T17:45", "2026-11-24T19:30")]
        assert [shown(event["closes_at"]) for event in far.events("closing")] == ["2026-11-24T19:30"]
        await other.service.rooms.stop()

    async def test_the_store_first_and_nothing_where_it_does_not_take_it(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T18:00")
        host, one = await worker.host(), await worker.join()
        house.store.log.clear()
        await host.ok("extend", minutes=10)
        log = [name for name in house.store.log if name in ("extend_opening", "commit")]
        assert log[0] == "extend_opening"
        house.store.down = {"extend_opening"}
        assert await host.refused("extend", minutes=10) == "unavailable"
        house.store.down = {"opening"}
        assert await host.refused("extend", minutes=10) == "unavailable"
        house.store.down.clear()
        assert shown(worker.state.core.closes_at) == "2026-11-24T19:10"
        assert len([event for event in one.events("room") if "closes_at" in event]) == 1

    async def test_others_in_the_same_batch_are_not_refused_with_it(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T18:00")
        host, one = await worker.host(), await worker.join()
        house.store.down = {"extend_opening"}
        asked = worker.live().ask(host.seat, c.Lock(True), c.Extend(5), c.Mute(one.seat, 60))
        await settled()
        assert [isinstance(outcome.result(), Refused) for outcome in asked] == [False, True, False]
        assert (worker.state.core.locked, shown(worker.state.core.closes_at)) == (True, "2026-11-24T19:00")
        house.store.down.clear()
        asked = worker.live().ask(host.seat, c.Lock(False), c.Extend(5), c.Unmute(one.seat))
        await settled()
        assert not any(isinstance(outcome.result(), Refused) for outcome in asked)
        assert shown(worker.state.core.closes_at) == "2026-11-24T19:05"

    async def test_up_to_the_next_start_and_then_it_is_refused(self, house: House, worker: Worker) -> None:
        meet(house, "room", "UTC", "2026-11-24T18:00", "FREQ=WEEKLY;BYDAY=TU,WE", 23 * 60)
        await until(house, "2026-11-24T18:10")
        host = await worker.host()
        assert shown((await host.ok("extend", minutes=240))["closes_at"]) == "2026-11-25T18:00"
        assert await host.refused("extend", minutes=1) == "next_meeting"

    async def test_by_two_at_once_on_two_workers_adds_up(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T18:00")
        other = house.worker()
        hosts = [await worker.host(), await other.host()]
        answers = [asyncio.create_task(host.raw("extend", minutes=30)) for host in hosts]
        await house.passes(1_000)
        assert not any(isinstance(task.result(), Refused) for task in answers)
        assert shown(worker.state.core.closes_at) == shown(other.state.core.closes_at) == "2026-11-24T20:00"
        assert shown(house.store.all_openings[0].closes_at) == "2026-11-24T20:00"

    async def test_a_moderator_may_not(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T18:00")
        assert await (await worker.host("moderator")).refused("extend", minutes=5) == "not_allowed"
        assert await (await worker.join()).refused("extend", minutes=5) == "not_allowed"
        assert await (await worker.host()).refused("extend", minutes=241) == "bad_payload"

    async def test_it_lasts_though_the_backplane_forgets_the_room(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T18:00")
        await (await worker.host()).ok("extend", minutes=30)
        await worker.service.rooms.stop()
        house.memory.forget("room")
        again, key = house.worker(), await house.key("moderator")
        joining = asyncio.create_task(again.connect().raw("join", room="room", key=key))
        for _ in range(20):
            await house.passes(500, 5)
        answer = joining.result()
        assert not isinstance(answer, Refused)
        assert shown(answer["room"]["closes_at"]) == "2026-11-24T19:30"
        assert shown(answer["room"]["starts_at"]) == "2026-11-24T18:00"


class TestTheDoor:
    async def test_says_when_it_opens(self, house: House, worker: Worker) -> None:
        seen = await door(worker)
        assert (seen["state"], shown(seen["starts_at"]), seen["timezone"]) == ("scheduled", "2026-11-24T18:00", "Europe/Berlin")
        await until(house, "2026-11-24T16:00")
        seen = await door(worker)
        assert (seen["state"], shown(seen["opens_at"]), shown(seen["starts_at"])) == ("early", "2026-11-24T17:45", "2026-11-24T18:00")
        assert await worker.connect().refused("join", room="room") == "not_open"
        await until(house, "2026-11-24T17:46")
        seen = await door(worker)
        assert (seen["state"], shown(seen["starts_at"]), seen["held"]) == ("open", "2026-11-24T18:00", False)
        assert (seen["opens_at"], seen["next_at"]) == (None, None)

    async def test_of_a_room_without_a_schedule(self, house: House, worker: Worker) -> None:
        meet(house, "room", "UTC", None)
        seen = await door(worker)
        assert (seen["state"], seen["starts_at"], seen["opens_at"], seen["next_at"]) == ("scheduled", None, None, None)
        await opening(house, worker)
        assert (await door(worker))["starts_at"] is None
        await (await worker.host()).ok("close")
        seen = await door(worker)
        assert (seen["state"], seen["next_at"]) == ("closed", None)


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
        await until(house, "2026-11-24T18:19")
        assert unled.events("closed") == []
        await until(house, "2026-11-24T18:21")
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
    await opening(house, worker)
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


class TestFromOutside:
    """By the command line, in a process of its own: it can tell the store, and nothing else."""

    async def test_every_room_follows_when_it_was_extended(self, house: House) -> None:
        meet(house, "room", *TUESDAYS)
        first, second = beating(house), beating(house)
        await until(house, "2026-11-24T17:30")
        await opening(house, first)
        people = [await first.host("moderator"), await second.join()]
        (opening_id,) = [one.id for one in house.store.all_openings]
        later = ms("2026-11-24T21:00")
        assert await house.store.extend_opening(opening_id, later) == later
        await until(house, "2026-11-24T17:33")  # some beats later
        for one in people:
            told = [event["closes_at"] for event in one.events("room") if "closes_at" in event]
            assert told == [later], "once"
        await until(house, "2026-11-24T21:01")
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T17:30", "2026-11-24T21:00")]
        for worker in (first, second):
            await worker.service.rooms.stop()

    async def test_every_room_follows_when_it_was_closed(self, house: House) -> None:
        first, second = beating(house), beating(house)
        await until(house, "2026-11-24T17:30")
        await opening(house, first)
        people = [await first.host("moderator"), await second.join()]
        (opening_id,) = [one.id for one in house.store.all_openings]
        assert await house.store.close_opening(opening_id, house.clock.now())
        await until(house, "2026-11-24T17:31")
        for one in people:
            assert len(one.events("closed")) == 1
        for worker in (first, second):
            await worker.service.rooms.stop()
