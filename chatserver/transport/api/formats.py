"""Formats: those that come along, and the group's own."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from chatserver.domain.formats import MAX_FILE, Format
from chatserver.facilitating import formats
from chatserver.facilitating.formats import Listed
from chatserver.transport.api.codes import Code
from chatserver.transport.api.route import Asked, Route, Scope
from chatserver.transport.api.shapes import FaultShape, Shape, Told

Toml = Annotated[
    str, Field(description=f"the file of a format, TOML of up to {MAX_FILE} characters", json_schema_extra={"maxLength": MAX_FILE})
]


class FormatBody(Shape):
    toml: Toml


class FormatShape(Shape):
    name: str
    own: Annotated[bool, Field(description="one of the group's own; else it comes along")]
    title: str | None
    minutes: int | None
    segments: Annotated[int | None, Field(description="how many")]
    faults: Annotated[list[FaultShape], Field(description="why a format that was kept once cannot be read any more")]


class FormatsTold(Told):
    formats: list[FormatShape]


class FormatText(Told):
    name: str
    toml: str


class FormatTold(Told):
    format: FormatShape
    meetings: Annotated[list[str], Field(description="the slugs of those that are held in it")]


def _shown(listed: Listed) -> FormatShape:
    made, name, own = listed.read, listed.name, listed.own
    if isinstance(made, Format):
        return FormatShape(name=name, own=own, title=made.title, minutes=made.minutes, segments=len(made.segments), faults=[])
    faults = [FaultShape(where=fault.where, sentence=fault.sentence) for fault in made]
    return FormatShape(name=name, own=own, title=None, minutes=None, segments=None, faults=faults)


async def _list(asked: Asked) -> FormatsTold:
    return FormatsTold(formats=[_shown(each) for each in await formats.listed(asked.store, asked.group)])


async def _read(asked: Asked) -> FormatText:
    name = asked.path["format"]
    return FormatText(name=name, toml=await formats.text(asked.store, asked.group, name))


async def _put(asked: Asked) -> FormatTold:
    name = asked.path["format"]
    made = await formats.put(asked.store, asked.group, name, asked.right()["toml"])
    return FormatTold(format=_shown(Listed(name, True, made)), meetings=await formats.named_by(asked.store, asked.group, name))


async def _remove(asked: Asked) -> Told:
    await formats.remove(asked.store, asked.group, asked.path["format"])
    return Told()


_ALL, _ONE = "/groups/{group}/formats", "/groups/{group}/formats/{format}"
ROUTES = (
    Route("GET", _ALL, "listFormats", "Those that come along, and the group's own", _list, FormatsTold, Scope.READING),
    Route("GET", _ONE, "readFormat", "The file of a format", _read, FormatText, Scope.READING),
    Route(
        "PUT", _ONE, "putFormat", "Adds a format to the group's own, or replaces it, for rooms that open from then on", _put, FormatTold,
        Scope.GROUP, FormatBody, refusals=(Code.TOO_MANY,),
    ),
    Route(
        "DELETE", _ONE, "removeFormat", "Removes one of the group's own. One that comes along under that name is used again", _remove, Told,
        Scope.GROUP,
    ),
)  # fmt: skip
