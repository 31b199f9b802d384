"""When a meeting takes place."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatserver.facilitating.meetings import find
from chatserver.facilitating.occurrences import DAY, MAX_DAYS, between
from chatserver.transport.api.meeting_views import ChangeShape, OccurrenceShape, shown_change, shown_occurrence
from chatserver.transport.api.route import Asked, Route
from chatserver.transport.api.shapes import Shape, Told


class Days(Shape):
    """Days of the meeting's zone; the last one is included."""

    since: Annotated[str, Field(description=f"{DAY}; left out: today")] = ""
    until: Annotated[str, Field(description=f"{DAY}, up to {MAX_DAYS} days in all; left out: four weeks")] = ""


class OccurrencesTold(Told):
    since: Annotated[str, Field(description=DAY)]
    until: Annotated[str, Field(description=DAY)]
    timezone: str
    occurrences: list[OccurrenceShape]
    skipped: list[ChangeShape]


async def _read(asked: Asked) -> OccurrencesTold:
    given = asked.right()
    meeting = await find(asked.store, asked.meeting, asked.group)
    found = between(meeting, given.get("since"), given.get("until"), asked.now)
    return OccurrencesTold(
        since=found.first.isoformat(),
        until=found.last.isoformat(),
        timezone=meeting.timezone,
        occurrences=[shown_occurrence(meeting, one) for one in found.occurrences],
        skipped=[shown_change(change) for change in found.skipped],
    )


ROUTES = (
    Route(
        "GET", "/groups/{group}/meetings/{meeting}/occurrences", "readOccurrences", "When it takes place between two days", _read,
        OccurrencesTold, query=Days,
    ),
)  # fmt: skip
