"""Taking seats for connections, and putting away those that nobody has any more, or whose worker is dead."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import Protocol

from chatserver.clock import Clock
from chatserver.domain import commands as c
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import RoomState, Seat
from chatserver.engine.committer import Done, Outcome
from chatserver.engine.pending import Pending
from chatserver.engine.presence import Presence
from chatserver.engine.replica import Replica
from chatserver.engine.taking import Taken, taken_by
from chatserver.engine.unhurried import Unhurried
from chatserver.holding import Holding

TOGETHER_MS = 500  # who is lost so soon after another is put away with them
UNHELD_MS = 4_000  # beyond `away_ms`: nobody is coming for a seat that was taken here


class Room(Protocol):
    """What a live room looks like from here."""

    presence: Presence
    replica: Replica
    over: bool

    @property
    def state(self) -> RoomState: ...

    def seat(self, seat_id: str) -> Seat | None: ...

    def ask(self, actor: str | None, *commands: c.Fact) -> list[asyncio.Future[Outcome]]: ...

    def submit_later(self, actor: str | None, *commands: c.Fact) -> None: ...


class Seating:
    def __init__(self, room: Room, pending: Pending, unhurried: Unhurried, clock: Clock, worker: str) -> None:
        self._room = room
        self._pending = pending
        self._unhurried = unhurried
        self._clock = clock
        self._worker = worker
        self._unwanted: set[str] = set()  # seats that were perhaps taken, for somebody who was told that they were not
        self._unheld: dict[tuple[str, int], int] = {}  # seats taken here that no connection has, since when
        self._put_away: set[tuple[str, int]] = set()
        self._all_well: RoomState | None = None  # in which nothing was found to do, as long as this is the same:
        self._looked_at: tuple[int, frozenset[str] | None] = (0, None)
        self._lost: deque[tuple[int, c.GoneAway]] = deque()  # takings whose connection is lost, and when each is to be put away

    async def take(self, command: c.Join | c.Return, after: int) -> Taken | Refused:
        """Takes a seat, and finds what was said since `after` that is the seat's. Between the return and the next wait nothing happens.

        Nobody is left sitting there whom the answer does not reach."""
        (asked,) = self._room.ask(None, command)
        try:
            outcome = asked.result() if asked.done() else await asyncio.shield(asked)
            if isinstance(outcome, Refused):
                if outcome.code is Code.UNAVAILABLE:
                    self._give_back(command, outcome)
                return outcome
            return self._taken(outcome, after)
        except asyncio.CancelledError:
            asked.add_done_callback(lambda asked: self._give_back(command, asked.result()))
            raise

    def _taken(self, done: Done, after: int) -> Taken | Refused:
        seat_id, attach = taken_by(done)
        seat = self._room.seat(seat_id)
        if self._room.over:
            return Refused(Code.CLOSED)
        if seat is None:  # removed in the very moment of coming in
            return Refused(Code.SEAT_GONE)
        missed, complete = self._room.replica.since(max(after, seat.admitted_seq or 0))
        return Taken(seat, missed, complete, overtaken=seat.attach != attach)

    def _give_back(self, command: c.Join | c.Return, outcome: Outcome) -> None:
        if isinstance(command, c.Join):
            self._unwanted.add(command.seat)  # nobody else knows its token; where it comes yet, it goes again
            if command.seat in self._room.state.seats:
                self._room.submit_later(command.seat, c.Leave())
        elif not isinstance(outcome, Refused):
            self.away_later(*taken_by(outcome))

    def away_later(self, seat: str, attach: int) -> None:
        """The connection of this taking of the seat is lost: it is put away, unless it is taken again soon."""
        self._lost.append((self._clock.now() + self._room.state.core.away_ms, c.GoneAway(seat, attach)))
        if len(self._lost) == 1:
            self._pending.after(self._room.state.core.away_ms, self._put_lost_away)

    def _put_lost_away(self) -> None:
        """Those who were lost within a moment, together: where half a room has vanished, that is one event for those who stay."""
        now, gone = self._clock.now(), list[c.GoneAway]()
        together = max(due for due, _ in self._lost if due <= self._lost[0][0] + TOGETHER_MS)
        if together <= now:
            while self._lost and self._lost[0][0] <= now:
                gone.append(self._lost.popleft()[1])
            self._unhurried.soon(lambda: self._room.submit_later(None, *gone))
        if self._lost:
            self._pending.after(max(together, self._lost[0][0]) - now, self._put_lost_away)

    def look_after(self, alive: frozenset[str] | None) -> None:
        """Seats whose worker is not among the living, and those taken here that no connection holds. `alive` None: not known just now."""
        state, looked_at = self._room.state, (len(self._room.presence), alive)
        if state is self._all_well and looked_at == self._looked_at:
            return  # nobody has come, gone or died since the last look: most rooms, at most times
        self._all_well, self._looked_at = state, looked_at
        now, unheld = self._clock.now(), dict[tuple[str, int], int]()
        of_seat, seats = self._room.presence.of_seat, state.seats
        for seat in seats.values():
            holder = of_seat(seat.id)
            if seat.away_since is None:
                if holder is not None and seat.worker == self._worker:
                    continue
            elif holder is not None and holder.attach == seat.attach:
                # We were taken for dead, and were only cut off, or asleep. Whoever sits here has been here all the time.
                self._all_well = None
                self._room.submit_later(None, c.StillHere(seat.id, seat.attach, self._worker))
            taking = (seat.id, seat.attach)
            if seat.away_since is not None or taking in self._put_away:
                continue
            if seat.worker == self._worker:
                self._all_well = None
                unheld[taking] = self._unheld.get(taking, now)
                if now - unheld[taking] >= self._room.state.core.away_ms + UNHELD_MS:
                    self._put_away_now(taking)
            elif alive is not None and seat.worker not in alive:
                self._put_away_now(taking)
        self._unheld = unheld
        if self._put_away:
            self._put_away = {(id, attach) for id, attach in self._put_away if id in seats and seats[id].attach == attach}

    def _put_away_now(self, taking: tuple[str, int]) -> None:
        self._put_away.add(taking)
        self._all_well = None
        self._room.submit_later(None, c.GoneAway(*taking))

    # --- what comes back

    def written(self, seat: str, there: bool) -> None:
        if seat in self._unwanted:
            if there:
                self._room.submit_later(seat, c.Leave())
            else:
                self._unwanted.discard(seat)

    def adopted(self) -> None:
        """The room is another than it was: what has become of what was asked is seen anew."""
        self._put_away.clear()
        for unwanted in self._unwanted & self._room.state.seats.keys():
            self._room.submit_later(unwanted, c.Leave())


_AT = "engine.seating.Seating"
HOLDS = (
    Holding("worker-name", "memory", _AT, "process-ends", ("_worker",)),
    Holding(
        "who-is-away", "memory", _AT, "seat-ends", ("_unwanted", "_unheld", "_put_away", "_looked_at", "_lost"),
        setting="rooms.grace_seconds", identifies="seat",
    ),
)  # fmt: skip
