"""Meetings: made, edited, removed. Whatever is wrong with one is told at once, its schedule included."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from chatserver.domain.faults import Fault
from chatserver.domain.formats import DEFAULT_FORMAT
from chatserver.domain.schedule import Change, Schedule, written
from chatserver.domain.schedule_faults import checked, with_change
from chatserver.facilitating import formats
from chatserver.facilitating.faulty import Faulty, TooMany
from chatserver.facilitating.fields import Given, Rules, code, language, line, lines, list_of, read, slug, truth, whole
from chatserver.facilitating.groups import find as find_group
from chatserver.facilitating.overlaps import overlaps
from chatserver.feeds.meeting_types import TYPES
from chatserver.formats import built_in
from chatserver.store.base import Group, Meeting, NotThere, Store, StoreUnavailable

MAX_MEETINGS = 200  # of one group
MAX_CAPACITY = 10_000
MAX_DOORS_MINUTES = 120
ATTEMPTS = 5  # to change what others change at the same time

# Those of the schedule are read together, by `schedule_faults.checked`.
FIELDS: Rules = {
    "title": line(200),
    "doors_minutes": whole(0, MAX_DOORS_MINUTES, or_none="the server's setting"),
    "capacity": whole(2, MAX_CAPACITY, or_none="the server's setting"),
    "lobby": truth(),
    "language": language(),
    "types": list_of(code(TYPES), 20, each="each"),
    "notes": lines(2_000),
}
NEW: Rules = {"slug": slug(), **FIELDS}
OF_SCHEDULE = ("timezone", "start", "rrule", "minutes", "always_open")

# What a meeting is where nothing else is given.
DEFAULTS: dict[str, Any] = {
    "format": DEFAULT_FORMAT,
    "timezone": "UTC",
    "start": None,
    "rrule": None,
    "minutes": 60,
    "always_open": False,
    "doors_minutes": None,
    "capacity": None,
    "lobby": False,
    "language": "",
    "types": (),
    "notes": "",
}

# In place of what could not be read at all, so that the rest can be looked at. A start as early as there is: nothing ends before it.
_STAND_INS: dict[str, Any] = {"timezone": "UTC", "start": "1971-01-01T00:00", "rrule": None, "minutes": 60, "always_open": False}


@dataclass(frozen=True, slots=True)
class Kept:
    """A meeting as it is now, and what whoever made or changed it should know: sentences."""

    meeting: Meeting
    notices: tuple[str, ...] = ()


async def find(store: Store, slug: str, group: str | None = None) -> Meeting:
    """`group`: it is one of that group. Raises `NotThere`."""
    meeting = await store.meeting(slug)
    if meeting is None or group not in (None, meeting.group.slug):
        raise NotThere(slug)
    return meeting


async def add(store: Store, group: str, given: Given, now: int, found: Sequence[Fault] = ()) -> Kept:
    """Makes a meeting; `given` has its slug and title at least. `found`: what was wrong with it already, to be told together.

    Raises `Faulty`, `TooMany`, `AlreadyThere`, `NotThere`."""
    of_group = await find_group(store, group)
    blank = Meeting("", of_group, title="", **DEFAULTS)
    made, _ = await _changed(store, blank, given, NEW, found)
    meetings = await store.meetings(group)
    if len(meetings) >= MAX_MEETINGS:
        raise TooMany(f"There are {MAX_MEETINGS} meetings in this group already. Remove one first.")
    made = replace(made, updated_at=now)
    await store.add_meeting(made)
    return Kept(made, overlaps(made, meetings, now))


async def edit(store: Store, group: str, slug: str, given: Given, now: int, found: Sequence[Fault] = ()) -> Kept:
    """Changes what is given, and nothing where it is so already. Rooms that are open stay as they are.

    A change of an occurrence that is none any more goes. Raises `Faulty`, `NotThere`."""
    for _ in range(ATTEMPTS):
        before = await find(store, slug, group)
        after, gone = await _changed(store, before, given, FIELDS, found)
        others = await store.meetings(group)
        if after == before:
            return Kept(before, overlaps(before, others, now))
        if await store.update_meeting(replace(after, updated_at=now), if_sequence=before.sequence):
            kept = replace(after, updated_at=now, sequence=before.sequence + 1)
            return Kept(kept, (*_of_gone(gone), *overlaps(kept, others, now)))
    raise StoreUnavailable("Others change this meeting at the same time. Try again.")


async def remove(store: Store, group: str, slug: str) -> None:
    """With its exceptions and keys. Raises `StillOpen`, `NotThere`."""
    await find(store, slug, group)
    await store.remove_meeting(slug)


async def _changed(store: Store, before: Meeting, given: Given, rules: Rules, found: Sequence[Fault]) -> tuple[Meeting, list[Change]]:
    """The meeting with what is given, and the changes of occurrences that it has no more. Raises `Faulty`."""
    kept, faults = read(given, rules)
    schedule = _schedule(before, given, {fault.where.partition("[")[0] for fault in found})
    if not isinstance(schedule, Schedule):
        faults += schedule
    faults += await _format_faults(store, before.group, given)
    if found or faults or not isinstance(schedule, Schedule):
        raise Faulty([*found, *faults])
    still, gone = _still_changes(schedule, before.changes)
    after = replace(
        before,
        **kept,
        format=given.get("format", before.format),
        timezone=schedule.timezone,
        start=written(schedule.start) if schedule.start else None,
        rrule=schedule.rrule,
        minutes=schedule.minutes,
        always_open=schedule.always_open,
        changes=still,
    )
    return after, gone


def _schedule(before: Meeting, given: Given, unreadable: Collection[str]) -> Schedule | list[Fault]:
    """Of what is given, and else of what was. Faults at what was unreadable have been told already."""
    now = {name: getattr(before, name) for name in OF_SCHEDULE}
    now |= {name: given[name] for name in OF_SCHEDULE if name in given}
    now |= {name: _STAND_INS[name] for name in OF_SCHEDULE if name in unreadable}
    checked_ = checked(now["timezone"], now["start"], now["rrule"], now["minutes"], always_open=now["always_open"])
    if isinstance(checked_, Schedule):
        return checked_
    return [fault for fault in checked_ if fault.where not in unreadable]


def _still_changes(schedule: Schedule, changes: Sequence[Change]) -> tuple[tuple[Change, ...], list[Change]]:
    gone: list[Change] = []
    for change in changes:
        taken = with_change(schedule, change)
        if isinstance(taken, Schedule):
            schedule = taken
        else:
            gone.append(change)
    return schedule.changes, gone


def _of_gone(gone: Sequence[Change]) -> tuple[str, ...]:
    if not gone:
        return ()
    which = ", ".join(written(change.original) for change in gone)
    return (f"What was otherwise on {which} has gone: by the schedule as it is now, nothing begins then.",)


async def _format_faults(store: Store, group: Group, given: Given) -> list[Fault]:
    name = given.get("format")
    if name is None or name in built_in():
        return []
    own = await store.formats(group.slug)
    return [] if name in own else [Fault("format", formats.no_such(name, [*own, *built_in()]))]
