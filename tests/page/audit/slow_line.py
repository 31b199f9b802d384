"""A bad line: so many bits a second each way, and so long until an answer can come back, for every connection through it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

PIECE = 1_200  # bytes: about what travels at once


class SlowLine:
    def __init__(self, port: int, kilobits: int, latency: float) -> None:
        """`latency` in seconds, there and back. All connections share the line, as on a phone."""
        self._port = port
        self._per_byte = 8 / (kilobits * 1_000)
        self._one_way = latency / 2
        self._free_at = {"up": 0.0, "down": 0.0}

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, way: str) -> None:
        loop = asyncio.get_running_loop()
        queue: asyncio.Queue[tuple[float, bytes]] = asyncio.Queue()

        async def deliver() -> None:
            while True:
                at, piece = await queue.get()
                await asyncio.sleep(max(0, at - loop.time()))
                if not piece:
                    writer.close()
                    return
                writer.write(piece)
                await writer.drain()

        delivering = asyncio.create_task(deliver())
        try:
            while piece := await reader.read(PIECE):
                self._free_at[way] = max(self._free_at[way], loop.time()) + len(piece) * self._per_byte
                await queue.put((self._free_at[way] + self._one_way, piece))
                await asyncio.sleep(max(0, self._free_at[way] - loop.time()))
        except ConnectionError:
            pass
        await queue.put((0, b""))
        await asyncio.gather(delivering, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(asyncio.CancelledError):  # at the end: nobody waits for what is still on its way
            await asyncio.sleep(self._one_way * 2)  # until a connection stands
            there, back = await asyncio.open_connection("127.0.0.1", self._port)
            await asyncio.gather(self._carry(reader, back, "up"), self._carry(there, writer, "down"))

    @asynccontextmanager
    async def open(self) -> AsyncIterator[int]:
        """The port at which it is entered."""
        server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        try:
            yield server.sockets[0].getsockname()[1]
        finally:
            server.close()
