"""What is wrong with a schedule that somebody gives: all of it at once, before anything is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from itertools import takewhile

from chatserver.domain.faults import Fault, shown
from chatserver.domain.recurrence import Rule, nearest
from chatserver.domain.rrule import read_rule
from chatserver.domain.schedule import (
    MAX_MINUTES,
    Change,
    Schedule,
    is_occurrence,
    moment,
    occurrences,
    originals,
    read_local,
    written,
    zone_of,
    zones,
)

MAX_TITLE = 200

LOCAL = "a local date and time to the minute, like 2026-11-24T19:00"


def checked(
    timezone: str, start: str | None, rrule: str | None, minutes: int, *, always_open: bool = False, changes: Sequence[Change] = ()
) -> Schedule | tuple[Fault, ...]:
    """The schedule, its rule in the one way in which rules are kept (`str(Rule)`); or every fault.

    Faults are at `timezone`, `start` (as text, `2026-11-24T19:00`), `rrule`, `minutes`, `always_open`, `changes[0].original` and so on.
    A start that the clock leaves out, or that comes twice, is none: see `schedule.py`."""
    faults: list[Fault] = []
    zone = zone_of(timezone)
    if zone is None:
        near = get_close_matches(timezone[:64], zones(), n=1, cutoff=0.5) or ["Europe/Berlin"]
        faults.append(Fault("timezone", f"{shown(timezone)} was given; it may be a name like {near[0]}."))
    begins = None if start is None else read_local(start)
    if start is not None and begins is None:
        faults.append(Fault("start", f"{shown(start)} was given; it may be {LOCAL}."))
    if not 1 <= minutes <= MAX_MINUTES:
        faults.append(Fault("minutes", f"{shown(minutes)} was given; it may be a whole number from 1 to {MAX_MINUTES}."))
    rule = None if rrule is None else read_rule(rrule, zone or UTC)
    if isinstance(rule, tuple):
        faults += [Fault("rrule", sentence) for sentence in rule]
    elif rule is not None and start is None:
        faults.append(Fault("rrule", "it is there without a start; give the first one's local date and time as the start."))
    elif rule is not None and begins is not None:
        faults += _start_by_rule(rule, begins, moment(begins, zone or UTC))
    if always_open and (start is not None or rrule is not None):
        faults.append(Fault("always_open", "a meeting that is always open has no start and no rule; leave them out."))
    schedule = Schedule(timezone, begins, str(rule) if isinstance(rule, Rule) else None, minutes, tuple(changes), always_open)
    right = not faults
    for n, change in enumerate(changes):
        of_change = _by_itself(change) or (_among_the_others(schedule, change) if right else [])
        faults += [replace(fault, where=f"changes[{n}].{fault.where}") for fault in of_change]
    return tuple(faults) or schedule


def with_change(schedule: Schedule, change: Change) -> Schedule | tuple[Fault, ...]:
    """The schedule with the change, in place of an earlier one of the same occurrence; or every fault of the change: at `original`,
    `skipped`, `start`, `minutes`, `title`."""
    others = [each for each in schedule.changes if each.original != change.original]
    made = replace(schedule, changes=tuple(sorted([*others, change], key=lambda each: each.original)))
    return tuple(_by_itself(change) or _among_the_others(made, change)) or made


def _start_by_rule(rule: Rule, begins: datetime, starts_at: datetime) -> list[Fault]:
    """Calendars count the start as the first occurrence, whatever the rule says; some programs do not. Where both say the same, nobody
    comes on a day that is none."""
    near = nearest(rule, begins.date())
    if near is None:
        return [Fault("rrule", f"it names no day at all, from {begins:%Y-%m-%d} on; choose other days.")]
    if near != begins.date():
        other = written(datetime.combine(near, begins.time()))
        return [Fault("start", f"{written(begins)} is a {begins:%A} that the rule does not name; the nearest that it does is {other}.")]
    if rule.until is not None and rule.until < starts_at:
        return [Fault("rrule", f"UNTIL is before the start, {written(begins)}; choose a later one, or leave it out.")]
    return []


def _by_itself(change: Change) -> list[Fault]:
    faults = []
    for where, local in (("original", change.original), ("start", change.start)):
        if local is not None and read_local(written(local)) != local:
            faults.append(Fault(where, f"{shown(str(local))} was given; it may be {LOCAL}."))
    if change.minutes is not None and not 1 <= change.minutes <= MAX_MINUTES:
        faults.append(Fault("minutes", f"{shown(change.minutes)} was given; it may be a whole number from 1 to {MAX_MINUTES}."))
    if change.title is not None and not (change.title.strip() and len(change.title) <= MAX_TITLE and change.title.isprintable()):
        faults.append(Fault("title", f"{shown(change.title)} was given; it may be one line of 1 to {MAX_TITLE} characters."))
    other = (change.start, change.minutes, change.title) != (None, None, None)
    if change.skipped and other:
        faults.append(Fault("skipped", "one that is skipped has no other start, minutes or title; leave them out."))
    if not change.skipped and not other:
        faults.append(Fault("original", "nothing is changed; skip it, or give it another start, minutes or title."))
    return faults


def _among_the_others(schedule: Schedule, change: Change) -> list[Fault]:
    """Of one that is among the schedule's, and is right by itself."""
    faults = []
    if schedule.start is None:
        return [Fault("original", "only a meeting with a start has occurrences to change; leave the change out.")]
    if not is_occurrence(schedule, change.original):
        faults.append(Fault("original", _none_then(schedule, schedule.start, change.original)))
    if sum(each.original == change.original for each in schedule.changes) > 1:
        faults.append(Fault("original", f"{written(change.original)} is there twice; leave one out."))
    if change.start is not None and _another_begins(schedule, change, change.start):
        faults.append(Fault("start", f"another occurrence begins at {written(change.start)}; move it elsewhere, or skip it."))
    return faults


def _none_then(schedule: Schedule, start: datetime, original: datetime) -> str:
    later = next((each for each in originals(schedule, original.date()) if each > original), None)
    before = list(takewhile(lambda each: each < original, originals(schedule, start.date())))
    near = min((each for each in (later, *before[-1:]) if each), key=lambda each: abs(each - original), default=None)
    given = f"{written(original)} is no occurrence of this meeting"
    return f"{given}, which has none." if near is None else f"{given}; the nearest is {written(near)}."


def _another_begins(schedule: Schedule, change: Change, start: datetime) -> bool:
    zone = zone_of(schedule.timezone)
    if zone is None:
        return False
    rest = [each for each in schedule.changes if each.original != change.original]
    without = replace(schedule, changes=(*rest, Change(change.original, skipped=True)))
    starts_at = moment(start, zone)
    return next(occurrences(without, starts_at, starts_at + timedelta.resolution), None) is not None
