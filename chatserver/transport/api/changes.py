"""What is otherwise with single occurrences."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatserver.domain.schedule import MAX_MINUTES
from chatserver.domain.schedule_faults import LOCAL, MAX_TITLE
from chatserver.facilitating import changes
from chatserver.transport.api.codes import Code
from chatserver.transport.api.meeting_views import MeetingTold, kept_meeting
from chatserver.transport.api.route import Asked, Route
from chatserver.transport.api.shapes import Shape


class ChangeBody(Shape):
    """Skipped, or something else of it is changed this once."""

    skipped: Annotated[bool, Field(description="true or false; true: it does not take place")] = False
    start: Annotated[str | None, Field(description=f"{LOCAL}; or null: as always")] = None
    minutes: Annotated[int | None, Field(description=f"a whole number from 1 to {MAX_MINUTES}; or null: as always")] = None
    title: Annotated[str | None, Field(description=f"one line of 1 to {MAX_TITLE} characters; or null: as always")] = None


async def _put(asked: Asked) -> MeetingTold:
    kept = await changes.put(asked.store, asked.group, asked.meeting, asked.path["original"], asked.now, **asked.given, found=asked.faults)
    return await kept_meeting(kept, asked.parts)


async def _restore(asked: Asked) -> MeetingTold:
    kept = await changes.restore(asked.store, asked.group, asked.meeting, asked.path["original"], asked.now)
    return await kept_meeting(kept, asked.parts)


_PATH = "/groups/{group}/meetings/{meeting}/changes/{original}"
ROUTES = (
    Route(
        "PUT", _PATH, "changeOccurrence", "Skips one occurrence, moves it, or gives it another length or title", _put, MeetingTold,
        body=ChangeBody, refusals=(Code.TOO_MANY,),
    ),
    Route("DELETE", _PATH, "restoreOccurrence", "The occurrence is as always again", _restore, MeetingTold),
)  # fmt: skip
