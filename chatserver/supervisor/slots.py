"""One place for a worker: its sockets, who serves them now, and who comes after."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

from chatserver.logs import log
from chatserver.supervisor.process import WorkerFault, WorkerProcess

MOVE_MS = 3_000  # over which the clients of a worker that leaves spread
LEAVE_SECONDS = 10.0  # then a worker that was told to leave is killed
PAUSES = (0.0, 0.5, 1.0, 2.0, 5.0)  # before a worker is started again, the more of them ended young one after the other

_log = logging.getLogger(__name__)


class Slot:
    def __init__(self, number: int, sockets: Sequence[socket.socket], begin: Callable[[Slot], Awaitable[WorkerProcess]]) -> None:
        """`begin` starts a process for a slot."""
        self.number = number
        self.sockets = sockets
        self.restarts = 0
        self._begin = begin
        self._process: WorkerProcess | None = None
        self._changing = asyncio.Lock()

    @property
    def ready(self) -> bool:
        return self._process is not None and self._process.ready

    async def fill(self) -> None:
        """For the first time. Raises `WorkerFault`."""
        self._process = await self._begin(self)
        await self._process.started()

    async def keep(self, say: Callable[[str], None]) -> None:
        """Starts another worker whenever one ends. `say` is told why one cannot start, once."""
        young = 0
        said: str | None = None
        while True:
            process = self._process
            assert process is not None, "it was filled"
            await process.ended()
            if self._process is not process:
                continue
            if process.fault is not None and process.fault != said:
                say(f"A worker cannot start, and is tried again: {process.fault}")
            said = process.fault
            young = young + 1 if process.was_young else 0
            await self._refill(process, young)

    async def _refill(self, ended: WorkerProcess, young: int) -> None:
        while True:
            await asyncio.sleep(PAUSES[min(max(young - 1, 0), len(PAUSES) - 1)])
            async with self._changing:
                if self._process is not ended:
                    return
                with suppress(WorkerFault):  # the machine has no room for a process: perhaps later
                    self._process = await self._begin(self)
                    self.restarts += 1
                    log(_log, "warning", "worker restarted", slot=self.number, count=self.restarts)
                    return
            young += 1

    async def replace(self) -> None:
        """By a new worker, which is ready before the old one leaves. Raises `WorkerFault`; then the old one stays."""
        async with self._changing:
            new = await self._begin(self)
            await new.started()
            old, self._process = self._process, new
        if old is not None:
            await leave(old)


async def leave(process: WorkerProcess) -> None:
    """Lets a worker send its clients on and end; it is killed where that takes too long."""
    process.tell({"do": "leave", "within_ms": MOVE_MS})
    await end(process, LEAVE_SECONDS)


async def end(process: WorkerProcess, seconds: float) -> None:
    """Until it has ended, by itself or not."""
    try:
        async with asyncio.timeout(seconds):
            await process.ended()
    except TimeoutError:
        log(_log, "error", "worker does not end: killed", slot=process.slot)
        process.kill()
        await process.ended()
