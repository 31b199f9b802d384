"""One worker's process, as its supervisor sees it: begun, heard, told, killed where it is silent."""

from __future__ import annotations

import asyncio
import logging
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress

from chatserver.logs import log
from chatserver.supervisor.channel import BEAT_SECONDS, Channel, Message
from chatserver.supervisor.nursery import Nursery
from chatserver.transport.counts import Counts

SILENT_BEATS = 10  # missed one after the other: it is blocked or stopped, and its share of new connections waits in vain
START_SECONDS = 60.0  # to be ready
YOUNG_SECONDS = 10.0

_log = logging.getLogger(__name__)


class WorkerFault(Exception):
    """A worker cannot start. `args[0]` is a sentence for the operator."""


class WorkerProcess:
    def __init__(self, slot: int, pid: int, nursery: Nursery, channel: Channel, on_end: Callable[[WorkerProcess], None]) -> None:
        self.slot = slot
        self.ready = False
        self.counts = Counts()
        self.fault: str | None = None
        self._began = asyncio.get_running_loop().time()
        self._pid = pid
        self._nursery = nursery
        self._channel = channel
        self._on_end = on_end
        self._heard = False  # since the last look
        self._spoken = False  # at all
        self._settled = asyncio.Event()  # it has been ready, or has ended
        self._was_ready = False
        self._lived = 0.0
        self._life = asyncio.create_task(self._live(), name="worker process")

    @classmethod
    async def begin(
        cls, slot: int, sockets: Sequence[socket.socket], hand_over: Message, nursery: Nursery, on_end: Callable[[WorkerProcess], None]
    ) -> WorkerProcess:
        """What it is to know goes over the channel. Raises `WorkerFault`."""
        try:
            pid, ours = await _begun(nursery, sockets)
        except OSError as fault:
            log(_log, "error", "worker cannot be started", slot=slot, exception=type(fault).__name__)
            raise WorkerFault(f"A worker's process cannot be started: {fault.strerror}.") from None
        channel = await Channel.over(ours)
        channel.put({**hand_over, "slot": slot})
        return cls(slot, pid, nursery, channel, on_end)

    async def _live(self) -> None:
        hearing = asyncio.create_task(self._hear(), name="worker's channel")
        guarding = asyncio.create_task(self._guard(), name="worker's guard")
        try:
            code = await self._nursery.ended(self._pid)
            await hearing  # what it said last
        finally:
            guarding.cancel()
            hearing.cancel()
        self._nursery.forget(self._pid)
        await self._channel.close()
        self.ready = False
        self.counts = self.counts.ended()
        log(_log, "info" if code == 0 else "warning", "worker ended", slot=self.slot, code=code)
        self._lived = asyncio.get_running_loop().time() - self._began
        self._settled.set()
        self._on_end(self)

    async def _hear(self) -> None:
        while (message := await self._channel.get()) is not None:
            self._heard = self._spoken = True
            self._take(message)
        self.ready = False

    def _take(self, message: Message) -> None:
        if "fault" in message:
            self.fault = str(message["fault"])
            return
        self.ready = bool(message["ready"])
        self.counts = Counts.unpacked(message["counts"])
        if self.ready:
            self._was_ready = True
            self._settled.set()

    async def _guard(self) -> None:
        missed = 0
        # Counted by our own turns, not by the clock: where this process was held up, its workers are not to blame.
        while True:
            await asyncio.sleep(BEAT_SECONDS)
            missed = 0 if self._heard else missed + 1
            self._heard = False
            if missed >= (SILENT_BEATS if self._spoken else START_SECONDS / BEAT_SECONDS):
                log(_log, "error", "worker silent: killed", slot=self.slot)
                self.kill()

    async def started(self) -> None:
        """Until it is ready. Raises `WorkerFault`; then it has ended, or soon will."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._settled.wait(), START_SECONDS)
        if not self._was_ready:
            self.kill()
            raise WorkerFault(self.fault or "A worker did not come to be ready. The log says more.")

    async def ended(self) -> None:
        await asyncio.shield(self._life)

    @property
    def was_young(self) -> bool:
        """Of one that has ended: it never was ready, or not for long."""
        return not self._was_ready or self._lived < YOUNG_SECONDS

    def tell(self, message: Message) -> None:
        self._channel.put(message)

    def kill(self) -> None:
        self._nursery.kill(self._pid)


async def _begun(nursery: Nursery, sockets: Sequence[socket.socket]) -> tuple[int, socket.socket]:
    """The id of the process, and our end of the channel."""
    ours, theirs = socket.socketpair()
    try:
        return await nursery.begin([theirs.fileno(), *(each.fileno() for each in sockets)]), ours
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
