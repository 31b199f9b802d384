"""Reads a recurrence rule as people and calendars write it, strictly: whatever is not understood is told, and nothing is guessed."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, tzinfo
from functools import lru_cache
from typing import Any, NamedTuple

from chatserver.domain.faults import printable, shown
from chatserver.domain.recurrence import LAST_YEAR, WEEKDAYS, Rule

MAX_RULE = 500  # characters
MAX_INTERVAL = 52
MAX_COUNT = 1_000

EXAMPLES = '"FREQ=WEEKLY;BYDAY=TU" or "FREQ=MONTHLY;BYDAY=1TU"'


def read_rule(text: str, zone: tzinfo) -> Rule | tuple[str, ...]:
    """The rule; or every fault, as sentences. `zone`: the schedule's, of an UNTIL that does not say that it is in UTC. Never raises."""
    if len(text) > MAX_RULE:
        return (f"it has more than {MAX_RULE} characters; it may be like {EXAMPLES}.",)
    return _read(text.strip().upper().removeprefix("RRULE:"), zone)


@lru_cache(1_024)
def _read(text: str, zone: tzinfo) -> Rule | tuple[str, ...]:
    given: dict[str, str] = {}
    faults: list[str] = []
    for part in text.split(";"):
        name, equals, value = part.partition("=")
        if name in given:
            faults.append(f"{name} is there twice; leave one out.")
        elif name in _PARTS and equals:
            given[name] = value
        elif name in _OF_OTHER_RULES:
            faults.append(f"{name} {_OF_OTHER_RULES[name]}")
        else:
            faults.append(f"{shown(part)} is not understood; a rule may be like {EXAMPLES}.")
    read: dict[str, Any] = {}
    for name, value in given.items():
        part_of = _PARTS[name]
        found = part_of.read(value, zone)
        if found is None:
            faults.append(f"{name}={printable(value, 40)} was given; it may be {part_of.what}.")
        else:
            read[part_of.field] = found
    if "FREQ" not in given and not faults:
        faults.append(f"FREQ is missing; a rule may be like {EXAMPLES}.")
    if "frequency" not in read:
        return tuple(faults)
    rule = Rule(**read)
    return tuple(faults + _together(rule)) or rule


def _together(rule: Rule) -> list[str]:
    """What cannot stand together."""
    weekly = rule.frequency == "WEEKLY"
    ordinals = any(which for which, _ in rule.weekdays)
    mixed = ordinals and not all(which for which, _ in rule.weekdays)
    by_day = rule.weekdays or rule.month_days
    table = (
        (rule.count and rule.until, "COUNT and UNTIL are both there; leave one out."),
        (weekly and ordinals, "BYDAY names a weekday of the month (like 1TU) in a weekly rule; use FREQ=MONTHLY, or leave the number out."),
        # Of those that read rules, some take both of them, and some what is named by both.
        (not weekly and mixed, "BYDAY has weekdays with and without a number; give each one, like 1MO,2MO,3MO,4MO,5MO, or none."),
        (weekly and rule.month_days, "BYMONTHDAY names a day of the month in a weekly rule; use FREQ=MONTHLY, or BYDAY."),
        (weekly and rule.positions, "BYSETPOS picks days of a month; in a weekly rule name the days by BYDAY alone."),
        (
            ordinals and rule.month_days,
            "BYDAY with a number (like 1TU) and BYMONTHDAY are both there; leave one out, or BYDAY's number.",
        ),
        (not weekly and rule.positions and not by_day, "BYSETPOS picks among days that BYDAY or BYMONTHDAY name; add one of them."),
    )
    return [sentence for wrong, sentence in table if wrong]


def _frequency(value: str, _zone: tzinfo) -> str | None:
    return value if value in ("WEEKLY", "MONTHLY") else None


def _number(most: int) -> Callable[[str, tzinfo], int | None]:
    return lambda value, _zone: int(value) if re.fullmatch(r"[0-9]{1,6}", value) and 1 <= int(value) <= most else None


def _numbers(least: int, most: int) -> Callable[[str, tzinfo], tuple[int, ...] | None]:
    """Without 0; each once, in order."""

    def read(value: str, _zone: tzinfo) -> tuple[int, ...] | None:
        each = value.split(",")
        if not all(re.fullmatch(r"[+-]?[0-9]{1,3}", one) for one in each):
            return None
        numbers = {int(one) for one in each}
        return tuple(sorted(numbers)) if all(least <= number <= most and number for number in numbers) else None

    return read


def _weekdays(value: str, _zone: tzinfo) -> tuple[tuple[int, int], ...] | None:
    each = [re.fullmatch(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", one) for one in value.split(",")]
    found = {(int(one[1] or 0), WEEKDAYS.index(one[2])) for one in each if one}
    return tuple(sorted(found)) if all(each) else None


def _weekday(value: str, _zone: tzinfo) -> int | None:
    return WEEKDAYS.index(value) if value in WEEKDAYS else None


def _until(value: str, zone: tzinfo) -> datetime | None:
    """A date alone is that whole day; a time without Z is the schedule's local one. RFC 5545 has it in UTC, and so it is kept."""
    found = re.fullmatch(r"([0-9]{8})(?:T([0-9]{6})(Z?))?", value)
    if not found:
        return None
    try:
        local = datetime.strptime(found[1] + (found[2] or "235959"), "%Y%m%d%H%M%S")  # noqa: DTZ007 (the zone follows)
    except ValueError:
        return None
    if local.year > LAST_YEAR:
        return None
    return local.replace(tzinfo=UTC if found[3] else zone).astimezone(UTC)


class _Part(NamedTuple):
    field: str  # of Rule
    read: Callable[[str, tzinfo], Any]  # None: it may not be that
    what: str


_PARTS = {
    "FREQ": _Part("frequency", _frequency, "WEEKLY or MONTHLY; every day is FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"),
    "INTERVAL": _Part("interval", _number(MAX_INTERVAL), f"a whole number from 1 to {MAX_INTERVAL}"),
    "COUNT": _Part("count", _number(MAX_COUNT), f"a whole number from 1 to {MAX_COUNT}, or left out where there is no last one"),
    "UNTIL": _Part("until", _until, f"a date like 20271231, up to the year {LAST_YEAR}, or left out where there is no last one"),
    "BYMONTH": _Part("months", _numbers(1, 12), "months from 1 to 12, like 9,10,11"),
    "BYMONTHDAY": _Part("month_days", _numbers(-31, 31), "days of the month from 1 to 31, or -1 for the last one and so on"),
    "BYDAY": _Part("weekdays", _weekdays, "weekdays like MO,TH; in a monthly rule also 1MO for the first Monday, -1FR for the last Friday"),
    "BYSETPOS": _Part("positions", _numbers(-31, 31), "places from 1 to 31 among the days named, or -1 for the last one and so on"),
    "WKST": _Part("week_start", _weekday, "the weekday on which weeks begin, like MO or SU"),
}

# The rest of RFC 5545, and what stands beside a rule in a calendar's file.
_AT_START = "is not for meetings: the time of day is the start's; leave it out."
_OF_OTHER_RULES = {
    "BYSECOND": _AT_START,
    "BYMINUTE": _AT_START,
    "BYHOUR": _AT_START,
    "BYYEARDAY": "is for yearly rules; name months by BYMONTH and days by BYMONTHDAY or BYDAY.",
    "BYWEEKNO": "is for yearly rules; for every second week use FREQ=WEEKLY;INTERVAL=2.",
}
