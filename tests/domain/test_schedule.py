"""When meetings take place. What is expected was computed by hand, from the offsets that the zones had or will have."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from chatserver.domain.schedule import Change, Occurrence, Schedule, at, is_occurrence, next_occurrence, occurrences, read_local

local = datetime.fromisoformat

TUESDAYS = Schedule("Europe/Berlin", local("2026-11-24T19:00"), "FREQ=WEEKLY;BYDAY=TU", 60)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def told(found: list[Occurrence]) -> list[str]:
    """`2026-11-24T18:00-19:00`, in UTC; the end's day is left out where it is the start's."""
    return [
        f"{one.starts_at:%Y-%m-%dT%H:%M}-{one.ends_at:{'%H:%M' if one.starts_at.date() == one.ends_at.date() else '%dT%H:%M'}}"
        for one in found
    ]


def between(schedule: Schedule, after: str, before: str) -> list[str]:
    return told(list(occurrences(schedule, utc(after), utc(before))))


def starts(schedule: Schedule, after: str, before: str) -> list[str]:
    return [f"{one.starts_at:%Y-%m-%dT%H:%M}" for one in occurrences(schedule, utc(after), utc(before))]


# --- what kinds there are


def test_one_that_repeats() -> None:
    assert TUESDAYS.kind == "recurring"
    assert between(TUESDAYS, "2026-01-01", "2026-12-09") == [
        "2026-11-24T18:00-19:00",
        "2026-12-01T18:00-19:00",
        "2026-12-08T18:00-19:00",
    ]


def test_a_window_has_its_first_moment_and_not_its_last() -> None:
    assert starts(TUESDAYS, "2026-12-01T18:00", "2026-12-08T18:00") == ["2026-12-01T18:00"]
    assert starts(TUESDAYS, "2026-12-01T18:01", "2026-12-08T18:01") == ["2026-12-08T18:00"]
    assert starts(TUESDAYS, "2026-12-08T18:01", "2026-12-01T18:00") == []


def test_one_that_takes_place_once() -> None:
    once = replace(TUESDAYS, rrule=None)
    assert once.kind == "once"
    assert between(once, "2020-01-01", "2040-01-01") == ["2026-11-24T18:00-19:00"]
    assert next_occurrence(once, utc("2026-11-24T18:01")) is None


def test_one_that_is_opened_by_hand_has_no_occurrences() -> None:
    by_hand = Schedule("Europe/Berlin")
    assert by_hand.kind == "by hand"
    assert between(by_hand, "2020-01-01", "2040-01-01") == []
    assert at(by_hand, utc("2026-11-24T18:00"), 10) is None


def test_one_that_is_always_open_is_renewed_each_morning_and_never_shut() -> None:
    always = Schedule("Europe/Berlin", always_open=True)
    assert always.kind == "always open"
    # 25 hours on the last Sunday of October, 23 on that of March.
    assert between(always, "2026-10-24", "2026-10-26T12:00") == [
        "2026-10-24T02:00-25T03:00",
        "2026-10-25T03:00-26T03:00",
        "2026-10-26T03:00-27T03:00",
    ]
    assert between(always, "2027-03-27", "2027-03-29") == ["2027-03-27T03:00-28T02:00", "2027-03-28T02:00-29T02:00"]
    found = at(always, utc("2026-10-25T02:59"), 10)
    assert found is not None
    assert found.key == "2026-10-24T04:00"
    found = at(always, utc("2026-10-25T03:00"))
    assert found is not None
    assert found.key == "2026-10-25T04:00"


# --- summer time, and other things that clocks do


def test_wall_time_stays_where_summer_time_moves() -> None:
    assert starts(TUESDAYS, "2027-03-20", "2027-04-01") == ["2027-03-23T18:00", "2027-03-30T17:00"]
    assert starts(TUESDAYS, "2027-10-25", "2027-11-04") == ["2027-10-26T17:00", "2027-11-02T18:00"]


def test_a_start_that_the_clock_leaves_out_is_later_by_as_much() -> None:
    # On 28 March 2027 Berlin goes from 02:00 (+1) to 03:00 (+2): 02:30 is read with the offset before, and is 03:30.
    nights = Schedule("Europe/Berlin", local("2027-03-14T02:30"), "FREQ=WEEKLY;BYDAY=SU", 60)
    assert between(nights, "2027-03-15", "2027-04-11") == [
        "2027-03-21T01:30-02:30",
        "2027-03-28T01:30-02:30",
        "2027-04-04T00:30-01:30",
    ]
    (moved,) = occurrences(nights, utc("2027-03-28"), utc("2027-03-29"))
    assert (moved.key, moved.changed) == ("2027-03-28T02:30", False)
    # Lord Howe goes by half an hour: on 3 October 2027 from 02:00 (+10:30) to 02:30 (+11). 02:15 is 02:45.
    half = Schedule("Australia/Lord_Howe", local("2027-10-03T02:15"))
    assert between(half, "2027-01-01", "2028-01-01") == ["2027-10-02T15:45-16:45"]


def test_a_start_that_comes_twice_is_the_first() -> None:
    # On 31 October 2027 Berlin goes from 03:00 (+2) back to 02:00 (+1).
    nights = Schedule("Europe/Berlin", local("2027-10-24T02:30"), "FREQ=WEEKLY;BYDAY=SU", 60)
    assert between(nights, "2027-10-20", "2027-11-10") == [
        "2027-10-24T00:30-01:30",
        "2027-10-31T00:30-01:30",
        "2027-11-07T01:30-02:30",
    ]
    assert starts(nights, "2027-10-31T01:30", "2027-11-01") == [], "and not the second too"


def test_a_meeting_lasts_its_minutes_whatever_the_clock_does() -> None:
    night = Schedule("Europe/Berlin", local("2027-03-27T22:00"), minutes=480)
    assert between(night, "2027-03-27", "2027-03-29") == ["2027-03-27T21:00-28T05:00"]  # until 07:00 by the clock
    night = replace(night, start=local("2027-10-30T22:00"))
    assert between(night, "2027-10-30", "2027-11-01") == ["2027-10-30T20:00-31T04:00"]  # until 05:00


def test_a_meeting_over_midnight() -> None:
    late = Schedule("Europe/Berlin", local("2026-12-30T23:30"), "FREQ=WEEKLY;BYDAY=WE,TH", 90)
    assert between(late, "2026-12-30", "2027-01-05") == ["2026-12-30T22:30-31T00:00", "2026-12-31T22:30-01T00:00"]
    for now, key in (("2026-12-30T23:59", "2026-12-30T23:30"), ("2026-12-31T00:00", None), ("2026-12-31T23:59", "2026-12-31T23:30")):
        found = at(late, utc(now))
        assert (found and found.key) == key


def test_a_weekday_is_that_of_the_meeting_s_zone() -> None:
    kiritimati = Schedule("Pacific/Kiritimati", local("2026-11-24T07:00"), "FREQ=WEEKLY;BYDAY=TU")  # +14
    assert starts(kiritimati, "2026-11-20", "2026-12-02") == ["2026-11-23T17:00", "2026-11-30T17:00"]
    pago = Schedule("Pacific/Pago_Pago", local("2026-11-24T20:00"), "FREQ=WEEKLY;BYDAY=TU")  # -11
    assert starts(pago, "2026-11-20", "2026-12-03") == ["2026-11-25T07:00", "2026-12-02T07:00"]


@pytest.mark.parametrize(
    ("zone", "start", "after", "before", "expected"),
    [
        # Brazil has had no summer time since 2019.
        ("America/Sao_Paulo", "2018-12-11T19:00", "2018-12-10", "2018-12-12", ["2018-12-11T21:00"]),
        ("America/Sao_Paulo", "2018-12-11T19:00", "2019-12-09", "2019-12-12", ["2019-12-10T22:00"]),
        # Almaty went from +6 to +5 on 1 March 2024.
        ("Asia/Almaty", "2024-02-27T19:00", "2024-02-26", "2024-03-06", ["2024-02-27T13:00", "2024-03-05T14:00"]),
        # Where summer time pauses for Ramadan, and where it is the winter that has an offset of its own.
        ("Africa/Casablanca", "2026-02-10T19:00", "2026-02-09", "2026-02-18", ["2026-02-10T18:00", "2026-02-17T19:00"]),
        ("Europe/Dublin", "2026-10-20T19:00", "2026-10-19", "2026-10-28", ["2026-10-20T18:00", "2026-10-27T19:00"]),
    ],
)
def test_zones_that_change_their_rules(zone: str, start: str, after: str, before: str, expected: list[str]) -> None:
    assert starts(Schedule(zone, local(start), "FREQ=WEEKLY;BYDAY=TU"), after, before) == expected


def test_a_day_that_a_zone_left_out_has_no_meeting_of_its_own() -> None:
    # Samoa went over the date line, from -10 to +14, and had no 30 December 2011: its 19:00, with the offset before, is 19:00 of the 31st.
    samoa = Schedule("Pacific/Apia", local("2011-12-23T19:00"), "FREQ=WEEKLY;BYDAY=FR,SA")
    found = list(occurrences(samoa, utc("2011-12-24T00:00"), utc("2012-01-08")))
    assert told(found) == [
        "2011-12-24T05:00-06:00",
        "2011-12-25T05:00-06:00",
        "2011-12-31T05:00-06:00",
        "2012-01-06T05:00-06:00",
        "2012-01-07T05:00-06:00",
    ]
    assert found[2].key == "2011-12-31T19:00"
    always = Schedule("Pacific/Apia", always_open=True)
    for one, following in pairwise(occurrences(always, utc("2011-12-20"), utc("2012-01-10"))):
        assert one.starts_at < one.ends_at == following.starts_at


# --- where it ends


def test_until_is_a_moment_and_the_one_that_begins_then_is_the_last() -> None:
    for until in ("20261208T180000Z", "20261208T190000", "20261208", "20261215T175959Z"):
        assert starts(replace(TUESDAYS, rrule=f"FREQ=WEEKLY;UNTIL={until}"), "2026-01-01", "2030-01-01")[-1] == "2026-12-08T18:00", until
    assert starts(replace(TUESDAYS, rrule="FREQ=WEEKLY;UNTIL=20261208T175959Z"), "2026-01-01", "2030-01-01")[-1] == "2026-12-01T18:00"


def test_until_in_a_zone_where_it_is_another_day_by_then() -> None:
    # Tuesday, 20:00 in Los Angeles is Wednesday, 04:00 in UTC.
    evenings = Schedule("America/Los_Angeles", local("2026-11-24T20:00"), "FREQ=WEEKLY;UNTIL=20261202T040000Z")
    assert starts(evenings, "2026-01-01", "2030-01-01") == ["2026-11-25T04:00", "2026-12-02T04:00"]
    assert starts(replace(evenings, rrule="FREQ=WEEKLY;UNTIL=20261201"), "2026-01-01", "2030-01-01") == [
        "2026-11-25T04:00",
        "2026-12-02T04:00",
    ]
    assert starts(replace(evenings, rrule="FREQ=WEEKLY;UNTIL=20261202T000000Z"), "2026-01-01", "2030-01-01") == ["2026-11-25T04:00"]


def test_a_count_counts_the_start_and_those_that_are_skipped() -> None:
    thrice = replace(TUESDAYS, rrule="FREQ=WEEKLY;COUNT=3", changes=(Change(local("2026-12-01T19:00"), skipped=True),))
    assert starts(thrice, "2026-01-01", "2030-01-01") == ["2026-11-24T18:00", "2026-12-08T18:00"]
    assert next_occurrence(thrice, utc("2026-12-08T18:01")) is None


def test_29_february() -> None:
    once = Schedule("UTC", local("2028-02-29T19:00"))
    assert starts(once, "2028-01-01", "2033-01-01") == ["2028-02-29T19:00"]
    leap = Schedule("UTC", local("2028-02-29T19:00"), "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29")
    assert starts(leap, "2028-01-01", "2037-01-01") == ["2028-02-29T19:00", "2032-02-29T19:00", "2036-02-29T19:00"]
    following = next_occurrence(leap, utc("2096-03-01"))
    assert following is not None
    assert following.key == "2104-02-29T19:00"


# --- single occurrences that are otherwise


def test_a_skipped_one_does_not_take_place() -> None:
    skipped = replace(TUESDAYS, changes=(Change(local("2026-12-01T19:00"), skipped=True),))
    assert starts(skipped, "2026-11-20", "2026-12-12") == ["2026-11-24T18:00", "2026-12-08T18:00"]
    assert at(skipped, utc("2026-12-01T18:30"), 10) is None
    assert is_occurrence(skipped, local("2026-12-01T19:00"))


def test_a_moved_one_takes_place_elsewhere_and_stays_the_one_it_is() -> None:
    moved = replace(TUESDAYS, changes=(Change(local("2026-12-01T19:00"), start=local("2026-12-09T20:30"), minutes=90, title="Guests"),))
    assert between(moved, "2026-11-20", "2026-12-18") == [
        "2026-11-24T18:00-19:00",
        "2026-12-08T18:00-19:00",
        "2026-12-09T19:30-21:00",
        "2026-12-15T18:00-19:00",
    ]
    found = at(moved, utc("2026-12-09T20:59"))
    assert found is not None
    assert (found.key, found.title, found.changed) == ("2026-12-01T19:00", "Guests", True)
    following = next_occurrence(moved, utc("2026-11-25"))
    assert following is not None
    assert following.key == "2026-12-08T19:00"


def test_a_window_has_what_was_moved_into_it_and_not_what_was_moved_out() -> None:
    early = replace(TUESDAYS, changes=(Change(local("2027-12-07T19:00"), start=local("2026-12-03T19:00")),))
    assert starts(early, "2026-12-02", "2026-12-05") == ["2026-12-03T18:00"]
    assert starts(early, "2027-12-06", "2027-12-15") == ["2027-12-14T18:00"]


def test_one_that_is_longer_or_has_a_title_once() -> None:
    longer = replace(TUESDAYS, changes=(Change(local("2026-12-01T19:00"), minutes=120), Change(local("2026-12-08T19:00"), title="Candles")))
    found = list(occurrences(longer, utc("2026-11-30"), utc("2026-12-16")))
    assert told(found) == ["2026-12-01T18:00-20:00", "2026-12-08T18:00-19:00", "2026-12-15T18:00-19:00"]
    assert [(one.title, one.changed) for one in found] == [(None, True), ("Candles", True), (None, False)]


def test_two_may_change_places() -> None:
    crossed = (
        Change(local("2026-12-01T19:00"), start=local("2026-12-10T19:00")),
        Change(local("2026-12-08T19:00"), start=local("2026-12-03T19:00")),
    )
    assert starts(replace(TUESDAYS, changes=crossed), "2026-11-25", "2026-12-14") == ["2026-12-03T18:00", "2026-12-10T18:00"]


def test_a_change_of_what_is_no_occurrence_has_no_effect() -> None:
    stale = (
        Change(local("2026-12-02T19:00"), start=local("2026-12-02T20:00")),  # a Wednesday
        Change(local("2026-12-01T18:00"), title="Another time of day"),
        Change(local("2026-11-17T19:00"), title="Before the first"),
        Change(local("2026-12-22T19:00"), title="After the last"),
    )
    until = replace(TUESDAYS, rrule="FREQ=WEEKLY;BYDAY=TU;COUNT=4")
    changed = replace(until, changes=stale)
    assert list(occurrences(changed, utc("2026-01-01"), utc("2030-01-01"))) == list(
        occurrences(until, utc("2026-01-01"), utc("2030-01-01"))
    )
    assert not any(is_occurrence(until, change.original) for change in stale)


def test_one_that_begins_before_the_other_is_over_ends_it() -> None:
    overlapping = replace(TUESDAYS, minutes=120, changes=(Change(local("2026-12-01T19:00"), start=local("2026-12-08T20:00")),))
    assert between(overlapping, "2026-12-01", "2026-12-10") == ["2026-12-08T18:00-19:00", "2026-12-08T19:00-21:00"]
    for now, key in (("2026-12-08T18:59", "2026-12-08T19:00"), ("2026-12-08T19:00", "2026-12-01T19:00")):
        found = at(overlapping, utc(now), 10)
        assert found is not None
        assert found.key == key
    assert between(overlapping, "2026-12-08", "2026-12-08T18:30") == ["2026-12-08T18:00-19:00"], "whatever the window is"


def test_days_of_24_hours_where_a_day_has_23() -> None:
    days = Schedule("Europe/Berlin", local("2027-03-26T12:00"), "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", 1440)
    assert between(days, "2027-03-26", "2027-03-29") == [
        "2027-03-26T11:00-27T11:00",
        "2027-03-27T11:00-28T10:00",
        "2027-03-28T10:00-29T10:00",
    ]


# --- now


@pytest.mark.parametrize(
    ("now", "running"),
    [
        ("2026-12-01T17:49:59", False),
        ("2026-12-01T17:50", True),  # the doors
        ("2026-12-01T18:00", True),
        ("2026-12-01T18:59:59", True),
        ("2026-12-01T19:00", False),
    ],
)
def test_what_is_on(now: str, running: bool) -> None:
    found = at(TUESDAYS, utc(now), 10)
    assert (found is not None) == running
    if found:
        assert found.key == "2026-12-01T19:00"


def test_doors_do_not_open_before_the_one_before_is_over() -> None:
    twice = replace(TUESDAYS, changes=(Change(local("2026-12-08T19:00"), start=local("2026-12-01T20:00")),))
    keys = []
    for minute in (50, 59, 60, 119, 120):
        found = at(twice, utc("2026-12-01T18:00") + timedelta(minutes=minute), 30)
        keys.append(found and found.key)
    assert keys == ["2026-12-01T19:00", "2026-12-01T19:00", "2026-12-08T19:00", "2026-12-08T19:00", None]


def test_a_clock_that_jumps_an_hour_is_only_another_now() -> None:
    moments = [utc("2026-12-01T18:30") + timedelta(hours=hours) for hours in (0, 1, 0, -1, 0)]
    assert [at(TUESDAYS, now, 10) is not None for now in moments] == [True, False, True, False, True]


def test_the_next_one() -> None:
    for now, key in (
        ("2020-01-01", "2026-11-24T19:00"),
        ("2026-11-24T18:00", "2026-11-24T19:00"),
        ("2026-11-24T18:00:01", "2026-12-01T19:00"),
        ("2099-12-30", "2100-01-05T19:00"),
    ):
        found = next_occurrence(TUESDAYS, utc(now))
        assert found is not None
        assert found.key == key


# --- what cannot be


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "schedule",
    [
        replace(TUESDAYS, timezone="Europe/Berln"),
        replace(TUESDAYS, timezone="../../etc/passwd"),
        replace(TUESDAYS, rrule="FREQ=SECONDLY"),
        replace(TUESDAYS, rrule="FREQ=NONSENSE"),
        replace(TUESDAYS, rrule="FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30"),
        replace(TUESDAYS, rrule=""),
        Schedule("UTC", rrule="FREQ=WEEKLY"),
    ],
)
def test_what_cannot_be_read_or_never_is_has_no_occurrences_and_takes_no_time(schedule: Schedule) -> None:
    assert list(occurrences(schedule, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))) == []
    assert next_occurrence(schedule, utc("2026-11-24")) is None
    assert at(schedule, utc("2026-11-24"), 10) is None


def test_a_start_that_its_rule_does_not_name_is_none() -> None:
    # Such a schedule is refused; one may be there from before.
    wednesday = replace(TUESDAYS, start=local("2026-11-25T19:00"))
    assert starts(wednesday, "2026-11-20", "2026-12-04") == ["2026-12-01T18:00"]


NO_DATE_AND_TIME = ["", "tomorrow", "2026-11-24", "2026-11-24 19:00", "20261124T1900", "2026-W48-2T19:00", "2026-11-24T19:00\x00"]
NOT_TO_THE_MINUTE_OR_NOT_LOCAL = ["2026-11-24T19:00:30", "2026-11-24T19:00+01:00", "2026-11-24T19:00Z"]
NO_SUCH_TIME_OR_OF_ANOTHER_AGE = ["2027-02-29T19:00", "2026-11-24T24:01", "1969-11-24T19:00", "2200-01-01T19:00", "٢٠٢٦-11-24T19:00"]


@pytest.mark.parametrize("text", [*NO_DATE_AND_TIME, *NOT_TO_THE_MINUTE_OR_NOT_LOCAL, *NO_SUCH_TIME_OR_OF_ANOTHER_AGE])
def test_what_is_no_local_time(text: str) -> None:
    assert read_local(text) is None
