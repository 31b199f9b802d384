"""How often: token buckets. A bucket is a value; taking from it gives a new one, or says how long to wait."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Rate:
    per_second: float  # 0: no limit
    burst: float


class Bucket(NamedTuple):
    level: float
    at: int  # ms

    def take(self, rate: Rate, now: int) -> Bucket | int:
        """The bucket after one was taken at `now`, or the milliseconds until one can be."""
        level = self.level
        if now > self.at:
            level += (now - self.at) * rate.per_second / 1_000
            if level > rate.burst:
                level = rate.burst
        if level < 1:
            return max(1, round((1 - level) * 1_000 / rate.per_second))
        return Bucket(level - 1, now)


def full(rate: Rate, now: int) -> Bucket:
    return Bucket(rate.burst, now)
