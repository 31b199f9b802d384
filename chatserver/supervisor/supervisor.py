"""All workers together: started, kept running, replaced one by one, stopped."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable, Sequence

from chatserver.holding import Holding
from chatserver.supervisor.channel import Message
from chatserver.supervisor.nursery import Nursery
from chatserver.supervisor.process import WorkerFault, WorkerProcess
from chatserver.supervisor.slots import LEAVE_SECONDS, MOVE_MS, Slot, end
from chatserver.transport.counts import Counts, total

STOP_SECONDS = 8.0  # then a worker that was told to stop is killed


class Supervisor:
    def __init__(
        self, sockets: Sequence[Sequence[socket.socket]], hand_over: Message, nursery: Nursery, say: Callable[[str], None]
    ) -> None:
        """One worker for each of `sockets`, which stay open here, so that connections wait in their queue while a worker restarts.

        `hand_over` is what a worker is begun with, `nursery` where from, and `say` speaks to the operator."""
        self.stopping = False
        self._hand_over = hand_over
        self._nursery = nursery
        self._say = say
        self._slots = [Slot(number, each, self._begin) for number, each in enumerate(sockets, 1)]
        self._beginning: set[asyncio.Task[WorkerProcess]] = set()
        self._alive: set[WorkerProcess] = set()
        self._past = Counts()  # what workers that have ended had counted
        self._keepers: list[asyncio.Task[None]] = []

    async def _begin(self, slot: Slot) -> WorkerProcess:
        # Whoever waits for it may be cancelled in a stop: it must be known then, or nobody would end it.
        beginning = asyncio.create_task(self._begin_known(slot), name="worker's beginning")
        self._beginning.add(beginning)
        beginning.add_done_callback(self._beginning.discard)
        return await asyncio.shield(beginning)

    async def _begin_known(self, slot: Slot) -> WorkerProcess:
        process = await WorkerProcess.begin(slot.number, slot.sockets, self._hand_over, self._nursery, self._ended)
        self._alive.add(process)
        if self.stopping:
            process.tell({"do": "drain"})
        return process

    def _ended(self, process: WorkerProcess) -> None:
        self._alive.discard(process)
        self._past = total((self._past, process.counts))

    async def start(self) -> None:
        """Until all are ready. Raises `WorkerFault`, with all of them stopped again."""
        filling = [asyncio.create_task(slot.fill(), name="worker's start") for slot in self._slots]
        try:
            await asyncio.gather(*filling)
        except BaseException:
            for each in filling:
                each.cancel()
            await asyncio.gather(*filling, return_exceptions=True)
            await self.stop()
            raise
        self._keepers = [asyncio.create_task(slot.keep(self._say), name="worker's keeper") for slot in self._slots]

    async def replace_all(self, hand_over: Message) -> None:
        """One after the other, by workers that are begun with that. Raises `WorkerFault` where one cannot start; then the rest stays."""
        before, self._hand_over = self._hand_over, hand_over
        try:
            for slot in self._slots:
                await slot.replace()
        except WorkerFault:
            self._hand_over = before
            raise

    async def leave(self, accept_seconds: float) -> None:
        """Stops: says so, takes visitors for so long still, then sends everyone on."""
        self.stopping = True
        self._tell({"do": "drain"})
        await asyncio.sleep(accept_seconds)
        await self._end({"do": "leave", "within_ms": MOVE_MS}, LEAVE_SECONDS)

    async def stop(self) -> None:
        """At once."""
        self.stopping = True
        await self._end({"do": "stop"}, STOP_SECONDS)

    async def _end(self, message: Message, seconds: float) -> None:
        for keeper in self._keepers:
            keeper.cancel()
        await asyncio.gather(*self._keepers, return_exceptions=True)
        await asyncio.gather(*self._beginning, return_exceptions=True)
        for slot in self._slots:
            for each in slot.sockets:  # who comes now is refused, and can go elsewhere
                each.close()
        self._tell(message)
        await asyncio.gather(*(end(process, seconds) for process in list(self._alive)))

    def _tell(self, message: Message) -> None:
        for process in self._alive:
            process.tell(message)

    # --- for the status page

    def ready(self) -> int:
        """How many slots have a worker that takes visitors."""
        return sum(slot.ready for slot in self._slots)

    def counts(self) -> Counts:
        return total((self._past, *(process.counts for process in self._alive)))

    def processes(self) -> dict[str, tuple[str, int]]:
        return {
            "chatserver_workers": ("Workers that there should be", len(self._slots)),
            "chatserver_workers_ready": ("Workers that take visitors", self.ready()),
            "chatserver_worker_restarts_total": ("Workers started again because one had ended", sum(s.restarts for s in self._slots)),
        }


HOLDS = (
    Holding("process-counts", "metrics", "chatserver_workers", "process-ends"),
    Holding("process-counts", "metrics", "chatserver_workers_ready", "process-ends"),
    Holding("process-counts", "metrics", "chatserver_worker_restarts", "process-ends"),
)
