"""The sample's groups and meetings as values, with starts and exceptions around a day that is given."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import files
from itertools import islice
from typing import Any

from chatserver.domain.schedule import Schedule, occurrences, written, zone_of
from chatserver.domain.schedule_faults import checked

WITHIN = timedelta(days=370)  # a rule that names nothing in a year is none of ours


@dataclass(frozen=True, slots=True)
class SampleMeeting:
    given: Mapping[str, Any]  # as `facilitating.meetings.add` takes it
    changes: Mapping[str, Mapping[str, Any]]  # by their originals, as `facilitating.changes.put` takes them


@dataclass(frozen=True, slots=True)
class SampleGroup:
    given: Mapping[str, Any]  # as `facilitating.groups.add` takes it
    meetings: tuple[SampleMeeting, ...]

    @property
    def slug(self) -> str:
        return str(self.given["slug"])


def week(now: int) -> tuple[SampleGroup, ...]:
    """`now`: milliseconds since 1970."""
    data = tomllib.loads(files(__package__).joinpath("week.toml").read_text("utf-8"))
    at = datetime.fromtimestamp(now / 1_000, UTC)
    return tuple(_group(each, at) for each in data["groups"])


_OF_MEETINGS = ("format", "minutes", "timezone", "language")  # what a group's meetings have in common


def _group(data: dict[str, Any], now: datetime) -> SampleGroup:
    common = {name: data[name] for name in _OF_MEETINGS}
    given = {name: value for name, value in data.items() if name not in (*_OF_MEETINGS, "meetings")}
    return SampleGroup(given, tuple(_meeting({**common, **each}, now) for each in data["meetings"]))


def _meeting(data: dict[str, Any], now: datetime) -> SampleMeeting:
    given = {name: value for name, value in data.items() if name not in ("at", "days", "exceptions")}
    if "at" not in data:
        return SampleMeeting(given, {})
    at, rrule, zone = time.fromisoformat(data["at"]), data.get("rrule"), data["timezone"]
    today = now.astimezone(zone_of(zone)).date()
    if rrule is None:
        schedule = _held(zone, datetime.combine(today + timedelta(days=data["days"]), at), None, data["minutes"])
    else:
        schedule = _first(zone, today, at, rrule, data["minutes"])
    if schedule is None or schedule.start is None:
        raise ValueError(f"{data['slug']} is never held")
    exceptions = data.get("exceptions", [])
    coming = list(islice(occurrences(schedule, now, now + WITHIN), 1 + max((each["n"] for each in exceptions), default=0)))
    changes = {coming[each["n"]].key: _change(coming[each["n"]].original, each) for each in exceptions}
    return SampleMeeting({**given, "start": written(schedule.start)}, changes)


def _first(zone: str, today: date, at: time, rrule: str, minutes: int) -> Schedule | None:
    """From the last day before today on that the rule names."""
    days = (datetime.combine(today - timedelta(days=n), at) for n in range(1, WITHIN.days))
    return next((schedule for day in days if (schedule := _held(zone, day, rrule, minutes)) is not None), None)


def _held(zone: str, start: datetime, rrule: str | None, minutes: int) -> Schedule | None:
    found = checked(zone, written(start), rrule, minutes)
    return found if isinstance(found, Schedule) else None


def _change(original: datetime, exception: Mapping[str, Any]) -> dict[str, Any]:
    if exception.get("skip"):
        return {"skipped": True}
    change = {name: exception[name] for name in ("minutes", "title") if name in exception}
    if "move_at" in exception:
        day = original.date() + timedelta(days=exception["move_days"])
        change["start"] = written(datetime.combine(day, time.fromisoformat(exception["move_at"])))
    return change
