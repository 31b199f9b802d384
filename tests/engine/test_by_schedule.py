"""Rooms open and close by themselves: each occurrence exactly once, whatever workers and clocks do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest

from tests.engine.house import House, Worker
from tests.engine.weekly import DAY, HOUR, MINUTE, beating, change, house_at, meet, ms, opened, shown, until
from tests.waiting import settled

DAILY = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
TUESDAYS = ("Europe/Berlin", "2026-11-03T19:00", "FREQ=WEEKLY;BYDAY=TU")


@pytest.fixture
async def house() -> House:
    """On the day of its meeting, some hours before."""
    house = house_at("2026-11-24T12:00")
    meet(house, "room", *TUESDAYS)
    return house


@pytest.fixture
async def worker(house: House) -> AsyncIterator[Worker]:
    worker = beating(house)
    yield worker
    await worker.service.rooms.stop()


async def test_opened_and_closed_in_time(house: House, worker: Worker) -> None:
    await until(house, "2026-11-24T17:44")
    assert opened(house) == []
    await until(house, "2026-11-24T17:45")
    assert opened(house) == [("2026-11-24T19:00", "2026-11-24T17:45", None)]
    assert shown(house.store.all_openings[0].closes_at) == "2026-11-24T19:00"
    await until(house, "2026-11-24T18:59")
    assert house.store.all_openings[0].closed_at is None
    await until(house, "2026-11-24T19:01")
    assert opened(house) == [("2026-11-24T19:00", "2026-11-24T17:45", "2026-11-24T19:00")]


async def test_within_two_seconds(house: House, worker: Worker) -> None:
    await until(house, "2026-11-24T17:44")
    await house.passes(60_000, 60)
    await house.passes(2_000, 2)
    (opening,) = house.store.all_openings
    assert 0 <= opening.opened_at - ms("2026-11-24T17:45") <= 2_000


async def test_a_number_of_minutes_of_its_own(house: House, worker: Worker) -> None:
    meet(house, "room", *TUESDAYS, doors_minutes=40)
    await until(house, "2026-11-24T17:30")
    assert [at for _, at, _ in opened(house)] == ["2026-11-24T17:20"]


async def test_fellowship_keeps_it_open(house: House, worker: Worker) -> None:
    meet(house, "room", *TUESDAYS, format="aa-discussion")
    await until(house, "2026-11-24T18:00")
    (opening,) = house.store.all_openings
    assert opening.closes_at == ms("2026-11-24T19:00") + 15 * MINUTE


async def test_people_come_in_and_the_last_event_says_when_the_next_is(house: House, worker: Worker) -> None:
    await until(house, "2026-11-24T17:50")
    host, one = await worker.host(), await worker.join()
    assert shown(one.answer["room"]["starts_at"]) == "2026-11-24T18:00"
    await until(house, "2026-11-24T19:01")
    for person in (host, one):
        assert person.events()[-1]["type"] == "closed"
        assert shown(person.events()[-1]["next_at"]) == "2026-12-01T18:00"
    door = await worker.connect().ok("door", room="room")
    assert (door["state"], shown(door["next_at"])) == ("closed", "2026-12-01T18:00")


class TestOnce:
    async def test_not_again_after_it_was_closed_early(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T17:50")
        await (await worker.host()).ok("close")
        await until(house, "2026-11-25T12:00", HOUR // 4)
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T17:45", "2026-11-24T17:50")]

    async def test_by_two_workers_in_the_same_moment(self, house: House, worker: Worker) -> None:
        other = beating(house)
        await until(house, "2026-11-24T20:00")
        assert len(opened(house)) == 1
        assert house.store.log.count("open_meeting") == 2, "both have tried"
        await other.service.rooms.stop()

    @pytest.mark.parametrize("steps", range(0, 60, 4))
    async def test_by_a_worker_that_is_stopped_in_that_second(self, house: House, steps: int) -> None:
        """At whatever point of it: the next one does what is left."""
        first = beating(house)
        await until(house, "2026-11-24T17:44")
        house.clock.advance(MINUTE)
        await settled(steps)
        await first.service.rooms.stop()
        second = beating(house)
        await until(house, "2026-11-24T19:01")
        assert [(key, closed) for key, _, closed in opened(house)] == [("2026-11-24T19:00", "2026-11-24T19:00")]
        await second.service.rooms.stop()

    async def test_by_a_server_that_was_down_and_comes_back_while_it_runs(self, house: House) -> None:
        house.clock.advance(ms("2026-11-24T18:20") - house.clock.now())
        worker = beating(house)
        await house.quiet()
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T18:20", None)]
        await worker.service.rooms.stop()

    async def test_and_not_at_all_by_one_that_comes_back_too_late(self, house: House) -> None:
        house.clock.advance(ms("2026-11-24T19:00") - house.clock.now())
        worker = beating(house)
        await until(house, "2026-11-24T23:00", HOUR)
        assert opened(house) == []
        await worker.service.rooms.stop()

    async def test_though_the_store_is_not_there_for_a_while(self, house: House, worker: Worker) -> None:
        for call in ("revisions", "open_meeting", "format"):
            house.store.down = {call}
            await until(house, "2026-11-24T17:50")
        assert opened(house) == []
        house.store.down.clear()
        await until(house, "2026-11-24T17:51")
        assert len(opened(house)) == 1

    async def test_one_that_fails_does_not_keep_the_others_shut(self, house: House, worker: Worker) -> None:
        meet(house, "a-broken-one", "Nowhere/Nothing", "2026-11-24T19:00")
        meet(house, "z", "UTC", "2026-11-24T18:00")
        await until(house, "2026-11-24T18:00")
        assert {o.meeting.slug for o in house.store.all_openings} == {"room", "z"}


class TestClocks:
    async def test_one_that_jumps_on_by_an_hour(self, house: House, worker: Worker) -> None:
        """Over the opening: it opens at once. Over the whole of another meeting: that one is over."""
        meet(house, "short", "UTC", "2026-11-24T17:50", minutes=20, doors_minutes=0)
        await until(house, "2026-11-24T17:30")
        house.clock._now += HOUR
        await until(house, "2026-11-24T18:31")
        assert opened(house, "short") == []
        assert [at for _, at, _ in opened(house, "room")] == ["2026-11-24T18:31"]
        house.clock._now += HOUR
        await until(house, "2026-11-24T19:33")
        assert [closed for _, _, closed in opened(house, "room")] == ["2026-11-24T19:32"]

    async def test_one_that_goes_back_by_an_hour(self, house: House) -> None:
        """As of a machine that a worker is started on anew: ours does not go back while it runs."""
        worker = beating(house)
        await until(house, "2026-11-24T19:02")
        await worker.service.rooms.stop()
        house.clock._now -= HOUR
        worker = beating(house)
        await until(house, "2026-11-24T19:30")
        assert opened(house) == [("2026-11-24T19:00", "2026-11-24T17:45", "2026-11-24T19:00")]
        await worker.service.rooms.stop()

    async def test_under_a_worker_that_serves_on(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T19:02")
        house.clock._now -= HOUR
        await until(house, "2026-11-24T19:30")
        assert len(opened(house)) == 1

    async def test_two_workers_whose_clocks_differ_by_an_hour(self, house: House, worker: Worker) -> None:
        ahead = House(clock=type(house.clock)(house.clock.now() + HOUR), store=house.store)
        other = beating(ahead)
        for _ in range(8 * 60):
            house.clock.advance(MINUTE)
            ahead.clock.advance(MINUTE)
            await house.quiet()
        assert [key for key, _, _ in opened(house)] == ["2026-11-24T19:00"]
        await other.service.rooms.stop()


class TestEdits:
    """Made behind the workers' backs, as the command line does."""

    async def test_are_seen_within_a_minute(self, house: House, worker: Worker) -> None:
        await house.passes(10 * MINUTE, 20)
        meet(house, "new", "UTC", shown(house.clock.now() + 5 * MINUTE), doors_minutes=15)
        await house.passes(MINUTE, 30)
        assert len(opened(house, "new")) == 1

    async def test_what_was_skipped_a_second_before_does_not_open(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T17:43:50")  # so that what has changed is not looked for in the very second anyway
        await house.passes(68_000, 34)
        meet(house, "room", *TUESDAYS, changes=(change("2026-11-24T19:00", skipped=True),))
        await house.passes(10_000, 5)
        await house.passes(HOUR, 60)
        assert opened(house) == []

    async def test_what_was_moved_opens_then(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T17:00")
        meet(house, "room", *TUESDAYS, changes=(change("2026-11-24T19:00", "2026-11-25T08:00"),))
        await until(house, "2026-11-25T09:00", 5 * MINUTE)
        assert opened(house) == [("2026-11-24T19:00", "2026-11-25T06:45", "2026-11-25T08:00")]

    async def test_what_was_removed_does_not_open(self, house: House, worker: Worker) -> None:
        await until(house, "2026-11-24T17:44")
        del house.store.all_meetings["room"]
        await until(house, "2026-11-24T18:00")
        assert opened(house) == []

    async def test_not_every_meeting_is_read_all_the_time(self, house: House, worker: Worker) -> None:
        for n in range(200):
            meet(house, f"m{n}", "UTC", "2026-11-26T18:00", DAILY)
        await house.passes(MINUTE, 30)
        house.store.log.clear()
        await house.passes(10 * MINUTE, 300)
        asked = {call: house.store.log.count(call) for call in ("meetings", "meeting", "open_meeting")}
        assert asked == {"meetings": 0, "meeting": 0, "open_meeting": 0}
        assert house.store.log.count("revisions") <= 21
        meet(house, "m7", "UTC", "2026-11-26T19:00", DAILY)
        await house.passes(MINUTE, 30)
        assert (house.store.log.count("meetings"), house.store.log.count("meeting")) == (0, 1)


class TestOneAfterTheOther:
    async def test_the_next_opens_when_the_one_before_has_closed(self) -> None:
        house = house_at("2026-11-24T22:00")
        meet(house, "room", "UTC", "2026-11-01T00:00", DAILY, 1_440)
        worker = beating(house)
        await until(house, "2026-11-25T00:02")
        assert opened(house) == [
            ("2026-11-24T00:00", "2026-11-24T22:01", "2026-11-25T00:00"),
            ("2026-11-25T00:00", "2026-11-25T00:00", None),
        ]
        await worker.service.rooms.stop()

    async def test_always_open_is_renewed(self) -> None:
        house = house_at("2026-11-24T12:00")
        meet(house, "room", "Europe/Berlin", None, always_open=True)
        worker = beating(house)
        await until(house, "2026-11-24T12:01")
        one = await worker.join()
        await until(house, "2026-11-25T03:00", HOUR // 4)
        await house.passes(4_000, 2)
        assert opened(house) == [
            ("2026-11-24T04:00", "2026-11-24T12:01", "2026-11-25T03:00"),
            ("2026-11-25T04:00", "2026-11-25T03:00", None),
        ]
        assert shown(one.events()[-1]["next_at"]) == "2026-11-25T03:00", "at once: who wants to stay goes in again"
        assert (await worker.connect().ok("door", room="room"))["state"] == "open"
        await worker.service.rooms.stop()

    async def test_one_by_hand_is_in_the_way_until_it_closes(self, house: House, worker: Worker) -> None:
        """The schedule was changed while it was open."""
        await house.store.open_meeting("room", "by-hand", house.clock.now(), ms("2026-11-24T18:10"))
        await until(house, "2026-11-24T18:09")
        assert len(opened(house)) == 1
        await until(house, "2026-11-24T18:11")
        assert opened(house)[1:] == [("2026-11-24T19:00", "2026-11-24T18:10", None)]

    async def test_one_by_hand_that_is_closed_sooner_makes_way_within_a_minute(self, house: House, worker: Worker) -> None:
        await house.store.open_meeting("room", "by-hand", house.clock.now(), ms("2026-11-24T18:50"))
        await until(house, "2026-11-24T18:10", 2_000)
        await house.store.close_opening("by-hand", house.clock.now())
        await until(house, "2026-11-24T18:11", 2_000)
        assert [key for key, _, _ in opened(house)] == [None, "2026-11-24T19:00"]


# A week in which Europe puts its clocks on, on Sunday. Each with what is to come of it: occurrence, opened, closed; in UTC, by hand.
WEEK = "2027-03-25T00:00"
MEETINGS = {
    "berlin": (("Europe/Berlin", "2026-11-03T19:00", "FREQ=WEEKLY;BYDAY=TU,SA"), {}),
    "gap": (("Europe/Berlin", "2027-01-03T02:30", "FREQ=WEEKLY;BYDAY=SU"), {}),
    "new-york": (("America/New_York", "2027-01-04T12:00", "FREQ=WEEKLY;BYDAY=MO,WE,FR", 90), {"doors_minutes": 0}),
    "kathmandu": (("Asia/Kathmandu", "2026-12-05T20:00", "FREQ=MONTHLY;BYDAY=-1SA"), {}),
    "midnight": (("Europe/London", "2027-03-05T23:30", "FREQ=WEEKLY;BYDAY=FR,SA", 90), {}),
    "moved": (
        ("Europe/Berlin", "2027-03-04T19:00", "FREQ=WEEKLY;BYDAY=TH"),
        {"changes": (change("2027-03-25T19:00", "2027-03-26T20:30"),)},
    ),
    "skipped": (
        ("Europe/Berlin", "2027-03-01T19:00", "FREQ=WEEKLY;BYDAY=MO,WE"),
        {"changes": (change("2027-03-29T19:00", skipped=True),)},
    ),
    "longer": (
        ("UTC", "2027-03-06T10:00", "FREQ=WEEKLY;BYDAY=SA,SU"),
        {"changes": (change("2027-03-27T10:00", minutes=150, title="Long"),), "format": "aa-discussion"},
    ),
    "once": (("Pacific/Auckland", "2027-03-31T07:00", None, 45), {}),
    "always": (("Europe/Berlin", None), {"always_open": True}),
    "by-hand": (("UTC", None), {}),
}
EXPECTED = {
    "berlin": [
        ("2027-03-27T19:00", "2027-03-27T17:45", "2027-03-27T19:00"),
        ("2027-03-30T19:00", "2027-03-30T16:45", "2027-03-30T18:00"),
    ],
    "gap": [("2027-03-28T02:30", "2027-03-28T01:15", "2027-03-28T02:30")],  # at half past three, since there is no half past two
    "new-york": [
        ("2027-03-26T12:00", "2027-03-26T16:00", "2027-03-26T17:30"),
        ("2027-03-29T12:00", "2027-03-29T16:00", "2027-03-29T17:30"),
        ("2027-03-31T12:00", "2027-03-31T16:00", "2027-03-31T17:30"),
    ],
    "kathmandu": [("2027-03-27T20:00", "2027-03-27T14:00", "2027-03-27T15:15")],
    "midnight": [
        ("2027-03-26T23:30", "2027-03-26T23:15", "2027-03-27T01:00"),
        ("2027-03-27T23:30", "2027-03-27T23:15", "2027-03-28T01:00"),
    ],
    "moved": [("2027-03-25T19:00", "2027-03-26T19:15", "2027-03-26T20:30")],
    "skipped": [("2027-03-31T19:00", "2027-03-31T16:45", "2027-03-31T18:00")],
    "longer": [
        ("2027-03-27T10:00", "2027-03-27T09:45", "2027-03-27T12:45"),  # with a quarter of an hour of fellowship
        ("2027-03-28T10:00", "2027-03-28T09:45", "2027-03-28T11:15"),
    ],
    "once": [("2027-03-31T07:00", "2027-03-30T17:45", "2027-03-30T18:45")],
    "always": [
        ("2027-03-24T04:00", "2027-03-25T00:01", "2027-03-25T03:00"),
        ("2027-03-25T04:00", "2027-03-25T03:00", "2027-03-26T03:00"),
        ("2027-03-26T04:00", "2027-03-26T03:00", "2027-03-27T03:00"),
        ("2027-03-27T04:00", "2027-03-27T03:00", "2027-03-28T02:00"),
        ("2027-03-28T04:00", "2027-03-28T02:00", "2027-03-29T02:00"),
        ("2027-03-29T04:00", "2027-03-29T02:00", "2027-03-30T02:00"),
        ("2027-03-30T04:00", "2027-03-30T02:00", "2027-03-31T02:00"),
        ("2027-03-31T04:00", "2027-03-31T02:00", None),
    ],
    "by-hand": [],
}
# Those minutes in which a worker is stopped in the middle of what it does, and another one started.
RESTARTS = {ms("2027-03-27T17:45"): 3, ms("2027-03-27T19:00"): 9, ms("2027-03-28T01:15"): 14, ms("2027-03-28T02:00"): 21}


async def test_a_week_of_several_meetings_over_two_workers() -> None:
    """Every room opened and closed exactly once, in the minute in which it is due."""
    house = house_at(WEEK)
    for slug, (schedule, more) in MEETINGS.items():
        meet(house, slug, *schedule, **more)  # type: ignore[arg-type]
    workers = [beating(house), beating(house)]
    while house.clock.now() < ms(WEEK) + 7 * DAY:
        house.clock.advance(MINUTE)
        if house.clock.now() in RESTARTS:
            await settled(RESTARTS[house.clock.now()])
            await asyncio.gather(*(worker.service.rooms.stop() for worker in workers))
            workers = [beating(house), beating(house)]
        await settled(40)
    assert {slug: opened(house, slug) for slug in MEETINGS} == EXPECTED
    for worker in workers:
        await worker.service.rooms.stop()
