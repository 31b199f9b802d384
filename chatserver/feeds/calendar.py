"""Meetings as calendars read them: iCalendar (RFC 5545), ordinary, or discreet for a phone that others look at.

A meeting is one event with its rule. What a calendar could make of that rule otherwise than we do is written out: an occurrence that
was moved or changed, one that ends because the next begins, and for the years around now one whose start the clock leaves out, of which
RFC 5545 says in 3.3.10 both that it is ignored and that it is later, or shows twice. docs/decisions/0017-feeds.md has the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from itertools import takewhile
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vRecur, vText
from icalendar.timezone import is_utc

from chatserver.domain.recurrence import Rule
from chatserver.domain.rrule import read_rule
from chatserver.domain.schedule import Occurrence, moment, occurrences, originals, zone_of
from chatserver.feeds.zones import turns, zone_component
from chatserver.store.base import Meeting

# Of the discreet kind. Neither these words nor anything else in it says what it is about.
NEUTRAL_TITLE = "Appointment"
NEUTRAL_NAME = "Appointments"

HOW_IT_IS_HELD = "Text chat in the browser, without an account:"

_YEARS_BACK, _YEARS_ON = 1, 3  # in which what differs from the rule is written out
_ZONE_YEARS_ON = 10  # for which a zone without a simple rule has its dates
_REFRESH = timedelta(hours=12)
_FIRST, _LAST = datetime(1970, 1, 1, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)
_AROUND = timedelta(days=3)  # of a change: an occurrence beside it may end earlier, or not take place
_END = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class _Piece:
    """A meeting's events, and the zone that they need (None: UTC) from which year on."""

    events: bytes
    zone: str | None
    first_year: int


def has_times(meeting: Meeting) -> bool:
    """Whether a calendar can hold it: one that is always open, or opened by hand, would be noise or nothing."""
    return meeting.schedule.kind in ("recurring", "once")


def calendar(meetings: Sequence[Meeting], name: str, base_url: str, now: datetime, *, discreet: bool = False) -> bytes:
    """The file. The same for the same meetings until the year ends. `name` is what a calendar shows it as, when it is not discreet.

    `discreet`: no title, no group, no notes, no link, and an identity that does not tell the meeting's."""
    whole = Calendar()
    whole.add("VERSION", "2.0")
    whole.add("PRODID", "-//Calendar//EN" if discreet else "-//chatserver//Meetings//EN")
    whole.add("X-WR-CALNAME", vText(NEUTRAL_NAME if discreet else name))
    whole.add("REFRESH-INTERVAL", _REFRESH, parameters={"VALUE": "DURATION"})
    whole.add("X-PUBLISHED-TTL", vText("PT12H"))
    pieces = [piece for each in meetings if (piece := _piece(each, base_url, now.year, discreet))]
    zones: dict[str, int] = {}
    for piece in pieces:
        if piece.zone is not None:
            zones[piece.zone] = min(piece.first_year, zones.get(piece.zone, piece.first_year))
    components = [zone_component(zone, zones[zone], now.year + _ZONE_YEARS_ON) for zone in sorted(zones)]
    return b"".join([whole.to_ical().removesuffix(_END), *components, *(piece.events for piece in pieces), _END])


@lru_cache(4_096)
def _piece(meeting: Meeting, base_url: str, year: int, discreet: bool) -> _Piece | None:
    """None: there is nothing of it for a calendar."""
    zone = zone_of(meeting.timezone)
    if zone is None or not has_times(meeting):
        return None
    event = partial(_event, meeting, base_url, discreet)
    single = meeting.schedule.kind == "once"
    events = list(_single(meeting, zone, event) if single else _series(meeting, zone, year, event))
    if not events:
        return None
    first_year = min(each.start.year for each in events)
    return _Piece(b"".join(each.to_ical() for each in events), None if is_utc(zone) else meeting.timezone, first_year)


def _single(meeting: Meeting, zone: ZoneInfo, event: Callable[[Occurrence | None], Event]) -> Iterator[Event]:
    for one in occurrences(meeting.schedule, _FIRST, _LAST):
        made = event(one)
        made.add("DTSTART", _start(one, zone))
        made.add("DURATION", one.ends_at - one.starts_at)
        yield made


