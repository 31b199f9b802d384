"""A meeting, its occurrences and its room, as answers show them. Times are milliseconds since 1970 UTC; local ones say so."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatserver.domain.schedule import Change, Occurrence, written, zone_of
from chatserver.facilitating.meetings import Kept
from chatserver.facilitating.occurrences import next_of
from chatserver.store.base import Meeting, Opening
from chatserver.transport.api.route import Parts
from chatserver.transport.api.shapes import Shape, Told

Milliseconds = Annotated[int, Field(description="milliseconds since 1970 UTC")]
Local = Annotated[str, Field(description="local wall time in the meeting's zone, like 2026-11-24T19:00")]


class ChangeShape(Shape):
    original: Annotated[str, Field(description="which occurrence: the local wall time at which it would begin, like 2026-11-24T19:00")]
    skipped: bool
    start: Annotated[str | None, Field(description="the local wall time to which it is moved")]
    minutes: int | None
    title: str | None


class OccurrenceShape(Shape):
    original: Annotated[str, Field(description="which occurrence: the local wall time by its rule, also when it is moved")]
    local: Local
    starts_at: Milliseconds
    ends_at: Milliseconds
    title: str
    changed: bool


class RoomShape(Shape):
    """The room while it is open."""

    opened_at: Milliseconds
    closes_at: Milliseconds
    original: Annotated[str | None, Field(description="of which occurrence it is; null: opened by hand")]


class MeetingShape(Shape):
    slug: str
    title: str
    format: str
    timezone: str
    start: str | None
    rrule: str | None
    minutes: int
    always_open: bool
    doors_minutes: int | None
    capacity: int | None
    lobby: bool
    language: str
    types: list[str]
    notes: str
    changes: list[ChangeShape]
    updated_at: Milliseconds
    sequence: Annotated[int, Field(description="how often it was changed")]
    page: Annotated[str, Field(description="the address of its room")]
    next: Annotated[OccurrenceShape | None, Field(description="the one that is on, or else the next")]
    room: Annotated[RoomShape | None, Field(description="null: the room is not open")]


class MeetingTold(Told):
    meeting: MeetingShape
    notices: Annotated[list[str], Field(description="sentences about what is allowed, and may not be meant")]


async def kept_meeting(kept: Kept, parts: Parts) -> MeetingTold:
    opening = await parts.store.opening(kept.meeting.slug)
    return MeetingTold(meeting=shown_meeting(kept.meeting, opening, parts), notices=list(kept.notices))


def shown_meeting(meeting: Meeting, opening: Opening | None, parts: Parts) -> MeetingShape:
    one = next_of(meeting, parts.now())
    return MeetingShape(
        slug=meeting.slug,
        title=meeting.title,
        format=meeting.format,
        timezone=meeting.timezone,
        start=meeting.start,
        rrule=meeting.rrule,
        minutes=meeting.minutes,
        always_open=meeting.always_open,
        doors_minutes=meeting.doors_minutes,
        capacity=meeting.capacity,
        lobby=meeting.lobby,
        language=meeting.language,
        types=list(meeting.types),
        notes=meeting.notes,
        changes=[shown_change(change) for change in meeting.changes],
        updated_at=meeting.updated_at,
        sequence=meeting.sequence,
        page=f"{parts.base_url}/r/{meeting.slug}",
        next=None if one is None else shown_occurrence(meeting, one),
        room=shown_room(opening),
    )


def shown_change(change: Change) -> ChangeShape:
    return ChangeShape(
        original=written(change.original),
        skipped=change.skipped,
        start=None if change.start is None else written(change.start),
        minutes=change.minutes,
        title=change.title,
    )


def shown_occurrence(meeting: Meeting, one: Occurrence) -> OccurrenceShape:
    return OccurrenceShape(
        original=one.key,
        local=written(one.starts_at.astimezone(zone_of(meeting.timezone)).replace(tzinfo=None)),
        starts_at=int(one.starts_at.timestamp()) * 1_000,
        ends_at=int(one.ends_at.timestamp()) * 1_000,
        title=one.title or meeting.title,
        changed=one.changed,
    )


def shown_room(opening: Opening | None) -> RoomShape | None:
    if opening is None or opening.closed_at is not None:
        return None
    return RoomShape(opened_at=opening.opened_at, closes_at=opening.closes_at, original=opening.occurrence)
