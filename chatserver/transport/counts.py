"""What one worker counts, raw: for the sum of all of them. Nothing of it is shown before small numbers are taken out (`metrics.py`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Counts:
    connections: int = 0
    rooms: int = 0
    answers: Mapping[tuple[str, str], int] = field(default_factory=dict)  # by event and code

    def packed(self) -> dict[str, Any]:
        """As JSON can carry it."""
        answers = [[event, code, count] for (event, code), count in self.answers.items()]
        return {"connections": self.connections, "rooms": self.rooms, "answers": answers}

    @staticmethod
    def unpacked(packed: Mapping[str, Any]) -> Counts:
        answers = {(event, code): count for event, code, count in packed["answers"]}
        return Counts(packed["connections"], packed["rooms"], answers)

    def ended(self) -> Counts:
        """What remains of it when its worker has ended: what was answered stays answered."""
        return Counts(answers=self.answers)


def total(each: Iterable[Counts]) -> Counts:
    """A room that several workers serve is counted once by each of them."""
    connections = rooms = 0
    answers: Counter[tuple[str, str]] = Counter()
    for counts in each:
        connections += counts.connections
        rooms += counts.rooms
        answers.update(counts.answers)
    return Counts(connections, rooms, answers)
