"""Which meetings are in /meetings.json, and how. Every record is held against the specification."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from chatserver.domain.schedule import occurrences
from chatserver.feeds.meeting_guide import LeftOut, feed, records
from chatserver.feeds.meeting_types import LANGUAGES, TYPES
from chatserver.store.base import Meeting
from tests.feeds.meetings import BASE, GROUP, TUESDAY, ZONES, changed, difficult, skipped
from tests.feeds.specification import faults, types

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)  # a Thursday


def fed(*meetings: Meeting, base: str = BASE, now: datetime = NOW) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(feed(meetings, base, now))
    assert faults(found) == []
    return found


def left_out(meeting: Meeting, now: datetime = NOW) -> LeftOut:
    found = records(meeting, BASE, now)
    assert isinstance(found, LeftOut), found
    assert fed(meeting, now=now) == []
    return found


def days(meeting: Meeting, now: datetime = NOW) -> list[int]:
    return [each["day"] for each in fed(meeting, now=now)]


def test_the_rules_of_these_tests_find_faults() -> None:
    (record,) = fed(TUESDAY)
    for key, wrong in (
        ("day", 7), ("time", "7:00"), ("timezone", "CET+1"), ("types", ["ONL"]), ("types", []), ("approximate", True), ("slug", "a b"),
        ("conference_url", "https://meet.example.org:8443/r/tuesday"), ("updated", "2026-11-18T11:08:43Z"), ("name", ""), ("mood", "good"),
    ):  # fmt: skip
        assert faults([{**record, key: wrong}]), key
    assert faults([record, record])
    assert faults([{key: value for key, value in record.items() if key != "formatted_address"}])


def test_a_weekly_meeting() -> None:
    assert fed(TUESDAY) == [
        {
            "slug": "tuesday-tu",
            "name": "Tuesday evening",
            "day": 2,
            "time": "19:00",
            "end_time": "20:00",
            "timezone": "Europe/Berlin",
            "formatted_address": "Berlin, Germany",
            "approximate": "yes",
            "region": "Berlin",
            "conference_url": "https://meet.example.org/r/tuesday",
            "conference_url_notes": "Text chat in the browser; no account, no camera.",
            "url": "https://meet.example.org/g/riverside",
            "group": "Riverside group",
            "website": "https://riverside.example.org",
            "types": ["O", "D", "DE"],
            "notes": "Newcomers are welcome.",
            "updated": "2026-11-18 11:08:43",
        }
    ]


def test_one_record_a_weekday_from_sunday_on() -> None:
    found = fed(replace(TUESDAY, start="2026-11-23T23:30", rrule="FREQ=WEEKLY;BYDAY=MO,WE,SU", minutes=90))
    assert [(each["slug"], each["day"]) for each in found] == [("tuesday-su", 0), ("tuesday-mo", 1), ("tuesday-we", 3)]
    assert {(each["time"], each["end_time"]) for each in found} == {("23:30", "01:00")}, "also over midnight"
    assert days(replace(TUESDAY, rrule="FREQ=WEEKLY")) == [2], "by its start"


def test_a_slug_stays_when_weekdays_come_and_go() -> None:
    assert fed(TUESDAY)[0]["slug"] == fed(replace(TUESDAY, rrule="FREQ=WEEKLY;BYDAY=MO,TU"))[1]["slug"]
    long = [replace(TUESDAY, slug=f"{'x' * 63}{n}") for n in range(2)]
    assert [len(each["slug"]) for each in fed(*long)] == [64, 64], "no longer than may be, and each its own"


@pytest.mark.parametrize("zone", ZONES)
def test_who_goes_by_the_record_finds_the_room_open(zone: str) -> None:
    """Each record's weekday and time are those of an occurrence of the coming week, and no occurrence of a weekly meeting lacks one."""
    midnight = NOW.astimezone(ZoneInfo(zone)).replace(hour=0, minute=0)
    there = 0
    for meeting in (replace(each, changes=()) for each in difficult(zone)):
        week = [one.starts_at.astimezone(ZoneInfo(zone)) for one in occurrences(meeting.schedule, midnight, midnight + timedelta(days=7))]
        found = fed(meeting)
        weekly = "FREQ=WEEKLY" in (meeting.rrule or "") and "INTERVAL" not in (meeting.rrule or "")
        assert {(each["day"], each["time"]) for each in found} == ({(each.isoweekday() % 7, f"{each:%H:%M}") for each in week if weekly})
        there += bool(found)
    assert there > 12


