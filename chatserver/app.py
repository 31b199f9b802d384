"""The composition root: the only file that names every concrete class. `serving.py` runs it in this process, `worker.py` in one of many."""

from __future__ import annotations

import asyncio
import gc
from collections.abc import Sequence
from socket import socket

from chatserver import formats, resources
from chatserver.backplane.base import Backplane, BackplaneFault
from chatserver.backplane.memory import MemoryBackplane
from chatserver.backplane.redis.backplane import RedisBackplane
from chatserver.clock import LoopClock
from chatserver.config import Settings, base_url
from chatserver.domain.limits import Rate
from chatserver.engine.openings import RoomDefaults
from chatserver.engine.rates import Rates
from chatserver.engine.service import Service
from chatserver.feeds.what_we_hold import Held, composed
from chatserver.held import held
from chatserver.store.base import Store
from chatserver.transport.api.route import Parts
from chatserver.transport.api.server import add_api
from chatserver.transport.counts import Counts
from chatserver.transport.fanout import SocketFanout
from chatserver.transport.http import add_routes
from chatserver.transport.listening import CannotListen
from chatserver.transport.metrics import Metrics, Tally
from chatserver.transport.proxies import Proxies
from chatserver.transport.socketio_server import SocketioServer
from chatserver.transport.web_server import WebServer

# What came in before a worker stopped to listen, and has not asked for anything yet, gets its answer in this time at least.
SETTLE_SECONDS = 1.0
GARBAGE = 20_000  # new objects until it is looked which of them only hold each other


class StartFault(Exception):
    """The server cannot start. `args[0]` is a sentence for the operator."""


def set_aside_what_stays() -> None:
    """To be called once, when all is there that stays until the process ends: code, most of it, of which there is a lot.

    Python's search for garbage would go through it again and again while people come, and everybody waits for so long. By its own measure
    it is on after every 700 objects, and takes a twentieth of the time when much is said: of which it finds nothing."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE, 50, 50)


class Worker:
    """What serves people, all of it, in one process."""

    def __init__(self, settings: Settings, store: Store, clock: LoopClock) -> None:
        self._settings = settings
        self._store = store
        self._clock = clock
        self._ready = False
        self._backplane = _backplane(settings, clock)
        fanout = SocketFanout()
        self.service = Service(
            store,
            self._backplane,
            fanout,
            clock,
            RoomDefaults(
                capacity=settings.rooms.capacity,
                grace_ms=settings.rooms.grace_seconds * 1_000,
                away_ms=settings.rooms.away_seconds * 1_000,
                doors_minutes=settings.rooms.doors_minutes,
                unled_ms=settings.rooms.unled_minutes * 60_000,
                first_messages=settings.rooms.first_messages,
                wave_joins=settings.raid.wave_joins,
                wave_ms=settings.raid.wave_seconds * 1_000,
            ),
            _rates(settings),
            settings.operator.contact,
        )
        self._tally = Tally(lambda: len(self.service.connections), lambda: len(self.service.rooms))
        proxies = Proxies(settings.proxy.header, settings.proxy.networks)
        self._sockets = SocketioServer(fanout, public_url=settings.server.public_url, answered=self._tally.answered, proxies=proxies)
        self._web = WebServer(self._sockets.opens)

    async def start(self, sockets: Sequence[socket] = ()) -> tuple[int, int | None]:
        """Listens; on `sockets` if there are any, and then shows no metrics by itself: they are asked for all workers together.

        Returns the port, and that of the metrics where they have one of their own. Raises `StartFault`."""
        try:
            # Read once, and now: a room that opens shall not wait for files, or fail for them.
            formats.built_in()
            formats.prompts()
            helplines = resources.helplines(self._settings.operator.helplines)
        except formats.FormatFaults as fault:
            raise StartFault(*fault.args) from None
        except resources.HelplineFaults as fault:
            raise StartFault(f"The helplines cannot be used.\n{fault}") from None
        add_routes(
            self._web.app,
            store=self._store,
            base_url=base_url(self._settings),
            contact=self._settings.operator.contact,
            helplines=helplines,
            ready=lambda: self.ready,
            onion_url=self._settings.server.onion_url,
            held=_held(self._settings),
        )
        parts = Parts(self._store, self.service.opener, self.service.rooms, self._clock.now, base_url(self._settings))
        add_api(self._web.app, parts, self._clock, self.service.rates.commands)
        self._sockets.attach(self._web.app, self.service)
        try:
            await self._backplane.start()
            ports = await self._listen(sockets)
        except (BackplaneFault, CannotListen) as fault:
            await self._web.stop(self._sockets.close_all)
            await self._backplane.stop()
            raise StartFault(*fault.args) from None
        self.service.rooms.beat()
        self._ready = True
        return ports

    async def _listen(self, sockets: Sequence[socket]) -> tuple[int, int | None]:
        if sockets:
            await self._web.listen_on(sockets)
            port: int = sockets[0].getsockname()[1]
            return port, None
        server, metrics = self._settings.server, self._settings.metrics
        page = Metrics(self.counts).page
        together = metrics.port == server.port > 0
        if together:
            self._web.app.router.add_get("/metrics", page)
        port = await self._web.listen(server.host, server.port)
        if metrics.port < 0 or together:
            return port, None
        return port, await self._web.listen_aside({"/metrics": page}, metrics.host, metrics.port)

    @property
    def ready(self) -> bool:
        """Whether it is for new visitors."""
        return self._ready and self._backplane.answers

    def counts(self) -> Counts:
        return self._tally.counts()

    def drain(self) -> None:
        """Says that it is not ready from now on, and serves on."""
        self._ready = False

    async def leave(self, within_ms: int) -> None:
        """Takes nobody more, and sends everyone on to another worker, spread over that time.

        Returns when they have gone, or ought to have."""
        self.drain()
        await self._web.stop_listening()
        settled = asyncio.get_running_loop().time() + SETTLE_SECONDS
        await self._sockets.move_all(within_ms, within_ms / 1_000 + SETTLE_SECONDS)
        await asyncio.sleep(settled - asyncio.get_running_loop().time())

    async def stop(self) -> None:
        self.drain()
        await self._web.stop(self._sockets.close_all)
        await self.service.rooms.stop()
        await self._backplane.stop()
        await self._store.close()


def _backplane(settings: Settings, clock: LoopClock) -> Backplane:
    window, redis = settings.rooms.window_seconds, settings.backplane
    if not redis.url:
        return MemoryBackplane(clock, window)
    return RedisBackplane(redis.url, clock, window, accept_unsafe=redis.accept_unsafe, time_known=clock.follow)


def _held(settings: Settings) -> list[Held]:
    rooms = settings.rooms
    seconds = {"rooms.window_seconds": rooms.window_seconds, "rooms.grace_seconds": rooms.grace_seconds}
    return composed(held(redis=bool(settings.backplane.url)), seconds)


async def backplane_fault(settings: Settings) -> str | None:
    """Why the backplane cannot be used as it is, in words for the operator; None where it can."""
    backplane = _backplane(settings, LoopClock())
    try:
        await backplane.start()
    except BackplaneFault as fault:
        return str(fault)
    finally:
        await backplane.stop()
    return None


def _rates(settings: Settings) -> Rates:
    limits = settings.limits
    return Rates(
        messages=Rate(limits.messages_per_second, limits.message_burst),
        commands=Rate(limits.commands_per_second, limits.command_burst),
        joins=Rate(limits.joins_per_minute / 60, limits.joins_per_minute),
        repeats=settings.raid.repeats,
    )
