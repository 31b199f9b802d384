"""Meetings of one group that are on at the same time. That is allowed: each has its own room, and both open. It is told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from chatserver.domain.schedule import Occurrence, occurrences
from chatserver.facilitating.spoken import spoken
from chatserver.store.base import Meeting

LOOKED_AT = timedelta(days=56)  # and no further ahead
_A_DAY = timedelta(days=1)  # what runs now may have begun so long ago


def overlaps(meeting: Meeting, others: Iterable[Meeting], now: int) -> tuple[str, ...]:
    """For each other meeting that is on while this one is, a sentence that says when that happens first. Those that are always open are
    not counted: they always are."""
    since = datetime.fromtimestamp(now / 1_000, UTC) - _A_DAY
    mine = [] if meeting.always_open else list(occurrences(meeting.schedule, since, since + _A_DAY + LOOKED_AT))
    found = []
    for other in others:
        if other.slug == meeting.slug or other.always_open:
            continue
        first = next(_both(mine, occurrences(other.schedule, since, since + _A_DAY + LOOKED_AT)), None)
        if first is not None:
            when = spoken(first, meeting.timezone)
            found.append(f"“{other.title}” ({other.slug}) is on at the same time, first on {when}. Both rooms open.")
    return tuple(found)


def _both(some: list[Occurrence], others: Iterator[Occurrence]) -> Iterator[Occurrence]:
    """Those of `some` during which one of the others runs. Both are in order, and none of either overlaps another of its own."""
    n = 0
    for other in others:
        while n < len(some) and some[n].ends_at <= other.starts_at:
            n += 1
        if n < len(some) and some[n].starts_at < other.ends_at:
            yield some[n]
