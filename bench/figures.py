"""What rounds have in common: medians, and the ratios of the same round."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping
from pathlib import Path
from statistics import median

from bench.rounds import Sample

# Of one figure: its value in each round in which it was measured.
ByRound = Mapping[int, float]

FAULTS = ("missing", "lost", "refused", "unanswered")
COLUMNS = ("round", "server", "phase", "figure", "value")


class Figures:
    """All samples of a benchmark."""

    def __init__(self, samples: Iterable[Sample]) -> None:
        self.samples = list(samples)
        self._by_name: dict[tuple[str, str, str], dict[int, float]] = {}
        for each in self.samples:
            self._by_name.setdefault((each.server, each.phase, each.figure), {})[each.round] = each.value

    def of(self, server: str, phase: str, figure: str) -> ByRound:
        """Empty where it was not measured."""
        return self._by_name.get((server, phase, figure), {})

    def median(self, server: str, phase: str, figure: str) -> float | None:
        values = self.of(server, phase, figure)
        return median(values.values()) if values else None

    def complete(self, server: str, phase: str) -> bool:
        """Whether everything that was said reached everybody and was acknowledged, in every round, and nobody was thrown out."""
        return not any(any(self.of(server, phase, fault).values()) for fault in FAULTS)

    @property
    def rounds(self) -> int:
        return max((each.round for each in self.samples), default=0)


def ratios(above: ByRound, below: ByRound) -> ByRound:
    """Of the rounds in which there are both; those in which `below` is 0 have none."""
    return {number: value / below[number] for number, value in above.items() if below.get(number)}


def combined(parts: Iterable[tuple[float, ByRound]]) -> ByRound:
    """The weighted sum, of the rounds in which there are all."""
    weighted = list(parts)
    if not weighted:
        return {}
    common = set.intersection(*(set(values) for _, values in weighted))
    return {number: sum(weight * values[number] for weight, values in weighted) for number in sorted(common)}


def largest(*parts: ByRound) -> ByRound:
    """The largest of each round in which there are all."""
    common = set.intersection(*(set(each) for each in parts)) if parts else set()
    return {number: max(each[number] for each in parts) for number in sorted(common)}


def write_csv(path: Path, samples: Iterable[Sample]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS)
        writer.writerows((each.round, each.server, each.phase, each.figure, f"{each.value:.6g}") for each in samples)


def read_csv(path: Path) -> list[Sample]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Sample(int(row["round"]), row["server"], row["phase"], row["figure"], float(row["value"])) for row in csv.DictReader(file)]
