"""The strict reading of what a connection sends, before anything of it reaches a handler.

Engine.IO v4 and Socket.IO v5 packets, as far as this contract uses them: text, namespace `/`, events with at most one payload.
Whatever else comes closes that connection with a WebSocket code (RFC 6455 section 7.4.1), and only that one.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass
from enum import Enum
from typing import Any, NamedTuple, NoReturn

import orjson

MAX_FRAME = 16_384  # bytes
MAX_DEPTH = 8
RESERVED_EVENTS = frozenset(
    {"connect", "connect_error", "connecting", "disconnect", "disconnecting", "error", "newListener", "removeListener", "ping", "pong", "*"}
)

_PACKET = re.compile(r"(?P<type>[0-6])(?:(?P<attachments>[0-9]+)-)?(?:(?P<namespace>/[^,]*),?)?(?P<id>[0-9]{0,16})")


class PacketFault(Exception):
    """The connection is to be closed with `code` and `reason`."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason


def _no_constant(_: str) -> NoReturn:
    raise PacketFault(1007, "bad_number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise PacketFault(1007, "bad_number")
    return number


def _json(text: str) -> Any:
    try:
        value = orjson.loads(text)
    except orjson.JSONDecodeError:
        value = _slowly(text)
    if text.count("[") + text.count("{") > MAX_DEPTH:
        _check_depth(value)
    return value


def _slowly(text: str) -> Any:
    """What is wrong with it; or that it is only half a character, which is for the rules of text to refuse."""
    try:
        return json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    except RecursionError:
        raise PacketFault(1008, "too_deep") from None
    except ValueError:  # also an integer of thousands of digits
        raise PacketFault(1007, "bad_json") from None


def _check_depth(value: Any) -> None:
    level = [value]
    for _ in range(MAX_DEPTH + 1):
        level = [v for v in level if isinstance(v, (list, dict))]
        if not level:
            return
        level = [inner for v in level for inner in (v.values() if isinstance(v, dict) else v)]
    raise PacketFault(1008, "too_deep")


class Bare(Enum):
    """Packets that say nothing but what they are."""

    PONG = "3"
    GOODBYE = "1"  # of Engine.IO
    DISCONNECT = "41"  # of Socket.IO


@dataclass(frozen=True, slots=True)
class Connect:
    """Wants to join a namespace. There is only `/`."""

    namespace: str


class Event(NamedTuple):
    name: str
    arguments: tuple[Any, ...]
    ack: int | None  # None: wants no answer


Packet = Bare | Connect | Event


def packet_of(frame: str | bytes, joined: bool) -> Packet:
    """Raises `PacketFault` unless the Engine.IO frame is one that a client of this contract sends. `joined`: the namespace, before it."""
    if isinstance(frame, bytes):
        raise PacketFault(1003, "binary")
    if not frame:
        raise PacketFault(1008, "bad_packet")
    if frame == "3":
        return Bare.PONG
    if frame == "1":
        return Bare.GOODBYE
    if frame[0] != "4":
        raise PacketFault(1008, "bad_packet")
    return _message(frame[1:], joined)


def _message(packet: str, joined: bool) -> Packet:
    match = _PACKET.match(packet)
    if match is None:
        raise PacketFault(1008, "bad_packet")
    kind, attachments, namespace, ack = match.groups()
    namespace = namespace or "/"
    if attachments is not None or kind in "56":
        raise PacketFault(1003, "binary")
    if "?" in namespace:  # some servers take `/?x` for `/`: a second way in
        raise PacketFault(1008, "bad_packet")
    body = packet[match.end() :]
    data = _json(body) if body else None
    if kind == "0":
        if ack or (data is not None and not isinstance(data, dict)) or (joined and namespace == "/"):
            raise PacketFault(1008, "bad_packet")
        return Connect(namespace)
    if not joined or namespace != "/":
        raise PacketFault(1008, "bad_packet")
    if kind == "1" and data is None and not ack:
        return Bare.DISCONNECT
    if kind != "2" or not isinstance(data, list) or not data or not isinstance(data[0], str):
        raise PacketFault(1008, "bad_packet")
    if data[0] in RESERVED_EVENTS:
        raise PacketFault(1008, "reserved_event")
    return Event(data[0], tuple(data[1:]), int(ack) if ack else None)
