"""When a meeting takes place between two days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chatserver.domain.faults import Fault, shown
from chatserver.domain.recurrence import FIRST_YEAR, LAST_YEAR
from chatserver.domain.schedule import Change, Occurrence, moment, next_occurrence, occurrences, zone_of
from chatserver.facilitating.faulty import Faulty
from chatserver.store.base import Meeting

MAX_DAYS = 400
USUAL_DAYS = 28
DAY = "a date, like 2026-11-24"


@dataclass(frozen=True, slots=True)
class Calendar:
    """What takes place in those days (the last one included), and what was to and was skipped."""

    first: date
    last: date
    occurrences: tuple[Occurrence, ...]
    skipped: tuple[Change, ...]


def between(meeting: Meeting, since: str | None, until: str | None, now: int) -> Calendar:
    """Of the days from `since` to `until`, both included, in the meeting's zone; else from today on, for four weeks. Raises `Faulty`."""
    zone = zone_of(meeting.timezone) or UTC
    first = _day(since) if since is not None else datetime.fromtimestamp(now / 1_000, zone).date()
    last = _day(until) if until is not None else first and first + timedelta(days=USUAL_DAYS - 1)
    faults = [
        Fault(where, f"{shown(given)} was given; it may be {DAY}.")
        for where, given, read in (("since", since, first), ("until", until, last))
        if read is None and given is not None
    ]
    if first is None or last is None:
        raise Faulty(faults)
    if not first <= last < first + timedelta(days=MAX_DAYS):
        raise Faulty([Fault("until", f"{last} was given; it may be a date from {first} on, up to {MAX_DAYS} days in all.")])
    begins, ends = moment(datetime.combine(first, time()), zone), moment(datetime.combine(last + timedelta(days=1), time()), zone)
    skipped = tuple(change for change in meeting.changes if change.skipped and first <= change.original.date() <= last)
    return Calendar(first, last, tuple(occurrences(meeting.schedule, begins, ends)), skipped)


def next_of(meeting: Meeting, now: int) -> Occurrence | None:
    """The one that runs, or else the next."""
    at = datetime.fromtimestamp(now / 1_000, UTC)
    running = occurrences(meeting.schedule, at - timedelta(days=2), at)
    return next((one for one in running if one.ends_at > at), None) or next_occurrence(meeting.schedule, at)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
    return day if day is not None and FIRST_YEAR < day.year < LAST_YEAR else None
