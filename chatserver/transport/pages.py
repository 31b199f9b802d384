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

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from chatserver.domain.schedule import at, next_occurrence, occurrences
from chatserver.feeds.what_we_hold import Held, by_place
from chatserver.resources import Helpline, by_country
from chatserver.resources.countries import COUNTRIES
from chatserver.store.base import Group, Meeting, Opening
from chatserver.transport import choosing
from chatserver.transport.languages import ENGLISH, PACKAGE, STATIC, Languages, link

# The short cards, by the beginning of their sentences' ids, and how many lines each has.
CARDS = {"overdose": 4, "withdrawal": 3, "suicide": 4}
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

    def sentences(self, language: str) -> str:
        """Those of the room's script, which it would else begin to fetch only when it runs itself."""
        chunk = self._manifest.get(f"locales/{language}.ftl?first")
        return f"/static/{chunk['file']}" if chunk else ""

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


@dataclass(frozen=True, slots=True)
class Reader:
    """In which language somebody reads, and whether they have chosen it by a link, which then leads on to others."""

    language: str = ENGLISH
    asked: bool = False


NOBODY = Reader()


class Pages:
    def __init__(self, contact: str, static: Path = STATIC, *, base_url: str = "", held: Sequence[Held] = ()) -> None:
        self.assets = Assets(static)
        self._languages = Languages(static)
        self.words = self._languages.words[ENGLISH]
        self._contact = contact
        self._held = held
        self._site = base_url
        self._jinja = {tag: self._environment(tag) for tag in self._languages.words}

    def _environment(self, tag: str) -> Environment:
        """What the templates of one language say everywhere."""
        words = self._languages.words[tag]
        templates = FileSystemLoader(PACKAGE / "templates")
        made = Environment(loader=templates, autoescape=True, undefined=StrictUndefined, trim_blocks=True)
        made.globals.update(t=words, language=tag, languages=self._languages.offered, country=words.country, name_of=words.name_of)
        made.globals.update(speaks_another=words.is_another)
        made.globals.update(assets=self.assets, page=self.assets.public, sentences="", kept="", site=self._site)
        made.filters.update(iso=_iso, utc_time=words.utc_time, local_time=words.local_time)
        return made

    def reader(self, asked: str, accepts: str) -> Reader:
        """Who asks for a page, with `?lang=` of `asked` and an Accept-Language of `accepts`; both empty where there is none."""
        tag = self._languages.chosen(asked, accepts)
        return Reader(tag, asked == tag)

    def home(
        self,
        groups: list[Group],
        meetings: list[Meeting],
        openings: list[Opening],
        now: datetime,
        reader: Reader = NOBODY,
        query: Mapping[str, str] = NO_QUERY,
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
        words = self._languages.words[reader.language]
        return self._render(
            "home.html",
            reader,
            open=open_now,
            first=first,
            week=week,
            later=later,
            now=now,
            choices=choosing.rows(choice, of_listed, words, reader.language if reader.asked else ""),
            chosen=choice != choosing.Choice(),
            kept=choosing.query_of(choice),
        )

    def group(self, group: Group, meetings: list[Meeting], openings: list[Opening], now: datetime, reader: Reader = NOBODY) -> str:
        has_times = any(meeting.start is not None for meeting in meetings)
        week = _week(meetings, now)
        return self._render(
            "group.html", reader, group=group, shown=_shown(meetings, openings, now), week=week, has_times=has_times, now=now
        )

    def room(self, reader: Reader = NOBODY, known: Mapping[str, Any] | None = None) -> str:
        """`known`: what is said at its door already, for who waits on a slow line (`early_door.py`)."""
        return self._render("room.html", reader, page=self.assets.room, sentences=self.assets.sentences(reader.language), known=known)

    def how(self, reader: Reader = NOBODY) -> str:
        return self._render("how.html", reader)

    def keep(self, reader: Reader = NOBODY) -> str:
        return self._render("keep.html", reader, contact=self._contact, held=by_place(self._held, self._languages.words[reader.language]))

    def help(self, helplines: Sequence[Helpline], today: date, reader: Reader = NOBODY) -> str:
        countries = by_country(helplines)
        return self._render("help.html", reader, countries=countries, names=COUNTRIES, today=today, contact=self._contact, cards=CARDS)

    def sorry(self, heading: str, text: str, reader: Reader = NOBODY) -> str:
        """`heading` and `text` are ids of sentences: no detail of what went wrong gets here."""
        return self._render("sorry.html", reader, heading=heading, text=text)

    def _render(self, template: str, reader: Reader, **values: Any) -> str:
        chosen = reader.language if reader.asked else ""
        return self._jinja[reader.language].get_template(template).render(values, to=lambda path: link(path, chosen))


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
