"""Meetings as directories of recovery meetings read them: the Meeting Guide format (github.com/code4recovery/spec).

It knows weekly meetings and nothing else: one record a weekday, without a beginning, an end or exceptions. What cannot be said in it
truly is left out, and `chatserver directory check` says so."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from itertools import takewhile
from typing import TypedDict
from urllib.parse import urlsplit

from chatserver.domain.recurrence import WEEKDAYS, Rule
from chatserver.domain.rrule import read_rule
from chatserver.domain.schedule import Change, Schedule, originals, zone_of
from chatserver.feeds.meeting_types import LANGUAGES, TYPES
from chatserver.store.base import Meeting

MAX_SLUG = 64
_WEEK, _NOTED = timedelta(days=7), timedelta(days=28)  # for which exceptions are noted
_DAY_MINUTES = 1_440
HOW_IT_IS_HELD = "Text chat in the browser; no account, no camera."


class Record(TypedDict, total=False):
    """As in the specification. What is empty is left out."""

    slug: str
    name: str
    day: int  # 0: Sunday
    time: str  # 19:00
    end_time: str
    timezone: str
    formatted_address: str
    approximate: str
    region: str
    conference_url: str
    conference_url_notes: str
    url: str
    group: str
    website: str  # not in the specification; TSML and tsml-ui read it
    types: list[str]
    notes: str
    updated: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A meeting that is not in the feed."""

    why: str  # a sentence
    mend: str = ""  # what to do about it, as a sentence; empty: it is meant so, or the format cannot say it


def feed(meetings: Iterable[Meeting], base_url: str, now: datetime) -> bytes:
    """The file, JSON."""
    found = [each for meeting in meetings if not isinstance(made := records(meeting, base_url, now), LeftOut) for each in made]
    return (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode()


def records(meeting: Meeting, base_url: str, now: datetime) -> list[Record] | LeftOut:
    """One a weekday, from Sunday on; or why there is none."""
    days = _days(meeting, now)
    if isinstance(days, LeftOut):
        return days
    return sorted((_record(meeting, base_url, each) for each in days), key=lambda each: each["day"])


def linkable(base_url: str) -> bool:
    """Whether directories take links to here: they compare hosts, and one with a port is none that they know."""
    return urlsplit(base_url).port is None


def codes(meeting: Meeting) -> list[str]:
    """The types that directories know, and the language's. ONL is none of them: they find that out by themselves."""
    language = LANGUAGES.get(meeting.language.lower().partition("-")[0])
    return list(dict.fromkeys(code for code in (*meeting.types, language) if code in TYPES))


def _days(meeting: Meeting, now: datetime) -> list[datetime] | LeftOut:
    """The local times of the coming seven days at which it begins."""
    left_out = _by_kind(meeting)
    if left_out is not None:
        return left_out
    schedule, zone = meeting.schedule, zone_of(meeting.timezone)
    if zone is None or schedule.start is None:
        return LeftOut(f"its time zone, {meeting.timezone}, is not known here.", "Give it a zone like Europe/Berlin.")
    rule = read_rule(schedule.rrule or "", zone)
    if not isinstance(rule, Rule):
        return LeftOut("its rule cannot be read.", "Give it a rule like FREQ=WEEKLY;BYDAY=TU.")
    if rule.frequency != "WEEKLY":
        return LeftOut("it is monthly, and the format knows only weekly meetings. It is in the calendars.")
    if rule.interval != 1:
        why = f"it is every {rule.interval} weeks, which the format cannot say: in the other weeks people would come to a closed door."
        return LeftOut(f"{why} It is in the calendars.")
    today = now.astimezone(zone).date()
    days = list(takewhile(lambda each: each.date() < today + _WEEK, originals(schedule, today)))
    return days or _not_this_week(schedule, today)


def _by_kind(meeting: Meeting) -> LeftOut | None:
    group = meeting.group
    if group.visibility != "listed":
        return LeftOut("its group meets by invitation." if group.visibility == "invite" else "its group is unlisted.")
    why = {
        "always open": "it is always open, and the format knows only weekly meetings.",
        "by hand": "it has no times: somebody opens it by hand.",
        "once": "it takes place once, and the format knows only weekly meetings. It is in the calendars.",
    }.get(meeting.schedule.kind)
    if why is None and not (group.address or group.region):
        why = "its group has no address, and directories list nothing without one."
        return LeftOut(why, f"Give the group {group.slug} an approximate one that implies its time zone, like “Berlin, Germany”.")
    return LeftOut(why) if why else None


def _not_this_week(schedule: Schedule, today: date) -> LeftOut:
    following = next(originals(schedule, today), None)
    if following is None:
        return LeftOut("it is over: its rule names no more days.")
    since = f"{following - _WEEK + timedelta(days=1):%Y-%m-%d}"
    return LeftOut(f"it is next on {following:%Y-%m-%d}, and the format cannot say from when on; it is in the feed from {since} on.")


def _record(meeting: Meeting, base_url: str, begins: datetime) -> Record:
    group = meeting.group
    made: Record = {
        "slug": _slug(meeting.slug, begins),
        "name": meeting.title,
        "day": begins.isoweekday() % 7,
        "time": f"{begins:%H:%M}",
        "end_time": f"{begins + timedelta(minutes=meeting.minutes):%H:%M}" if meeting.minutes < _DAY_MINUTES else "",
        "timezone": meeting.timezone,
        "formatted_address": group.address or group.region,
        "approximate": "yes",
        "region": group.region,
        "conference_url": f"{base_url}/r/{meeting.slug}" if linkable(base_url) else "",
        "conference_url_notes": HOW_IT_IS_HELD if linkable(base_url) else "",
        "url": f"{base_url}/g/{group.slug}" if linkable(base_url) else "",
        "group": group.name,
        "website": group.website,
        "types": codes(meeting),
        "notes": "\n".join(filter(None, [meeting.notes, *_exceptions(meeting, begins)])),
        "updated": f"{datetime.fromtimestamp(meeting.updated_at // 1_000, UTC):%Y-%m-%d %H:%M:%S}" if meeting.updated_at else "",
    }
    for key in [key for key, value in made.items() if value in ("", [])]:
        del made[key]  # type: ignore[misc]
    return made


def _slug(slug: str, begins: datetime) -> str:
    """With the weekday, so that it stays when the meeting gets another one, or loses it."""
    if len(slug) > MAX_SLUG - 3:
        slug = f"{slug[: MAX_SLUG - 12]}-{sha256(slug.encode()).hexdigest()[:8]}"
    return f"{slug}-{WEEKDAYS[begins.weekday()].lower()}"


def _exceptions(meeting: Meeting, begins: datetime) -> Iterator[str]:
    """In words: those of that weekday and of the coming weeks."""
    for change in meeting.changes:
        same_weekday = change.original.weekday() == begins.weekday()
        if same_weekday and begins.date() <= change.original.date() < begins.date() + _NOTED:
            yield _in_words(change)


def _in_words(change: Change) -> str:
    day = f"{change.original:%Y-%m-%d}"
    if change.skipped:
        return f"No meeting on {day}."
    what = []
    if change.start is not None and change.start != change.original:
        same_day = change.start.date() == change.original.date()
        what.append(f"at {change.start:%H:%M}" if same_day else f"on {change.start:%Y-%m-%d} at {change.start:%H:%M} instead")
    if change.minutes is not None:
        what.append(f"for {change.minutes} minutes")
    if change.title is not None:
        what.append(f"“{change.title}”")
    return f"The meeting of {day}: {', '.join(what)}."
