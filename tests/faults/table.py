"""The results of many runs as a table in Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from tests.faults.run import Result

HEAD = (
    "faults",
    "runs",
    "acknowledged",
    "unknown",
    "refused",
    "lost",
    "repeats",
    "inversions",
    "gaps told",
    "slowest refusal",
    "slowest back",
    "slowest to flow",
)


def table(results: Sequence[Result]) -> str:
    """A row for each fault alone, for each kind of pair, and for all."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(_group(result), []).append(result)
    rows = [_row(name, group) for name, group in groups.items()]
    lines = [HEAD, tuple("---" if n == 0 else "---:" for n in range(len(HEAD))), *rows, _row("**all**", results)]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def _group(result: Result) -> str:
    if len(result.plan.faults) < 2:
        return result.plan.name
    return "two: " + " + ".join(sorted(fault.target for fault in result.plan.faults))


def _row(name: str, results: Sequence[Result]) -> tuple[str, ...]:
    found: Counter[str] = Counter()
    for result in results:
        found += result.verdict.anomalies
    verdicts = [result.verdict for result in results]
    figures = [result.figures for result in results]
    return (
        name,
        str(len(results)),
        f"{sum(verdict.acknowledged for verdict in verdicts):,}",
        str(sum(verdict.unknown for verdict in verdicts)),
        str(sum(verdict.refused for verdict in verdicts)),
        str(found["lost"]),
        str(found["repeated"]),
        str(found["inverted"] + found["backwards"] + found["renumbered"]),
        str(sum(verdict.gaps for verdict in verdicts)),
        _seconds(each.slowest_refusal for each in figures),
        _seconds(each.slowest_back for each in figures),
        _seconds(each.slowest_flow for each in figures),
    )


def _seconds(figures: Iterable[float]) -> str:
    slowest = max(figures, default=0.0)
    return f"{slowest:.1f} s" if slowest else "–"
