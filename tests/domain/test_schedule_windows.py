"""Whatever the schedule is: its occurrences are in order, one at a time, and the same however one looks."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise

from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain.recurrence import Rule
from chatserver.domain.schedule import Change, Schedule, at, is_occurrence, next_occurrence, occurrences
from tests.domain.strategies import modest
from tests.domain.test_recurrence import rules

local = datetime.fromisoformat

zones = st.sampled_from(
    [
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "Asia/Kolkata",
        "Australia/Lord_Howe",
        "America/Santiago",
        "Africa/Casablanca",
        "Pacific/Apia",
    ]
)
minutes_of = st.sampled_from([1, 60, 90, 720, 1440])
times = st.datetimes(local("2009-01-01"), local("2040-01-01")).map(lambda at: at.replace(second=0, microsecond=0))


@st.composite
def schedules(draw: st.DrawFn) -> Schedule:
    rule: Rule | None = draw(st.none() | rules)
    start = draw(times)
    schedule = Schedule(draw(zones), start, None if rule is None else str(rule), draw(minutes_of), always_open=draw(st.integers(0, 9)) == 0)
    window = occurrences(schedule, start.replace(tzinfo=UTC), start.replace(tzinfo=UTC) + timedelta(days=400))
    changes = []
    for one in islice(window, 12):
        if draw(st.booleans()) and not schedule.always_open:
            to = st.none() | st.integers(-2_000, 2_000).map(lambda n, of=one: of.original + timedelta(minutes=30 * n))  # type: ignore[misc]
            skipped = Change(one.original, skipped=True)
            changes.append(draw(st.just(skipped) | st.builds(Change, st.just(one.original), start=to, minutes=st.none() | minutes_of)))
    return replace(schedule, changes=tuple(changes))


@modest
@given(schedules(), st.integers(-20 * 1440, 200 * 1440), st.lists(st.integers(0, 60 * 24 * 40), min_size=1, max_size=6), st.integers(0, 90))
def test_windows_join_without_loss(schedule: Schedule, from_start: int, lengths: list[int], doors: int) -> None:
    assert schedule.start is not None
    edges = [schedule.start.replace(tzinfo=UTC) + timedelta(minutes=from_start)]
    for length in lengths:
        edges.append(edges[-1] + timedelta(minutes=length))
    whole = list(occurrences(schedule, edges[0], edges[-1]))
    assert [one for a, b in pairwise(edges) for one in occurrences(schedule, a, b)] == whole
    for one in whole:
        assert edges[0] <= one.starts_at < edges[-1]
        assert one.starts_at < one.ends_at
        assert next_occurrence(schedule, one.starts_at) == one
        assert at(schedule, one.starts_at, doors) == one
        last = at(schedule, one.ends_at - timedelta.resolution, doors)
        assert last == one
        assert is_occurrence(schedule, one.original)
    for one, following in pairwise(whole):
        assert one.ends_at <= following.starts_at
    assert len({one.key for one in whole}) == len(whole)
