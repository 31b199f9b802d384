"""When rooms open and close by their schedules, and what a shut door says. Expected times are written out by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from chatserver.domain.doors import Last, at_the_door, change_of, coming, fellowship_minutes, planned, start_of
from chatserver.domain.formats import Format, Mode, Segment
from chatserver.domain.schedule import Change, Schedule

local = datetime.fromisoformat
TUESDAYS = Schedule("Europe/Berlin", local("2026-11-03T19:00"), "FREQ=WEEKLY;BYDAY=TU", 60)


def at(text: str) -> int:
    """`24T18:00`: of November 2026, in UTC."""
    return int(datetime.fromisoformat(f"2026-11-{text}").replace(tzinfo=UTC).timestamp() * 1_000)


def shown(ms: int) -> str:
    return datetime.fromtimestamp(ms / 1_000, UTC).isoformat()[8:16]


def rooms(schedule: Schedule, now: str, count: int = 2, doors: int = 15, after: int = 0) -> list[tuple[str, str, str]]:
    """When each opens, begins and closes, in UTC."""
    found = planned(schedule, at(now), doors, after)
    return [(shown(one.opens_at), shown(one.starts_at), shown(one.closes_at)) for one, _ in zip(found, range(count), strict=False)]


class TestPlanned:
    def test_doors_a_quarter_of_an_hour_before(self) -> None:
        assert rooms(TUESDAYS, "20T12:00") == [("24T17:45", "24T18:00", "24T19:00"), ("01T17:45", "01T18:00", "01T19:00")]

    def test_one_that_runs_is_the_first(self) -> None:
        assert rooms(TUESDAYS, "24T18:59", 1) == [("24T17:45", "24T18:00", "24T19:00")]
        assert rooms(TUESDAYS, "24T19:00", 1) == [("01T17:45", "01T18:00", "01T19:00")]

    def test_with_fellowship_after_the_end(self) -> None:
        assert rooms(TUESDAYS, "20T12:00", 1, after=30) == [("24T17:45", "24T18:00", "24T19:30")]

    def test_in_the_fellowship_it_is_over(self) -> None:
        """A server that comes back then opens nothing."""
        assert rooms(TUESDAYS, "24T19:10", 1, after=30) == [("01T17:45", "01T18:00", "01T19:30")]

    def test_nothing_lasts_into_the_next(self) -> None:
        hourly = Schedule(
            "UTC", local("2026-11-24T18:00"), "FREQ=WEEKLY", 60, (Change(local("2026-12-01T18:00"), start=local("2026-11-24T19:20")),)
        )
        assert rooms(hourly, "24T12:00", after=30) == [("24T17:45", "24T18:00", "24T19:20"), ("24T19:20", "24T19:20", "24T20:50")]

    def test_doors_open_when_the_one_before_has_closed(self) -> None:
        all_day = Schedule("UTC", local("2026-11-23T00:00"), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", 1_440)
        assert rooms(all_day, "24T12:00") == [("24T00:00", "24T00:00", "25T00:00"), ("25T00:00", "25T00:00", "26T00:00")]

    def test_always_open_is_renewed_at_four_in_the_morning(self) -> None:
        assert rooms(Schedule("Europe/Berlin", always_open=True), "24T12:00") == [
            ("24T03:00", "24T03:00", "25T03:00"),
            ("25T03:00", "25T03:00", "26T03:00"),
        ]

    def test_moved_and_skipped(self) -> None:
        changes = (
            Change(local("2026-11-24T19:00"), start=local("2026-11-25T20:00"), minutes=30),
            Change(local("2026-12-01T19:00"), skipped=True),
        )
        schedule = Schedule("Europe/Berlin", TUESDAYS.start, TUESDAYS.rrule, 60, changes)
        assert rooms(schedule, "20T12:00") == [("25T18:45", "25T19:00", "25T19:30"), ("08T17:45", "08T18:00", "08T19:00")]

    @pytest.mark.parametrize(
        "schedule", [Schedule("UTC"), Schedule("Nowhere", TUESDAYS.start), Schedule("UTC", TUESDAYS.start, "FREQ=NONSENSE")]
    )
    def test_none_where_there_is_no_schedule_that_can_be_read(self, schedule: Schedule) -> None:
        assert rooms(schedule, "20T12:00") == []
        assert at_the_door(schedule, at("20T12:00"), 15, None).next is None


def of_format(hour: int, after: int) -> Format:
    parts = (Segment("Sharing", hour, Mode.OPEN), Segment("Fellowship", after, Mode.OPEN, after=True))
    return Format("ours", "Ours", parts[: 1 + (after > 0)])


@pytest.mark.parametrize(
    ("hour", "after", "minutes", "expected"),
    [
        (60, 0, 60, 0),
        (60, 30, 60, 30),
        (60, 30, 90, 0),  # the meeting's minutes hold it already
        (60, 30, 75, 15),
        (60, 30, 120, 0),
        (90, 0, 60, 0),  # the minutes of a meeting are the meeting's
        (90, 20, 60, 20),
    ],
)
def test_fellowship_as_far_as_the_minutes_of_the_meeting_do_not_hold_it(hour: int, after: int, minutes: int, expected: int) -> None:
    assert fellowship_minutes(of_format(hour, after), minutes) == expected


KEY = "2026-11-24T19:00"
HELD = Last(KEY, at("24T17:45"), at("24T19:00"))


class TestAtTheDoor:
    @pytest.mark.parametrize(
        ("now", "last", "state", "next_start"),
        [
            ("20T12:00", None, "scheduled", "24T18:00"),
            ("24T15:59", None, "scheduled", "24T18:00"),
            ("24T16:00", None, "early", "24T18:00"),
            ("24T17:44", None, "early", "24T18:00"),
            ("24T17:45", None, "early", "24T18:00"),  # it is about to be opened
            ("24T18:30", None, "early", "24T18:00"),
            ("24T19:00", HELD, "closed", "01T18:00"),
            ("25T06:59", HELD, "closed", "01T18:00"),
            ("25T07:00", HELD, "scheduled", "01T18:00"),
            ("24T18:20", Last(KEY, at("24T17:45"), at("24T18:10")), "closed", "01T18:00"),  # closed early
            ("24T17:00", Last(KEY, at("24T16:00"), at("24T16:10")), "closed", "01T18:00"),  # opened early, and closed
            ("24T18:20", Last(None, at("24T18:11"), at("24T18:15")), "closed", "01T18:00"),  # opened once more by hand
            ("24T17:50", Last(None, at("24T17:00"), at("24T17:48")), "early", "24T18:00"),  # by hand, before: it was in the way
            ("24T16:30", Last(None, at("24T12:00"), at("24T16:20")), "early", "24T18:00"),
            ("24T12:00", Last(None, at("24T10:00"), at("24T11:00")), "closed", "24T18:00"),
        ],
    )
    def test_of_a_weekly_meeting(self, now: str, last: Last | None, state: str, next_start: str) -> None:
        shut = at_the_door(TUESDAYS, at(now), 15, last)
        assert shut.state == state
        assert shut.next is not None
        assert shown(shut.next.starts_at) == next_start

    def test_of_one_without_a_schedule(self) -> None:
        never, over = (at_the_door(Schedule("UTC"), at("24T12:00"), 15, last) for last in (None, Last(None, 0, 1)))
        assert (never.state, over.state) == ("scheduled", "closed")
        assert never.next is over.next is None

    def test_of_one_that_was_once(self) -> None:
        once = Schedule("Europe/Berlin", local("2026-11-24T19:00"), None, 60)
        assert at_the_door(once, at("28T12:00"), 15, HELD).state == "closed"


@pytest.mark.parametrize(
    ("last", "next_start"),
    [
        (None, "24T18:00"),  # it runs
        (Last(KEY, at("24T17:45")), "01T18:00"),
        (Last(None, at("24T18:11")), "01T18:00"),  # by hand, when its own was closed early
        (Last(None, at("24T15:00")), "24T18:00"),  # by hand, before it: that was in the way
    ],
)
def test_the_next_is_the_first_that_has_not_had_its_room(last: Last | None, next_start: str) -> None:
    following = coming(TUESDAYS, at("24T18:30"), 15, last)
    assert following is not None
    assert shown(following.starts_at) == next_start
    assert coming(Schedule("UTC"), at("24T18:30"), 15, last) is None


def test_an_occurrence_begins_as_the_schedule_is_now() -> None:
    moved = Schedule(
        "Europe/Berlin",
        TUESDAYS.start,
        TUESDAYS.rrule,
        60,
        (Change(local("2026-11-24T19:00"), start=local("2026-11-24T20:00"), title="Late"),),
    )
    assert start_of(TUESDAYS, KEY) == at("24T18:00")
    assert start_of(moved, KEY) == at("24T19:00")
    assert start_of(TUESDAYS, None) is None
    assert start_of(TUESDAYS, "nonsense") is None
    change = change_of(moved, KEY)
    assert change is not None
    assert change.title == "Late"
    assert change_of(moved, None) is None
