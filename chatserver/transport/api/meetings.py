"""Meetings of the group."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatserver.domain.schedule import MAX_MINUTES
from chatserver.domain.schedule_faults import LOCAL
from chatserver.facilitating import meetings
from chatserver.facilitating.fields import slug, whole
from chatserver.facilitating.meetings import DEFAULTS
from chatserver.transport.api.codes import Code
from chatserver.transport.api.meeting_views import MeetingTold, kept_meeting
from chatserver.transport.api.route import Asked, Route, Scope
from chatserver.transport.api.shapes import Edit, Shape, Told, edit_of, told

FIELDS = meetings.FIELDS


class MeetingBody(Shape):
    title: Annotated[str, told(FIELDS["title"])]
    format: Annotated[str, Field(description="the name of a format: one that comes along, or one of the group's")] = DEFAULTS["format"]
    timezone: Annotated[str, Field(description="a name like Europe/Berlin")] = DEFAULTS["timezone"]
    start: Annotated[str | None, Field(description=f"{LOCAL}; or null: it is opened by hand, or always open")] = None
    rrule: Annotated[str | None, Field(description="how it repeats, like FREQ=WEEKLY;BYDAY=TU; or null: it does not")] = None
    minutes: Annotated[int, told(whole(1, MAX_MINUTES))] = DEFAULTS["minutes"]
    always_open: Annotated[bool, Field(description="true or false; true: without a start and a rule")] = False
    doors_minutes: Annotated[int | None, told(FIELDS["doors_minutes"])] = None
    capacity: Annotated[int | None, told(FIELDS["capacity"])] = None
    lobby: Annotated[bool, Field(description="true or false; true: newcomers wait until a moderator admits them")] = False
    language: Annotated[str, told(FIELDS["language"])] = ""
    types: Annotated[list[str], told(FIELDS["types"])] = Field(default=[])
    notes: Annotated[str, told(FIELDS["notes"])] = ""


class NewMeeting(MeetingBody):
    slug: Annotated[str, told(slug())]


MeetingEdit: type[Edit] = edit_of(MeetingBody, "MeetingEdit")


async def _read(asked: Asked) -> MeetingTold:
    return await kept_meeting(meetings.Kept(await meetings.find(asked.store, asked.meeting, asked.group)), asked.parts)


async def _make(asked: Asked) -> MeetingTold:
    kept = await meetings.add(asked.store, asked.group, asked.given, asked.now, asked.faults)
    return await kept_meeting(kept, asked.parts)


async def _replace(asked: Asked) -> MeetingTold:
    given = {**DEFAULTS, **asked.given}
    return await kept_meeting(await meetings.edit(asked.store, asked.group, asked.meeting, given, asked.now, asked.faults), asked.parts)


async def _edit(asked: Asked) -> MeetingTold:
    return await kept_meeting(
        await meetings.edit(asked.store, asked.group, asked.meeting, asked.given, asked.now, asked.faults), asked.parts
    )


async def _remove(asked: Asked) -> Told:
    await meetings.remove(asked.store, asked.group, asked.meeting)
    return Told()


_ALL, _ONE = "/groups/{group}/meetings", "/groups/{group}/meetings/{meeting}"
_KEEPS = "Its exceptions stay, as far as they are of occurrences"
ROUTES = (
    Route(
        "POST", _ALL, "makeMeeting", "Makes a meeting", _make, MeetingTold, Scope.GROUP, NewMeeting, status=201,
        refusals=(Code.ALREADY_THERE, Code.TOO_MANY),
    ),
    Route("GET", _ONE, "readMeeting", "The meeting, and when it is on next", _read, MeetingTold),
    Route(
        "PUT", _ONE, "replaceMeeting", f"Makes the meeting what is given, and of the rest what is usual. {_KEEPS}", _replace, MeetingTold,
        body=MeetingBody,
    ),
    Route(
        "PATCH", _ONE, "editMeeting", f"Changes what is given. {_KEEPS}", _edit, MeetingTold,
        body=MeetingEdit,
    ),
    Route(
        "DELETE", _ONE, "removeMeeting", "Removes the meeting with its exceptions and keys", _remove, Told, Scope.GROUP,
        refusals=(Code.STILL_OPEN,),
    ),
)  # fmt: skip
