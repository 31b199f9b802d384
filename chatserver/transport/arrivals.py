"""Who has just connected, until the first bytes show what they want: a socket, most often, opened as every client opens it.

That is answered here. aiohttp would make a task, timers, a request and its headers for it, of which nothing is needed a moment later.
Everything else is aiohttp's from its first byte: pages, and a socket that is opened in any other way or not as it should be."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import cast

from chatserver.holding import Holding

WAIT_SECONDS = 1.0  # who has said nothing by then is aiohttp's to wait for

Opens = Callable[[asyncio.Transport, bytes], bool]


class Arrivals:
    def __init__(self, opens: Opens, http: Callable[[], asyncio.Protocol]) -> None:
        """`opens` takes a connection over if these first bytes are what it knows, and leaves it alone if not: for one that `http` makes."""
        self._loop = asyncio.get_running_loop()
        self._opens = opens
        self._http = http
        self._silent: dict[_Arrival, float] = {}  # in order of their coming, and when that was
        self._timer: asyncio.TimerHandle | None = None

    def __call__(self) -> asyncio.Protocol:
        return _Arrival(self)

    def hand_over_all(self) -> None:
        """Those who have said nothing yet."""
        for arrival in list(self._silent):
            self.hand_over(arrival)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def hand_over(self, arrival: _Arrival, data: bytes = b"") -> None:
        self.forget(arrival)
        http = self._http()
        arrival.transport.set_protocol(http)
        http.connection_made(arrival.transport)
        if data:
            http.data_received(data)

    def has_come(self, arrival: _Arrival) -> None:
        self._silent[arrival] = self._loop.time()
        if self._timer is None:
            self._timer = self._loop.call_later(WAIT_SECONDS, self._look)

    def has_said(self, arrival: _Arrival, data: bytes) -> None:
        if self._opens(arrival.transport, data):
            self.forget(arrival)
        else:
            self.hand_over(arrival, data)

    def forget(self, arrival: _Arrival) -> None:
        self._silent.pop(arrival, None)

    def _look(self) -> None:
        now = self._loop.time()
        while self._silent:
            arrival, since = next(iter(self._silent.items()))
            if since + WAIT_SECONDS > now:
                self._timer = self._loop.call_later(since + WAIT_SECONDS - now, self._look)
                return
            self.hand_over(arrival)
        self._timer = None


class _Arrival(asyncio.Protocol):
    __slots__ = ("_arrivals", "transport")

    transport: asyncio.Transport

    def __init__(self, arrivals: Arrivals) -> None:
        self._arrivals = arrivals

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)
        self._arrivals.has_come(self)

    def data_received(self, data: bytes) -> None:
        self._arrivals.has_said(self, data)

    def connection_lost(self, exc: BaseException | None) -> None:
        self._arrivals.forget(self)


HOLDS = (Holding("connection", "memory", "transport.arrivals.Arrivals", "connection-ends", ("_silent",), identifies="seat"),)
