"""How long things took: figures from a history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from tests.faults.history import Kind, Record


@dataclass
class Figures:
    """In seconds."""

    refusals: list[float] = field(default_factory=list)  # from a send to its refusal as `unavailable`
    unanswered: int = 0  # sends of which the connection ended, or was given up, before there was an answer
    away: list[float] = field(default_factory=list)  # from the end of a connection until its member was back
    flowing: list[float] = field(default_factory=list)  # from the end of the last fault until each sender's next acknowledgement
    seen_leaving: int = 0  # how often somebody was told that somebody is away or gone
    lost_lines: int = 0

    @property
    def slowest_refusal(self) -> float:
        return max(self.refusals, default=0.0)

    @property
    def slowest_back(self) -> float:
        return max(self.away, default=0.0)

    @property
    def slowest_flow(self) -> float:
        return max(self.flowing, default=0.0)

    def back_within(self, seconds: float) -> float:
        """Which part of those who lost their connection."""
        return sum(each <= seconds for each in self.away) / len(self.away) if self.away else 1.0


def measure(history: Sequence[Record], healed: float) -> Figures:
    """`healed`: when the last fault was over."""
    figures = Figures()
    invoked: dict[str, float] = {}
    lost: dict[str, float] = {}
    waiting: dict[str, bool] = {}  # sender -> whether its first acknowledgement after the faults is still to come
    for record in history:
        match record.kind:
            case Kind.INVOKED:
                invoked[record.message] = record.at
                if record.at <= healed:  # who has come since then tells nothing of it
                    waiting.setdefault(record.member, True)
            case Kind.UNKNOWN if record.code == "unavailable":
                figures.refusals.append(record.at - invoked[record.message])
            case Kind.UNKNOWN:
                figures.unanswered += 1
            case Kind.OK if record.at > healed and waiting.get(record.member):
                waiting[record.member] = False
                figures.flowing.append(record.at - healed)
            case Kind.LOST:
                figures.lost_lines += 1
                lost[record.member] = record.at
            case Kind.BACK if record.member in lost:
                figures.away.append(record.at - lost.pop(record.member))
            case Kind.SAW if record.code in ("away", "gone"):
                figures.seen_leaving += 1
    return figures
