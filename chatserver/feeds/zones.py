"""A zone for calendars (VTIMEZONE, RFC 5545, 3.6.5): when its clock is put on or back, as zoneinfo knows it.

A rule that goes on is written as a rule, one that ended or that follows no simple one as single dates. Outlook reads nothing but a yearly
rule with one BYDAY (MS-STANOICAL, 2.2.47), and who has taken a file along once needs more than some years of dates."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from chatserver.domain.recurrence import WEEKDAYS

_DAY, _SECOND = timedelta(days=1), timedelta(seconds=1)
_STEADY = 3  # years; what went the same way for so long, and still does at the end of what we look at, goes on


@dataclass(frozen=True, slots=True)
class Turn:
    """The clock is put on or back."""

    local: datetime  # what it showed then, without a tzinfo
    before: timedelta  # ahead of UTC
    after: timedelta
    name: str  # of the time that begins: CEST

    @property
    def at(self) -> datetime:
        """In UTC."""
        return (self.local - self.before).replace(tzinfo=UTC)


@lru_cache(512)
def zone_component(name: str, first_year: int, last_year: int) -> bytes:
    """The VTIMEZONE of an IANA zone, right for all times of these years; beyond them, where its rule goes on."""
    zone = ZoneInfo(name)
    begins = datetime(first_year, 1, 1)  # noqa: DTZ001 (local)
    found = turns(zone, begins.replace(year=first_year - 1, tzinfo=UTC), datetime(last_year + 1, 1, 1, tzinfo=UTC))
    made = Timezone()
    made.add("TZID", name)
    if not found or found[0].local > begins:
        offset = _offset(zone, begins.replace(tzinfo=UTC))
        before = Turn(begins.replace(year=first_year - 1), offset, offset, zone.tzname(begins) or name)
        made.add_component(_component([before], None))
    for alike in _grouped(found):
        since, by_day = _steady(alike, last_year)
        if alike[:since]:
            made.add_component(_component(alike[:since], None))
        if alike[since:]:
            made.add_component(_component(alike[since:], by_day))
    return bytes(made.to_ical())


@lru_cache(512)
def turns(zone: ZoneInfo, after: datetime, before: datetime) -> tuple[Turn, ...]:
    """All between the two moments, in order. Of two within one day that undo each other none is seen."""
    return tuple(_turns(zone, after, before))


def _turns(zone: ZoneInfo, after: datetime, before: datetime) -> Iterator[Turn]:
    day = after
    while day < before:
        low, high = day, min(day + _DAY, before)
        day = high
        offset, later = _offset(zone, low), _offset(zone, high)
        if offset == later:
            continue
        while high - low > _SECOND:
            middle = low + (high - low) // 2
            low, high = (middle, high) if _offset(zone, middle) == offset else (low, middle)
        at = high.replace(microsecond=0)
        yield Turn((at + offset).replace(tzinfo=None), offset, later, at.astimezone(zone).tzname() or "")


def _offset(zone: ZoneInfo, at: datetime) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()


def _grouped(found: Sequence[Turn]) -> list[list[Turn]]:
    """By what they do; of each kind in order."""
    kinds: dict[tuple[timedelta, timedelta, str], list[Turn]] = {}
    for turn in found:
        kinds.setdefault((turn.before, turn.after, turn.name), []).append(turn)
    return list(kinds.values())


def _steady(alike: Sequence[Turn], last_year: int) -> tuple[int, str | None]:
    """From which one on they are the same weekday of the same month, each year to the last; and that weekday, as in BYDAY."""
    for since in range(len(alike) - _STEADY + 1):
        run = alike[since:]
        years = [turn.local.year for turn in run]
        same = {(turn.local.month, turn.local.weekday(), turn.local.time()) for turn in run}
        if len(same) == 1 and years == list(range(years[0], last_year + 1)):
            for which in (_from_the_end, _from_the_start):
                places = {which(turn.local) for turn in run}
                if len(places) == 1:
                    return since, f"{places.pop()}{WEEKDAYS[run[0].local.weekday()]}"
    return len(alike), None


def _from_the_start(local: datetime) -> int:
    return (local.day - 1) // 7 + 1


def _from_the_end(local: datetime) -> int:
    return -((calendar.monthrange(local.year, local.month)[1] - local.day) // 7 + 1)


def _component(alike: Sequence[Turn], by_day: str | None) -> TimezoneStandard | TimezoneDaylight:
    """By `by_day` every year, or else on these dates. Called summer time is what puts the clock on: some programs take nothing else for it,
    though zoneinfo has it the other way round for Ireland and Morocco."""
    first = alike[0]
    made = TimezoneDaylight() if first.after > first.before else TimezoneStandard()
    made.add("DTSTART", first.local)
    made.add("TZOFFSETFROM", first.before)
    made.add("TZOFFSETTO", first.after)
    made.add("TZNAME", first.name)
    if by_day:
        made.add("RRULE", {"FREQ": "YEARLY", "BYMONTH": first.local.month, "BYDAY": by_day})
    elif alike[1:]:
        for turn in alike:
            made.add("RDATE", turn.local)  # the first too, and one a line: ical.js would leave out the first, and the rest of a line
    return made
