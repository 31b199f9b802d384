"""The room of a meeting: opened now, let be open longer, and closed."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from chatserver.facilitating import rooms
from chatserver.transport.api.codes import Code
from chatserver.transport.api.meeting_views import RoomShape, shown_room
from chatserver.transport.api.route import Asked, Route
from chatserver.transport.api.shapes import Shape, Told, told


class Extension(Shape):
    minutes: Annotated[int, told(rooms.EXTENSION["minutes"])]


class RoomTold(Told):
    room: RoomShape | None


async def _open(asked: Asked) -> RoomTold:
    return RoomTold(room=shown_room(await rooms.open_now(asked.store, asked.parts.opener, asked.group, asked.meeting)))


async def _extend(asked: Asked) -> RoomTold:
    opening, closes_at = await rooms.extend(
        asked.store, asked.parts.opener, asked.group, asked.meeting, asked.given, asked.now, asked.faults
    )
    await asked.parts.live.lasts_until(asked.meeting, closes_at)
    return RoomTold(room=shown_room(replace(opening, closes_at=closes_at)))


async def _close(asked: Asked) -> RoomTold:
    opening = await rooms.close(asked.store, asked.group, asked.meeting, asked.now)
    await asked.parts.live.close(asked.meeting, opening.id)
    return RoomTold(room=None)


_PATH = "/groups/{group}/meetings/{meeting}"
ROUTES = (
    Route("POST", f"{_PATH}/open", "openRoom", "Opens the room now; one that is open stays as it is", _open, RoomTold),
    Route(
        "POST", f"{_PATH}/extend", "extendRoom", "Lets the room be open longer, up to the next meeting in it", _extend, RoomTold,
        body=Extension, refusals=(Code.NOT_OPEN, Code.NEXT_MEETING),
    ),
    Route(
        "POST", f"{_PATH}/close", "closeRoom", "Closes the room: everybody is told, and nothing of it is kept", _close, RoomTold,
        refusals=(Code.NOT_OPEN,),
    ),
)  # fmt: skip
