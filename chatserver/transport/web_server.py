"""Listening, and stopping in time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from socket import socket
from typing import cast

from aiohttp import web

from chatserver.holding import Holding
from chatserver.transport.arrivals import Arrivals, Opens
from chatserver.transport.listening import BACKLOG, cannot_listen, listening_sockets

QUIET_SECONDS = 10.0  # how long a connection may take to ask for something, and all of its head to come; again after each answer
STOP_SECONDS = 3.0  # what connections have to take their leave; then requests that are still being answered get as much again

Page = Callable[[web.Request], Awaitable[web.Response]]


class _Runner(web.AppRunner):
    """Lets somebody else look first at who comes."""

    _first: Arrivals | None = None

    def look_first(self, opens: Opens) -> Arrivals:
        server = self._server
        assert server is not None
        self._first = Arrivals(opens, server)
        return self._first

    @property
    def server(self) -> web.Server | None:
        """What makes the protocol of each connection: that is all that a site asks of it."""
        return cast(web.Server, self._first) if self._first is not None else self._server


class WebServer:
    def __init__(self, opens: Opens = lambda _transport, _data: False, quiet_seconds: float = QUIET_SECONDS) -> None:
        """`opens`: see `Arrivals`."""
        self._opens = opens
        self._quiet_seconds = quiet_seconds
        self._arrivals: list[Arrivals] = []
        self.app = web.Application(client_max_size=65_536)
        self.app.on_response_prepare.append(self._no_more_of_this)
        self._runners: list[web.AppRunner] = []
        self._leaving = False

    async def listen(self, host: str, port: int) -> int:
        """Serves the app. Returns the port, which is a free one where 0 was asked for. Raises `CannotListen`."""
        (sockets,) = listening_sockets(host, port, 1)
        await self.listen_on(sockets)
        number: int = sockets[0].getsockname()[1]
        return number

    async def listen_on(self, sockets: Sequence[socket]) -> None:
        """Serves the app on sockets that listen already."""
        runner = await self._runner(self.app)
        for each in sockets:
            await web.SockSite(runner, each, backlog=BACKLOG).start()

    async def listen_aside(self, pages: Mapping[str, Page], host: str, port: int) -> int:
        """Serves what the operator looks at, by path, on an address of its own. Returns the port. Raises `CannotListen`."""
        app = web.Application()
        for path, page in pages.items():
            app.router.add_get(path, page)
        runner = await self._runner(app)
        try:
            site = web.TCPSite(runner, host, port, backlog=BACKLOG)
            await site.start()
        except (OSError, OverflowError) as fault:
            raise cannot_listen(fault, host, port, "metrics") from None
        address: tuple[str, int] = runner.addresses[0]
        return address[1]

    async def _runner(self, app: web.Application) -> web.AppRunner:
        # To aiohttp a request of which only a part has come is none yet; its own bound for that is an hour.
        runner = _Runner(app, access_log=None, shutdown_timeout=STOP_SECONDS, keepalive_timeout=self._quiet_seconds)
        await runner.setup()
        if app is self.app:
            self._arrivals.append(runner.look_first(self._opens))
        self._runners.append(runner)
        return runner

    async def stop_listening(self) -> None:
        """Takes no more connections. Those that are open are served, and end with their next answer."""
        self._leaving = True
        for runner in self._runners:
            for site in list(runner.sites):
                await site.stop()
        for arrivals in self._arrivals:
            arrivals.hand_over_all()

    async def _no_more_of_this(self, _request: web.Request, response: web.StreamResponse) -> None:
        if self._leaving and not isinstance(response, web.WebSocketResponse):
            response.force_close()

    async def stop(self, close_connections: Callable[[float], Awaitable[None]]) -> None:
        """Takes no more connections, closes those that are open, and is done within a few seconds however many there are."""
        await self.stop_listening()
        await close_connections(STOP_SECONDS)
        await asyncio.gather(*(runner.cleanup() for runner in self._runners))


_AT = "transport.web_server.WebServer"
HOLDS = (Holding("last-request", "memory", _AT, "time", ("_arrivals", "_runners"), int(QUIET_SECONDS), identifies="words"),)
