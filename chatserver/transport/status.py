"""What the operator's address answers for all workers together."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from chatserver.transport.metrics import Metrics
from chatserver.transport.web_server import Page


def status_pages(metrics: Metrics, ready: Callable[[], int], workers: int, stopping: Callable[[], bool]) -> Mapping[str, Page]:
    """`ready`: how many of the `workers` take visitors."""

    async def readyz(_request: web.Request) -> web.Response:
        count = ready()
        line = f"{count} of {workers} workers {'is' if count == 1 else 'are'} ready"
        if stopping():
            return web.Response(text=f"stopping: {line}\n", status=503)
        return web.Response(text=f"{line}\n", status=200 if count else 503)

    async def healthz(_request: web.Request) -> web.Response:
        return web.Response(text="ok\n")

    return {"/metrics": metrics.page, "/readyz": readyz, "/healthz": healthz}
