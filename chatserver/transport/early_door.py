"""What a page can say at the door of an open room before its socket stands: on a slow line that takes seconds, in which one may turn away.

It is what the store has of the meeting, and what anybody is told who asks there; whether the room is locked or full comes with the socket.
"""

from __future__ import annotations

from typing import Any

from chatserver.domain.guidelines import DEFAULT_GUIDELINES
from chatserver.formats import resolve
from chatserver.store.base import Meeting, Store


async def known_at_the_door(store: Store, meeting: Meeting) -> dict[str, Any] | None:
    """None where it is not open, or not to be seen without an invite. The fields are those of the answer to `door`."""
    group = meeting.group
    if group.visibility == "invite":
        return None
    opening = await store.opening(meeting.slug)
    if opening is None or opening.closed_at is not None:
        return None
    format_ = resolve(meeting.format, await store.format(group.slug, meeting.format))
    return {
        "title": meeting.title,
        "group_name": group.name,
        "format_title": format_.title,
        "note": format_.note,
        "led_by": group.led_by,
        "kind": group.kind,
        "language": meeting.language,
        "guidelines": list(group.guidelines or DEFAULT_GUIDELINES),
        "closes_at": opening.closes_at,
        "lobby": meeting.lobby,
    }
