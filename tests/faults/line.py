"""One connection: Socket.IO over a WebSocket, with as little as possible between the wire and the log, for thousands in one process."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import aiohttp

PATH = "/socket.io/?EIO=4&transport=websocket"
SILENT_SECONDS = 36.0  # more than the server's pings are apart, its patience included

Answer = dict[str, Any]
Event = dict[str, Any]
Answered = Callable[[Answer], None]


class NoLine(Exception):
    """It could not be opened, or has ended. `args[0]`: how."""


class Line:
    """Use `open`. Whatever comes is given on in the order in which it came, answers included, from within the reading itself."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self._socket = socket
        self._asked: dict[int, tuple[asyncio.Future[Answer], Answered | None]] = {}
        self._asks = 0
        self._held: list[str] | None = None
        self._reading: asyncio.Task[None] | None = None
        self.ended = ""  # how, once it has
        self.on_event: Callable[[str, Event], None] = lambda _name, _event: None
        self.on_end: Callable[[str], None] = lambda _how: None

    @classmethod
    async def open(cls, session: aiohttp.ClientSession, url: str, seconds: float) -> Line:
        """Raises `NoLine`."""
        socket: aiohttp.ClientWebSocketResponse | None = None
        try:
            async with asyncio.timeout(seconds):
                socket = await session.ws_connect(url + PATH, autoping=True, max_msg_size=0, compress=0)
                line = cls(socket)
                await line._until("0{")
                await socket.send_str("40")
                await line._until("40{")
        except (aiohttp.ClientError, OSError, TimeoutError, NoLine) as fault:
            if socket is not None:
                _abort(socket)
            raise NoLine(f"connecting: {type(fault).__name__}") from None
        line._reading = asyncio.create_task(line._read())
        return line

    async def _until(self, start: str) -> None:
        packet = await self._socket.receive()
        if packet.type is not aiohttp.WSMsgType.TEXT or not packet.data.startswith(start):
            raise NoLine("connecting: refused")

    async def ask(self, name: str, payload: Event, seconds: float, answered: Answered | None = None) -> Answer:
        """The answer; `answered` is called with it before anything that came after it is read. Raises `NoLine`.

        A line on which an answer does not come in time is given up, as the page does it: what stalls looks alive for a long time."""
        if self.ended:
            raise NoLine(self.ended)
        self._asks += 1
        number = self._asks
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._asked[number] = future, answered
        try:
            async with asyncio.timeout(seconds):
                try:
                    await self._socket.send_str(f"42{number}{json.dumps([name, payload], ensure_ascii=False)}")
                except (aiohttp.ClientError, OSError):
                    self._end("sending")
                return await future
        except TimeoutError:
            self._end("no answer")
            raise NoLine("no answer") from None
        finally:
            self._asked.pop(number, None)

    @property
    def asking(self) -> int:
        """How many answers are still to come."""
        return len(self._asked)

    def hold(self) -> None:
        """From now on what comes is kept, not given on."""
        self._held = []

    def release(self) -> None:
        """Gives on what was kept, and all that comes."""
        held, self._held = self._held or [], None
        for packet in held:
            self._take(packet)

    def close(self) -> None:
        """Ends it without a word to anybody here."""
        self.on_event, self.on_end = lambda _name, _event: None, lambda _how: None
        self._end("closed")

    async def gone(self) -> None:
        """Until the reading has ended, too."""
        if self._reading is not None:
            with suppress(asyncio.CancelledError):
                await self._reading

    async def _read(self) -> None:
        how = "ended"
        try:
            while True:
                packet = await self._socket.receive(SILENT_SECONDS)
                if packet.type is not aiohttp.WSMsgType.TEXT:
                    how = f"closed with {self._socket.close_code}"
                    break
                if packet.data == "2":
                    await self._socket.send_str("3")
                elif packet.data.startswith(("1", "41")):
                    how = "goodbye"
                    break
                elif self._held is not None:
                    self._held.append(packet.data)
                else:
                    self._take(packet.data)
        except TimeoutError:
            how = "silent"
        except (aiohttp.ClientError, OSError) as fault:
            how = type(fault).__name__
        self._end(how)

    def _take(self, packet: str) -> None:
        if packet.startswith("42"):
            name, event = json.loads(packet[2:])
            self.on_event(name, event)
        elif packet.startswith("43"):
            start = packet.index("[")
            waiting = self._asked.get(int(packet[2:start]))
            if waiting is not None:
                (answer,) = json.loads(packet[start:])
                future, answered = waiting
                if answered is not None and not future.done():
                    answered(answer)
                if not future.done():
                    future.set_result(answer)

    def _end(self, how: str) -> None:
        if self.ended:
            return
        self.ended = how
        for future, _ in self._asked.values():
            if not future.done():
                future.set_exception(NoLine(how))
        _abort(self._socket)
        if self._reading is not None and self._reading is not asyncio.current_task():
            self._reading.cancel()
        self.on_end(how)


def _abort(socket: aiohttp.ClientWebSocketResponse) -> None:
    """No goodbye: a peer that does not answer would hold it up."""
    connection = socket._conn
    if connection is not None:
        if connection.transport is not None:
            connection.transport.abort()
        connection.close()  # what aiohttp knows of it
