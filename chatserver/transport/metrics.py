"""What is counted. No room, no group, no person; and nothing small, by which a few people could be told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from aiohttp import web
from prometheus_client import CollectorRegistry, Metric, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily
from prometheus_client.registry import Collector

from chatserver.holding import Holding
from chatserver.transport.counts import Counts
from chatserver.wire.schemas import EVENTS

SMALL = 5  # counts below this are not shown


class Tally:
    """Counts, in one worker."""

    def __init__(self, connections: Callable[[], int], rooms: Callable[[], int]) -> None:
        self._connections = connections
        self._rooms = rooms
        self._answers: Counter[tuple[str, str]] = Counter()

    def answered(self, event: str, code: str) -> None:
        self._answers[event if event in EVENTS else "unknown", code] += 1

    def counts(self) -> Counts:
        return Counts(self._connections(), self._rooms(), dict(self._answers))


class Metrics(Collector):
    """The page for Prometheus, of one worker or of all together."""

    def __init__(self, counts: Callable[[], Counts], processes: Callable[[], Mapping[str, tuple[str, int]]] = dict) -> None:
        """`processes`: gauges and counters (`..._total`) about processes, which are no people: name, text, number."""
        self._counts = counts
        self._processes = processes
        self._registry = CollectorRegistry(auto_describe=False)
        self._registry.register(self)

    def collect(self) -> Iterator[Metric]:
        counts = self._counts()
        for name, text, count in (
            ("chatserver_connections", "Connections; 0 where there are fewer than 5", counts.connections),
            ("chatserver_rooms", "Rooms, counted once by each worker that serves them; 0 where there are fewer than 5", counts.rooms),
        ):
            yield GaugeMetricFamily(name, text, value=count if count >= SMALL else 0)
        # By fives, so that two looks do not show one call for help; without the library's counter, which tells when the first was.
        answers = CounterMetricFamily("chatserver_answers", "Client events answered, by event and code; in fives", labels=["event", "code"])
        for labels, count in sorted(counts.answers.items()):
            if count >= SMALL:
                answers.add_metric(labels, count - count % SMALL)
        yield answers
        for name, (text, count) in self._processes().items():
            kind = CounterMetricFamily if name.endswith("_total") else GaugeMetricFamily
            yield kind(name, text, value=count)

    async def page(self, _request: web.Request) -> web.Response:
        return web.Response(body=generate_latest(self._registry), headers={"Content-Type": "text/plain; version=0.0.4; charset=utf-8"})


HOLDS = (
    Holding("counts", "metrics", "chatserver_connections", "process-ends"),
    Holding("counts", "metrics", "chatserver_rooms", "process-ends"),
    Holding("counts", "metrics", "chatserver_answers", "process-ends", ("event", "code")),
    Holding("counts", "memory", "transport.metrics.Tally", "process-ends", ("_answers",)),
)
