"""One room on this worker: its replica, those connected here, its commits, posts and timers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from chatserver.backplane.base import Backplane, BackplaneUnavailable, Delivery, Kept, Numbered, OtherLine, Repeated, Stale
from chatserver.clock import Clock, Timer
from chatserver.domain import commands as c
from chatserver.domain.events import Hears, PostEvent
from chatserver.domain.posts import author_of
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.room import decide
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import SEAT, RoomState, Seat
from chatserver.engine.answers import join_answer
from chatserver.engine.committer import ATTEMPTS, RETRY_MS, UNAVAILABLE, Committer, Done, Outcome
from chatserver.engine.fanout import Fanout
from chatserver.engine.presence import Attached, Presence
from chatserver.engine.rates import Buckets
from chatserver.engine.replica import Replica
from chatserver.engine.taking import Taken, taken_by
from chatserver.wire.events import encode, numbered, of_post

TICK_RETRY_MS = 1_000


class LiveRoom:
    """Delivers only what the backplane hands back, to the one who caused it too: so every connection sees one order."""

    def __init__(
        self,
        slug: str,
        backplane: Backplane,
        fanout: Fanout,
        clock: Clock,
        *,
        call_ms: int,
        before_close: Callable[[LiveRoom], Awaitable[bool]],
        ended: Callable[[LiveRoom], None],
        detached: Callable[[Attached], None],
    ) -> None:
        """`ended` is called when the room is erased; `detached` for each connection that loses its seat other than by its own leaving."""
        self.slug = slug
        self.presence = Presence(fanout)
        self.buckets = Buckets(clock)
        self._backplane = backplane
        self._fanout = fanout
        self._clock = clock
        self._call_ms = call_ms
        self._before_close = before_close
        self._ended = ended
        self._detached = detached
        self._buffer: list[Delivery] | None = []  # what comes before the room is loaded
        self._timer: Timer | None = None
        self._later: dict[object, Timer] = {}  # what else is due; ends with the room
        self._unwanted: set[str] = set()  # seats that were perhaps taken, for somebody who was told that they were not
        self._tasks: set[asyncio.Task[Any]] = set()
        self.over = False  # erased, or no longer served here
        self.replica: Replica
        self._committer: Committer

    async def start(self) -> bool:
        """Subscribes, then loads, then applies what came in between. False where there is no such room."""
        await self._backplane.subscribe(self.slug, self._on_delivery)
        loaded = await self._backplane.load(self.slug)
        if loaded is None:
            await self.stop()
            return False
        self.replica = Replica(loaded, self._clock)
        self._committer = Committer(self.slug, self._backplane, self.replica, self._clock, self._call_ms, lambda: self._before_close(self))
        buffered, self._buffer = self._buffer or [], None
        for delivery in buffered:
            self._on_delivery(delivery)
        if not self.over:
            self._arm()
        return True

    async def stop(self) -> None:
        """This worker serves the room no longer; the room itself goes on."""
        self.over = True
        self._buffer = None
        self._cancel_timers()
        await self._backplane.unsubscribe(self.slug, self._on_delivery)

    @property
    def state(self) -> RoomState:
        return self.replica.state

    # --- what is asked

    async def submit(self, actor: str | None, command: c.Fact) -> Outcome:
        return await self._committer.submit(actor, command)

    def submit_later(self, actor: str | None, command: c.Fact) -> None:
        """For what nobody waits for, and what has to happen even if the backplane is not there just now."""
        if not self.over:
            self._keep(asyncio.create_task(self._insist(actor, command)))

    async def _insist(self, actor: str | None, command: c.Fact) -> None:
        outcome = await self.submit(actor, command)
        if isinstance(outcome, Refused) and outcome.code is Code.UNAVAILABLE:
            self._after(RETRY_MS, lambda: self.submit_later(actor, command))

    def _after(self, delay_ms: int, call: Callable[[], None]) -> None:
        def due() -> None:
            del self._later[key]
            call()

        if not self.over:
            key = object()
            self._later[key] = self._clock.call_later(delay_ms, due)

    def _cancel_timers(self) -> None:
        for timer in (self._timer, *self._later.values()):
            if timer is not None:
                timer.cancel()
        self._timer = None
        self._later.clear()

    def stop_later(self) -> None:
        self.over, self._buffer = True, None
        self._keep(asyncio.create_task(self._stop_quietly()))

    async def _stop_quietly(self) -> None:
        try:
            async with asyncio.timeout(self._call_ms / 1_000):
                await self.stop()
        except (BackplaneUnavailable, TimeoutError):
            pass  # what still comes is passed over

    async def take(self, command: c.Join | c.Return, after: int) -> Taken | Refused:
        """Takes a seat, and finds what was said since `after` that is the seat's. Between the return and the next wait nothing happens.

        Nobody is left sitting there whom the answer does not reach."""
        asked = asyncio.create_task(self.submit(None, command))
        self._keep(asked)
        try:
            outcome = await asyncio.shield(asked)
            if isinstance(outcome, Refused):
                if outcome.code is Code.UNAVAILABLE:
                    self._give_back(command, outcome)
                return outcome
            return await self._taken(outcome, after)
        except asyncio.CancelledError:
            asked.add_done_callback(lambda task: None if task.cancelled() else self._give_back(command, task.result()))
            raise

    async def _taken(self, done: Done, after: int) -> Taken | Refused:
        seat_id, attach = taken_by(done)
        before = self.seat(seat_id)
        after = max(after, before.admitted_seq or 0) if before is not None else after
        missed: list[Kept] = []
        complete = True
        if after != self.replica.seq:
            try:
                missed, complete = await self.window(after)
            except BackplaneUnavailable:
                complete = False
        seat = self.seat(seat_id)
        if self.over:
            return Refused(Code.CLOSED)
        if seat is None:  # removed in the very moment of coming in
            return Refused(Code.SEAT_GONE)
        return Taken(seat, missed, complete, overtaken=seat.attach != attach)

    def _give_back(self, command: c.Join | c.Return, outcome: Outcome) -> None:
        if isinstance(command, c.Join):
            self._unwanted.add(command.seat)  # nobody else knows its token; where it comes yet, it goes again
            if command.seat in self.state.seats:
                self.submit_later(command.seat, c.Leave())
        elif not isinstance(outcome, Refused):
            self.away_later(*taken_by(outcome))

    def away_later(self, seat: str, attach: int) -> None:
        """The connection of this taking of the seat is lost: it is put away, unless it is taken again soon."""
        self._after(self.state.core.away_ms, lambda: self.submit_later(None, c.GoneAway(seat, attach)))

    def _keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)  # the loop itself holds tasks weakly
        task.add_done_callback(self._tasks.discard)

    async def post(self, actor: str, command: c.Post, message_id: str | None = None) -> tuple[PostEvent, int] | Refused:
        """Decides, publishes, and returns when it has come back. A fact that narrows who may speak makes it decide again."""
        replica = self.replica
        try:
            async with asyncio.timeout(self._call_ms / 1_000):
                for _ in range(ATTEMPTS):
                    now = self._clock.now()
                    decision = decide(replica.state, actor, command, now)
                    if isinstance(decision, Refused):
                        return decision
                    event: Any = decision[0]
                    result = await self._backplane.post(
                        self.slug, replica.line, replica.guard, now + self._call_ms, message_id, of_post(event)
                    )
                    match result:
                        case Numbered(seq) | Repeated(seq):
                            await replica.reached(seq)
                            return event, seq
                        case Stale(guard):
                            await replica.reached(guard)
                        case OtherLine(None):
                            return Refused(Code.CLOSED)
                        case _:
                            break
        except (BackplaneUnavailable, TimeoutError):
            pass
        return UNAVAILABLE

    async def window(self, after: int) -> tuple[list[Kept], bool]:
        """The posts of the window after a seq, none beyond what this replica has seen; and whether they are all there were.

        Raises `BackplaneUnavailable`."""
        try:
            async with asyncio.timeout(self._call_ms / 1_000):
                for _ in range(ATTEMPTS):
                    missed = await self._backplane.since(self.slug, self.replica.line, after)
                    if isinstance(missed, OtherLine):
                        return [], False
                    if missed.upto >= self.replica.seq:  # otherwise something came in meanwhile: look again
                        return [k for k in missed.events if k.seq <= self.replica.seq], missed.complete
        except TimeoutError:
            raise BackplaneUnavailable from None
        return [], False

    # --- what comes back

    def _on_delivery(self, delivery: Delivery) -> None:
        if self.over:
            return
        if self._buffer is not None:
            self._buffer.append(delivery)
            return
        replica = self.replica
        if delivery.line != replica.line or delivery.seq <= replica.seq:
            return
        first = delivery.seq - len(delivery.events) + 1
        replica.apply(delivery)
        for n, event in enumerate(delivery.events):
            holder = self.presence.of_seat(event.audience.seat or "") if event.audience.hears is Hears.SEAT else None
            if event.answers and holder is not None:
                self._admit(holder, first + n, delivery.at)
                continue
            self.presence.deliver(event.audience, numbered(event.body, replica.line, first + n, delivery.at), replica.state)
            if event.ends and holder is not None:
                self._lose(holder)
                self._fanout.disconnect(holder.connection)
        for key, value in delivery.entries.items():
            if key.startswith(SEAT):
                self._seat_written(key[len(SEAT) :], value is not None)
        if delivery.erased:
            self._end()
        elif delivery.entries:
            self._arm()

    def _seat_written(self, seat: str, there: bool) -> None:
        holder = self.presence.of_seat(seat)
        if not there and holder is not None:
            self._lose(holder)
        if seat in self._unwanted:
            if there:
                self.submit_later(seat, c.Leave())
            else:
                self._unwanted.discard(seat)

    def _admit(self, attached: Attached, seq: int, at: int) -> None:
        seat = self.state.seats[attached.seat]
        answer = {"ok": True, **join_answer(self.replica, seat, attached.token or "", self._clock.now()), "missed": []}
        body = encode({"type": "lobby", "admitted": answer})
        self.presence.admit(attached)
        self._fanout.deliver((attached.connection,), numbered(body, self.replica.line, seq, at))

    def _lose(self, attached: Attached) -> None:
        self.presence.release(attached)  # the last words too: why it loses the seat
        if self.presence.drop(attached):
            self._detached(attached)

    def _end(self) -> None:
        for attached in self.presence.everyone():
            self._lose(attached)
        self.over = True
        self._cancel_timers()
        self._ended(self)

    # --- time

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._clock.call_later(max(0, next_deadline(self.state) - self._clock.now()), self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._keep(asyncio.create_task(self._do_what_is_due()))

    async def _do_what_is_due(self) -> None:
        outcome = await self.submit(None, c.Tick())
        if self._timer is None and not self.over:
            if isinstance(outcome, Refused):
                self._timer = self._clock.call_later(TICK_RETRY_MS, self._tick)
            else:
                self._arm()

    # --- questions

    def seat(self, seat_id: str) -> Seat | None:
        return self.state.seats.get(seat_id)

    def hosts_here(self, *but: str) -> int:
        """How many present hosts a call or a report reaches."""
        return sum(s.id not in but for s in self.state.hosts())

    async def messages_of(self, seat_id: str) -> tuple[str, ...]:
        """Public ids of the seat's messages that the window still holds."""
        kept, _ = await self.window(0)
        return tuple(k.event.message for k in kept if k.event.message is not None and author_of(k.event.message) == seat_id)
