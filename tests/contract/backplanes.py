"""The backplanes that the contract is held against, each with its own way of letting time pass."""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count

from chatserver.backplane.base import (
    AtMost,
    Backplane,
    Conflict,
    Delivery,
    Event,
    Kept,
    Late,
    Loaded,
    Missed,
    Numbered,
    OtherLine,
    Settling,
)
from chatserver.backplane.memory import MemoryBackplane
from chatserver.backplane.redis.backplane import RedisBackplane
from chatserver.clock import LoopClock
from chatserver.domain.events import EVERYBODY
from tests.fakes import FakeClock
from tests.redis import shared_url
from tests.waiting import until


@dataclass
class Bench:
    """A backplane under test."""

    backplane: Backplane
    now: Callable[[], int]
    advance: Callable[[int], Awaitable[None]]  # lets so many milliseconds pass for it


Make = Callable[[float], AbstractAsyncContextManager[Bench]]  # of the window's seconds


@asynccontextmanager
async def memory(window_seconds: float) -> AsyncIterator[Bench]:
    clock = FakeClock()

    async def advance(ms: int) -> None:
        clock.advance(ms)

    yield Bench(MemoryBackplane(clock, window_seconds), clock.now, advance)


_numbers = count(1)


class AheadClock(LoopClock):
    """The clock that the shared server has, too, so far ahead as its backplane makes that one."""

    __slots__ = ("ahead_ms",)

    def __init__(self) -> None:
        super().__init__()
        self.ahead_ms = 0

    def now(self) -> int:
        return time.time_ns() // 1_000_000 + self.ahead_ms


@asynccontextmanager
async def redis(window_seconds: float) -> AsyncIterator[Bench]:
    """Rooms of its own on the server that all share. Its time is real: what the scripts take for now is put ahead of it."""
    clock = AheadClock()
    prefix = f"test{os.getpid()}-{next(_numbers)}:"
    # One that is given may be set as it likes: what is said here is not worth keeping.
    given = bool(os.environ.get("REDIS_URL"))
    backplane = RedisBackplane(shared_url(), clock, window_seconds, prefix=prefix, accept_unsafe=given)

    async def advance(ms: int) -> None:
        clock.ahead_ms += ms
        backplane.ahead_ms += ms

    await backplane.start()
    yield Bench(backplane, clock.now, advance)
    await backplane.stop()


BACKPLANES: dict[str, Make] = {
    "memory": memory,
    "redis": redis,
}


def event(body: str = "{}", *, kept: bool = False, message: str | None = None, retracts: str | None = None, held: int = 0) -> Event:
    return Event(EVERYBODY, body.encode(), kept=kept, message=message, retracts=retracts, held=held)


def words(body: str, message: str | None = None, held: int = 0) -> Event:
    return event(body, kept=True, message=message, held=held)


@dataclass(eq=False)
class Heard:
    """A subscriber that remembers."""

    deliveries: list[Delivery] = field(default_factory=list)

    def __call__(self, delivery: Delivery) -> None:
        self.deliveries.append(delivery)

    @property
    def seqs(self) -> list[int]:
        return [d.seq for d in self.deliveries]

    async def reaches(self, seq: int) -> None:
        await until(lambda: self.deliveries and self.deliveries[-1].seq >= seq, f"no delivery reached {seq}: {self.seqs}")


@dataclass
class Line:
    """One room on a bench, with what most calls have in common filled in."""

    bench: Bench
    room: str = "room"
    line: str = "a.1"

    async def open(self, entries: Mapping[str, bytes] | None = None) -> Line:
        assert await self.bench.backplane.open(self.room, self.line, entries if entries is not None else {"core": b"c"})
        return self

    async def hear(self) -> Heard:
        heard = Heard()
        await self.bench.backplane.subscribe(self.room, heard)
        return heard

    async def commit(
        self,
        expected: Mapping[str, int] | None = None,
        entries: Mapping[str, bytes | None] | None = None,
        events: Sequence[Event] = (),
        *,
        narrows: bool = False,
        not_after: int | None = None,
        at_most: AtMost | None = None,
        holding: int | None = None,
        line: str | None = None,
    ) -> Numbered | Conflict | OtherLine | Settling | Late:
        return await self.bench.backplane.commit(
            self.room,
            line or self.line,
            expected or {},
            entries or {},
            events,
            narrows=narrows,
            not_after=self.bench.now() + 2_000 if not_after is None else not_after,
            at_most=at_most,
            holding=holding,
        )

    async def post(
        self, event: Event, message_id: str | None = None, *, guard: int = 1, not_after: int | None = None, line: str | None = None
    ) -> object:
        until = self.bench.now() + 2_000 if not_after is None else not_after
        return await self.bench.backplane.post(self.room, line or self.line, guard, until, message_id, event)

    async def hold(self, number: int, events: Sequence[Event] = ()) -> int:
        """Its seq."""
        result = await self.commit(events=events, holding=number)
        assert isinstance(result, Numbered), result
        return result.seq

    async def posted(self, event: Event, message_id: str | None = None, *, guard: int = 1) -> int:
        result = await self.post(event, message_id, guard=guard)
        assert isinstance(result, Numbered), result
        return result.seq

    async def since(self, seq: int) -> Missed:
        missed = await self.bench.backplane.since(self.room, self.line, seq)
        assert isinstance(missed, Missed), missed
        return missed

    async def bodies_since(self, seq: int) -> list[bytes]:
        return [kept.event.body for kept in (await self.since(seq)).events]

    async def kept_since(self, seq: int) -> list[tuple[int, bytes]]:
        return [pair(kept) for kept in (await self.since(seq)).events]

    async def loaded(self) -> Loaded:
        loaded = await self.bench.backplane.load(self.room)
        assert isinstance(loaded, Loaded), loaded
        return loaded

    async def entries(self) -> dict[str, tuple[int, bytes]]:
        return dict((await self.loaded()).entries)

    async def seq(self) -> int:
        return (await self.loaded()).seq


def pair(kept: Kept) -> tuple[int, bytes]:
    return kept.seq, kept.event.body
