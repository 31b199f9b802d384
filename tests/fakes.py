"""Fakes at the ports: a clock that tests move by hand, and a fan-out that remembers what it was given."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import orjson


@dataclass(eq=False)
class FakeTimer:
    due: int
    call: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class FakeClock:
    """Stands still until it is moved; what is due on the way is called in order, at its own time."""

    def __init__(self, now: int = 1_800_000_000_000) -> None:
        self._now = now
        self._timers: list[FakeTimer] = []

    def now(self) -> int:
        return self._now

    def call_later(self, delay_ms: float, call: Callable[[], None]) -> FakeTimer:
        timer = FakeTimer(self._now + max(0, round(delay_ms)), call)
        self._timers.append(timer)
        return timer

    def advance(self, ms: int) -> None:
        """Moves on. Tasks that a timer starts run when the test next awaits."""
        end = self._now + ms
        while due := [t for t in self._timers if not t.cancelled and t.due <= end]:
            timer = min(due, key=lambda t: t.due)
            self._timers.remove(timer)
            self._now = max(self._now, timer.due)
            timer.call()
        self._timers = [t for t in self._timers if not t.cancelled]
        self._now = end


class FakeRoom:
    def __init__(self, fanout: FakeFanout) -> None:
        self._fanout = fanout
        self._members: dict[str, None] = {}

    def add(self, connection: str) -> None:
        self._members[connection] = None

    def discard(self, connection: str) -> None:
        self._members.pop(connection, None)

    def deliver(self, event: bytes, asker: str | None = None) -> None:
        self._fanout.deliver(tuple(self._members), event)


class FakeFanout:
    """Every connection's events, in the order of delivery."""

    def room(self) -> FakeRoom:
        return FakeRoom(self)

    def __init__(self) -> None:
        self.events: dict[str, list[dict[str, Any]]] = {}
        self.disconnected: list[str] = []

    def deliver(self, connections: Sequence[str], event: bytes) -> None:
        for connection in connections:
            self.events.setdefault(connection, []).append(orjson.loads(event))

    def follow_up(self, connection: str, events: Sequence[bytes]) -> None:
        for event in events:
            self.deliver((connection,), event)

    def disconnect(self, connection: str) -> None:
        self.disconnected.append(connection)

    def of(self, connection: str, kind: str | None = None) -> list[dict[str, Any]]:
        return [e for e in self.events.get(connection, []) if kind is None or e["type"] == kind]
