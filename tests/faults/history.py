"""What the members of a room saw and did, as they saw it, in the order in which it happened in this process."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    ASKED = "asked"  # asks for a new seat: is not to hear what anybody has heard before
    ADMITTED = "admitted"  # took a new seat: is due everything after `epoch`, `seq`
    BACK = "back"  # took the same seat again; what was missed follows as receipts
    GAP = "gap"  # was told that something up to `epoch`, `seq` could not be had
    LOST = "lost"  # the connection ended; `code`: how
    MOVED = "moved"  # was told to move to another worker
    LEFT = "left"  # left for good: is due nothing more
    INVOKED = "invoked"  # a send was asked for; the same id may be asked for again
    OK = "ok"  # acknowledged: `seq`
    REFUSED = "refused"  # by `code`: must never be seen
    UNKNOWN = "unknown"  # `code`: "unavailable", or how the answer was lost
    RECEIVED = "received"  # a message
    SAW = "saw"  # any other event; `code`: its type, or "away", "gone" where a presence says so of somebody


@dataclass(frozen=True, slots=True)
class Record:
    at: float  # monotonic, in seconds
    member: str
    kind: Kind
    message: str = ""  # the public id
    epoch: str = ""
    seq: int = 0
    code: str = ""

    def __str__(self) -> str:
        where = f" at {self.epoch}:{self.seq}" if self.epoch else ""
        return f"{self.at:.3f} {self.member} {self.kind}" + (f" {self.message}" if self.message else "") + where + f" {self.code}".rstrip()


@dataclass
class History:
    """The log that all members of a run write to."""

    records: list[Record] = field(default_factory=list)
    now: Callable[[], float] = time.monotonic

    def add(self, member: str, kind: Kind, *, message: str = "", epoch: str = "", seq: int = 0, code: str = "") -> Record:
        record = Record(self.now(), member, kind, message, epoch, seq, code)
        self.records.append(record)
        return record

    def of(self, *kinds: Kind) -> Iterator[Record]:
        return (record for record in self.records if record.kind in kinds)

    def count(self, kind: Kind) -> int:
        return sum(1 for _ in self.of(kind))

    def ids(self, kind: Kind) -> set[str]:
        return {record.message for record in self.of(kind)}
