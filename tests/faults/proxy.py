"""A TCP proxy that can be made to behave like a bad line, while connections go through it."""

from __future__ import annotations

import asyncio
import random
import socket
import struct
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field

READ = 65_536
# Close at once with RST, and throw away what was not sent: as when the other machine is gone.
RESET = struct.pack("ii", 1, 0)


@dataclass
class Weather:
    """What happens to one connection. Both ways are treated alike; half-closing is done to one."""

    delay: float = 0.0  # seconds for every chunk
    swallow: bool = False  # what comes is thrown away; once that is over, the connection is reset: it has a hole
    hold: bool = False  # what comes waits, and goes on its way afterwards, even where its sender has given up


class _Way:
    """One direction of one connection."""

    def __init__(self, link: Link, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._link = link
        self._reader = reader
        self._writer = writer

    async def carry(self) -> None:
        while data := await self._reader.read(READ):
            weather = self._link.weather
            if weather.delay:
                await asyncio.sleep(weather.delay)
            await self._link.passable.wait()
            if self._link.weather.swallow:
                self._link.has_hole = True
                continue
            if self._writer.is_closing() or self._writer in self._link.finished:
                continue  # who reads there was told that no more comes
            self._writer.write(data)
            await self._writer.drain()
        await self._link.passable.wait()
        if not self._link.weather.swallow:
            self.half_close()

    def half_close(self) -> None:
        """No more goes this way; the other way stays open."""
        if not self._writer.is_closing() and self._writer not in self._link.finished:
            self._link.finished.add(self._writer)
            self._writer.write_eof()


@dataclass(eq=False)
class Link:
    """One connection through the proxy: from who connected (`client`) to whom it is for (`server`)."""

    client: asyncio.StreamWriter
    server: asyncio.StreamWriter
    weather: Weather = field(default_factory=Weather)
    passable: asyncio.Event = field(default_factory=asyncio.Event)
    has_hole: bool = False
    finished: set[asyncio.StreamWriter] = field(default_factory=set)

    def set(self, weather: Weather) -> None:
        self.weather = weather
        if weather.hold:
            self.passable.clear()
        else:
            self.passable.set()
        if self.has_hole and not weather.swallow:
            self.cut()

    def cut(self) -> None:
        for writer in (self.client, self.server):
            sock = writer.get_extra_info("socket")
            if sock is not None and not writer.is_closing():
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
            writer.transport.abort()

    def half_close_client(self) -> None:
        """Who connected is told that nothing more comes; what they send still arrives."""
        _Way(self, asyncio.StreamReader(), self.client).half_close()

    def half_close_server(self) -> None:
        _Way(self, asyncio.StreamReader(), self.server).half_close()


class Proxy:
    """Use as an async context. `port` is where it listens, on loopback; `target` may be changed for connections to come."""

    def __init__(self, target: int | Callable[[], int]) -> None:
        self._target = target if callable(target) else lambda: target
        self._weather = Weather()
        self._chance = random.Random(0)
        self._share = 1.0
        self.links: set[Link] = set()
        self.port = 0
        self._carrying: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Proxy:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        for link in list(self.links):
            link.cut()
        for task in list(self._carrying):
            task.cancel()
        await asyncio.gather(*self._carrying, return_exceptions=True)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        # A task of our own: asyncio complains of its own where it is cancelled.
        task = asyncio.create_task(self._carry(reader, writer))
        self._carrying.add(task)
        task.add_done_callback(self._carrying.discard)

    async def _carry(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self._target())
        except OSError:
            writer.transport.abort()  # as refused as it gets from here
            return
        link = Link(writer, far_writer)
        link.set(self._weather if self._chance.random() < self._share else Weather())
        self.links.add(link)
        try:
            ways = (_Way(link, reader, far_writer).carry(), _Way(link, far_reader, writer).carry())
            await asyncio.gather(*(_until_lost(way) for way in ways))
        finally:
            self.links.discard(link)
            for end in (writer, far_writer):
                end.transport.abort() if link.has_hole else end.close()

    # --- weather

    def bad(self, weather: Weather, share: float = 1.0, chance: random.Random | None = None) -> None:
        """From now on, for each connection with the probability `share`, those that are there and those that come."""
        self._weather, self._share, self._chance = weather, share, chance or random.Random(0)
        for link in list(self.links):
            if self._chance.random() < share:
                link.set(weather)

    def fine(self) -> None:
        self._weather, self._share = Weather(), 1.0
        for link in list(self.links):
            link.set(Weather())

    def each(self, what: Callable[[Link], None], share: float = 1.0, chance: random.Random | None = None) -> int:
        """Does it to those that are there, each with that probability, and to one at least. Returns to how many."""
        chance = chance or random.Random(0)
        links = list(self.links)
        chosen = [link for link in links if chance.random() < share] or links[:1]
        for link in chosen:
            what(link)
        return len(chosen)


async def _until_lost(way: Awaitable[None]) -> None:
    with suppress(OSError):  # the other way notices by itself
        await way
