"""WebSocket frames as a server sends them (RFC 6455 section 5.2: not masked), and the packets that are in them."""

from __future__ import annotations

from struct import Struct

from aiohttp import WSMsgType

_SMALL, _MIDDLE, _LARGE = Struct("!BB").pack, Struct("!BBH").pack, Struct("!BBQ").pack
_CODE = Struct("!H").pack


def frame(opcode: int, payload: bytes) -> bytes:
    size = len(payload)
    if size < 126:
        head = _SMALL(0x80 | opcode, size)
    elif size < 65_536:
        head = _MIDDLE(0x80 | opcode, 126, size)
    else:
        head = _LARGE(0x80 | opcode, 127, size)
    return head + payload


def text(packet: str | bytes) -> bytes:
    """An Engine.IO packet."""
    return frame(WSMsgType.TEXT, packet if isinstance(packet, bytes) else packet.encode())


def event(body: bytes) -> bytes:
    """The Socket.IO event named `event`, with a JSON object."""
    return frame(WSMsgType.TEXT, b'42["event",%b]' % body)


def pong(payload: bytes) -> bytes:
    return frame(WSMsgType.PONG, payload)


def close(code: int, reason: str) -> bytes:
    """Without a code where it is 0, as an answer to a close that had none."""
    return frame(WSMsgType.CLOSE, _CODE(code) + reason.encode() if code else b"")


PING = text("2")  # Engine.IO's, which the client answers with another text
GOODBYE = text("41")  # Socket.IO's
