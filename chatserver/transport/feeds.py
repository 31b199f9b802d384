"""The feeds over HTTP: what is listed, for everybody to read; a group's and a meeting's calendar, for who has its page."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from hashlib import sha256

from aiohttp import ETag, hdrs, web

from chatserver.feeds import meeting_guide
from chatserver.feeds.calendar import NEUTRAL_TITLE, calendar, has_times
from chatserver.store.base import Meeting, Store

FRESH_FOR = timedelta(minutes=5)
CALENDAR, JSON = "text/calendar", "application/json"
NAME = "Meetings"  # of all together

# A slug has no dot.
_SLUG = "{slug:[a-z0-9-]{1,64}}"
_DISCREET = r"{discreet:(?:\.discreet)?}"


def add_feeds(app: web.Application, store: Store, base_url: str) -> None:
    """Adds the routes, which must come before those of the pages. Links in the feeds begin with `base_url`."""
    feeds = _Feeds(store, base_url)
    app.router.add_get("/meetings.json", feeds.meetings)
    app.router.add_get(f"/meetings{_DISCREET}.ics", feeds.all_calendars)
    app.router.add_get(f"/g/{_SLUG}{_DISCREET}.ics", feeds.group_calendar)
    app.router.add_get(f"/r/{_SLUG}{_DISCREET}.ics", feeds.meeting_calendar)


class _Feeds:
    def __init__(self, store: Store, base_url: str) -> None:
        self._store = store
        self._base_url = base_url

    async def meetings(self, request: web.Request) -> web.StreamResponse:
        listed = await self._listed()
        return await _answer(request, JSON, lambda: meeting_guide.feed(listed, self._base_url, datetime.now(UTC)), for_all=True)

    async def all_calendars(self, request: web.Request) -> web.StreamResponse:
        return await self._calendar(request, await self._listed(), NAME, "meetings", for_all=True)

    async def group_calendar(self, request: web.Request) -> web.StreamResponse:
        """Also of a group that is not listed: who knows its page may have its times. One that meets by invitation has no page."""
        group = await self._store.group(request.match_info["slug"])
        if group is None or group.visibility == "invite":
            raise web.HTTPNotFound
        meetings = await self._store.meetings(group.slug)
        return await self._calendar(request, meetings, group.name, group.slug, for_all=False)

    async def meeting_calendar(self, request: web.Request) -> web.StreamResponse:
        meeting = await self._store.meeting(request.match_info["slug"])
        if meeting is None or meeting.group.visibility == "invite" or not has_times(meeting):
            raise web.HTTPNotFound
        return await self._calendar(request, [meeting], meeting.title, meeting.slug, for_all=False)

    async def _listed(self) -> list[Meeting]:
        return [each for each in await self._store.meetings() if each.group.visibility == "listed"]

    async def _calendar(self, request: web.Request, meetings: list[Meeting], name: str, file: str, *, for_all: bool) -> web.StreamResponse:
        discreet = bool(request.match_info["discreet"])

        def make() -> bytes:
            return calendar(meetings, name, self._base_url, datetime.now(UTC), discreet=discreet)

        response = await _answer(request, CALENDAR, make, for_all=for_all)
        file = NEUTRAL_TITLE.lower() if discreet else file
        response.headers[hdrs.CONTENT_DISPOSITION] = f'inline; filename="{file}.ics"'
        if any(each.group.visibility != "listed" for each in meetings):
            response.headers["X-Robots-Tag"] = "noindex"
        return response


async def _answer(request: web.Request, kind: str, make: Callable[[], bytes], *, for_all: bool) -> web.StreamResponse:
    """What `make` makes, unless who asks has it. `for_all`: programs of other sites may read it, too."""
    body = await asyncio.to_thread(make)  # hundreds of meetings take a while the first time, and people are talking here
    tag = ETag(sha256(body).hexdigest()[:32])
    known = request.if_none_match or ()
    response: web.Response
    if any(each.value in (tag.value, "*") for each in known):
        response = web.Response(status=304)
    else:
        response = web.Response(body=body, content_type=kind, charset="utf-8")
    response.etag = tag
    response.headers[hdrs.CACHE_CONTROL] = f"public, max-age={FRESH_FOR.seconds}"
    if for_all:
        response.headers[hdrs.ACCESS_CONTROL_ALLOW_ORIGIN] = "*"
    return response
