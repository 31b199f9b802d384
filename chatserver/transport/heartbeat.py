"""One heartbeat for all connections: each is pinged every `PING_SECONDS`, and dropped where it does not answer.

A wheel with a place for each second. There is one timer for thousands of connections, and each second has its share of them."""

from __future__ import annotations

import asyncio
from collections import deque

from chatserver.holding import Holding
from chatserver.transport import frames
from chatserver.transport.connection import Connection

PING_SECONDS = 25  # as Engine.IO has it: pings and their answers are most of what thousands who only read cost
PONG_SECONDS = 15
JOIN_SECONDS = 5.0  # the namespace must be joined by then
TURN_SECONDS = 1.0
TOGETHER_SECONDS = 0.25


class Heartbeat:
    def __init__(self, turn_seconds: float = TURN_SECONDS) -> None:
        self._turn_seconds = turn_seconds
        self._wheel: list[set[Connection]] = [set() for _ in range(PING_SECONDS)]
        self._loop: asyncio.AbstractEventLoop | None = None  # that of the first to come
        self._arrivals: deque[tuple[float, Connection]] = deque()
        self._now = 0
        self._timer: asyncio.TimerHandle | None = None
        self._late: asyncio.TimerHandle | None = None

    def add(self, connection: Connection) -> None:
        """From now on. It must join the namespace in time."""
        self._wheel[self._now].add(connection)
        connection.pinged_in = self._now
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        loop = self._loop
        self._arrivals.append((loop.time() + JOIN_SECONDS, connection))
        if self._timer is None:
            self._timer = loop.call_later(self._turn_seconds, self._turn)
        if self._late is None:
            self._late = loop.call_later(JOIN_SECONDS, self._look_for_late)

    def discard(self, connection: Connection) -> None:
        self._wheel[connection.pinged_in].discard(connection)

    def stop(self) -> None:
        for timer in (self._timer, self._late):
            if timer is not None:
                timer.cancel()

    def _turn(self) -> None:
        loop = asyncio.get_running_loop()
        self._now = (self._now + 1) % PING_SECONDS
        for connection in list(self._wheel[(self._now - PONG_SECONDS) % PING_SECONDS]):
            if connection.awaits_pong:
                connection.abort()
        for connection in self._wheel[self._now]:
            if not connection.leaving:
                connection.awaits_pong = True
                connection.send(frames.PING)
        self._timer = loop.call_later(self._turn_seconds, self._turn) if any(self._wheel) else None

    def _look_for_late(self) -> None:
        loop = asyncio.get_running_loop()
        while self._arrivals and self._arrivals[0][0] <= loop.time():
            _, connection = self._arrivals.popleft()
            if not connection.in_namespace:
                connection.close(1008, "no_join")
        # Not for each by itself: thousands may have come one by one.
        again = max(self._arrivals[0][0], loop.time() + TOGETHER_SECONDS) if self._arrivals else None
        self._late = loop.call_at(again, self._look_for_late) if again is not None else None


HOLDS = (Holding("connection", "memory", "transport.heartbeat.Heartbeat", "connection-ends", ("_wheel", "_arrivals"), identifies="seat"),)
