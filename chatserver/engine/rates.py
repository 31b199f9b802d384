"""How often things may be asked of this worker: token buckets per connection, per seat, per network in a room, and per room."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field

from chatserver.clock import Clock
from chatserver.domain.limits import Bucket, Rate, full
from chatserver.domain.refusals import Code, Refused
from chatserver.holding import Holding

ROOM_FACTOR = 20  # a room takes as much as twenty people who each write as fast as one may
HELP = Rate(per_second=0.2, burst=5)  # a call for help is never dropped: a flood of them is told when to call again
REPORT = Rate(per_second=0.2, burst=15)
LINE = Rate(per_second=1.0, burst=8)  # what one says on a private line, or among hosts
ANSWER = Rate(per_second=0.2, burst=4)  # what one who waits in the lobby says
FULL_AGAIN_MS = 600_000  # a bucket untouched for so long is full again whatever its rate: it need not be kept


@dataclass(frozen=True, slots=True)
class Rates:
    """`messages` per seat, `commands` per connection, `joins` per network and room. A rate of 0 is no limit.

    `repeats`: whether the same may be said again and again, however long."""

    messages: Rate
    commands: Rate
    joins: Rate
    repeats: bool = True

    room: Rate = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "room", Rate(self.messages.per_second * ROOM_FACTOR, self.messages.burst * ROOM_FACTOR))


_NONE: dict[Hashable, Bucket] = {}  # is never written to


class Buckets:
    """The buckets of one thing that ends: a room, or a connection."""

    __slots__ = ("_buckets", "_clock", "_swept_at")

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._buckets: dict[Hashable, Bucket] = _NONE
        self._swept_at = 0

    def take(self, who: Hashable, rate: Rate) -> Refused | None:
        if rate.per_second <= 0:
            return None
        now = self._clock.now()
        if self._buckets is _NONE:  # the first, and for most who only listen there never is one
            self._buckets, self._swept_at = {}, now
        if now - self._swept_at > FULL_AGAIN_MS:
            self._buckets = {k: b for k, b in self._buckets.items() if now - b.at < FULL_AGAIN_MS}
            self._swept_at = now
        taken = (self._buckets.get(who) or full(rate, now)).take(rate, now)
        if isinstance(taken, int):
            return Refused(Code.TOO_FAST, taken)
        self._buckets[who] = taken
        return None


HOLDS = (Holding("rates", "memory", "engine.rates.Buckets", "room-closes", ("_buckets",), identifies="network"),)
