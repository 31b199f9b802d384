"""When a meeting takes place: its schedule as a value, and the occurrences that follow from it.

A schedule is local wall time in a zone, so that summer time moves nobody's meeting. The rules where that is not enough
(docs/decisions/0015-when-a-meeting-begins.md):

* A start that the clock leaves out is as much later as the clock is put on: 02:30 becomes 03:30 (RFC 5545, 3.3.5). One that comes twice is
  the first.
* A meeting lasts its minutes, whatever the clock does meanwhile.
* Where an occurrence begins before the one before it is over, that one ends then; what has no time left does not take place.
* The start is the first occurrence. `COUNT` counts those that are skipped.
* A meeting that is always open is renewed once a day, at `RENEWED_AT`: like any other it leaves nothing behind.

Nothing here raises for a schedule that cannot be read: it has no occurrences. `schedule_faults.py` says what is wrong with one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import lru_cache
from heapq import merge
from itertools import chain, pairwise
from typing import Literal
from zoneinfo import ZoneInfo, available_timezones

from chatserver.domain.recurrence import FIRST_YEAR, LAST_YEAR, Rule, days
from chatserver.domain.rrule import read_rule

RENEWED_AT = time(4)  # local: when fewest are there
MAX_MINUTES = 1_440  # of one occurrence

_FROM, _UNTIL = datetime(FIRST_YEAR, 1, 2, tzinfo=UTC), datetime(LAST_YEAR, 12, 30, tzinfo=UTC)
_LONGEST = timedelta(days=2)  # more than any occurrence lasts: one day may have 25 hours

Kind = Literal["recurring", "once", "always open", "by hand"]


@dataclass(frozen=True, slots=True)
class Change:
    """What is otherwise with one occurrence: skipped, or moved, or of another length or title this once. None: as always."""

    original: datetime  # local wall time at which it would begin by the rule (RECURRENCE-ID)
    skipped: bool = False
    start: datetime | None = None  # local wall time
    minutes: int | None = None
    title: str | None = None


@dataclass(frozen=True, slots=True)
class Schedule:
    """Times are local wall time, without a tzinfo, to the minute. Without a start it is opened by hand, or always open."""

    timezone: str  # IANA
    start: datetime | None = None
    rrule: str | None = None
    minutes: int = 60
    changes: tuple[Change, ...] = ()  # one that is of no occurrence has no effect
    always_open: bool = False

    @property
    def kind(self) -> Kind:
        if self.always_open:
            return "always open"
        if self.start is None:
            return "by hand"
        return "once" if self.rrule is None else "recurring"


@dataclass(frozen=True, slots=True)
class Occurrence:
    original: datetime  # local wall time by the rule: which occurrence it is, also when it was moved
    starts_at: datetime  # in UTC
    ends_at: datetime  # in UTC
    title: str | None = None  # this once; None: the meeting's
    changed: bool = False

    @property
    def key(self) -> str:
        """Which occurrence of its meeting it is, as the store keeps it: `2026-11-24T19:00`."""
        return written(self.original)


def occurrences(schedule: Schedule, after: datetime, before: datetime) -> Iterator[Occurrence]:
    """Those that begin at `after` or later, and earlier than `before` (aware both), in order. Of two windows that meet each is in one."""
    after, before = max(after, _FROM), min(before, _UNTIL)
    found = _as_if_alone(schedule, after, before + _LONGEST)  # the one after the last may end it
    for one, following in pairwise(chain(found, (None,))):
        if one is None or one.starts_at >= before:
            return
        if following is None:
            yield one
        elif following.starts_at > one.starts_at:
            yield replace(one, ends_at=min(one.ends_at, following.starts_at))


def next_occurrence(schedule: Schedule, now: datetime) -> Occurrence | None:
    """The first that begins at `now` (aware) or later."""
    return next(occurrences(schedule, now, _UNTIL), None)


def at(schedule: Schedule, now: datetime, doors_minutes: int = 0) -> Occurrence | None:
    """The one that runs at `now` (aware), or else the one whose doors are open: so many minutes before its start, and not before the end
    of the one before it."""
    doors_open = now + timedelta(minutes=doors_minutes)
    recent = occurrences(schedule, now - _LONGEST, doors_open + timedelta.resolution)
    return next((one for one in recent if one.ends_at > now), None)


def is_occurrence(schedule: Schedule, original: datetime) -> bool:
    """Whether the schedule, without its changes, has one that begins at that local wall time."""
    return next(originals(schedule, original.date()), None) == original


def originals(schedule: Schedule, since: date) -> Iterator[datetime]:
    """The local wall times at which it begins by its rule, from that day on, changes not considered. They end by `LAST_YEAR`."""
    zone = zone_of(schedule.timezone)
    if zone is None:
        return
    if schedule.always_open:
        yield from (datetime.combine(day, RENEWED_AT) for day in _every_day(since))
    elif schedule.start is not None and schedule.rrule is None:
        if schedule.start.date() >= since:
            yield schedule.start
    elif schedule.start is not None and schedule.rrule is not None:
        rule = read_rule(schedule.rrule, zone)
        if not isinstance(rule, Rule):
            return
        for day in days(rule, schedule.start.date(), since):
            local = datetime.combine(day, schedule.start.time())
            if rule.until is not None and moment(local, zone) > rule.until:
                return
            yield local


def moment(local: datetime, zone: tzinfo) -> datetime:
    """The local wall time as a moment in UTC. One that the clock leaves out is later by what it leaves out; of two, the first."""
    return local.replace(tzinfo=zone, fold=0).astimezone(UTC)


def zone_of(name: str) -> ZoneInfo | None:
    """None: there is no such zone here."""
    return ZoneInfo(name) if name in zones() else None


@lru_cache(1)
def zones() -> frozenset[str]:
    """The names of all zones."""
    return frozenset(available_timezones() - {"Factory", "localtime"})  # of no place, and of this machine


def written(local: datetime) -> str:
    """Local wall time as it is kept and shown to machines: `2026-11-24T19:00`."""
    return local.isoformat(timespec="minutes")


def read_local(text: str) -> datetime | None:
    """Local wall time from `2026-11-24T19:00`. None: it is something else, or not to the minute, or of another age."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:00)?", text):
        return None
    try:
        local = datetime.fromisoformat(text)
    except ValueError:
        return None
    return local if FIRST_YEAR < local.year < LAST_YEAR else None


