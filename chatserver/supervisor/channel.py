"""What supervisor and worker say to each other: a line of JSON each, over a pair of sockets that nobody else has.

The supervisor begins with what the worker needs to know (`slot`, and whatever else it was given for it), later `{"do": "drain"}`,
`{"do": "leave", "within_ms"}` or `{"do": "stop"}`. The worker says `{"ready", "counts"}` every `BEAT_SECONDS`, and when that has
changed; or `{"fault"}`, a sentence for the operator, and ends. The end of the channel is the end of the other process.
"""

from __future__ import annotations

import asyncio
import json
import socket
from contextlib import suppress
from typing import Any

BEAT_SECONDS = 1.0
MAX_LINE = 1 << 20

Message = dict[str, Any]


class Channel:
    """One end of it."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    @classmethod
    async def over(cls, end: socket.socket) -> Channel:
        return cls(*await asyncio.open_unix_connection(sock=end, limit=MAX_LINE))

    def put(self, message: Message) -> None:
        """Where the other end is gone this does nothing."""
        if not self._writer.is_closing():
            self._writer.write(json.dumps(message).encode() + b"\n")

    @property
    def waits(self) -> bool:
        """Whether the other end has yet to read what was put last."""
        return self._writer.transport.get_write_buffer_size() > 0

    async def get(self) -> Message | None:
        """None: the other end is gone."""
        with suppress(OSError, ValueError):  # ValueError: a line that is no line of ours
            if (line := await self._reader.readline()).endswith(b"\n"):
                message: Message = json.loads(line)
                return message
        return None

    async def close(self) -> None:
        """After what was put has gone out."""
        self._writer.close()
        with suppress(OSError):
            await self._writer.wait_closed()