def _series(meeting: Meeting, zone: ZoneInfo, year: int, event: Callable[[Occurrence | None], Event]) -> Iterator[Event]:
    """The rule, and after it what is otherwise."""
    schedule = meeting.schedule
    rule = read_rule(schedule.rrule or "", zone)
    if schedule.start is None or not isinstance(rule, Rule):
        return
    first = next(originals(schedule, schedule.start.date()), None)
    if first is None:
        return
    length = timedelta(minutes=schedule.minutes)
    whole = event(None)
    whole.add("DTSTART", first.replace(tzinfo=zone))
    whole.add("DURATION", length)
    whole.add("RRULE", vRecur.from_ical(str(rule)))
    others: dict[datetime, Occurrence] = {}
    skipped: set[datetime] = set()
    for after, before in _windows(meeting, zone, year):
        found = {one.original: one for one in occurrences(schedule, after, before)}
        by_rule = takewhile(lambda each: moment(each, zone) < before, originals(schedule, after.date()))  # noqa: B023 (used at once)
        skipped |= {each for each in by_rule if moment(each, zone) >= after} - found.keys()
        others |= {each: one for each, one in found.items() if _is_otherwise(one, length, zone)}
    skipped -= others.keys()  # moved from one window into another
    if skipped:
        whole.add("EXDATE", [each.replace(tzinfo=zone) for each in sorted(skipped)])
    yield whole
    for each, one in sorted(others.items()):
        made = event(one)
        made.add("RECURRENCE-ID", each.replace(tzinfo=zone))
        made.add("DTSTART", _start(one, zone))
        made.add("DURATION", one.ends_at - one.starts_at)
        yield made


def _is_otherwise(one: Occurrence, length: timedelta, zone: ZoneInfo) -> bool:
    in_a_gap = one.starts_at.astimezone(zone).replace(tzinfo=None) != one.original
    return one.changed or one.ends_at - one.starts_at != length or in_a_gap or _comes_twice(one, zone)


def _start(one: Occurrence, zone: ZoneInfo) -> datetime:
    """In the zone; in UTC where the zone's clock shows that time twice."""
    return one.starts_at if _comes_twice(one, zone) else one.starts_at.astimezone(zone)


def _comes_twice(one: Occurrence, zone: ZoneInfo) -> bool:
    local = one.starts_at.astimezone(zone)
    return local.utcoffset() != local.replace(fold=1).utcoffset()


def _windows(meeting: Meeting, zone: ZoneInfo, year: int) -> list[tuple[datetime, datetime]]:
    """Where something may be otherwise than by the rule: around changes, and where the clock is put on or back. They do not overlap."""
    since, until = datetime(year - _YEARS_BACK, 1, 1, tzinfo=UTC), datetime(year + _YEARS_ON, 1, 1, tzinfo=UTC)
    moments = [turn.at for turn in turns(zone, since, until)]
    for change in meeting.changes:
        moments += [moment(change.original, zone), moment(change.start or change.original, zone)]
    windows: list[tuple[datetime, datetime]] = []
    for at in sorted(moments):
        if windows and at - _AROUND <= windows[-1][1]:
            windows[-1] = windows[-1][0], at + _AROUND
        else:
            windows.append((at - _AROUND, at + _AROUND))
    return windows


def _event(meeting: Meeting, base_url: str, discreet: bool, one: Occurrence | None) -> Event:
    """All but its times. `one`: which occurrence it is for; None: all."""
    made = Event()
    changed = datetime.fromtimestamp(meeting.updated_at // 1_000, UTC)
    made.add("DTSTAMP", changed)  # without METHOD that is when it was last changed (RFC 5545, 3.8.7.2)
    if meeting.updated_at:
        made.add("LAST-MODIFIED", changed)
    made.add("SEQUENCE", meeting.sequence)
    room = f"{base_url}/r/{meeting.slug}"
    kind = "appointment" if discreet else "meeting"
    made.add("UID", str(uuid5(NAMESPACE_URL, f"{kind}:{urlsplit(base_url).hostname}/{meeting.slug}")))
    if discreet:
        made.add("SUMMARY", NEUTRAL_TITLE)
        made.add("CLASS", "PRIVATE")
        return made
    title = (one.title if one else None) or meeting.title
    made.add("SUMMARY", title if meeting.group.name in title else f"{title}, {meeting.group.name}")
    made.add("DESCRIPTION", "\n\n".join(filter(None, [meeting.notes, f"{HOW_IT_IS_HELD} {room}"])))
    made.add("LOCATION", room)  # some programs show no URL
    made.add("URL", room)
    return made
