"""The server's own pages: what is on, a group, the shell of a room, what we keep, and a kind word where something is not there.

They read well without a script. Their sentences come from the page's own locales/en.ftl, which the build puts beside it.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any
from zoneinfo import ZoneInfo

from fluent.runtime import FluentBundle, FluentResource
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chatserver.domain.schedule import at, next_occurrence, occurrences
from chatserver.feeds.what_we_hold import Held, by_place
from chatserver.resources import Helpline, by_country
from chatserver.resources.countries import COUNTRIES
from chatserver.store.base import Group, Meeting, Opening
from chatserver.transport import choosing

PACKAGE = Path(__file__).parent.parent
STATIC = PACKAGE / "static"
# The short cards, by the beginning of their sentences' ids, and how many lines each has.
CARDS = {"overdose": 4, "withdrawal": 3, "suicide": 4}
LANGUAGE = "en"
NO_QUERY: Mapping[str, str] = MappingProxyType({})
_BROTLI = ".br"
_SMALL = 1_024  # bytes; below that gzip gains nothing
_WEEK = timedelta(days=7)
_MOST_ROWS = 100  # of a week


@dataclass(frozen=True, slots=True)
class Asset:
    """One file of the built page. Its name holds a hash of what is in it."""

    type: str
    body: bytes
    gzipped: bytes | None
    brotli: bytes | None  # made by the build (web/compress.mjs)
    etag: str


@dataclass(frozen=True, slots=True)
class Entry:
    """What a page links to."""

    script: str = ""
    styles: list[str] = field(default_factory=list)
    preloads: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Shown:
    """A meeting as the pages list it."""

    meeting: Meeting
    closes_at: datetime | None  # while it is open
    next: datetime | None


@dataclass(frozen=True, slots=True)
class Coming:
    """One that is to come, as the pages list it."""

    meeting: Meeting
    title: str
    starts_at: datetime
    minutes: int


class Assets:
    """The built page, read once. Where it was not built the pages are plain, and the room says that it needs its script."""

    def __init__(self, static: Path) -> None:
        self.files: dict[str, Asset] = {}
        for path in sorted(one for one in static.glob("assets/*") if one.suffix != _BROTLI):
            self.files[path.name] = _asset(path)
        manifest = static / "manifest.json"
        self._manifest: dict[str, dict[str, Any]] = json.loads(manifest.read_text("utf-8")) if manifest.is_file() else {}
        icon = next((name for name in self.files if name.startswith("icon-")), "")
        self.icon = f"/static/assets/{icon}" if icon else ""
        self.public = self._entry("src/public.ts")
        self.room = self._entry("src/room/main.tsx")

    def _entry(self, name: str) -> Entry:
        chunk = self._manifest.get(name)
        if chunk is None:
            return Entry()
        chunks = [chunk, *(self._manifest[imported] for imported in chunk.get("imports", ()))]
        return Entry(
            script=f"/static/{chunk['file']}",
            styles=[f"/static/{style}" for one in chunks for style in one.get("css", ())],
            preloads=[f"/static/{one['file']}" for one in chunks[1:]],
        )


def _asset(path: Path) -> Asset:
    body = path.read_bytes()
    kind = {".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml"}.get(path.suffix)
    kind = kind or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    gzipped = gzip.compress(body, 9, mtime=0) if len(body) > _SMALL else None
    small = path.with_name(path.name + _BROTLI)
    brotli = small.read_bytes() if small.is_file() else None
    return Asset(kind, body, gzipped, brotli, hashlib.sha256(body).hexdigest()[:16])


class Words:
    """The sentences, by Fluent. What comes from people is isolated, so that it cannot turn a sentence around."""

    def __init__(self, static: Path) -> None:
        built, source = static / "locales" / f"{LANGUAGE}.ftl", PACKAGE.parent / "web" / "locales" / f"{LANGUAGE}.ftl"
        path = built if built.is_file() else source
        self._bundle = FluentBundle([LANGUAGE])
        if path.is_file():
            self._bundle.add_resource(FluentResource(path.read_text("utf-8")))

    def __call__(self, id: str, **values: Any) -> str:
        pattern = self._bundle.get_message(id).value if self._bundle.has_message(id) else None
        return id if pattern is None else str(self._bundle.format_pattern(pattern, values)[0])


class Pages:
    def __init__(self, contact: str, static: Path = STATIC, *, base_url: str = "", held: Sequence[Held] = ()) -> None:
        self.assets = Assets(static)
        self.words = Words(static)
        self._contact = contact
        self._held = by_place(held, self.words)
        templates = FileSystemLoader(PACKAGE / "templates")
        self._jinja = Environment(loader=templates, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        self._jinja.globals.update(t=self.words, language=LANGUAGE, assets=self.assets, page=self.assets.public, site=base_url)
        self._jinja.filters.update(iso=_iso, utc_time=_utc_time, local_time=_local_time)

    def home(
        self, groups: list[Group], meetings: list[Meeting], openings: list[Opening], now: datetime, query: Mapping[str, str] = NO_QUERY
    ) -> str:
        """Only what is listed. Nobody learns here that an unlisted group exists. `query`: what is looked for (`choosing.py`)."""
        listed = {group.slug for group in groups if group.visibility == "listed"}
        of_listed = [meeting for meeting in meetings if meeting.group.slug in listed]
        choice = choosing.read(query, of_listed)
        wanted = [meeting for meeting in of_listed if choice.fits(meeting)]
        shown = _shown(wanted, openings, now)
        open_now = [one for one in shown if one.closes_at]
        week = [one for one in _week(wanted, now) if choice.on_day(one.meeting, one.starts_at)]
        soon = {one.meeting.slug for one in week}
        later = [
            Coming(one.meeting, one.meeting.title, one.next, one.meeting.minutes)
            for one in shown
            if one.next and one.next >= now + _WEEK and choice.on_day(one.meeting, one.next)
        ]
        later = [one for one in later if one.meeting.slug not in soon]
        is_open = {one.meeting.slug for one in open_now}
        first = next((one for one in (*week, *later) if one.meeting.slug not in is_open), None)
        return self._render(
            "home.html",
            open=open_now,
            first=first,
            week=week,
            later=later,
            now=now,
            choices=choosing.rows(choice, of_listed, self.words),
            chosen=choice != choosing.Choice(),
        )

    def group(self, group: Group, meetings: list[Meeting], openings: list[Opening], now: datetime) -> str:
        has_times = any(meeting.start is not None for meeting in meetings)
        week = _week(meetings, now)
        return self._render("group.html", group=group, shown=_shown(meetings, openings, now), week=week, has_times=has_times, now=now)

    def room(self, known: Mapping[str, Any] | None = None) -> str:
        """`known`: what is said at its door already, for who waits on a slow line (`early_door.py`)."""
        return self._render("room.html", page=self.assets.room, known=known)

    def how(self) -> str:
        return self._render("how.html")

    def keep(self) -> str:
        return self._render("keep.html", contact=self._contact, held=self._held)

    def help(self, helplines: Sequence[Helpline], today: date) -> str:
        return self._render("help.html", countries=by_country(helplines), names=COUNTRIES, today=today, contact=self._contact, cards=CARDS)

    def sorry(self, heading: str, text: str) -> str:
        """`heading` and `text` are ids of sentences: no detail of what went wrong gets here."""
        return self._render("sorry.html", heading=self.words(heading), text=self.words(text))

    def _render(self, template: str, **values: Any) -> str:
        return self._jinja.get_template(template).render(values)


def _shown(meetings: list[Meeting], openings: list[Opening], now: datetime) -> list[Shown]:
    open_now = {opening.meeting.slug: _at(opening.closes_at) for opening in openings}
    shown = [Shown(meeting, open_now.get(meeting.slug), _next(meeting, now)) for meeting in meetings]
    far = datetime.max.replace(tzinfo=UTC)
    return sorted(shown, key=lambda one: (one.closes_at is None, one.next or far, one.meeting.title))


def _next(meeting: Meeting, now: datetime) -> datetime | None:
    """When it begins next, or began if it has not ended."""
    if meeting.always_open:
        return None
    one = at(meeting.schedule, now) or next_occurrence(meeting.schedule, now)
    return one.starts_at if one else None


def _week(meetings: list[Meeting], now: datetime) -> list[Coming]:
    """What begins in the next seven days, in order. Not what is always open: that does not begin."""
    coming = (
        Coming(meeting, one.title or meeting.title, one.starts_at, round((one.ends_at - one.starts_at).total_seconds() / 60))
        for meeting in meetings
        if not meeting.always_open
        for one in occurrences(meeting.schedule, now, now + _WEEK)
    )
    return sorted(coming, key=lambda one: (one.starts_at, one.title))[:_MOST_ROWS]


def _at(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1_000, UTC)


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _utc_time(at: datetime, now: datetime) -> str:
    at, now = at.astimezone(UTC), now.astimezone(UTC)
    return f"{at:%H:%M} UTC" if at.date() == now.date() else f"{at:%A %H:%M} UTC"


def _local_time(at: datetime, zone: str) -> str:
    return f"{at.astimezone(ZoneInfo(zone)):%A %d %B, %H:%M} ({zone.replace('_', ' ')})"
