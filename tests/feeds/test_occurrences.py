"""Two readers of calendars and ourselves: who has subscribed comes when the room is open.

Over two years, in zones that do all that zones do. Compared are when each occurrence begins, for how long it is, and what it is called."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import icalendar
import pytest
import recurring_ical_events
from hypothesis import HealthCheck, Phase, given, settings

from chatserver.domain.schedule import Schedule, occurrences, written
from chatserver.feeds.calendar import calendar
from chatserver.store.base import Meeting
from tests.domain.test_schedule_windows import schedules
from tests.feeds import javascript
from tests.feeds.meetings import BASE, TUESDAY, ZONES, difficult

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
AFTER, BEFORE = datetime(2026, 11, 1, tzinfo=UTC), datetime(2028, 11, 1, tzinfo=UTC)


class Seen(NamedTuple):
    starts_at: str
    minutes: int
    summary: str


def ours(meeting: Meeting, after: datetime = AFTER, before: datetime = BEFORE) -> list[Seen]:
    return [
        Seen(
            f"{one.starts_at:%Y-%m-%dT%H:%M}",
            (one.ends_at - one.starts_at) // timedelta(minutes=1),
            f"{one.title or meeting.title}, {meeting.group.name}",
        )
        for one in occurrences(meeting.schedule, after, before)
    ]


def by_icalendar(file: bytes, after: datetime = AFTER, before: datetime = BEFORE) -> list[Seen]:
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(file)).between(after - timedelta(days=2), before + timedelta(days=2))
    seen = []
    for event in events:
        starts_at = event.start.astimezone(UTC)
        if after <= starts_at < before:
            # It adds hours to what the clock shows. They are exact (RFC 5545, 3.3.6), so what it was given is taken out in the same way.
            length = event.end.replace(tzinfo=None) - event.start.replace(tzinfo=None)
            seen.append(Seen(f"{starts_at:%Y-%m-%dT%H:%M}", length // timedelta(minutes=1), str(event["SUMMARY"])))
    return sorted(seen)


def by_ical_js(given: dict[str, bytes], spans: dict[str, tuple[datetime, datetime]]) -> dict[str, list[Seen]]:
    asked = {
        name: {"text": file.decode(), "after": spans[name][0].timestamp() * 1_000, "before": spans[name][1].timestamp() * 1_000}
        for name, file in given.items()
    }
    return {name: [as_seen(each) for each in found] for name, found in javascript.run("read_calendars.mjs", asked).items()}


def as_seen(found: dict[str, Any]) -> Seen:
    return Seen(f"{datetime.fromtimestamp(found['start'] / 1_000, UTC):%Y-%m-%dT%H:%M}", found["seconds"] // 60, found["summary"])


def files(zone: str) -> dict[str, bytes]:
    return {meeting.slug: calendar([meeting], "Meetings", BASE, NOW) for meeting in difficult(zone)}


Differences = dict[str, tuple[list[Seen], list[Seen]]]  # of a meeting: what is missing, and what is there besides


def differences(meeting: Meeting, found: list[Seen]) -> Differences:
    expected = ours(meeting)
    return {} if found == expected else {meeting.slug: (sorted(set(expected) - set(found))[:3], sorted(set(found) - set(expected))[:3])}


@pytest.mark.parametrize("zone", ZONES)
def test_icalendar_agrees(zone: str) -> None:
    made = files(zone)
    wrong: Differences = {}
    for meeting in difficult(zone):
        wrong |= differences(meeting, by_icalendar(made[meeting.slug]))
    assert wrong == {}


@pytest.mark.parametrize("zone", ZONES)
def test_ical_js_agrees(zone: str) -> None:
    made = files(zone)
    read = by_ical_js(made, dict.fromkeys(made, (AFTER, BEFORE)))
    wrong: Differences = {}
    for meeting in difficult(zone):
        wrong |= differences(meeting, read[meeting.slug])
    assert wrong == {}


# --- whatever the schedule is

with_times = schedules().filter(lambda each: not each.always_open)


def is_read_right_by_ical_js(schedule: Schedule) -> bool:
    """It reads some rules wrong that nobody is likely to make, against RFC 5545, 3.3.10: BYMONTH limits a monthly rule and does not add to
    it, also with an INTERVAL; BYDAY limits BYMONTHDAY; a day that two numbers name is one; BYSETPOS counts in the whole month."""
    parts = dict(part.split("=") for part in (schedule.rrule or "").split(";") if part)
    if parts.get("FREQ") != "MONTHLY":
        return True
    several = "," in parts.get("BYMONTHDAY", "") or "," in parts.get("BYSETPOS", "")
    ordinals = any(sign.isdigit() for sign in parts.get("BYDAY", ""))
    return not (
        several
        or ("BYMONTH" in parts and "INTERVAL" in parts)
        or ("BYDAY" in parts and "BYMONTHDAY" in parts)
        or ("BYSETPOS" in parts and ordinals)
    )


def span(schedule: Schedule) -> tuple[datetime, datetime]:
    """From two months before it begins, for two years."""
    assert schedule.start is not None
    start = schedule.start.replace(tzinfo=UTC)
    return start - timedelta(days=60), start + timedelta(days=730)


def meeting_of(schedule: Schedule) -> Meeting:
    start = None if schedule.start is None else written(schedule.start)
    when = {"timezone": schedule.timezone, "start": start, "rrule": schedule.rrule, "minutes": schedule.minutes}
    return replace(TUESDAY, **when, changes=schedule.changes)  # type: ignore[arg-type]


@settings(max_examples=60, deadline=None, derandomize=True)
@given(with_times)
def test_icalendar_agrees_about_any(schedule: Schedule) -> None:
    after, before = span(schedule)
    file = calendar([meeting_of(schedule)], "Meetings", BASE, after)
    assert by_icalendar(file, after, before) == ours(meeting_of(schedule), after, before)


def test_ical_js_agrees_about_any() -> None:
    """All at once, since Node takes a while to start."""
    found: list[Schedule] = []

    @settings(max_examples=120, deadline=None, derandomize=True, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(with_times.filter(is_read_right_by_ical_js))
    def draw(schedule: Schedule) -> None:
        found.append(schedule)

    draw()
    assert len(found) > 100
    spans = {str(n): span(schedule) for n, schedule in enumerate(found)}
    made = {str(n): calendar([meeting_of(schedule)], "Meetings", BASE, span(schedule)[0]) for n, schedule in enumerate(found)}
    read = by_ical_js(made, spans)
    for n, schedule in enumerate(found):
        assert read[str(n)] == ours(meeting_of(schedule), *spans[str(n)]), schedule
