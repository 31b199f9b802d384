"""What stands in a calendar, and what does not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import icalendar
import pytest

from chatserver.feeds.calendar import calendar, has_times
from chatserver.store.base import Group, Meeting
from tests.feeds.meetings import BASE, GROUP, TUESDAY, changed, difficult, skipped

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)


def text_of(*meetings: Meeting, discreet: bool = False, now: datetime = NOW, base: str = BASE) -> str:
    return calendar(meetings, "Riverside group", base, now, discreet=discreet).decode()


def events_of(*meetings: Meeting, discreet: bool = False) -> list[Any]:
    return icalendar.Calendar.from_ical(text_of(*meetings, discreet=discreet)).walk("VEVENT")


def test_a_meeting_is_one_event_with_its_rule() -> None:
    text = text_of(TUESDAY)
    assert text.count("BEGIN:VEVENT") == text.count("BEGIN:VTIMEZONE") == 1
    lines = text.split("\r\n")
    for line in (
        "VERSION:2.0",
        "PRODID:-//chatserver//Meetings//EN",
        "X-WR-CALNAME:Riverside group",
        "DTSTART;TZID=Europe/Berlin:20261124T190000",
        "DURATION:PT1H",
        "RRULE:FREQ=WEEKLY;BYDAY=TU",
        "SUMMARY:Tuesday evening\\, Riverside group",
        "SEQUENCE:4",
        "DTSTAMP:20261118T110843Z",
        "LAST-MODIFIED:20261118T110843Z",
        "URL:https://meet.example.org/r/tuesday",
        "LOCATION:https://meet.example.org/r/tuesday",
    ):
        assert line in lines, f"{line} is missing in\n{text}"
    (event,) = events_of(TUESDAY)
    assert event["DESCRIPTION"] == (
        "Newcomers are welcome.\n\nText chat in the browser, without an account: https://meet.example.org/r/tuesday"
    )
    assert "METHOD" not in text, "PUBLISH asks for an organizer (RFC 5546, 3.2.1), and we name nobody"
    assert "ORGANIZER" not in text


def test_skipped_and_changed_ones_are_written_out() -> None:
    (whole, other) = events_of(
        replace(TUESDAY, changes=(skipped("2026-12-29T19:00"), changed("2026-12-22T19:00", "2026-12-23T18:30", 90, "Candles")))
    )
    assert [each.dt.isoformat() for each in whole["EXDATE"].dts] == ["2026-12-29T19:00:00+01:00"]
    assert other["UID"] == whole["UID"]
    assert other["SEQUENCE"] == 4
    assert other["RECURRENCE-ID"].dt.isoformat() == "2026-12-22T19:00:00+01:00"
    assert other.start.isoformat() == "2026-12-23T18:30:00+01:00"
    assert other["DURATION"].dt == timedelta(minutes=90)
    assert other["SUMMARY"] == "Candles, Riverside group"
    assert "RRULE" not in other


def test_what_the_clock_leaves_out_or_shows_twice_is_written_out() -> None:
    """Programs read it differently: some leave it out, some take the second."""
    nights = replace(TUESDAY, start="2026-11-29T02:30", rrule="FREQ=WEEKLY;BYDAY=SU", updated_at=0)
    others = {str(each["RECURRENCE-ID"].to_ical()): each["DTSTART"].to_ical().decode() for each in events_of(nights)[1:]}
    assert list(others.values()) == [
        "20270328T033000",  # as 3.3.5 has it
        "20271031T003000Z",  # the first of two; in UTC, since 02:30 would be both
        "20280326T033000",
        "20281029T003000Z",
    ]


def test_one_that_ends_because_the_next_begins_is_shorter() -> None:
    long = replace(TUESDAY, minutes=300, changes=(changed("2026-12-01T19:00", "2026-12-08T17:00"),))
    lengths = {each["DTSTART"].to_ical(): each["DURATION"].to_ical() for each in events_of(long)}
    assert lengths == {b"20261124T190000": b"PT5H", b"20261208T170000": b"PT2H"}


def test_one_that_has_no_time_left_is_left_out() -> None:
    """Kept from before moving one there was refused."""
    twice = replace(TUESDAY, changes=(changed("2026-12-01T19:00", "2026-12-08T19:00"),))
    (whole,) = events_of(twice)
    assert [each.dt.isoformat() for each in whole["EXDATE"].dts] == ["2026-12-01T19:00:00+01:00"]


def test_one_that_takes_place_once_has_no_rule() -> None:
    (event,) = events_of(replace(TUESDAY, rrule=None))
    assert "RRULE" not in event
    assert "RECURRENCE-ID" not in event
    (moved,) = events_of(replace(TUESDAY, rrule=None, changes=(changed("2026-11-24T19:00", "2026-11-25T20:00"),)))
    assert (moved.start.day, "RECURRENCE-ID" in moved) == (25, False)
    assert events_of(replace(TUESDAY, rrule=None, changes=(skipped("2026-11-24T19:00"),))) == []


@pytest.mark.parametrize(
    ("meeting", "times"),
    [
        (replace(TUESDAY, always_open=True, start=None, rrule=None), False),
        (replace(TUESDAY, start=None, rrule=None), False),
        (replace(TUESDAY, rrule="FREQ=SECONDLY"), True),
        (replace(TUESDAY, timezone="Europe/Nowhere"), True),
        (replace(TUESDAY, start="tonight"), False),
    ],
)
def test_what_has_no_times_is_left_out_and_the_rest_is_there(meeting: Meeting, times: bool) -> None:
    assert has_times(meeting) is times
    assert events_of(meeting) == []
    assert len(events_of(meeting, replace(TUESDAY, slug="other"))) == 1


def test_a_start_that_the_rule_does_not_name_is_no_occurrence() -> None:
    """Calendars would count it as the first (RFC 5545, 3.8.5.3); nobody can keep such a meeting now."""
    (event,) = events_of(replace(TUESDAY, start="2026-11-23T19:00"))
    assert event.start.isoformat() == "2026-11-24T19:00:00+01:00"


def test_in_utc_no_zone_is_needed() -> None:
    text = text_of(replace(TUESDAY, timezone="UTC"))
    assert "DTSTART:20261124T190000Z" in text
    assert "VTIMEZONE" not in text


def test_a_zone_comes_once_and_under_the_name_that_is_used() -> None:
    meetings = [
        replace(TUESDAY, slug=f"m{n}", timezone=zone) for n, zone in enumerate(["Europe/Berlin", "Europe/Kiev", "Arctic/Longyearbyen"] * 2)
    ]
    text = text_of(*meetings)
    assert re.findall("TZID:(.*)\r", text) == ["Arctic/Longyearbyen", "Europe/Berlin", "Europe/Kiev"]
    assert set(re.findall("TZID=([^:;]*)", text)) == {"Arctic/Longyearbyen", "Europe/Berlin", "Europe/Kiev"}


@pytest.mark.parametrize("zone", ["Europe/Kiev", "US/Eastern", "Etc/GMT+5", "GMT", "Africa/Abidjan", "Iceland", "Etc/UCT"])
def test_every_zone_that_is_named_is_there(zone: str) -> None:
    text = text_of(*difficult(zone))
    assert set(re.findall("TZID=([^:;]*)", text)) == set(re.findall("TZID:(.*)\r", text))


def test_what_people_wrote_stays_words() -> None:
    """Escaped, folded at 75 octets, and read as it was; nothing of it becomes a line of its own."""
    title = 'Ärger, „Wut“; \\n & <b>\\, BEGIN:VEVENT 🕯️ "' + "ü" * 120
    notes = "one\r\nEND:VEVENT\nURL:https://evil.example\n" + "x" * 300
    meeting = replace(TUESDAY, title=title, notes=notes, group=replace(GROUP, name="A; B, C: D"))
    text = text_of(meeting)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    assert "\n" not in text.replace("\r\n", "")
    (event,) = events_of(meeting)
    assert event["SUMMARY"] == f"{title}, A; B, C: D"
    assert event["DESCRIPTION"].startswith("one\nEND:VEVENT\nURL:https://evil.example\n")
    assert str(event["URL"]) == f"{BASE}/r/tuesday"


def test_an_identity_stays() -> None:
    def identity(meeting: Meeting, **more: str) -> str:
        found = re.search("UID:(.*)\r", text_of(meeting, **more))  # type: ignore[arg-type]
        assert found
        return found[1]

    before = identity(TUESDAY)
    assert identity(replace(TUESDAY, title="Other", start="2026-11-26T20:00", rrule=None, sequence=9, updated_at=0)) == before
    assert identity(TUESDAY, base="http://meet.example.org:8080") == before
    assert identity(replace(TUESDAY, slug="other")) != before
    assert identity(TUESDAY, base="https://elsewhere.example.org") != before


def test_the_file_is_the_same_until_something_changes() -> None:
    meetings = difficult("Europe/Berlin")
    assert text_of(*meetings) == text_of(*meetings, now=NOW + timedelta(days=30))
    assert text_of(*meetings) != text_of(*meetings[1:])


# --- the discreet kind


def test_the_discreet_kind_says_nothing() -> None:
    group = Group("heron-aa", "Heron AA", address="Uppsala, Sweden", region="Uppland", website="https://heron.example.com")
    meeting = replace(
        TUESDAY,
        slug="sober-heron",
        group=group,
        title="Twelve steps",
        notes="In recovery",
        types=("O", "LGBTQ"),
        changes=(changed("2026-12-22T19:00", title="Anniversary"), skipped("2026-12-29T19:00")),
    )
    text = text_of(meeting, discreet=True)
    said = re.sub(r"\s", "", text).lower()
    for telling in (
        "heron",
        "riverside",
        "twelve",
        "steps",
        "recovery",
        "anniversary",
        "upp",
        "meet",
        "example",
        "http",
        "chat",
        "lgbt",
        "group",
    ):
        assert telling not in said, text
    assert set(re.findall("SUMMARY:(.*)\r", text)) == {"Appointment"}
    assert "X-WR-CALNAME:Appointments" in text
    assert text.count("CLASS:PRIVATE") == text.count("BEGIN:VEVENT") == 2
    names = {line.split(":")[0].split(";")[0] for line in text.split("\r\n") if line}
    assert not names & {"DESCRIPTION", "LOCATION", "URL", "CATEGORIES", "CONTACT", "ORGANIZER", "COMMENT"}


def test_its_identity_does_not_tell_the_other() -> None:
    (open_one,) = events_of(TUESDAY)
    (discreet_one,) = events_of(TUESDAY, discreet=True)
    assert open_one["UID"] != discreet_one["UID"]
    assert re.fullmatch("[0-9a-f-]{36}", discreet_one["UID"])


def test_it_is_at_the_same_times() -> None:
    def times(events: list[Any]) -> list[tuple[bytes, ...]]:
        kept = ("DTSTART", "DURATION", "RRULE", "EXDATE", "RECURRENCE-ID")
        return [tuple(each[name].to_ical() for name in kept if name in each) for each in events]

    meetings = difficult("America/New_York")
    assert times(events_of(*meetings)) == times(events_of(*meetings, discreet=True))
