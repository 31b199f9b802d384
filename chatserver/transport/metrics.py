"""What is counted. No room, no group, no person; a gauge that could point at a few people reads 0."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from aiohttp import web
from prometheus_client import CollectorRegistry, Counter, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from chatserver.wire.schemas import EVENTS

SMALL = 5  # counts below this are not shown


class _Present(Collector):
    def __init__(self, connections: Callable[[], int], rooms: Callable[[], int]) -> None:
        self._connections = connections
        self._rooms = rooms

    def collect(self) -> Iterator[Metric]:
        for name, text, count in (
            ("chatserver_connections", "Connections; 0 where there are fewer than 5", self._connections()),
            ("chatserver_rooms", "Rooms that this worker serves; 0 where there are fewer than 5", self._rooms()),
        ):
            yield GaugeMetricFamily(name, text, value=count if count >= SMALL else 0)


class Metrics:
    def __init__(self, connections: Callable[[], int], rooms: Callable[[], int]) -> None:
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(_Present(connections, rooms))
        text = "Client events answered, by event and code"
        self._answers = Counter("chatserver_answers", text, ["event", "code"], registry=self._registry)

    def answered(self, event: str, code: str) -> None:
        self._answers.labels(event if event in EVENTS else "unknown", code).inc()

    async def page(self, request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})
