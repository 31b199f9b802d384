"""A room's entries as bytes (msgpack), as they are kept on the backplane. What is read back is checked as if a stranger had written it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from operator import attrgetter
from types import NoneType
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import msgpack

from chatserver.domain.agenda import HANDS, SIGNS, Agenda, Floor
from chatserver.domain.call import Call, Report
from chatserver.domain.formats import MAX_SPEED, Mode, Segment
from chatserver.domain.poll import Poll, PollKind, Result
from chatserver.domain.roles import Hat, Role
from chatserver.domain.state import AGENDA, CALL, CORE, FLOOR, NAME, POLL, REPORT, SEAT, Core, Entry, Seat, Standing

MAX_ENTRY = 1 << 20


T = TypeVar("T")


class BadEntry(Exception):
    """The backplane holds something that no worker of this version writes."""


_KINDS: tuple[type[Any], ...] = (Core, Seat, Agenda, Floor, Poll, Segment, Call, Report)
_FIELDS = {kind: tuple(f.name for f in fields(kind)) for kind in _KINDS}
_VALUES = {kind: attrgetter(*names) for kind, names in _FIELDS.items()}


def _exact(hint: Any) -> frozenset[type]:
    """The types whose values a field takes: exactly these, for a bool is no number here."""
    args = get_args(hint)
    if NoneType in args:
        return frozenset(args)
    origin = get_origin(hint) or hint
    return frozenset({dict if origin is Mapping else origin})


_TYPES = {kind: {name: _exact(hint) for name, hint in get_type_hints(kind).items()} for kind in _KINDS}


def pack(entry: Entry) -> bytes:
    if isinstance(entry, str):
        return _packed(entry)
    kind = type(entry)
    values: dict[str, Any] = dict(zip(_FIELDS[kind], _VALUES[kind](entry), strict=True))
    if isinstance(entry, Core):
        values["guidelines"] = list(entry.guidelines)
        values["bans"] = [list(ban) for ban in sorted(entry.bans.items())]
        values["links"] = [list(link) for link in sorted(entry.links.items())]
        values["removed"] = sorted(entry.removed)
    elif isinstance(entry, Agenda):
        values["segments"] = [_segment_packed(segment) for segment in entry.segments]
    elif isinstance(entry, Poll):
        values["options"], values["counts"] = list(entry.options), list(entry.counts)
    elif isinstance(entry, Seat):
        values["role"] = entry.role._value_  # past the enum's descriptor, which costs as much as all else here
        values["standing"] = entry.standing._value_
        values["hats"] = sorted(entry.hats)
    return _packed(values)


def _segment_packed(segment: Segment) -> dict[str, Any]:
    return dict(zip(_FIELDS[Segment], _VALUES[Segment](segment), strict=True)) | {"mode": segment.mode._value_}


def _packed(value: Any) -> bytes:
    packed = msgpack.packb(value)
    assert isinstance(packed, bytes)
    return packed


def unpack(key: str, data: bytes) -> Entry:
    """Raises `BadEntry`."""
    if len(data) > MAX_ENTRY:
        raise BadEntry(key.partition("/")[0])
    try:
        value: Any = msgpack.unpackb(data, max_map_len=64, max_array_len=65_536)
        if key.startswith(NAME):
            return _name(value)
        if key == CORE:
            value["guidelines"] = tuple(_list(value["guidelines"]))
            value["bans"] = dict(_list(value["bans"]))
            value["links"] = dict(_list(value["links"]))
            value["removed"] = frozenset(_list(value["removed"]))
            return _checked_core(Core(**value))
        if key == AGENDA:
            value["segments"] = tuple(_segment(each) for each in _list(value["segments"]))
            return _checked_agenda(Agenda(**_whole(Agenda, value)))
        if key == FLOOR:
            return _checked_floor(Floor(**_whole(Floor, value)))
        if key == POLL:
            value["options"], value["counts"] = tuple(_list(value["options"])), tuple(_list(value["counts"]))
            return _checked_poll(Poll(**_whole(Poll, value)))
        if key.startswith(CALL):
            return _checked_id(key, CALL, Call(**_whole(Call, value)))
        if key.startswith(REPORT):
            return _checked_id(key, REPORT, Report(**_whole(Report, value)))
        if key.startswith(SEAT):
            value["role"] = Role(value["role"])
            value["standing"] = Standing(value["standing"])
            value["hats"] = frozenset(Hat(hat) for hat in _list(value["hats"]))
            return _checked_seat(key, Seat(**value))
    except (ValueError, TypeError, KeyError, msgpack.exceptions.UnpackException) as fault:
        raise BadEntry(key.partition("/")[0]) from fault
    raise BadEntry(key.partition("/")[0])


def _whole(kind: type, value: dict[str, Any]) -> dict[str, Any]:
    if type(value) is not dict or value.keys() != set(_FIELDS[kind]):
        raise TypeError
    return value


def _segment(value: Any) -> Segment:
    return _checked(Segment(**_whole(Segment, value) | {"mode": Mode(value["mode"])}))


def _checked(entry: T) -> T:
    _check_types(entry)
    return entry


def _check_types(entry: object) -> None:
    for name, types in _TYPES[type(entry)].items():
        if type(getattr(entry, name)) not in types:
            raise TypeError(name)


def _checked_core(core: Core) -> Core:
    _check_types(core)
    if not (
        all(type(line) is str for line in core.guidelines)
        and all(type(tag) is int and type(until) is int for tag, until in core.bans.items())
        and all(type(link) is bytes and type(seat) is str for link, seat in core.links.items())
        and all(type(token) is bytes for token in core.removed)
    ):
        raise TypeError
    return core


def _checked_agenda(agenda: Agenda) -> Agenda:
    _check_types(agenda)
    if not 1 <= agenda.speed <= MAX_SPEED:
        raise ValueError
    return agenda


def _checked_floor(floor: Floor) -> Floor:
    if floor.sign not in ("", *SIGNS):
        raise ValueError
    return _checked(floor)


def _checked_poll(poll: Poll) -> Poll:
    if (poll.kind and poll.kind not in set(PollKind)) or (poll.result and poll.result not in set(Result)):
        raise ValueError
    if not all(type(option) is str for option in poll.options) or not all(type(count) is int for count in poll.counts):
        raise TypeError
    return _checked(poll)


def _checked_seat(key: str, seat: Seat) -> Seat:
    _check_types(seat)
    if key != SEAT + seat.id or (seat.hand is not None and seat.hand not in HANDS) or (seat.stands_in and seat.stands_in not in set(Role)):
        raise ValueError
    return seat


def _checked_id(key: str, prefix: str, entry: Call | Report) -> Call | Report:
    if key != prefix + _checked(entry).id:
        raise ValueError
    return entry


def _list(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError
    return value


def _name(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def pack_all(entries: Mapping[str, Entry | None]) -> dict[str, bytes | None]:
    return {k: None if v is None else pack(v) for k, v in entries.items()}


def unpack_all(entries: Mapping[str, bytes | None]) -> dict[str, Entry | None]:
    return {k: None if v is None else unpack(k, v) for k, v in entries.items()}
