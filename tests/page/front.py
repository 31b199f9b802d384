"""Stands before a server as a network does: one address, also for a server that is started anew; and lines on it that stall silently."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import urlsplit

from tests.page.person import Person

Way = Literal["to the server", "to the page"]
BOTH: tuple[Way, Way] = ("to the server", "to the page")


# A browser complains by itself about a line that drops, and about what it could not fetch meanwhile.
ITS_OWN = ("WebSocket connection to", "Failed to load resource: net::ERR_")


def without_dropped_lines(person: Person) -> None:
    person.problems[:] = [problem for problem in person.problems if not any(own in problem for own in ITS_OWN)]


@dataclass
class Line:
    """One connection. On a way that has stalled nothing arrives any more, not even the end of it; nobody is told."""

    stalled: set[Way]
    ends: list[asyncio.StreamWriter] = field(default_factory=list)
    swallowed: asyncio.Event = field(default_factory=asyncio.Event)

    async def copy(self, way: Way, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65_536):
                if way in self.stalled:
                    self.swallowed.set()
                    continue
                writer.write(data)
                await writer.drain()
        if way not in self.stalled:
            writer.close()


class Front:
    def __init__(self, behind: str = "") -> None:
        self.behind = behind
        self._stalls: set[Way] = set()  # for those who come now
        self._lines: list[Line] = []

    @contextlib.asynccontextmanager
    async def open(self) -> AsyncIterator[str]:
        listening = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        yield f"http://127.0.0.1:{listening.sockets[0].getsockname()[1]}"
        listening.close()
        for line in self._lines:
            for end in line.ends:
                end.close()

    def stall(self, *ways: Way) -> None:
        """These ways of all lines that there are and of all that come: they look alive, and nothing gets through."""
        self._stalls.update(ways)
        for line in self._lines:
            line.stalled.update(ways)

    def let_through(self) -> None:
        """Whoever comes from now on. What has stalled stays so."""
        self._stalls.clear()

    async def swallows(self, seconds: float = 10.0) -> None:
        """Until something has been lost on a line that stalled. Raises `TimeoutError`."""
        waits = [asyncio.ensure_future(line.swallowed.wait()) for line in self._lines]
        done, others = await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        for other in others:
            other.cancel()
        if not done:
            raise TimeoutError

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = Line(set(self._stalls), [writer])
        self._lines.append(line)
        with contextlib.suppress(OSError):
            there = urlsplit(self.behind)
            answers, onward = await asyncio.open_connection(there.hostname, there.port)
            line.ends.append(onward)
            await asyncio.gather(line.copy("to the server", reader, onward), line.copy("to the page", answers, writer))
        if not line.stalled:
            writer.close()
            self._lines.remove(line)
