"""Events and entries as bytes on Redis. What is read back is checked as if a stranger had written it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgpack

from chatserver.backplane.base import Delivery, Event, Kept
from chatserver.domain.events import EVERYBODY, Audience, Hears

MAX_DELIVERY = 16 << 20
MAX_HEADER = 512

NARROWS, ERASED = 1, 2
_HOLDS = 4  # times the number that the room holds from then on, and one
_KEPT, _ANSWERS, _ENDS = 1, 2, 4
_HELD = 8  # times the number under which it is said

_packer = msgpack.Packer()
_ALL = EVERYBODY.hears.value
_HEARS = {hears.value: hears for hears in Hears}


class Unreadable(Exception):
    """Redis holds, or sent, something that no worker of this version writes."""


def pack_event(event: Event) -> bytes:
    audience = event.audience
    flags = (_KEPT if event.kept else 0) | (_ANSWERS if event.answers else 0) | (_ENDS if event.ends else 0)
    if event.held:
        flags += _HELD * event.held
    packed: bytes = _packer.pack((audience.hears.value, audience.seat, audience.but, event.body, flags, event.message, event.retracts))
    return packed


def flags_of(narrows: bool, holding: int | None) -> int:
    """Of the delivery of a commit."""
    return (NARROWS if narrows else 0) + (0 if holding is None else _HOLDS * (holding + 1))


def size_of(event: Event) -> int | str:
    """`<bytes of its body>`, and `:<number>` where it is said under one."""
    return f"{len(event.body)}:{event.held}" if event.held else len(event.body)


def head_of(count: int) -> bytes:
    """What comes before so many packed things, to make one array of them."""
    head: bytes = _packer.pack_array_header(count)
    return head


def pack_entries(entries: Mapping[str, bytes | None]) -> bytes:
    packed: bytes = _packer.pack(dict(entries))
    return packed


def unpack_delivery(payload: bytes) -> Delivery:
    """`1 <flags> <seq> <at> <line>` and a newline, then an array: the events, and the entries at its end. Raises `Unreadable`."""
    if len(payload) > MAX_DELIVERY:
        raise Unreadable
    end = payload.find(b"\n", 0, MAX_HEADER)
    try:
        version, flags, seq, at, line = payload[:end].split(b" ")
        if end < 0 or version != b"1":
            raise Unreadable
        events = _unpack(payload[end + 1 :])
        entries = _entries(events.pop())
        bits = int(flags)
        holding = None if bits < _HOLDS else bits // _HOLDS - 1
        narrows, erased = bits & NARROWS > 0, bits & ERASED > 0
        return Delivery(line.decode(), int(seq), int(at), tuple(map(_event, events)), entries, narrows, erased, holding)
    except (ValueError, TypeError, AttributeError, IndexError):
        raise Unreadable from None


def unpack_kept(member: bytes) -> Kept:
    """`<seq> <at> <size> <bytes> <bytes> <message><retracts>`, then the event. Raises `Unreadable`."""
    if len(member) > MAX_DELIVERY:
        raise Unreadable
    try:
        seq, at, _, of_message, of_retracts, rest = member.split(b" ", 5)
        return Kept(int(seq), int(at), _event(_unpack(rest[int(of_message) + int(of_retracts) :])))
    except (ValueError, TypeError):
        raise Unreadable from None


def unpack_entry(value: bytes) -> tuple[int, bytes]:
    """`<seq>|<bytes>`. Raises `Unreadable`."""
    seq, there, entry = value.partition(b"|")
    if not there or not seq.isdigit() or len(seq) > 16:
        raise Unreadable
    return int(seq), entry


def texts(values: Sequence[bytes]) -> list[str]:
    """Raises `Unreadable`."""
    try:
        return [value.decode() for value in values]
    except (UnicodeDecodeError, AttributeError):
        raise Unreadable from None


def _unpack(packed: bytes) -> Any:
    # Lengths are bounded by that of `packed`, depth by the C stack of msgpack (some hundreds), without either being our own.
    try:
        return msgpack.unpackb(packed)
    except (ValueError, msgpack.UnpackException):  # of which are its other faults, too deep and left over
        raise Unreadable from None


def _event(fields: Any) -> Event:
    if type(fields) is not list or len(fields) != 7:
        raise Unreadable
    hears, seat, but, body, flags, message, retracts = fields
    if type(body) is not bytes or type(flags) is not int or flags < 0 or type(hears) is not str or hears not in _HEARS:
        raise Unreadable
    if not (_may_be_text(seat) and _may_be_text(but) and _may_be_text(message) and _may_be_text(retracts)):
        raise Unreadable
    audience = EVERYBODY if hears == _ALL and seat is None and but is None else Audience(_HEARS[hears], seat, but)
    return Event(audience, body, flags & _KEPT > 0, message, retracts, flags & _ANSWERS > 0, flags & _ENDS > 0, flags // _HELD)


def _may_be_text(value: object) -> bool:
    return value is None or type(value) is str


def _entries(entries: Any) -> dict[str, bytes | None]:
    if type(entries) is not dict:
        raise Unreadable
    for key, value in entries.items():
        if type(key) is not str or not (value is None or type(value) is bytes):
            raise Unreadable
    return entries
