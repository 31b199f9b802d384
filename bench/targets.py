"""What was aimed at, and whether it is met. A floor must hold; an aim is where it should go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median
from typing import Literal

from bench.figures import ByRound, Figures, combined, largest, ratios
from bench.servers import NODE, NODE_REDIS, PRODUCT, PRODUCT_REDIS, RAW, STOCK
from bench.sessions import (
    A_AT_20,
    A_SATURATED,
    AWAY,
    B_COME,
    B_QUIET,
    B_SATURATED,
    BEFORE,
    BESIDE_DEAF,
    BESIDE_HOSTILE,
    BESIDE_NOBODY,
    CROWD_COMES,
    HOT,
    IDLE,
    VANISH,
)

Verdict = Literal["aim met", "floor met", "met", "NOT met", "not measured"]
COST = "us_per_delivery"


@dataclass(frozen=True, slots=True)
class Aim:
    """`floor` and `aim` are the most that the value may be; where `at_least`, the least."""

    measure: str
    unit: str
    value: Callable[[Figures], ByRound]
    floor: float | None
    aim: float | None = None
    at_least: bool = False
    needs: tuple[tuple[str, str], ...] = ()  # server and phase in which everything has to arrive

    def verdict(self, figures: Figures) -> Verdict:
        values = self.value(figures)
        if not values:
            return "not measured"
        if not all(figures.complete(server, phase) for server, phase in self.needs):
            return "NOT met"
        value = median(values.values())
        if self.aim is not None and self._holds(value, self.aim):
            return "aim met"
        if self.floor is None:
            return "NOT met"
        if not self._holds(value, self.floor):
            return "NOT met"
        return "met" if self.aim is None else "floor met"

    def _holds(self, value: float, limit: float) -> bool:
        return value >= limit if self.at_least else value <= limit


def _over(other: str, phase: str, product: str = PRODUCT) -> Callable[[Figures], ByRound]:
    """How many times the other's CPU for a delivery is ours."""
    return lambda figures: ratios(figures.of(other, phase, COST), figures.of(product, phase, COST))


def _to_raw(phase: str) -> Callable[[Figures], ByRound]:
    return lambda figures: ratios(figures.of(PRODUCT, phase, COST), figures.of(RAW, phase, COST))


def _plain(phase: str, figure: str, server: str = PRODUCT) -> Callable[[Figures], ByRound]:
    return lambda figures: figures.of(server, phase, figure)


def vanish_cpu(figures: Figures) -> ByRound:
    """CPU seconds of all that follows, telling who stays included; without what the talk meanwhile costs, as measured before."""
    before = ratios(figures.of(PRODUCT, BEFORE, "cpu_s"), figures.of(PRODUCT, BEFORE, "seconds"))
    parts = []
    for phase in (VANISH, AWAY):
        used, seconds = figures.of(PRODUCT, phase, "cpu_s"), figures.of(PRODUCT, phase, "seconds")
        talk = {number: share * seconds[number] for number, share in before.items() if number in seconds}
        parts += [(1.0, used), (-1.0, talk)]
    return combined(parts)


def _vanish_latest(figures: Figures) -> ByRound:
    return largest(figures.of(PRODUCT, VANISH, "max_ms"), figures.of(PRODUCT, AWAY, "max_ms"))


def _p99_beside(phase: str) -> Callable[[Figures], ByRound]:
    return lambda figures: ratios(figures.of(PRODUCT, phase, "p99_ms"), figures.of(PRODUCT, BESIDE_NOBODY, "p99_ms"))


def _more_memory(figures: Figures) -> ByRound:
    return combined([(1.0, figures.of(PRODUCT, BESIDE_DEAF, "rss_mib")), (-1.0, figures.of(PRODUCT, BESIDE_NOBODY, "rss_mib"))])


def _own(phase: str, server: str = PRODUCT) -> tuple[tuple[str, str], ...]:
    return ((server, phase),)


AIMS = (
    Aim("A at 20 msg/s: python-socketio ÷ ours", "×", _over(STOCK, A_AT_20), 5, at_least=True, needs=_own(A_AT_20)),
    Aim("A at 20 msg/s: Node ÷ ours", "×", _over(NODE, A_AT_20), 1.5, 2, at_least=True, needs=_own(A_AT_20)),
    Aim("A saturated: python-socketio ÷ ours", "×", _over(STOCK, A_SATURATED), 3, at_least=True, needs=_own(A_SATURATED)),
    Aim("A saturated: Node ÷ ours", "×", _over(NODE, A_SATURATED), 1.5, 2, at_least=True, needs=_own(A_SATURATED)),
    Aim("B saturated: python-socketio ÷ ours", "×", _over(STOCK, B_SATURATED), 6, at_least=True, needs=_own(B_SATURATED)),
    Aim("B saturated: Node ÷ ours", "×", _over(NODE, B_SATURATED), 1, 1.3, at_least=True, needs=_own(B_SATURATED)),
    Aim(
        "B, 2 workers over Redis: Node with its adapter ÷ ours",
        "×",
        _over(NODE_REDIS, B_SATURATED, PRODUCT_REDIS),
        1.3,
        1.8,
        at_least=True,
        needs=_own(B_SATURATED, PRODUCT_REDIS),
    ),
    Aim("hot room, 1,000 × 200 msg/s: CPU a delivery", "µs", _plain(HOT, COST), 4, 2, needs=_own(HOT)),
    Aim("hot room: p99", "ms", _plain(HOT, "p99_ms"), 50, 30, needs=_own(HOT)),
    Aim("A at 20 msg/s (nothing to join): ours ÷ raw limit", "×", _to_raw(A_AT_20), 2.5, 1.5, needs=_own(A_AT_20)),
    Aim("B saturated: ours ÷ raw limit", "×", _to_raw(B_SATURATED), 3, 2, needs=_own(B_SATURATED)),
    Aim("memory per joined connection, 10,000 of them", "KiB", _plain(CROWD_COMES, "kib_per_member"), 6, 4),
    Aim("connect + join, rooms of 15, 3,000 come", "/s", _plain(B_COME, "joins_per_s"), 2000, 2500, at_least=True),
    Aim("5,000 vanish at once: CPU", "s", vanish_cpu, 0.5, 0.2),
    Aim("5,000 vanish at once: the latest other delivery", "ms", _vanish_latest, 250, needs=_own(VANISH)),
    Aim("one never reads: p99 of the 100 beside, with ÷ without", "×", _p99_beside(BESIDE_DEAF), 1.2, needs=_own(BESIDE_DEAF)),
    Aim("one never reads: memory of the worker, more than without", "MiB", _more_memory, 4),
    Aim("one never reads: let go", "", _plain(BESIDE_DEAF, "dropped"), 1, at_least=True),
    Aim("50 send bad frames: of the 100 beside, disconnected", "", _plain(BESIDE_HOSTILE, "lost"), 0, needs=_own(BESIDE_HOSTILE)),
    Aim("5,000 idle: share of a core", "%", lambda figures: combined([(100.0, figures.of(PRODUCT, IDLE, "share"))]), 1, 0.5),
    Aim("a quiet message end to end, p50, in memory", "ms", _plain(B_QUIET, "p50_ms"), 2, 1, needs=_own(B_QUIET)),
    Aim(
        "a quiet message end to end, p50, 2 workers over Redis",
        "ms",
        _plain(B_QUIET, "p50_ms", PRODUCT_REDIS),
        4,
        2,
        needs=_own(B_QUIET, PRODUCT_REDIS),
    ),
)