@pytest.mark.parametrize(
    ("meeting", "why", "mend"),
    [
        (replace(TUESDAY, group=replace(GROUP, visibility="unlisted")), "unlisted", False),
        (replace(TUESDAY, group=replace(GROUP, visibility="invite")), "by invitation", False),
        (replace(TUESDAY, rrule="FREQ=MONTHLY;BYDAY=1TU"), "monthly", False),
        (replace(TUESDAY, rrule="FREQ=WEEKLY;INTERVAL=2;BYDAY=TU"), "every 2 weeks", False),
        (replace(TUESDAY, rrule=None), "once", False),
        (replace(TUESDAY, start=None, rrule=None), "by hand", False),
        (replace(TUESDAY, start=None, rrule=None, always_open=True), "always open", False),
        (replace(TUESDAY, rrule="FREQ=WEEKLY;UNTIL=20261125;BYDAY=TU"), "over", False),
        (replace(TUESDAY, rrule="FREQ=WEEKLY;COUNT=1;BYDAY=TU"), "over", False),
        (replace(TUESDAY, rrule="FREQ=WEEKLY;BYDAY=TU;BYMONTH=3,4"), "2027-03-02", False),
        (replace(TUESDAY, start="2027-01-05T19:00"), "in the feed from 2026-12-30 on", False),
        (replace(TUESDAY, rrule="FREQ=DAILY"), "rule", True),
        (replace(TUESDAY, timezone="Europe/Nowhere"), "Europe/Nowhere", True),
        (replace(TUESDAY, group=replace(GROUP, address="", region="")), "address", True),
    ],
)
def test_what_the_format_cannot_say_is_left_out(meeting: Meeting, why: str, mend: bool) -> None:
    found = left_out(meeting)
    assert why in found.why
    assert found.why.endswith(".")
    assert bool(found.mend) is mend


def test_one_that_begins_later_is_there_a_week_before() -> None:
    later = replace(TUESDAY, start="2027-01-05T19:00")
    assert left_out(later, datetime(2026, 12, 29, 22, 59, tzinfo=UTC)).why
    assert days(later, datetime(2026, 12, 29, 23, 0, tzinfo=UTC)) == [2], "at midnight in Berlin"


def test_one_that_ends_is_there_to_its_last_day() -> None:
    ending = replace(TUESDAY, rrule="FREQ=WEEKLY;UNTIL=20261201;BYDAY=TU")
    assert days(ending) == [2]
    assert left_out(ending, datetime(2026, 12, 2, 9, tzinfo=UTC)).why


def test_an_address_may_be_a_region() -> None:
    (record,) = fed(replace(TUESDAY, group=replace(GROUP, address="")))
    assert record["formatted_address"] == "Berlin"


def test_where_the_site_has_a_port_there_are_no_links() -> None:
    (record,) = fed(TUESDAY, base="http://127.0.0.1:8000")
    assert not {"conference_url", "conference_url_notes", "url"} & record.keys()


def test_codes_are_those_of_the_specification() -> None:
    assert types() == TYPES, "the package of the specification has others now: take them over"
    assert set(LANGUAGES.values()) < TYPES.keys()
    (record,) = fed(replace(TUESDAY, types=("ONL", "O", "XYZ", "O", "12x12"), language="pt-BR"))
    assert record["types"] == ["O", "12x12", "POR"]
    (record,) = fed(replace(TUESDAY, types=("XYZ",), language="st"))
    assert "types" not in record, "ST would be a step study"


def test_exceptions_of_the_coming_weeks_are_noted() -> None:
    (record,) = fed(
        replace(
            TUESDAY,
            rrule="FREQ=WEEKLY;BYDAY=TU",
            changes=(
                skipped("2026-12-08T19:00"),
                changed("2026-12-15T19:00", "2026-12-15T18:00"),
                changed("2026-12-22T19:00", "2026-12-23T18:00", 90, "Candles"),
                skipped("2027-03-09T19:00"),
            ),
        )
    )
    assert record["notes"].splitlines() == [
        "Newcomers are welcome.",
        "No meeting on 2026-12-08.",
        "The meeting of 2026-12-15: at 18:00.",
        "The meeting of 2026-12-22: on 2026-12-23 at 18:00 instead, for 90 minutes, “Candles”.",
    ]


def test_exceptions_are_noted_where_they_belong() -> None:
    twice = replace(TUESDAY, rrule="FREQ=WEEKLY;BYDAY=TU,TH", changes=(skipped("2026-12-03T19:00"),))
    tuesday, thursday = fed(twice)
    assert "No meeting" not in tuesday["notes"]
    assert "No meeting on 2026-12-03." in thursday["notes"]


def test_what_is_not_known_is_not_there() -> None:
    bare = Meeting("bare", replace(GROUP, website="", region=""), "Bare", "open-circle", "UTC", "2026-11-24T19:00", "FREQ=WEEKLY", 1_440)
    (record,) = fed(bare)
    assert not {"end_time", "region", "website", "types", "notes", "updated"} & record.keys()


def test_a_broken_meeting_takes_nothing_with_it() -> None:
    assert len(fed(replace(TUESDAY, slug="broken", timezone="Nowhere"), TUESDAY)) == 1
