"""A connection between a transport that notes what is done to it and a server that answers at once: the two ports of connection.py."""

from __future__ import annotations

import asyncio
import struct
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from chatserver.transport.connection import Connection
from chatserver.wire.packets import Event
from tests.transport.raw import CLOSE, PONG, TEXT

SID = "wired"


class NotingTransport(asyncio.Transport):
    """Everything goes out at once."""

    def __init__(self) -> None:
        super().__init__()
        self.written = bytearray()
        self.writes = 0
        self.reading = True
        self.ended = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        assert not self.ended, "written to after its end"
        self.written += data
        self.writes += 1

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        pass

    def get_write_buffer_size(self) -> int:
        return 0

    def get_extra_info(self, name: str, default: Any = None) -> Any:
        return default

    def pause_reading(self) -> None:
        self.reading = False

    def resume_reading(self) -> None:
        self.reading = True

    def close(self) -> None:
        self.ended = True

    abort = close


@dataclass
class NotingServer:
    loop: asyncio.AbstractEventLoop = field(default_factory=asyncio.get_running_loop)
    asked: list[tuple[str, int]] = field(default_factory=list)  # events, by name and size
    calls: list[str] = field(default_factory=list)

    def joined(self, connection: Connection) -> None:
        self.calls.append("joined")

    def left(self, connection: Connection) -> None:
        self.calls.append("left")

    def ended(self, connection: Connection) -> None:
        self.calls.append("ended")

    async def ask(self, connection: Connection, event: Event) -> bytes:
        self.asked.append((event.name, len(str(event.arguments))))
        return b'{"ok":true}'


@dataclass
class Seen:
    """What came out: frames as a client reads them."""

    frames: list[tuple[int, bytes]]
    asked: list[tuple[str, int]]
    calls: list[str]
    transport: NotingTransport

    @property
    def pongs(self) -> list[bytes]:
        return [payload for opcode, payload in self.frames if opcode == PONG]

    @property
    def texts(self) -> list[str]:
        return [payload.decode() for opcode, payload in self.frames if opcode == TEXT]

    @property
    def closes(self) -> list[int]:
        """Their codes; 1005 where one has none."""
        return [int.from_bytes(payload[:2]) if payload else 1005 for opcode, payload in self.frames if opcode == CLOSE]


async def seen(chunks: Iterable[bytes], *, breathe: bool = True) -> Seen:
    """What a new connection makes of them, up to its end. `breathe`: handlers get their turn between two chunks, as they may."""
    transport, server = NotingTransport(), NotingServer()
    connection = Connection(SID, server, transport)
    for chunk in chunks:
        if transport.ended:
            break  # nothing is read of a transport that was closed
        connection.data_received(chunk)
        if breathe or not transport.reading:
            await _handled(connection)
    await _handled(connection)
    frames = list(frames_of(bytes(transport.written)))
    connection.connection_lost(None)
    connection.connection_lost(ConnectionResetError())  # as some transports do
    await _handled(connection)
    assert len(transport.written) == sum(2 + len(payload) + (2 if len(payload) > 125 else 0) for _, payload in frames), "written at the end"
    return Seen(frames, server.asked, server.calls, transport)


async def _handled(connection: Connection) -> None:
    """Everything that was asked has been answered."""
    while (task := connection._handling) is not None:
        await asyncio.wait([task])


def frames_of(data: bytes) -> Iterable[tuple[int, bytes]]:
    """Opcodes and payloads of what was written."""
    while data:
        assert data[0] & 0xF0 == 0x80, "in one piece, without reserved bits"
        size, at = data[1], 2
        assert size < 127, "short, and not masked"
        if size == 126:
            (size,), at = struct.unpack("!H", data[2:4]), 4
        assert len(data) >= at + size, "cut off"
        yield data[0] & 0x0F, data[at : at + size]
        data = data[at + size :]
