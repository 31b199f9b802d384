"""Who runs on which processor: the server alone on one, what makes the load on another."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


class TooFew(Exception):
    """There is only one processor."""


@dataclass(frozen=True, slots=True)
class Cores:
    server: frozenset[int]
    workers: frozenset[int]  # of a server with two workers
    redis: frozenset[int]
    load: frozenset[int]

    @property
    def told(self) -> str:
        if len(self.workers) > 1:
            return "Two workers have a processor each, and Redis one of its own."
        return "Two workers share the one processor of the server, and Redis that of the load: read CPU there, not throughput."


def shared_out(available: frozenset[int]) -> Cores:
    """The processors for each. Raises `TooFew`."""
    each = sorted(available)
    if len(each) < 2:
        raise TooFew("A benchmark needs two processors: one for the server, one for the load.")
    server, load = frozenset(each[:1]), frozenset(each[-1:])
    if len(each) < 4:
        return Cores(server, server, load, load)
    return Cores(server, frozenset(each[:2]), frozenset(each[2:3]), load)


def here() -> Cores:
    return shared_out(frozenset(os.sched_getaffinity(0)))


@contextmanager
def started_on(cores: frozenset[int]) -> Iterator[None]:
    """Processes that are started meanwhile run there, and so do those that they start."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, cores)
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def machine() -> str:
    """The machine in words."""
    models = [line.partition(":")[2].strip() for line in _lines("/proc/cpuinfo") if line.startswith("model name")]
    memory = next((int(line.split()[1]) for line in _lines("/proc/meminfo") if line.startswith("MemTotal")), 0)
    model = models[0] if models else platform.machine()
    linux = platform.release().partition("-")[0]
    return f"{os.cpu_count()} × {model}, {memory / 2**20:.0f} GiB, Linux {linux}, Python {platform.python_version()}"


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8", "replace").splitlines() if Path(path).is_file() else []
