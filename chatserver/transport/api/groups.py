"""The group: what it says of itself, and its meetings."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatserver.facilitating import groups
from chatserver.store.base import Group
from chatserver.transport.api.meeting_views import MeetingShape, shown_meeting
from chatserver.transport.api.route import Asked, Route, Scope
from chatserver.transport.api.shapes import Edit, Shape, Told, edit_of, told

FIELDS = groups.FIELDS


class GroupBody(Shape):
    name: Annotated[str, told(FIELDS["name"])]
    visibility: Annotated[str, told(FIELDS["visibility"])] = "listed"
    led_by: Annotated[str, told(FIELDS["led_by"])] = "peer"
    kind: Annotated[str, told(FIELDS["kind"])] = "peer support"
    guidelines: Annotated[list[str], told(FIELDS["guidelines"])] = Field(default=[])
    address: Annotated[str, told(FIELDS["address"])] = ""
    region: Annotated[str, told(FIELDS["region"])] = ""
    website: Annotated[str, told(FIELDS["website"])] = ""


GroupEdit: type[Edit] = edit_of(GroupBody, "GroupEdit")


class GroupShape(GroupBody):
    slug: str
    page: Annotated[str | None, Field(description="its address; null: it meets by invitation and has none")]


class GroupTold(Told):
    group: GroupShape


class WholeGroup(GroupTold):
    meetings: list[MeetingShape]


def shown_group(group: Group, base_url: str) -> GroupShape:
    return GroupShape(
        slug=group.slug,
        name=group.name,
        visibility=group.visibility,
        led_by=group.led_by,
        kind=group.kind,
        guidelines=list(group.guidelines),
        address=group.address,
        region=group.region,
        website=group.website,
        page=None if group.visibility == "invite" else f"{base_url}/g/{group.slug}",
    )


async def _read(asked: Asked) -> WholeGroup:
    parts = asked.parts
    group = await groups.find(parts.store, asked.group)
    of_group = await parts.store.meetings(group.slug)
    mine = asked.caller.meeting
    openings = {opening.meeting.slug: opening for opening in await parts.store.openings()}
    return WholeGroup(
        group=shown_group(group, parts.base_url),
        meetings=[shown_meeting(each, openings.get(each.slug), parts) for each in of_group if mine in (None, each.slug)],
    )


async def _edit(asked: Asked) -> GroupTold:
    group = await groups.edit(asked.store, asked.group, asked.given, asked.faults)
    return GroupTold(group=shown_group(group, asked.parts.base_url))


_PATH = "/groups/{group}"
ROUTES = (
    Route("GET", _PATH, "readGroup", "The group, its meetings and when each is on next", _read, WholeGroup, Scope.READING),
    Route("PATCH", _PATH, "editGroup", "Changes what is given", _edit, GroupTold, Scope.GROUP, GroupEdit),
)
