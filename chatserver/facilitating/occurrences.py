"""When a meeting takes place between two days."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from chatserver.domain.faults import Fault, shown
from chatserver.domain.recurrence import FIRST_YEAR, LAST_YEAR
from chatserver.domain.schedule import Change, Occurrence, moment, occurrences, zone_of
from chatserver.facilitating.faulty import Faulty
from chatserver.store.base import Meeting

MAX_DAYS = 400
USUAL_DAYS = 28
DAY = "a date, like 2026-11-24"

_LONGEST = timedelta(days=2)  # more than any occurrence lasts


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


def coming(meeting: Meeting, now: int) -> Iterator[Occurrence]:
    """The one that runs, if one does, and all that begin later."""
    at = datetime.fromtimestamp(now / 1_000, UTC)
    recent = occurrences(meeting.schedule, at - _LONGEST, datetime.max.replace(tzinfo=UTC))
    return (one for one in recent if one.ends_at > at)


def next_of(meeting: Meeting, now: int) -> Occurrence | None:
    """The one that runs, or else the next."""
    return next(coming(meeting, now), None)


def _day(text: str) -> date | None:
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
    return day if day is not None and FIRST_YEAR < day.year < LAST_YEAR else None
