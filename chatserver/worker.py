"""One worker under a supervisor, which it hears on the first of the descriptors that it is begun with; it listens on the others."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Sequence

import uvloop

from chatserver import logs
from chatserver.app import StartFault, Worker, set_aside_what_stays
from chatserver.clock import LoopClock
from chatserver.config import Settings
from chatserver.store.base import StoreUnavailable
from chatserver.store.sql import open_store
from chatserver.supervisor.channel import BEAT_SECONDS, Channel, Message
from chatserver.transport.counts import Counts

# Nobody is above us any more: others may take over at any moment, and we would only be in their way.
ORPHAN_MOVE_MS = 1_000


class Post:
    """This worker's side of the channel: beats go out, orders come in."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._worker: Worker | None = None
        self._beating = asyncio.create_task(self._beat_on(), name="beats")
        self._obeying: asyncio.Task[None] | None = None
        self._leaving: asyncio.Task[None] | None = None
        self.done = asyncio.Event()  # the worker is to stop

    def begin(self, worker: Worker) -> None:
        """It has started."""
        self._worker = worker
        self._beat()
        self._obeying = asyncio.create_task(self._obey(worker), name="orders")

    async def end(self, fault: str | None = None) -> None:
        """With the last counts, and why it could not start."""
        for task in (self._beating, self._obeying, self._leaving):
            if task is not None:
                task.cancel()
        self._beat()
        if fault is not None:
            self._channel.put({"fault": fault})
        await self._channel.close()

    def _beat(self) -> None:
        ready, counts = (False, Counts()) if self._worker is None else (self._worker.ready, self._worker.counts())
        self._channel.put({"ready": ready, "counts": counts.packed()})

    async def _beat_on(self) -> None:
        while True:
            if not self._channel.waits:  # or they would pile up for a supervisor that is held up
                self._beat()
            await asyncio.sleep(BEAT_SECONDS)

    async def _obey(self, worker: Worker) -> None:
        while (order := await self._channel.get()) is not None:
            if order["do"] == "drain":
                worker.drain()
                self._beat()
            elif order["do"] == "leave":
                self._leave(worker, order["within_ms"])
            else:
                self.done.set()
        self._leave(worker, ORPHAN_MOVE_MS)

    def _leave(self, worker: Worker, within_ms: int) -> None:
        if self._leaving is None:
            self._leaving = asyncio.create_task(worker.leave(within_ms), name="leave")
            self._leaving.add_done_callback(lambda _: self.done.set())


async def work(channel: Channel, order: Message, sockets: Sequence[socket.socket]) -> int:
    """Returns the exit code."""
    asyncio.get_running_loop().set_exception_handler(logs.loop_exception_handler)
    post = Post(channel)
    settings = Settings.model_validate(order["settings"])
    try:
        store = await open_store(settings.store.url, as_it_is=True)  # the supervisor has seen to it
        try:
            worker = Worker(settings, store, LoopClock())
            await worker.start(sockets)
            set_aside_what_stays()
        except StartFault:
            await store.close()
            raise
    except (StartFault, StoreUnavailable) as fault:
        await post.end(str(fault))
        return 1
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, post.done.set)
    post.begin(worker)
    await post.done.wait()
    await worker.stop()
    await post.end()
    return 0


async def run(supervisor: socket.socket, sockets: Sequence[socket.socket]) -> int:
    channel = await Channel.over(supervisor)
    order = await channel.get()
    if order is None:  # the supervisor ended in the meantime
        return 0
    logs.install(order["settings"]["log"]["level"], slot=order["slot"])
    return await work(channel, order, sockets)


def work_for_supervisor(descriptors: Sequence[socket.socket]) -> int:
    """A worker's whole life (`Nursery.open`). Returns the exit code."""
    supervisor, *sockets = descriptors
    return uvloop.run(run(supervisor, sockets))
