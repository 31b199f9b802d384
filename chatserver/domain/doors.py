"""When the room of an occurrence opens and closes, and what its door says while it is shut. Times are milliseconds since 1970 UTC.

The rules (docs/decisions/0018-rooms-open-by-themselves.md):

* Doors open so many minutes before the start, and not before the room of the occurrence before it has closed.
* It closes with the end of the occurrence, and after the fellowship that its format has after the end. Nothing lasts into the next one.
* An occurrence has one room. When that is closed, however early, there is no other: who leads can open one by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import chain, pairwise
from typing import Literal

from chatserver.domain.formats import Format
from chatserver.domain.schedule import Change, Schedule, moment, occurrences, read_local, written, zone_of

EARLY_MS = 7_200_000  # so long before its start who leads may open it, and who comes is early
LATELY_MS = 43_200_000  # for so long after its end it is over; then it is that it has not begun

_FAR = datetime.max.replace(tzinfo=UTC)
_TWO_DAYS = timedelta(days=2)  # longer than any occurrence


@dataclass(frozen=True, slots=True)
class Planned:
    """The room of an occurrence."""

    key: str  # the `Occurrence.key`
    opens_at: int
    starts_at: int
    closes_at: int


@dataclass(frozen=True, slots=True)
class Last:
    """The latest opening of this room."""

    occurrence: str | None  # of which it is, or was
    opened_at: int
    closed_at: int | None = None


@dataclass(frozen=True, slots=True)
class Shut:
    """What is told at the door of a room that is not open."""

    state: Literal["early", "scheduled", "closed"]
    next: Planned | None  # the next one, or the one whose doors are about to open


def planned(schedule: Schedule, now: int, doors_minutes: int, after_minutes: int = 0) -> Iterator[Planned]:
    """The rooms of the occurrences that are not over at `now`, in order. `after_minutes`: so long they stay open after the end."""
    since = datetime.fromtimestamp(now / 1_000, UTC) - _TWO_DAYS
    free_at = 0
    for one, following in pairwise(chain(occurrences(schedule, since, _FAR), (None,))):
        if one is None:
            return
        starts_at, ends_at = _ms(one.starts_at), _ms(one.ends_at)
        closes_at = ends_at + after_minutes * 60_000
        if following is not None:
            closes_at = min(closes_at, _ms(following.starts_at))
        if ends_at > now:
            yield Planned(one.key, max(free_at, starts_at - doors_minutes * 60_000), starts_at, closes_at)
        free_at = closes_at


def fellowship_minutes(format_: Format, minutes: int) -> int:
    """How long a room stays open after a meeting of so many minutes: for what its format has after the end, as far as the meeting's own
    minutes do not hold it already."""
    after = sum(segment.minutes for segment in format_.segments if segment.after)
    return max(0, min(after, format_.minutes + after - minutes))


def start_of(schedule: Schedule, key: str | None) -> int | None:
    """When the occurrence of that key begins by what the schedule is now. None: it is of none."""
    original, zone = None if key is None else read_local(key), zone_of(schedule.timezone)
    if original is None or zone is None:
        return None
    change = change_of(schedule, key)
    return _ms(moment((change and change.start) or original, zone))


def change_of(schedule: Schedule, key: str | None) -> Change | None:
    """What is otherwise with the occurrence of that key."""
    return next((change for change in schedule.changes if written(change.original) == key), None)


def coming(schedule: Schedule, now: int, doors_minutes: int, last: Last | None) -> Planned | None:
    """The next room: of the first occurrence that is not over and has not had its room. None: there is none."""
    rooms = planned(schedule, now, doors_minutes)
    return next((one for one in rooms if last is None or not _has_had(one, last)), None)


def at_the_door(schedule: Schedule, now: int, doors_minutes: int, last: Last | None) -> Shut:
    """`last`: None where it was never open."""
    following = coming(schedule, now, doors_minutes, last)
    if following is not None and following.starts_at <= now + EARLY_MS:
        return Shut("early", following)
    over = last is not None and (following is None or now < (last.closed_at or now) + LATELY_MS)
    return Shut("closed" if over else "scheduled", following)


def _has_had(one: Planned, last: Last) -> bool:
    """Whether its room was opened already. One that was opened when its doors were open is its own, or one by hand after that."""
    return one.key == last.occurrence or one.opens_at <= last.opened_at


def _ms(at: datetime) -> int:
    return int(at.timestamp()) * 1_000
