"""The days that a rule names: RFC 5545's own examples, days counted by hand in a calendar, and dateutil as a second opinion."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import islice, takewhile
from zoneinfo import ZoneInfo

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain.recurrence import WEEKDAYS, Rule, days, nearest
from chatserver.domain.rrule import read_rule
from chatserver.domain.schedule import Schedule, occurrences, read_local
from chatserver.domain.schedule_faults import checked
from tests.domain.strategies import modest

NEW_YORK = ZoneInfo("America/New_York")
ALWAYS = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)


def rule(text: str) -> Rule:
    found = read_rule(text, NEW_YORK)
    assert isinstance(found, Rule), found
    return found


def named(text: str, first: str, count: int = 100) -> str:
    """The first days, as the examples of RFC 5545 are written: the year and the month where it changes, then the days."""
    schedule = checked("America/New_York", f"{first}T09:00", text, 60)
    assert isinstance(schedule, Schedule), schedule
    told = []
    year, month = 0, 0
    for one in islice(occurrences(schedule, *ALWAYS), count):
        day = one.original.date()
        if day.year != year:
            told.append(f"{day:%Y}:")
        if (day.year, day.month) != (year, month):
            told.append(f"{day:%b}")
        year, month = day.year, day.month
        told.append(str(day.day))
    return " ".join(told)


# RFC 5545, 3.8.5.3, in its order: those of its weekly and monthly examples. All begin at 9 in New York. Where it goes on for ever, so many.
@pytest.mark.parametrize(
    ("first", "text", "expected", "count"),
    [
        ("1997-09-02", "FREQ=WEEKLY;COUNT=10", "1997: Sep 2 9 16 23 30 Oct 7 14 21 28 Nov 4", 99),
        (
            "1997-09-02",
            "FREQ=WEEKLY;UNTIL=19971224T000000Z",
            "1997: Sep 2 9 16 23 30 Oct 7 14 21 28 Nov 4 11 18 25 Dec 2 9 16 23",
            99,
        ),
        (
            "1997-09-02",
            "FREQ=WEEKLY;INTERVAL=2;WKST=SU",
            "1997: Sep 2 16 30 Oct 14 28 Nov 11 25 Dec 9 23 1998: Jan 6 20 Feb 3 17",
            13,
        ),
        ("1997-09-02", "FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH", "1997: Sep 2 4 9 11 16 18 23 25 30 Oct 2", 99),
        ("1997-09-02", "FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH", "1997: Sep 2 4 9 11 16 18 23 25 30 Oct 2", 99),
        (
            "1997-09-01",
            "FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR",
            "1997: Sep 1 3 5 15 17 19 29 Oct 1 3 13 15 17 27 29 31 Nov 10 12 14 24 26 28 Dec 8 10 12 22",
            99,
        ),
        ("1997-09-02", "FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH", "1997: Sep 2 4 16 18 30 Oct 2 14 16", 99),
        (
            "1997-09-05",
            "FREQ=MONTHLY;COUNT=10;BYDAY=1FR",
            "1997: Sep 5 Oct 3 Nov 7 Dec 5 1998: Jan 2 Feb 6 Mar 6 Apr 3 May 1 Jun 5",
            99,
        ),
        ("1997-09-05", "FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR", "1997: Sep 5 Oct 3 Nov 7 Dec 5", 99),
        (
            "1997-09-07",
            "FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU",
            "1997: Sep 7 28 Nov 2 30 1998: Jan 4 25 Mar 1 29 May 3 31",
            99,
        ),
        ("1997-09-22", "FREQ=MONTHLY;COUNT=6;BYDAY=-2MO", "1997: Sep 22 Oct 20 Nov 17 Dec 22 1998: Jan 19 Feb 16", 99),
        ("1997-09-28", "FREQ=MONTHLY;BYMONTHDAY=-3", "1997: Sep 28 Oct 29 Nov 28 Dec 29 1998: Jan 29 Feb 26", 6),
        ("1997-09-02", "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15", "1997: Sep 2 15 Oct 2 15 Nov 2 15 Dec 2 15 1998: Jan 2 15", 99),
        (
            "1997-09-30",
            "FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1",
            "1997: Sep 30 Oct 1 31 Nov 1 30 Dec 1 31 1998: Jan 1 31 Feb 1",
            99,
        ),
        (
            "1997-09-10",
            "FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15",
            "1997: Sep 10 11 12 13 14 15 1999: Mar 10 11 12 13",
            99,
        ),
        (
            "1997-09-02",
            "FREQ=MONTHLY;INTERVAL=2;BYDAY=TU",
            "1997: Sep 2 9 16 23 30 Nov 4 11 18 25 1998: Jan 6 13 20 27 Mar 3 10 17 24 31",
            18,
        ),
        # There it begins on 2 September, which it takes out again.
        ("1998-02-13", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13", "1998: Feb 13 Mar 13 Nov 13 1999: Aug 13 2000: Oct 13", 5),
        (
            "1997-09-13",
            "FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13",
            "1997: Sep 13 Oct 11 Nov 8 Dec 13 1998: Jan 10 Feb 7 Mar 7 Apr 11 May 9 Jun 13",
            10,
        ),
        ("1997-09-04", "FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3", "1997: Sep 4 Oct 7 Nov 6", 99),
        (
            "1997-09-29",
            "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2",
            "1997: Sep 29 Oct 30 Nov 27 Dec 30 1998: Jan 29 Feb 26 Mar 30",
            7,
        ),
        ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO", "1997: Aug 5 10 19 24", 99),
        ("1997-08-05", "FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU", "1997: Aug 5 17 19 31", 99),
        ("2007-01-15", "FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5", "2007: Jan 15 30 Feb 15 Mar 15 30", 99),
    ],
)
def test_the_examples_of_the_standard(first: str, text: str, expected: str, count: int) -> None:
    assert named(text, first, count) == expected


@pytest.mark.parametrize(
    ("first", "text", "expected"),
    [
        # 29 February, and days that a month may not have: left out, not moved.
        ("2027-01-29", "FREQ=MONTHLY;COUNT=3", "2027: Jan 29 Mar 29 Apr 29"),
        ("2028-01-29", "FREQ=MONTHLY;COUNT=3", "2028: Jan 29 Feb 29 Mar 29"),
        ("2027-01-30", "FREQ=MONTHLY;COUNT=3", "2027: Jan 30 Mar 30 Apr 30"),
        ("2027-01-31", "FREQ=MONTHLY;COUNT=5", "2027: Jan 31 Mar 31 May 31 Jul 31 Aug 31"),
        ("2096-02-29", "FREQ=MONTHLY;INTERVAL=12;COUNT=2", "2096: Feb 29 2104: Feb 29"),  # 2100 is no leap year
        ("2027-01-31", "FREQ=MONTHLY;BYMONTHDAY=-1;COUNT=3", "2027: Jan 31 Feb 28 Mar 31"),
        ("2027-01-29", "FREQ=MONTHLY;BYDAY=5FR;COUNT=3", "2027: Jan 29 Apr 30 Jul 30"),
        # 2026 has an ISO week 53, 2027 does not: every second week goes on over the turn of the year.
        ("2026-12-22", "FREQ=WEEKLY;INTERVAL=2;COUNT=4", "2026: Dec 22 2027: Jan 5 19 Feb 2"),
        ("2026-12-29", "FREQ=WEEKLY;INTERVAL=2;COUNT=3", "2026: Dec 29 2027: Jan 12 26"),
        # Where weeks begin on Sunday, the Sunday of 3 January 2027 is of the week after that of Friday 1.
        ("2027-01-01", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SU;COUNT=4", "2027: Jan 1 3 15 17"),
        ("2027-01-01", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SU;WKST=SU;COUNT=4", "2027: Jan 1 10 15 24"),
        # Some months only.
        ("2027-06-29", "FREQ=WEEKLY;BYDAY=TU;BYMONTH=6,9;COUNT=3", "2027: Jun 29 Sep 7 14"),
        ("2027-06-01", "FREQ=MONTHLY;BYDAY=1TU;BYMONTH=6,12;COUNT=3", "2027: Jun 1 Dec 7 2028: Jun 6"),
        ("2026-11-24", "RRULE:freq=weekly;byday=tu,tu;count=2", "2026: Nov 24 Dec 1"),
    ],
)
def test_days_counted_by_hand(first: str, text: str, expected: str) -> None:
    assert named(text, first) == expected


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    "text",
    [
        "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MONTHLY;BYDAY=MO;BYSETPOS=6",
        "FREQ=MONTHLY;INTERVAL=12;BYMONTH=5;BYMONTHDAY=31",  # counted from November
        "FREQ=MONTHLY;BYMONTHDAY=1;BYDAY=MO;BYSETPOS=2",
    ],
)
def test_a_rule_that_names_nothing_comes_to_an_end(text: str) -> None:
    first = date(2026, 11, 24)
    assert list(days(rule(text), first, first)) == []
    assert nearest(rule(text), first) is None


def test_days_come_to_an_end() -> None:
    first = date(2026, 11, 24)
    *_, last = days(rule("FREQ=WEEKLY"), first, first)
    assert last == date(2199, 12, 31)


@pytest.mark.parametrize(
    ("first", "text", "expected"),
    [
        ("2026-11-24", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24"),  # a Tuesday
        ("2026-11-25", "FREQ=WEEKLY;BYDAY=TU", "2026-11-24"),
        ("2026-11-30", "FREQ=WEEKLY;BYDAY=TU", "2026-12-01"),
        ("2026-11-24", "FREQ=MONTHLY;BYDAY=1TU", "2026-12-01"),
        ("2026-11-10", "FREQ=MONTHLY;BYDAY=1TU", "2026-11-03"),
        ("2026-11-10", "FREQ=MONTHLY;BYDAY=1TU;COUNT=1", "2026-11-03"),
        ("2026-11-10", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29", "2028-02-29"),  # the one before is of 2024
        ("2025-11-10", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=29", "2024-02-29"),
    ],
)
def test_the_nearest_day(first: str, text: str, expected: str) -> None:
    assert nearest(rule(text), date.fromisoformat(first)) == date.fromisoformat(expected)


# --- against dateutil


def lists(values: st.SearchStrategy[int], most: int = 3) -> st.SearchStrategy[tuple[int, ...]]:
    return st.lists(values, max_size=most, unique=True).map(lambda each: tuple(sorted(each)))


signed = st.integers(1, 31).flatmap(lambda n: st.sampled_from([n, -n]))
of_a_month = st.integers(1, 5).flatmap(lambda n: st.sampled_from([n, -n]))
weekly = st.builds(
    Rule,
    st.just("WEEKLY"),
    interval=st.integers(1, 9),
    count=st.none() | st.integers(1, 60),
    months=lists(st.integers(1, 12), 6),
    weekdays=lists(st.integers(0, 6), 7).map(lambda each: tuple((0, weekday) for weekday in each)),
    week_start=st.integers(0, 6),
)
monthly = st.builds(
    Rule,
    st.just("MONTHLY"),
    interval=st.integers(1, 26),
    count=st.none() | st.integers(1, 60),
    months=lists(st.integers(1, 12), 6),
    month_days=lists(signed),
)
by_weekday = st.builds(
    Rule,
    st.just("MONTHLY"),
    interval=st.integers(1, 26),
    count=st.none() | st.integers(1, 60),
    weekdays=st.sampled_from([st.just(0), of_a_month]).flatmap(
        lambda which: st.lists(st.tuples(which, st.integers(0, 6)), min_size=1, max_size=4, unique=True).map(
            lambda each: tuple(sorted(each))
        )
    ),
    positions=lists(of_a_month),
)
fridays = st.builds(
    Rule, st.just("MONTHLY"), month_days=lists(signed, 7), weekdays=st.integers(0, 6).map(lambda day: ((0, day),)), positions=st.just(())
)
rules = st.one_of(weekly, monthly, by_weekday, fridays)
dates = st.dates(date(1998, 1, 1), date(2060, 1, 1))


@modest
@given(rules, dates, st.integers(0, 1_500))
def test_dateutil_says_the_same(rule: Rule, first: date, later: int) -> None:
    start = nearest(rule, first)
    if start is None:
        return
    since = start + timedelta(days=later)
    until = since + timedelta(days=999)
    ours = list(takewhile(lambda day: day <= until, days(rule, start, since)))
    # Without UNTIL it searches to the year 9999 where it finds no more.
    theirs = rrulestr(f"{replace(rule, count=None)};UNTIL={until:%Y%m%d}", dtstart=datetime.combine(start, datetime.min.time()))
    assert ours == [each.date() for each in islice(theirs, rule.count) if each.date() >= since]


@modest
@given(rules)
def test_a_rule_is_written_as_it_is_read(rule: Rule) -> None:
    assert read_rule(str(rule), UTC) == rule


def test_weekdays_are_those_of_python() -> None:
    monday = read_local("2026-11-23T19:00")
    assert monday is not None
    assert WEEKDAYS[monday.weekday()] == "MO"
