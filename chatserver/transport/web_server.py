"""Listening, and stopping in time."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Awaitable, Callable

from aiohttp import web

from chatserver.transport.metrics import Metrics

STOP_SECONDS = 3.0  # what connections have to take their leave; then requests that are still being answered get as much again


class CannotListen(Exception):
    """The address is taken, not ours, or not allowed. `args[0]` is a sentence for the operator."""


class WebServer:
    def __init__(self) -> None:
        self.app = web.Application(client_max_size=65_536)
        self._runners: list[web.AppRunner] = []

    async def listen(self, host: str, port: int) -> int:
        """Serves the app. Returns the port, which is a free one where 0 was asked for. Raises `CannotListen`."""
        return await self._listen(self.app, host, port, "server")

    async def listen_metrics(self, metrics: Metrics, host: str, port: int) -> int:
        app = web.Application()
        app.router.add_get("/metrics", metrics.page)
        return await self._listen(app, host, port, "metrics")

    def serve_metrics_too(self, metrics: Metrics) -> None:
        """On the same port as everything else."""
        self.app.router.add_get("/metrics", metrics.page)

    async def _listen(self, app: web.Application, host: str, port: int, section: str) -> int:
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=STOP_SECONDS)
        await runner.setup()
        self._runners.append(runner)
        try:
            site = web.TCPSite(runner, host, port, backlog=4_096)
            await site.start()
        except (OSError, OverflowError) as fault:
            raise CannotListen(_why(fault, host, port, section)) from None
        address: tuple[str, int] = runner.addresses[0]
        return address[1]

    async def stop(self, close_connections: Callable[[float], Awaitable[None]]) -> None:
        """Takes no more connections, closes those that are open, and is done within a few seconds however many there are."""
        for runner in self._runners:
            for site in list(runner.sites):
                await site.stop()
        await close_connections(STOP_SECONDS)
        await asyncio.gather(*(runner.cleanup() for runner in self._runners))


def _why(fault: Exception, host: str, port: int, section: str) -> str:
    number = fault.errno if isinstance(fault, OSError) else None
    if number == errno.EADDRINUSE:
        return f"Port {port} on {host} is in use, perhaps by another chatserver. Stop that one, or choose another ({section}.port)."
    if number == errno.EACCES:
        return f"Port {port} needs rights that this user does not have. Choose one above 1023 ({section}.port), with a proxy in front."
    return f"{host} is not an address of this machine ({section}.host)."
