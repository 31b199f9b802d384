"""Keys of the group: made and ended, never listed. A key is told once, in the answer to whoever made it."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from chatserver.facilitating import keys
from chatserver.facilitating.fields import whole
from chatserver.transport.api.codes import Code, Refused
from chatserver.transport.api.route import Asked, Route
from chatserver.transport.api.shapes import Shape, Told, told

Kind = Annotated[
    Literal["facilitator", "moderator", "invite", "greeter", "timekeeper", "reader", "mentor"],
    Field(description="facilitator or moderator; invite (members come in with it); or a hat, of which one person at a time has the link"),
]
ForMeeting = Annotated[str | None, Field(description="the slug of one meeting of the group; null: all. An invite and a hat need it")]
Uses = Annotated[int | None, told(whole(1, keys.MAX_USES, or_none="any number"))]


class KeyBody(Shape):
    kind: Kind
    meeting: ForMeeting = None
    uses: Uses = None


class KeyShown(Shape):
    key: Annotated[str, Field(description="the key itself: only its hash is kept, so keep it yourself")]


class KeyTold(Told):
    key: str
    link: Annotated[str, Field(description="for who leads, moderates or is invited; it carries the key behind the #")]
    ended: Annotated[int, Field(description="how many others stopped working")]


async def _make(asked: Asked) -> KeyTold:
    _only_mine(asked)
    return _told(await keys.make(asked.store, asked.group, asked.given, asked.faults), asked)


async def _rotate(asked: Asked) -> KeyTold:
    _only_mine(asked)
    return _told(await keys.rotate(asked.store, asked.group, asked.given, asked.faults), asked)


async def _revoke(asked: Asked) -> Told:
    await keys.revoke(asked.store, asked.group, asked.right()["key"], asked.caller.meeting)
    return Told()


def _only_mine(asked: Asked) -> None:
    """Whoever has a key of one meeting makes and ends keys of that meeting."""
    mine = asked.caller.meeting
    if mine is not None and not asked.faults and asked.given.get("meeting") != mine:
        raise Refused(Code.OTHER_MEETING)


def _told(made: keys.Made, asked: Asked) -> KeyTold:
    return KeyTold(key=made.text, link=asked.parts.base_url + made.path, ended=made.ended)


_PATH = "/groups/{group}/keys"
ROUTES = (
    Route("POST", _PATH, "makeKey", "Makes a key", _make, KeyTold, body=KeyBody, status=201),
    Route(
        "POST", f"{_PATH}/rotate", "rotateKeys", "Makes a key, and ends all others of that kind, for the group or that meeting", _rotate,
        KeyTold, body=KeyBody, status=201,
    ),
    Route("POST", f"{_PATH}/revoke", "revokeKey", "Ends the key that is shown", _revoke, Told, body=KeyShown),
)  # fmt: skip
