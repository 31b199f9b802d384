"""A recurrence rule as a value, and the days that it names: RRULE of RFC 5545, as far as meetings need it.

Weekly and monthly rules only. Days are computed period by period (a week or a month, every so many), never searched for: a rule that names
none ends after some thousand steps at the latest.
"""

from __future__ import annotations

import calendar
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import count, islice
from typing import Literal

FIRST_YEAR, LAST_YEAR = 1970, 2199  # nothing takes place before or after

WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")

Frequency = Literal["WEEKLY", "MONTHLY"]


@dataclass(frozen=True, slots=True)
class Rule:
    """Weekdays are counted from 0, Monday. Without days of its own a rule names its start's weekday, or day of the month."""

    frequency: Frequency
    interval: int = 1
    count: int | None = None  # the start included, and those included that are skipped
    until: datetime | None = None  # in UTC; one that begins then is the last
    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()  # -1: the last
    weekdays: tuple[tuple[int, int], ...] = ()  # (which of the month, weekday); 0: each, -1: the last
    positions: tuple[int, ...] = ()  # which of the days that the rest names, in each month
    week_start: int = 0  # where weeks begin, which matters where every second one is meant

    def __str__(self) -> str:
        """In the one way in which it is kept and given to others."""
        parts = {
            "FREQ": self.frequency,
            "INTERVAL": "" if self.interval == 1 else str(self.interval),
            "COUNT": str(self.count or ""),
            "UNTIL": f"{self.until:%Y%m%dT%H%M%SZ}" if self.until else "",
            "BYMONTH": ",".join(map(str, self.months)),
            "BYMONTHDAY": ",".join(map(str, self.month_days)),
            "BYDAY": ",".join(f"{which or ''}{WEEKDAYS[weekday]}" for which, weekday in self.weekdays),
            "BYSETPOS": ",".join(map(str, self.positions)),
            "WKST": WEEKDAYS[self.week_start] if self.week_start else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def days(rule: Rule, first: date, since: date) -> Iterator[date]:
    """Those that the rule names, from its start on `first`, in order and not before `since`. `until` is not looked at: it is a moment."""
    last = _last(rule, first) if rule.count else date.max
    for n in count(max(0, _period_of(rule, first, since))):
        if _begins(rule, first, n).year > LAST_YEAR:
            return
        for day in _days_of(rule, first, n):
            if day > last:
                return
            if day >= first and day >= since:
                yield day


@lru_cache(1_024)
def _last(rule: Rule, first: date) -> date:
    """The last day of a rule that counts. To find it all have to be counted: once, and not for whoever asks in the middle."""
    named = islice(days(replace(rule, count=None), first, first), rule.count)
    return max(named, default=date.min)


def nearest(rule: Rule, first: date) -> date | None:
    """The day that the rule names nearest to `first`, which it was to start on; the periods are counted from there. None: there is none."""
    later = next(days(replace(rule, count=None), first, first), None)
    if later is None:
        return None
    for n in count(0, -1):
        if _begins(rule, first, n) < first - (later - first) - timedelta(days=31):
            return later
        for day in reversed(_days_of(rule, first, n)):
            if day <= first:
                return min(day, later, key=lambda each: abs(each - first))
    return later


def _period_of(rule: Rule, first: date, day: date) -> int:
    """The number of the period in which `day` is, or the last one before it; that of `first` has 0."""
    if rule.frequency == "WEEKLY":
        return (day - _begins(rule, first, 0)).days // 7 // rule.interval
    return (_month_number(day) - _month_number(first)) // rule.interval


def _begins(rule: Rule, first: date, n: int) -> date:
    if rule.frequency == "WEEKLY":
        return first + timedelta(days=7 * rule.interval * n - (first.weekday() - rule.week_start) % 7)
    year, month = divmod(_month_number(first) + rule.interval * n, 12)
    return date(year, month + 1, 1)


def _month_number(day: date) -> int:
    return day.year * 12 + day.month - 1


def _days_of(rule: Rule, first: date, n: int) -> list[date]:
    """All that the rule names in the period, in order."""
    begins = _begins(rule, first, n)
    if rule.frequency == "WEEKLY":
        weekdays = [weekday for _, weekday in rule.weekdays] or [first.weekday()]
        week = sorted(begins + timedelta(days=(weekday - rule.week_start) % 7) for weekday in weekdays)
        return [day for day in week if not rule.months or day.month in rule.months]
    if rule.months and begins.month not in rule.months:
        return []
    named = [begins.replace(day=day) for day in sorted(_of_month(rule, first, begins))]
    if not rule.positions:
        return named
    places = {position - 1 if position > 0 else len(named) + position for position in rule.positions}
    return [day for place, day in enumerate(named) if place in places]


def _of_month(rule: Rule, first: date, begins: date) -> set[int]:
    length = calendar.monthrange(begins.year, begins.month)[1]
    by_number = set(range(1, length + 1))
    if rule.month_days or not rule.weekdays:
        by_number &= {day if day > 0 else length + 1 + day for day in rule.month_days or (first.day,)}
    by_weekday: set[int] = set()
    for which, weekday in rule.weekdays:
        each = list(range(1 + (weekday - begins.weekday()) % 7, length + 1, 7))
        if which == 0:
            by_weekday.update(each)
        elif abs(which) <= len(each):
            by_weekday.add(each[which - 1 if which > 0 else which])
    if not rule.weekdays:
        by_weekday = set(range(1, length + 1))
    return by_number & by_weekday
