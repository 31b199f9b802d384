"""The composition root: the only file that names every concrete class."""

from __future__ import annotations

import asyncio
import logging
import resource
import signal
from collections.abc import Callable

import uvloop

from chatserver import logs
from chatserver.backplane.memory import MemoryBackplane
from chatserver.clock import Clock, LoopClock
from chatserver.config import Settings, base_url
from chatserver.demo import make_demo
from chatserver.domain.limits import Rate
from chatserver.engine.openings import RoomDefaults
from chatserver.engine.rates import Rates
from chatserver.engine.service import Service
from chatserver.store.base import Store
from chatserver.store.sql import open_store
from chatserver.transport.fanout import SocketioFanout
from chatserver.transport.http import add_routes
from chatserver.transport.metrics import Metrics
from chatserver.transport.socketio_server import SocketioServer
from chatserver.transport.web_server import CannotListen, WebServer

_log = logging.getLogger(__name__)

Announce = Callable[[str], None]


class StartFault(Exception):
    """The server cannot start. `args[0]` is a sentence for the operator."""


class Worker:
    """One server process: everything of it, put together."""

    def __init__(self, settings: Settings, store: Store, clock: Clock) -> None:
        self._settings = settings
        self._store = store
        self._ready = False
        fanout = SocketioFanout()
        self.service = Service(
            store,
            MemoryBackplane(clock, settings.rooms.window_seconds),
            fanout,
            clock,
            RoomDefaults(settings.rooms.capacity, settings.rooms.grace_seconds * 1_000, settings.rooms.away_seconds * 1_000),
            _rates(settings),
            settings.operator.contact,
        )
        self._metrics = Metrics(lambda: len(self.service.connections), lambda: len(self.service.rooms))
        self._sockets = SocketioServer(fanout, public_url=settings.server.public_url, answered=self._metrics.answered)
        self._web = WebServer()

    async def start(self) -> tuple[int, int | None]:
        """Listens. Returns the port, and that of the metrics where they have one of their own. Raises `StartFault`."""
        settings = self._settings
        add_routes(
            self._web.app,
            store=self._store,
            base_url=base_url(settings),
            contact=settings.operator.contact,
            ready=lambda: self._ready,
        )
        self._sockets.attach(self._web.app, self.service)
        metrics_port: int | None = None
        together = settings.metrics.port == settings.server.port and settings.metrics.port > 0
        if together:
            self._web.serve_metrics_too(self._metrics)
        try:
            port = await self._web.listen(settings.server.host, settings.server.port)
            if settings.metrics.port >= 0 and not together:
                metrics_port = await self._web.listen_metrics(self._metrics, settings.metrics.host, settings.metrics.port)
        except CannotListen as fault:
            await self._web.stop(self._sockets.close_all)
            raise StartFault(*fault.args) from None
        self.service.rooms.beat()
        self._ready = True
        return port, metrics_port

    async def stop(self) -> None:
        self._ready = False
        await self._web.stop(self._sockets.close_all)
        await self.service.rooms.stop()
        await self._store.close()


def _rates(settings: Settings) -> Rates:
    limits = settings.limits
    return Rates(
        messages=Rate(limits.messages_per_second, limits.message_burst),
        commands=Rate(limits.commands_per_second, limits.command_burst),
        joins=Rate(limits.joins_per_minute / 60, limits.joins_per_minute),
    )


def serve(settings: Settings, announce: Announce) -> int:
    """Runs until SIGTERM or SIGINT; returns the exit code. Raises `StartFault` and `StoreUnavailable`, whose texts are for the operator."""
    logs.install(settings.log.level)
    # What is said in a room is in this process's memory: it must not reach a disk by way of a crash.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # one file a connection
    return uvloop.run(_serve(settings, announce))


async def _serve(settings: Settings, announce: Announce) -> int:
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(logs.loop_exception_handler)
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    clock = LoopClock()
    store = await open_store(settings.store.url)
    worker = Worker(settings, store, clock)
    try:
        port, metrics_port = await worker.start()
    except StartFault:
        await store.close()
        raise
    address = base_url(settings, port)
    facilitator = await make_demo(store, clock.now(), address)
    metrics = None if metrics_port is None else f"http://{settings.metrics.host}:{metrics_port}/metrics"
    if settings.metrics.port == settings.server.port > 0:
        metrics = f"{address}/metrics"
    groups = await store.groups()
    announce(_greeting(address, facilitator, groups[0].slug, metrics))
    logs.log(_log, "info", "started", port=port)
    await stop.wait()
    announce("Stopping: everyone is told, nothing is kept.")
    await worker.stop()
    logs.log(_log, "info", "stopped")
    return 0


def _greeting(address: str, facilitator: str | None, group: str, metrics: str | None) -> str:
    lines = ["", f"  The page             {address}/"]
    if facilitator is not None:
        room = facilitator.partition("#")[0]
        lines += [
            f"  A room, open now     {room}",
            f"  To lead it, open     {facilitator}",
            "                       (keep this link to yourself: whoever has it is the facilitator)",
        ]
    else:
        # Only hashes of keys are kept: the link of an earlier start cannot be shown again, a new one can be made.
        lines += [f"  A link to lead with  uv run chatserver key facilitator --group {group}"]
    if metrics is not None:
        lines += [f"  Metrics              {metrics}"]
    return "\n".join([*lines, "  Stop with Ctrl-C.", ""])
