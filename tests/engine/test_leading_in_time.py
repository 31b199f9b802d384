"""What those who lead do about time: open early, and extend; and what the door says."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from chatserver.domain import commands as c
from chatserver.domain.refusals import Refused
from tests.engine.house import House, Worker
from tests.engine.weekly import beating, door, house_at, meet, ms, opened, opened_by_hand, shown, until
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


class TestOpening:
    async def test_within_two_hours_it_is_the_next_occurrence(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T16:00")
        epoch = await opened_by_hand(house, worker)
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T16:00", None)]
        one = await worker.host("moderator")
        assert (one.answer["epoch"], shown(one.answer["room"]["closes_at"])) == (epoch, "2026-11-24T19:00")
        await until(house, "2026-11-24T20:00")
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T16:00", "2026-11-24T19:00")], "the schedule has not opened it once more"

    async def test_before_that_it_is_by_hand_and_ends_with_the_next_start(self, house: House, worker: Worker) -> None:
        meet(house, "room", *TUESDAYS, minutes=240)
        await until(house, "2026-11-24T15:30")
        await opened_by_hand(house, worker)
        assert shown(house.store.all_openings[0].closes_at) == "2026-11-24T18:00"
        await (await worker.join()).ok("leave")  # this worker serves it
        await until(house, "2026-11-24T18:01")
        assert opened(house) == [(None, "2026-11-24T15:30", "2026-11-24T18:00"), ("2026-11-24T19:00", "2026-11-24T18:00", None)]

    async def test_once_more_after_it_was_closed_early(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T18:10")
        await (await worker.host()).ok("close")
        await opened_by_hand(house, worker)
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
        await opened_by_hand(house, worker)
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
        assert (seen["state"], shown(seen["starts_at"]), seen["timezone"], seen["language"]) == (
            "scheduled",
            "2026-11-24T18:00",
            "Europe/Berlin",
            "",
        )
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
        await opened_by_hand(house, worker)
        assert (await door(worker))["starts_at"] is None
        await (await worker.host()).ok("close")
        seen = await door(worker)
        assert (seen["state"], seen["next_at"]) == ("closed", None)


class TestFromOutside:
    """By the command line, in a process of its own: it can tell the store, and nothing else."""

    async def test_every_room_follows_when_it_was_extended(self, house: House) -> None:
        meet(house, "room", *TUESDAYS)
        first, second = beating(house), beating(house)
        await until(house, "2026-11-24T17:30")
        await opened_by_hand(house, first)
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
        await opened_by_hand(house, first)
        people = [await first.host("moderator"), await second.join()]
        (opening_id,) = [one.id for one in house.store.all_openings]
        assert await house.store.close_opening(opening_id, house.clock.now())
        await until(house, "2026-11-24T17:31")
        for one in people:
            assert len(one.events("closed")) == 1
        for worker in (first, second):
            await worker.service.rooms.stop()
