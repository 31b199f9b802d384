"""The tables, in Markdown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from statistics import median

from bench.figures import Figures
from bench.rounds import FAILED
from bench.servers import NODE, NODE_REDIS, PRODUCT, PRODUCT_REDIS, RAW, STOCK
from bench.sessions import (
    A_AT_20,
    A_SATURATED,
    ALL,
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
    MEMBERS,
    RATES,
    ROOMS,
    VANISH,
    growth_of_members,
    growth_of_rate,
    growth_of_rooms,
)
from bench.targets import AIMS

# What is told, of which phase, which figure.
ROWS = (
    ("A, 20 msg/s: µs a delivery", A_AT_20, "us_per_delivery"),
    ("A, 20 msg/s: p50, ms", A_AT_20, "p50_ms"),
    ("A saturated: µs a delivery", A_SATURATED, "us_per_delivery"),
    ("A saturated: deliveries a second", A_SATURATED, "deliveries_per_s"),
    ("hot room, 200 msg/s: µs a delivery", HOT, "us_per_delivery"),
    ("hot room: p50, ms", HOT, "p50_ms"),
    ("hot room: p99, ms", HOT, "p99_ms"),
    ("B saturated: µs a delivery", B_SATURATED, "us_per_delivery"),
    ("B saturated: deliveries a second", B_SATURATED, "deliveries_per_s"),
    ("B quiet, 20 msg/s: p50, ms", B_QUIET, "p50_ms"),
    ("B quiet: p99, ms", B_QUIET, "p99_ms"),
    ("3,000 come: connect + join a second", B_COME, "joins_per_s"),
    ("3,000 come: KiB of memory each", B_COME, "kib_per_member"),
    ("bytes of a delivery", A_AT_20, "bytes"),
)
REDIS_ROWS = (
    ("B saturated: µs a delivery", B_SATURATED, "us_per_delivery"),
    ("B saturated: deliveries a second", B_SATURATED, "deliveries_per_s"),
    ("B saturated: µs of Redis a message", B_SATURATED, "redis_us_per_message"),
    ("B quiet, 20 msg/s: p50, ms", B_QUIET, "p50_ms"),
    ("B quiet: p99, ms", B_QUIET, "p99_ms"),
    ("3,000 come: connect + join a second", B_COME, "joins_per_s"),
    ("3,000 come: KiB of memory each", B_COME, "kib_per_member"),
)
CROWD_ROWS = (
    ("5,000 are there, and nothing is said: share of a core", IDLE, "share"),
    ("10,000 are there: connect + join a second, of the second half", CROWD_COMES, "joins_per_s"),
    ("10,000 are there: KiB of memory each", CROWD_COMES, "kib_per_member"),
    ("before: the latest delivery, ms", BEFORE, "max_ms"),
    ("5,000 vanish: CPU s in the first 4 s, with the talk", VANISH, "cpu_s"),
    ("5,000 vanish: the latest delivery in the first 4 s, ms", VANISH, "max_ms"),
    ("5,000 are told: CPU s in the 6 s after, with the talk", AWAY, "cpu_s"),
    ("5,000 are told: the latest delivery, ms", AWAY, "max_ms"),
)
HOSTILE_ROWS = (
    *((f"{phase}, 100 msg/s: p99, ms", phase, "p99_ms") for phase in (BESIDE_NOBODY, BESIDE_DEAF, BESIDE_HOSTILE)),
    *((f"{phase}: memory of the worker, MiB", phase, "rss_mib") for phase in (BESIDE_NOBODY, BESIDE_DEAF, BESIDE_HOSTILE)),
    ("100 beside 50 who send bad frames: visits of those", BESIDE_HOSTILE, "visits"),
)
MARK = " †"


def everything(figures: Figures) -> str:
    """All tables, targets first."""
    parts = [targets(figures), measured(figures, ROWS, ALL), measured(figures, REDIS_ROWS, (PRODUCT_REDIS, NODE_REDIS))]
    parts += [measured(figures, rows, (PRODUCT,)) for rows in (CROWD_ROWS, HOSTILE_ROWS)]
    if any(figures.of(PRODUCT, growth_of_rooms(count), "us_per_delivery") for count in ROOMS):
        parts.append(measured(figures, _growth_rows(), (PRODUCT, STOCK, NODE, RAW)))
    text = "\n\n".join(part for part in parts if part)
    if MARK in text:
        text += "\n\n†: not everything that was said arrived or was acknowledged, or somebody was thrown out."
    failed = [f"{each.server} in round {each.round}" for each in figures.samples if each.phase == FAILED]
    return f"{text}\n\nFailed, and not in the figures: {', '.join(failed)}." if failed else text


def targets(figures: Figures) -> str:
    rows = []
    for aim in AIMS:
        values = aim.value(figures).values()
        sign = "≥" if aim.at_least else "≤"
        told = f"{number(median(values))} ({number(min(values))}–{number(max(values))})" if values else "–"
        limits = [f"{sign} {number(limit)} {aim.unit}" if limit is not None else "–" for limit in (aim.floor, aim.aim)]
        rows.append([aim.measure, f"{told} {aim.unit}" if values else told, *limits, aim.verdict(figures)])
    return table(["target", "median of the rounds (lowest–highest)", "floor", "aim", ""], rows)


def measured(figures: Figures, rows: Iterable[tuple[str, str, str]], servers: Sequence[str]) -> str:
    """Medians; in brackets: how many times ours it is, the median of the ratios of the same round."""
    servers = [server for server in servers if any(figures.of(server, phase, figure) for _, phase, figure in rows)]
    lines = []
    for name, phase, figure in rows:
        cells = [_cell(figures, server, servers[0], phase, figure) for server in servers]
        if any(cell != "–" for cell in cells):
            lines.append([name, *cells])
    return table(["", *servers], lines) if lines else ""


def _cell(figures: Figures, server: str, ours: str, phase: str, figure: str) -> str:
    value = figures.median(server, phase, figure)
    if value is None:
        return "–"
    told = f"{value:.2%}" if figure == "share" else number(value)
    if figure == "us_per_delivery" and server != ours:
        own = figures.of(ours, phase, figure)
        same = [value / own[at] for at, value in figures.of(server, phase, figure).items() if own.get(at)]
        told += f" ({number(median(same))} ×)" if same else ""
    return told + ("" if figures.complete(server, phase) else MARK)


def _growth_rows() -> list[tuple[str, str, str]]:
    phases = [growth_of_members(count) for count in MEMBERS] + [growth_of_rooms(count) for count in ROOMS]
    rows = [(f"{phase}, saturated: µs a delivery", phase, "us_per_delivery") for phase in phases]
    return rows + [(f"{phase}: µs a delivery", phase, "us_per_delivery") for phase in map(growth_of_rate, RATES)]


def number(value: float) -> str:
    """Three digits that count, no more."""
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(head) + " |", "| --- |" + " ---: |" * (len(head) - 1)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])
