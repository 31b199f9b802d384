"""A worker's way to a backplane that others share: late, failing, or hanging, as a test wants it."""

from __future__ import annotations

import asyncio
import random
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace

from chatserver.backplane.base import (
    AtMost,
    Backplane,
    BackplaneUnavailable,
    Conflict,
    Delivery,
    Event,
    Held,
    Late,
    Loaded,
    Missed,
    Numbered,
    OtherLine,
    Position,
    Repeated,
    Settling,
    Sink,
    Stale,
)


class Unreliable:
    """Each of `fails`, `loses` and `hangs` holds names of operations.

    `fails`: it does not happen. `loses`: it happens, the answer is lost. `hangs`: it never returns, and does not happen.
    With `lag`, calls, their answers and deliveries each take some steps of the loop; deliveries stay in order."""

    def __init__(self, backplane: Backplane, log: list[str], lag: random.Random | None = None, *, shared: bool = True) -> None:
        self._backplane = backplane
        self.window_ms = backplane.window_ms
        self.shared = shared
        self.answers = True
        self.doubt: Callable[[], None] = lambda: None
        self._lag = lag
        self._lines: dict[tuple[str, Sink], _Line] = {}
        self.fails: set[str] = set()
        self.loses: set[str] = set()
        self.hangs: set[str] = set()
        self.down = False  # nothing goes out
        self.cut = False  # nothing comes in
        self.log = log
        self.hanging = 0
        self.numbered: Counter[str] = Counter()  # how often each message got a number
        self.commits: list[int] = []  # number of events of each that happened

    def heal(self) -> None:
        """All works again; what was not delivered meanwhile is lost."""
        self.down = self.cut = False
        for broken in (self.fails, self.loses, self.hangs):
            broken.clear()

    @asynccontextmanager
    async def _call(self, name: str) -> AsyncIterator[None]:
        await self._wait()
        if self.down or name in self.fails:
            raise BackplaneUnavailable
        if name in self.hangs:
            self.hanging += 1
            try:
                await asyncio.get_running_loop().create_future()
            finally:
                self.hanging -= 1
        yield
        self.log.append(name)
        if name in self.loses:
            raise BackplaneUnavailable
        await self._wait()

    async def _wait(self) -> None:
        for _ in range(self._lag.randrange(4) if self._lag else 0):
            await asyncio.sleep(0)

    async def open(self, room: str, line: str, entries: Mapping[str, bytes]) -> bool:
        async with self._call("open"):
            return await self._backplane.open(room, line, entries)

    async def commit(
        self,
        room: str,
        line: str,
        expected: Mapping[str, int],
        entries: Mapping[str, bytes | None],
        events: Sequence[Event],
        *,
        narrows: bool,
        not_after: int,
        at_most: AtMost | None = None,
        holding: int | None = None,
    ) -> Numbered | Conflict | OtherLine | Settling | Late:
        async with self._call("commit"):
            result = await self._backplane.commit(
                room, line, expected, entries, events, narrows=narrows, not_after=not_after, at_most=at_most, holding=holding
            )
            if isinstance(result, Numbered):
                self.commits.append(len(events))
            return result

    async def post(
        self, room: str, line: str, guard: int, not_after: int, message_id: str | None, event: Event
    ) -> Numbered | Repeated | Stale | OtherLine | Settling | Late:
        async with self._call("post"):
            result = await self._backplane.post(room, line, guard, not_after, message_id, event)
            if message_id is not None and isinstance(result, Numbered):
                self.numbered[message_id] += 1
            return result

    async def subscribe(self, room: str, sink: Sink) -> None:
        async with self._call("subscribe"):
            line = self._lines[room, sink] = _Line(sink, self._lag, lambda: self.cut)
            await self._backplane.subscribe(room, line.put)

    async def unsubscribe(self, room: str, sink: Sink) -> None:
        async with self._call("unsubscribe"):
            line = self._lines.pop((room, sink), None)
            if line is not None:
                await self._backplane.unsubscribe(room, line.put)

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def load(self, room: str) -> Loaded | Settling | None:
        async with self._call("load"):
            loaded = await self._backplane.load(room)
            if isinstance(loaded, Loaded):  # entries come in no order that means anything
                return replace(loaded, entries=dict(sorted(loaded.entries.items(), key=lambda item: item[1][1][::-1])))
            return loaded

    async def since(self, room: str, line: str, seq: int) -> Missed | OtherLine | Settling:
        async with self._call("since"):
            return await self._backplane.since(room, line, seq)

    async def erase(self, room: str, line: str, event: Event) -> Numbered | OtherLine:
        async with self._call("erase"):
            return await self._backplane.erase(room, line, event)

    async def restore(self, room: str, line: str, held: Held) -> Settling | OtherLine:
        async with self._call("restore"):
            return await self._backplane.restore(room, line, held)

    async def touch(self, rooms: Sequence[str]) -> Mapping[str, Position]:
        async with self._call("touch"):
            return await self._backplane.touch(rooms)

    async def beat(self, worker: str) -> frozenset[str] | None:
        async with self._call("beat"):
            return await self._backplane.beat(worker)


class _Line:
    """Deliveries to one sink, each some steps later, in order."""

    def __init__(self, sink: Sink, lag: random.Random | None, cut: Callable[[], bool]) -> None:
        self._sink = sink
        self._cut = cut
        self._lag = lag
        self._waiting: deque[Delivery] = deque()

    def put(self, delivery: Delivery) -> None:
        if self._cut():
            return
        if self._lag is None:
            self._sink(delivery)
            return
        self._waiting.append(delivery)
        if len(self._waiting) == 1:
            self._soon(self._lag.randrange(6))

    def _soon(self, steps: int) -> None:
        loop = asyncio.get_running_loop()
        if steps:
            loop.call_soon(self._soon, steps - 1)
            return
        self._sink(self._waiting.popleft())
        if self._waiting and self._lag is not None:
            loop.call_soon(self._soon, self._lag.randrange(3))
