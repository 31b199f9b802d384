"""What is told to somebody whose schedule cannot be: all of it, at once, and what it may be instead."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain.schedule import Change, Schedule, at, occurrences
from chatserver.domain.schedule_faults import checked, with_change
from tests.domain.strategies import modest

local = datetime.fromisoformat

START = "2026-11-24T19:00"  # a Tuesday
TUESDAYS = Schedule("Europe/Berlin", local(START), "FREQ=WEEKLY;BYDAY=TU", 60)
NO_MINUTES = "was given; it may be a whole number from 1 to 1440."
LOCAL = "was given; it may be a local date and time to the minute, like 2026-11-24T19:00."


def right(
    timezone: str = "Europe/Berlin", start: str | None = START, rrule: str | None = None, minutes: int = 60, always_open: bool = False
) -> Schedule:
    found = checked(timezone, start, rrule, minutes, always_open=always_open)
    assert isinstance(found, Schedule), [str(fault) for fault in found]
    return found


def wrong(
    timezone: str = "Europe/Berlin",
    start: str | None = START,
    rrule: str | None = None,
    minutes: int = 60,
    always_open: bool = False,
    changes: tuple[Change, ...] = (),
) -> list[str]:
    found = checked(timezone, start, rrule, minutes, always_open=always_open, changes=changes)
    assert isinstance(found, tuple)
    return [str(fault) for fault in found]


# --- what is right


def test_the_four_kinds() -> None:
    assert right(rrule="FREQ=WEEKLY;BYDAY=TU") == TUESDAYS
    assert right().kind == "once"
    assert right(start=None).kind == "by hand"
    assert right(start=None, always_open=True).kind == "always open"


@pytest.mark.parametrize(
    ("rrule", "kept"),
    [
        (" rrule:freq=weekly;byday=tu ", "FREQ=WEEKLY;BYDAY=TU"),
        ("BYDAY=TU,MO,TU;INTERVAL=1;WKST=MO;FREQ=WEEKLY", "FREQ=WEEKLY;BYDAY=MO,TU"),
        ("FREQ=WEEKLY;WKST=SU;INTERVAL=02", "FREQ=WEEKLY;INTERVAL=2;WKST=SU"),
        ("FREQ=MONTHLY;BYDAY=+4TU,-1FR", "FREQ=MONTHLY;BYDAY=-1FR,4TU"),
        # A moment in UTC, as the standard has it: until the end of that day in Berlin, and until then in Berlin.
        ("FREQ=WEEKLY;UNTIL=20270131", "FREQ=WEEKLY;UNTIL=20270131T225959Z"),
        ("FREQ=WEEKLY;UNTIL=20270131T190000", "FREQ=WEEKLY;UNTIL=20270131T180000Z"),
        ("FREQ=WEEKLY;UNTIL=20270131T190000Z", "FREQ=WEEKLY;UNTIL=20270131T190000Z"),
    ],
)
def test_a_rule_is_kept_in_one_way(rrule: str, kept: str) -> None:
    schedule = right(rrule=rrule)
    assert schedule.rrule == kept
    assert right(rrule=kept) == schedule


@pytest.mark.parametrize("start", ["2027-03-28T02:30", "2027-10-31T02:30"])
def test_a_start_that_is_left_out_or_comes_twice_is_taken(start: str) -> None:
    assert right(start=start, rrule="FREQ=WEEKLY;BYDAY=SU").start == local(start)


# --- what is not


def test_all_that_is_wrong_is_told_at_once() -> None:
    change = Change(local("2026-12-01T19:00"), minutes=0, title="")
    assert wrong("Europe/Berln", "tomorrow", "FREQ=HOURLY;BYHOUR=3;INTERVAL=0;COUNT", 1441, True, (change,)) == [
        'timezone: "Europe/Berln" was given; it may be a name like Europe/Berlin.',
        f'start: "tomorrow" {LOCAL}',
        f"minutes: 1441 {NO_MINUTES}",
        "rrule: BYHOUR is not for meetings: the time of day is the start's; leave it out.",
        'rrule: "COUNT" is not understood; a rule may be like "FREQ=WEEKLY;BYDAY=TU" or "FREQ=MONTHLY;BYDAY=1TU".',
        "rrule: FREQ=HOURLY was given; it may be WEEKLY or MONTHLY; every day is FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU.",
        "rrule: INTERVAL=0 was given; it may be a whole number from 1 to 52.",
        "always_open: a meeting that is always open has no start and no rule; leave them out.",
        f"changes[0].minutes: 0 {NO_MINUTES}",
        'changes[0].title: "" was given; it may be one line of 1 to 200 characters.',
    ]


@pytest.mark.parametrize(
    "zone", ["", "../etc/passwd", "/etc/passwd", "europe/berlin", "Europe/Berlin\x00", "posix/Europe/Berlin", "localtime", "Z" * 100_000]
)
def test_a_zone_that_is_none(zone: str) -> None:
    (told,) = wrong(zone)
    assert told.startswith("timezone: ")
    assert " was given; it may be a name like " in told
    assert len(told) < 150
    assert told.isprintable()


@pytest.mark.parametrize(
    "start", ["", "2026-11-24", "2026-11-24T19:00:30", "2026-11-24T19:00+01:00", "2027-02-29T19:00", "1969-11-24T19:00"]
)
def test_a_start_that_is_none(start: str) -> None:
    assert wrong(start=start) == [f'start: "{start}" {LOCAL}']


@pytest.mark.parametrize("minutes", [0, -60, 1441, 10**30])
def test_minutes_that_are_out_of_range(minutes: int) -> None:
    shown = minutes if minutes < 10**15 else "a very large number"
    assert wrong(minutes=minutes) == [f"minutes: {shown} {NO_MINUTES}"]


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    ("rrule", "sentence"),
    [
        *((f"FREQ={name}", f"FREQ={name} was given; it may be WEEKLY or MONTHLY") for name in ("SECONDLY", "MINUTELY", "DAILY", "YEARLY")),
        ("", '"" is not understood'),
        ("BYDAY=TU", "FREQ is missing"),
        ("FREQ=", "FREQ= was given; it may be"),
        ("FREQ=WEEKLY;FREQ=DAILY", "FREQ is there twice; leave one out."),
        ("FREQ=WEEKLY;", '"" is not understood'),
        ("DTSTART:20260101\nRRULE:FREQ=WEEKLY", '"DTSTART:20260101�RRULE:FREQ=WEEKLY" is not understood'),
        ("FREQ=WEEKLY;X-NAME=1", '"X-NAME=1" is not understood'),
        *((f"FREQ=WEEKLY;{name}=1", f"{name} is not for meetings: the time of day is") for name in ("BYHOUR", "BYMINUTE", "BYSECOND")),
        ("FREQ=MONTHLY;BYYEARDAY=1", "BYYEARDAY is for yearly rules; name months by BYMONTH"),
        ("FREQ=WEEKLY;BYWEEKNO=53", "BYWEEKNO is for yearly rules; for every second week use FREQ=WEEKLY;INTERVAL=2."),
        ("FREQ=WEEKLY;INTERVAL=53", "INTERVAL=53 was given; it may be a whole number from 1 to 52."),
        ("FREQ=WEEKLY;INTERVAL=-1", "INTERVAL=-1 was given"),
        ("FREQ=WEEKLY;INTERVAL=٢", "INTERVAL=٢ was given"),
        ("FREQ=WEEKLY;COUNT=0", "COUNT=0 was given; it may be a whole number from 1 to 1000"),
        ("FREQ=WEEKLY;COUNT=1001", "COUNT=1001 was given"),
        ("FREQ=WEEKLY;COUNT=" + "9" * 300, "COUNT=999"),
        ("FREQ=WEEKLY;COUNT=3;UNTIL=20270101", "COUNT and UNTIL are both there; leave one out."),
        ("FREQ=WEEKLY;UNTIL=20270229", "UNTIL=20270229 was given; it may be a date like 20271231"),
        ("FREQ=WEEKLY;UNTIL=99991231T235959Z", "UNTIL=99991231T235959Z was given; it may be a date like 20271231, up to the year 2199, or"),
        ("FREQ=WEEKLY;UNTIL=2027-01-01", "UNTIL=2027-01-01 was given"),
        ("FREQ=WEEKLY;UNTIL=20261124T175959Z", "UNTIL is before the start, 2026-11-24T19:00; choose a later one, or leave it out."),
        ("FREQ=WEEKLY;BYDAY=XX", "BYDAY=XX was given; it may be weekdays like MO,TH"),
        ("FREQ=WEEKLY;BYDAY=", "BYDAY= was given"),
        ("FREQ=WEEKLY;BYDAY=TU,", "BYDAY=TU, was given"),
        ("FREQ=WEEKLY;BYDAY=1TU", "BYDAY names a weekday of the month (like 1TU) in a weekly rule; use FREQ=MONTHLY"),
        ("FREQ=WEEKLY;BYMONTHDAY=24", "BYMONTHDAY names a day of the month in a weekly rule"),
        ("FREQ=WEEKLY;BYDAY=MO,TU;BYSETPOS=1", "BYSETPOS picks days of a month"),
        ("FREQ=MONTHLY;BYDAY=0TU", "BYDAY=0TU was given"),
        ("FREQ=MONTHLY;BYDAY=6TU", "BYDAY=6TU was given"),
        ("FREQ=MONTHLY;BYDAY=SU,4TU", "BYDAY has weekdays with and without a number"),
        ("FREQ=MONTHLY;BYDAY=4TU;BYMONTHDAY=24", "BYDAY with a number (like 1TU) and BYMONTHDAY are both there"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "BYMONTHDAY=0 was given"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "BYMONTHDAY=32 was given"),
        ("FREQ=MONTHLY;BYMONTH=13", "BYMONTH=13 was given; it may be months from 1 to 12"),
        ("FREQ=MONTHLY;BYMONTH=-1", "BYMONTH=-1 was given"),
        ("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS picks among days that BYDAY or BYMONTHDAY name; add one of them."),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=0", "BYSETPOS=0 was given"),
        ("FREQ=WEEKLY;WKST=XX", "WKST=XX was given; it may be the weekday on which weeks begin"),
        ("FREQ=WEEKLY" + ";" * 500, "it has more than 500 characters"),
        # Rules that never are.
        ("FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30", "it names no day at all, from 2026-11-24 on; choose other days."),
        ("FREQ=MONTHLY;BYDAY=TU;BYSETPOS=6", "it names no day at all"),
        ("FREQ=MONTHLY;INTERVAL=12;BYMONTH=5", "it names no day at all"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_is_refused_in_words_and_at_once(rrule: str, sentence: str) -> None:
    (told,) = wrong(rrule=rrule)
    assert told.startswith(f"rrule: {sentence}")
    assert told.isprintable()


@pytest.mark.parametrize(
    ("start", "rrule", "day", "nearest"),
    [
        ("2026-11-25T19:00", "FREQ=WEEKLY;BYDAY=TU", "Wednesday", "2026-11-24T19:00"),
        ("2026-11-24T19:00", "FREQ=MONTHLY;BYDAY=1TU", "Tuesday", "2026-12-01T19:00"),
        ("2026-11-24T19:00", "FREQ=MONTHLY;BYMONTHDAY=31", "Tuesday", "2026-10-31T19:00"),
        ("2027-02-28T19:00", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29", "Sunday", "2028-02-29T19:00"),
    ],
)
def test_a_start_that_its_rule_does_not_name_is_refused_with_the_nearest_that_it_does(
    start: str, rrule: str, day: str, nearest: str
) -> None:
    assert wrong(start=start, rrule=rrule) == [
        f"start: {start} is a {day} that the rule does not name; the nearest that it does is {nearest}."
    ]
    right(start=nearest, rrule=rrule)


def test_a_rule_needs_a_start() -> None:
    assert wrong(start=None, rrule="FREQ=WEEKLY") == [
        "rrule: it is there without a start; give the first one's local date and time as the start."
    ]


def test_what_is_always_open_has_no_start() -> None:
    told = "always_open: a meeting that is always open has no start and no rule; leave them out."
    assert wrong(always_open=True) == [told]
    assert wrong(rrule="FREQ=WEEKLY", always_open=True) == [told]


# --- changes


def changed(*changes: Change) -> Schedule:
    schedule = TUESDAYS
    for change in changes:
        found = with_change(schedule, change)
        assert isinstance(found, Schedule), [str(fault) for fault in found]
        schedule = found
    return schedule


def refused(schedule: Schedule, change: Change) -> list[str]:
    found = with_change(schedule, change)
    assert isinstance(found, tuple)
    return [str(fault) for fault in found]


def test_changes_are_taken_in_order_and_the_later_of_two_holds() -> None:
    second = Change(local("2026-12-08T19:00"), title="Candles")
    first = Change(local("2026-12-01T19:00"), start=local("2026-12-02T20:00"), minutes=90, title="Guests")
    again = Change(local("2026-12-08T19:00"), skipped=True)
    assert changed(second, first).changes == (first, second)
    assert changed(second, first, again).changes == (first, again)
    assert checked("Europe/Berlin", START, TUESDAYS.rrule, 60, changes=(first, again)) == changed(first, again)


@pytest.mark.parametrize(
    ("original", "nearest"),
    [
        ("2026-12-02T19:00", "2026-12-01T19:00"),
        ("2026-12-05T19:00", "2026-12-08T19:00"),
        ("2026-12-01T20:00", "2026-12-01T19:00"),
        ("2026-12-01T18:00", "2026-12-01T19:00"),
        ("2026-11-17T19:00", "2026-11-24T19:00"),  # before the first
        ("2027-06-01T19:00", "2026-12-22T19:00"),  # after the last
    ],
)
def test_a_change_of_what_is_no_occurrence_is_refused_with_the_nearest(original: str, nearest: str) -> None:
    schedule = right(rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=5")
    told = f"original: {original} is no occurrence of this meeting; the nearest is {nearest}."
    assert refused(schedule, Change(local(original), skipped=True)) == [told]
    assert wrong(rrule=schedule.rrule, changes=(Change(local(original), title="Guests"),)) == [f"changes[0].{told}"]


def test_one_that_takes_place_once_has_one_occurrence_to_change() -> None:
    assert isinstance(with_change(right(), Change(local(START), skipped=True)), Schedule)
    assert refused(right(), Change(local("2026-12-01T19:00"), skipped=True)) == [
        f"original: 2026-12-01T19:00 is no occurrence of this meeting; the nearest is {START}."
    ]


def test_a_moved_one_may_not_go_where_another_is() -> None:
    told = "start: another occurrence begins at 2026-12-08T19:00; move it elsewhere, or skip it."
    onto = Change(local("2026-12-01T19:00"), start=local("2026-12-08T19:00"))
    assert refused(TUESDAYS, onto) == [told]
    skipped = changed(Change(local("2026-12-08T19:00"), skipped=True))
    assert isinstance(with_change(skipped, onto), Schedule), "nobody is there then"
    moved = changed(Change(local("2026-12-15T19:00"), start=local("2026-12-09T20:00")))
    assert refused(moved, Change(local("2026-12-01T19:00"), start=local("2026-12-09T20:00"))) == [
        "start: another occurrence begins at 2026-12-09T20:00; move it elsewhere, or skip it."
    ]
    assert isinstance(with_change(moved, Change(local("2026-12-01T19:00"), start=local("2026-12-15T19:00"))), Schedule)
    assert isinstance(with_change(TUESDAYS, Change(local("2026-12-01T19:00"), start=local("2026-12-08T19:30"))), Schedule), (
        "an overlap has a rule"
    )


def test_a_moved_one_may_not_go_where_another_is_by_the_other_name_of_its_time() -> None:
    # 02:30 is left out on 28 March 2027, and is 03:30.
    sundays = Schedule("Europe/Berlin", local("2027-03-21T02:30"), "FREQ=WEEKLY;BYDAY=SU")
    assert refused(sundays, Change(local("2027-03-21T02:30"), start=local("2027-03-28T03:30"))) == [
        "start: another occurrence begins at 2027-03-28T03:30; move it elsewhere, or skip it."
    ]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (Change(local("2026-12-01T19:00")), "original: nothing is changed; skip it, or give it another start, minutes or title."),
        (
            Change(local("2026-12-01T19:00"), skipped=True, title="Guests"),
            "skipped: one that is skipped has no other start, minutes or title; leave them out.",
        ),
        (Change(local("2026-12-01T19:00"), minutes=1441), f"minutes: 1441 {NO_MINUTES}"),
        (Change(local("2026-12-01T19:00"), title="two\nlines"), 'title: "two�lines" was given; it may be one line of 1 to 200 characters.'),
        (Change(local("2026-12-01T19:00"), start=local("2026-12-02T19:00:30")), f'start: "2026-12-02 19:00:30" {LOCAL}'),
        (Change(local("2026-12-01T19:00"), start=local("2026-12-02T19:00+01:00")), f'start: "2026-12-02 19:00:00+01:00" {LOCAL}'),
        (Change(local("2026-12-01T19:00+01:00"), skipped=True), f'original: "2026-12-01 19:00:00+01:00" {LOCAL}'),
        (Change(local("2026-12-01T19:00"), start=local("0001-01-01T00:00")), f'start: "0001-01-01 00:00:00" {LOCAL}'),
    ],
)
def test_a_change_that_cannot_be(change: Change, told: str) -> None:
    assert refused(TUESDAYS, change) == [told]
    assert wrong(rrule=TUESDAYS.rrule, changes=(change,)) == [f"changes[0].{told}"]


def test_two_changes_of_one_occurrence() -> None:
    twice = (Change(local("2026-12-01T19:00"), skipped=True), Change(local("2026-12-01T19:00"), title="Guests"))
    assert wrong(rrule=TUESDAYS.rrule, changes=twice) == [
        f"changes[{n}].original: 2026-12-01T19:00 is there twice; leave one out." for n in (0, 1)
    ]


@pytest.mark.parametrize("schedule", [Schedule("UTC"), Schedule("UTC", always_open=True)])
def test_only_a_meeting_with_a_start_has_changes(schedule: Schedule) -> None:
    assert refused(schedule, Change(local("2026-12-01T04:00"), skipped=True)) == [
        "original: only a meeting with a start has occurrences to change; leave the change out."
    ]


# --- whatever is given

known = (
    "FREQ=WEEKLY FREQ=MONTHLY INTERVAL=2 COUNT=5 UNTIL=20280101 BYDAY=TU BYDAY=1TU,-1MO BYMONTHDAY=29,-1 BYSETPOS=-1 BYMONTH=2,11 WKST=SU"
)
parts = st.sampled_from([*known.split(), "FREQ=SECONDLY", "BYHOUR=1", "RRULE:FREQ=WEEKLY", "", "="])
texts = st.text(st.sampled_from("FREQ=WKLYMONTHBDASUI;,:+-0123456789T Z\n\x00é"), max_size=40)
rrules = st.none() | st.lists(parts | texts, max_size=5).map(";".join)
times = (
    st.none() | st.datetimes(local("2026-01-01T00:00"), local("2029-01-01T00:00")).map(lambda at: at.isoformat(timespec="minutes")) | texts
)


@modest
@given(st.sampled_from(["Europe/Berlin", "UTC", "Nowhere"]) | texts, times, rrules, st.integers(-5, 2_000), st.booleans())
def test_whatever_is_given_is_a_schedule_or_told(zone: str, start: str | None, rrule: str | None, minutes: int, always_open: bool) -> None:
    found = checked(zone, start, rrule, minutes, always_open=always_open)
    if isinstance(found, tuple):
        assert found
        assert all(fault.sentence.isprintable() and fault.sentence.endswith((".", "?")) for fault in found)
        return
    assert checked(zone, start, found.rrule, minutes, always_open=always_open) == found
    if found.start is not None:
        begins = next(occurrences(found, local("2026-01-01T00:00+14:00"), local("2030-01-01T00:00+00:00")))
        assert begins.original == found.start, "the start is the first"
        assert at(found, begins.starts_at) == begins
