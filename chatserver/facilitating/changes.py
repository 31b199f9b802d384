"""What is otherwise with single occurrences: skipped, moved, of another length or title this once; and as always again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime

from chatserver.domain.faults import Fault, shown
from chatserver.domain.schedule import Change, Schedule, originals, read_local
from chatserver.domain.schedule_faults import LOCAL, with_change
from chatserver.facilitating.faulty import Faulty, TooMany
from chatserver.facilitating.meetings import Kept, find
from chatserver.facilitating.overlaps import overlaps
from chatserver.store.base import Meeting, Store

MAX_CHANGES = 200  # of one meeting


async def put(
    store: Store,
    group: str,
    slug: str,
    which: str,
    now: int,
    *,
    skipped: bool = False,
    start: str | None = None,
    minutes: int | None = None,
    title: str | None = None,
    found: Sequence[Fault] = (),
) -> Kept:
    """How the occurrence differs from now on, in place of how it did. `which`: see `original`. `found`: faults that are to be told too.

    Nothing changes where it is so already. Raises `Faulty`, `TooMany`, `NotThere`."""
    meeting = await find(store, slug, group)
    faults = list(found)
    local = original(meeting, which)
    if local is None:
        faults.append(Fault("original", f"{shown(which)} was given; it may be {LOCAL}, or a date alone."))
    begins = None if start is None else read_local(start)
    if start is not None and begins is None:
        faults.append(Fault("start", f"{shown(start)} was given; it may be {LOCAL}."))
    if local is None or faults:
        raise Faulty(faults)
    change = Change(local, skipped, begins, minutes, None if title is None else title.strip())
    schedule = with_change(meeting.schedule, change)
    if not isinstance(schedule, Schedule):
        raise Faulty(schedule)
    if len(schedule.changes) > MAX_CHANGES:
        raise TooMany(f"There are {MAX_CHANGES} exceptions of this meeting already. Restore those that are over first.")
    if change not in meeting.changes:
        await store.put_change(slug, change, now)
        meeting = await find(store, slug, group)
    return Kept(meeting, () if skipped else overlaps(meeting, await store.meetings(group), now))


async def restore(store: Store, group: str, slug: str, which: str, now: int) -> Kept:
    """The occurrence is as always again; nothing changes where it is. Raises `Faulty` where it is none, `NotThere`."""
    meeting = await find(store, slug, group)
    local = original(meeting, which)
    there = [change.original for change in meeting.changes]
    if local is None or (local not in there and local not in originals(meeting.schedule, local.date())):
        raise Faulty([Fault("original", f"{shown(which)} was given; it may be the date of an occurrence, like 2026-11-24.")])
    if local in there and await store.remove_change(slug, local, now):
        meeting = await find(store, slug, group)
    return Kept(meeting, overlaps(meeting, await store.meetings(group), now))


def original(meeting: Meeting, which: str) -> datetime | None:
    """The local time by its rule of the occurrence that is meant: `2026-11-24T19:00`, or the date alone. None: it is neither.

    Of a date on which none begins the start's time is taken, for what is to be said about it."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", which):
        return read_local(which)
    try:
        day = date.fromisoformat(which)
    except ValueError:
        return None
    start = meeting.schedule.start
    first = next(originals(meeting.schedule, day), None)
    at = first.time() if first is not None and first.date() == day else start.time() if start is not None else None
    return read_local(f"{which}T{at or datetime.min.time():%H:%M}")
