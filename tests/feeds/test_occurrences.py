"""Two readers of calendars and ourselves: who has subscribed comes when the room is open.

Over two years, in zones that do all that zones do. Compared are when each occurrence begins, for how long it is, and what it is called."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

import icalendar
import pytest
import recurring_ical_events

from chatserver.domain.schedule import occurrences
from chatserver.feeds.calendar import calendar
from chatserver.store.base import Meeting
from tests.feeds import javascript
from tests.feeds.meetings import BASE, ZONES, difficult

NOW = datetime(2026, 11, 26, 9, tzinfo=UTC)
AFTER, BEFORE = datetime(2026, 11, 1, tzinfo=UTC), datetime(2028, 11, 1, tzinfo=UTC)


class Seen(NamedTuple):
    starts_at: str
    minutes: int
    summary: str


def ours(meeting: Meeting) -> list[Seen]:
    return [
        Seen(
            f"{one.starts_at:%Y-%m-%dT%H:%M}",
            (one.ends_at - one.starts_at) // timedelta(minutes=1),
            f"{one.title or meeting.title}, {meeting.group.name}",
        )
        for one in occurrences(meeting.schedule, AFTER, BEFORE)
    ]


def by_icalendar(file: bytes) -> list[Seen]:
    events = recurring_ical_events.of(icalendar.Calendar.from_ical(file)).between(AFTER - timedelta(days=2), BEFORE + timedelta(days=2))
    seen = []
    for event in events:
        starts_at = event.start.astimezone(UTC)
        if AFTER <= starts_at < BEFORE:
            # It adds hours to what the clock shows. They are exact (RFC 5545, 3.3.6), so what it was given is taken out in the same way.
            length = event.end.replace(tzinfo=None) - event.start.replace(tzinfo=None)
            seen.append(Seen(f"{starts_at:%Y-%m-%dT%H:%M}", length // timedelta(minutes=1), str(event["SUMMARY"])))
    return sorted(seen)


def as_seen(found: list[dict[str, Any]]) -> list[Seen]:
    return [
        Seen(f"{datetime.fromtimestamp(each['start'] / 1_000, UTC):%Y-%m-%dT%H:%M}", each["seconds"] // 60, each["summary"])
        for each in found
    ]


def files(zone: str) -> dict[str, bytes]:
    return {meeting.slug: calendar([meeting], "Meetings", BASE, NOW) for meeting in difficult(zone)}


@pytest.mark.parametrize("zone", ZONES)
def test_icalendar_agrees(zone: str) -> None:
    made = files(zone)
    wrong = {}
    for meeting in difficult(zone):
        expected, found = ours(meeting), by_icalendar(made[meeting.slug])
        if found != expected:
            wrong[meeting.slug] = (sorted(set(expected) - set(found))[:3], sorted(set(found) - set(expected))[:3])
    assert wrong == {}


@pytest.mark.parametrize("zone", ZONES)
def test_ical_js_agrees(zone: str) -> None:
    given = {name: file.decode() for name, file in files(zone).items()}
    read = javascript.run("read_calendars.mjs", {"after": ms(AFTER), "before": ms(BEFORE), "files": given})
    wrong = {}
    for meeting in difficult(zone):
        expected, found = ours(meeting), as_seen(read[meeting.slug])
        if found != expected:
            wrong[meeting.slug] = (sorted(set(expected) - set(found))[:3], sorted(set(found) - set(expected))[:3])
    assert wrong == {}


def ms(at: datetime) -> int:
    return int(at.timestamp() * 1_000)