def _as_if_alone(schedule: Schedule, after: datetime, before: datetime) -> Iterator[Occurrence]:
    """Those that begin in the window, in order, each as long as it is to be. Of those that begin
    together the last has all the time."""
    zone = zone_of(schedule.timezone)
    if zone is None:
        return iter(())
    changed = {change.original for change in schedule.changes}

    def by_rule() -> Iterator[Occurrence]:
        since = after.date() - timedelta(days=2)  # wherever the zone is, and whatever its clock leaves out
        for original in originals(schedule, since):
            starts_at = moment(original, zone)
            if starts_at >= before:
                return
            if starts_at >= after and original not in changed:
                yield _as_always(schedule, original, zone)

    moved = []
    for change in schedule.changes:
        if not change.skipped and is_occurrence(schedule, change.original):
            one = _this_once(schedule, change, zone)
            if after <= one.starts_at < before:
                moved.append(one)
    return merge(by_rule(), sorted(moved, key=_order), key=_order)


def _order(one: Occurrence) -> tuple[datetime, datetime]:
    return one.starts_at, one.original


def _as_always(schedule: Schedule, original: datetime, zone: ZoneInfo) -> Occurrence:
    starts_at = moment(original, zone)
    if schedule.always_open:
        return Occurrence(original, starts_at, moment(original + timedelta(days=1), zone))
    return Occurrence(original, starts_at, starts_at + timedelta(minutes=schedule.minutes))


def _this_once(schedule: Schedule, change: Change, zone: ZoneInfo) -> Occurrence:
    starts_at = moment(change.start or change.original, zone)
    minutes = timedelta(minutes=change.minutes or schedule.minutes)
    return Occurrence(change.original, starts_at, starts_at + minutes, change.title, changed=True)


def _every_day(since: date) -> Iterator[date]:
    day = max(since, date(FIRST_YEAR, 1, 1))
    while day.year <= LAST_YEAR:
        yield day
        day += timedelta(days=1)
