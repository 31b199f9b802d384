"""All routes of the API."""

from __future__ import annotations

from chatserver.transport.api import changes, formats, groups, keys, meetings, occurrences, rooms
from chatserver.transport.api.codes import Code
from chatserver.transport.api.route import Route, Scope

PREFIX = "/api/v1"
OF_ALL = (
    Code.FAULTY, Code.BAD_KEY, Code.KEY_IN_ADDRESS, Code.NOT_FACILITATOR, Code.COUNTED_KEY, Code.OTHER_GROUP, Code.NOT_FOUND,
    Code.TOO_FAST, Code.UNAVAILABLE, Code.BROKEN,
)  # fmt: skip
OF_BODIES = (Code.BAD_JSON, Code.NOT_JSON, Code.TOO_LARGE)

ROUTES: tuple[Route, ...] = (
    *groups.ROUTES,
    *meetings.ROUTES,
    *changes.ROUTES,
    *occurrences.ROUTES,
    *rooms.ROUTES,
    *keys.ROUTES,
    *formats.ROUTES,
)


def refusals(route: Route) -> tuple[Code, ...]:
    """Every code that it may be refused with."""
    of_one_meeting = () if route.scope is Scope.READING else (Code.OTHER_MEETING,)
    return (*OF_ALL, *(OF_BODIES if route.body else ()), *of_one_meeting, *route.refusals)
