"""The house over a real Redis: its workers share that, and the house's clock is the server's too."""

from __future__ import annotations

import asyncio
import os
import time
from dataclasses import dataclass, field
from functools import partial
from itertools import count

from chatserver.backplane.base import Position
from chatserver.backplane.redis.backplane import RedisBackplane
from chatserver.clock import Clock
from tests.engine.house import House, Worker
from tests.engine.unreliable import Unreliable
from tests.redis import shared_url
from tests.waiting import settled, until

_numbers = count(1)
ROUNDS = 3  # what comes about brings about something else: a tick a share, a share a sign


class OnItsClock(RedisBackplane):
    """What the scripts take for now is what that clock says, however long a test takes."""

    def __init__(self, clock: Clock, window_seconds: float, prefix: str) -> None:
        self._of_the_house = clock
        super().__init__(shared_url(), clock, window_seconds, prefix=prefix, accept_unsafe=bool(os.environ.get("REDIS_URL")))

    @property
    def ahead_ms(self) -> int:
        return self._of_the_house.now() - time.time_ns() // 1_000_000

    @ahead_ms.setter
    def ahead_ms(self, _: int) -> None: ...


@dataclass
class RedisHouse(House):
    """Its workers are there after `start`."""

    workers: list[Worker] = field(default_factory=list)
    backplanes: list[OnItsClock] = field(default_factory=list)
    prefix: str = field(default_factory=lambda: f"house{os.getpid()}-{next(_numbers)}:")

    def worker(self, *, call_ms: int = 2_000, lag: int | None = None) -> Worker:
        assert lag is None, "it has its own"
        self.backplanes.append(OnItsClock(self.clock, self.window_seconds, self.prefix))
        self.workers.append(Worker(self, call_ms, Unreliable(self.backplanes[-1], self.store.log)))
        return self.workers[-1]

    async def start(self) -> None:
        for backplane in self.backplanes:
            await backplane.start()

    async def dies(self, worker: Worker) -> None:
        """Without a word to anybody."""
        number = self.workers.index(worker)
        del self.workers[number]
        await worker.service.rooms.stop()
        await self.backplanes.pop(number).stop()

    async def stop(self) -> None:
        for worker in self.workers:
            await worker.service.rooms.stop()
        for backplane in self.backplanes:
            await backplane.stop()

    async def quiet(self) -> None:
        for _ in range(ROUNDS):
            await settled(5)
            # Behind all that was asked before, on the same connections.
            stands = await asyncio.gather(*(backplane.touch(["room"]) for backplane in self.backplanes))
            for worker, positions in zip(self.workers, stands, strict=True):
                await until(partial(_is_there, worker, positions.get("room")))


def _is_there(worker: Worker, stand: Position | None) -> bool:
    room = worker.service.rooms.live("room")
    return room is None or (stand is not None and room.replica.seq >= stand.seq)
