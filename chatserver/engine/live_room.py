"""One room on this worker: its replica, those connected here, its commits, posts and timers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from secrets import token_hex
from typing import Any

from chatserver.backplane.base import (
    MESSAGE_IDS_MS,
    Backplane,
    BackplaneUnavailable,
    Delivery,
    Late,
    Loaded,
    Missed,
    Numbered,
    OtherLine,
    Position,
    Repeated,
    Settling,
    Stale,
)
from chatserver.backplane.union import as_held, next_line
from chatserver.clock import Clock, Timer, pause
from chatserver.domain import commands as c
from chatserver.domain.events import Hears, PostEvent
from chatserver.domain.posts import author_of
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.room import decide
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import SEAT, RoomState, Seat, Standing
from chatserver.engine.answers import join_answer
from chatserver.engine.catching_up import CatchingUp, name_of
from chatserver.engine.committer import ATTEMPTS, RETRY_MS, UNAVAILABLE, Committer, Done, Outcome
from chatserver.engine.fanout import Fanout
from chatserver.engine.own_posts import Own, OwnPosts
from chatserver.engine.pending import Pending
from chatserver.engine.presence import Attached, Presence
from chatserver.engine.rates import Buckets
from chatserver.engine.recovery import LOOK_AGAIN_MS, Recovery
from chatserver.engine.replica import Replica
from chatserver.engine.taking import Taken, taken_by
from chatserver.wire.events import encode, numbered, of_closing, of_post

TICK_RETRY_MS = 1_000
MAX_HELD_BACK = 4_096  # deliveries
AHEAD_MS = 1_000  # a room that stands ahead of its replica for so long: something was lost on the way
UNHELD_MS = 4_000  # beyond `away_ms`: nobody is coming for a seat that was taken here


class LiveRoom:
    """Delivers only what the backplane hands back, to the one who caused it too: so every connection sees one order."""

    replica: Replica
    _committer: Committer
    _recovery: Recovery

    def __init__(
        self,
        slug: str,
        backplane: Backplane,
        fanout: Fanout,
        clock: Clock,
        *,
        worker: str,
        call_ms: int,
        still_open: Callable[[LiveRoom], Awaitable[bool]],
        before_close: Callable[[LiveRoom], Awaitable[bool]],
        ended: Callable[[LiveRoom], None],
        detached: Callable[[Attached], None],
    ) -> None:
        """`worker` is this one's name among all. `still_open` asks the store whether the room is what it was.

        `ended` is called when the room is over; `detached` for each connection that loses its seat other than by its own leaving."""
        self.slug = slug
        self.presence = Presence(fanout)
        self.buckets = Buckets(clock)
        self._backplane = backplane
        self._fanout = fanout
        self._clock = clock
        self._worker = worker
        self._call_ms = call_ms
        self._still_open = still_open
        self._before_close = before_close
        self._ended = ended
        self._detached = detached
        self._buffer: list[Delivery] | None = []  # what comes before the room is loaded
        self._timer: Timer | None = None
        self._pending = Pending(clock)
        self._forgetting = False
        self._own = OwnPosts(clock, backplane.window_ms)
        # What may come yet, by `name_of`, and who has had it already; and since when.
        self._seen: dict[str | bytes, frozenset[Attached]] = {}
        self._seen_at = 0
        self._unwanted: set[str] = set()  # seats that were perhaps taken, for somebody who was told that they were not
        self._unheld: dict[tuple[str, int], int] = {}  # seats taken here that no connection has, since when
        self._put_away: set[tuple[str, int]] = set()
        self.over = False  # erased, or no longer served here

    async def start(self) -> bool:
        """Subscribes, then loads, then applies what came in between. False where there is no such room."""
        await self._backplane.subscribe(self.slug, self._on_delivery)
        found = await self._loaded()
        if found is None:
            await self.stop()
            return False
        self.replica = Replica(*found, self._clock, self._backplane.window_ms)
        self._recovery = Recovery(self, self._backplane, self._clock, call_ms=self._call_ms, still_open=lambda: self._still_open(self))
        self._committer = Committer(
            self.slug, self._backplane, self.replica, self._clock, self._call_ms, lambda: self._before_close(self), self.level
        )
        self._go_on()
        return True

    async def _loaded(self) -> tuple[Loaded, Missed] | None:
        while True:
            answer = await self._backplane.load(self.slug)
            if answer is None:
                return None
            wait = LOOK_AGAIN_MS
            if isinstance(answer, Settling):
                wait = answer.wait_ms + 1
            else:
                kept = await self._backplane.since(self.slug, answer.line, 0)
                if isinstance(kept, Missed):
                    return answer, kept
                # Strange, perhaps, and nobody is left who holds it: then the copy itself is what there is.
                await self._backplane.restore(self.slug, next_line(answer.line, token_hex(4)), as_held(answer))
            await pause(self._clock, wait)

    async def stop(self) -> None:
        """This worker serves the room no longer; the room itself goes on."""
        self._stand_still()
        await self._backplane.unsubscribe(self.slug, self._on_delivery)

    def _stand_still(self) -> None:
        self.over = True
        self._buffer = None
        self._pending.cancel()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if hasattr(self, "_recovery"):
            self._recovery.cancel()

    @property
    def state(self) -> RoomState:
        return self.replica.state

    # --- what is asked

    async def submit(self, actor: str | None, command: c.Fact) -> Outcome:
        return await self._committer.submit(actor, command)

    def submit_later(self, actor: str | None, command: c.Fact) -> None:
        """For what nobody waits for, and what has to happen even if the backplane is not there just now."""
        if not self.over:
            self._pending.run(self._insist(actor, command))

    async def _insist(self, actor: str | None, command: c.Fact) -> None:
        outcome = await self.submit(actor, command)
        if isinstance(outcome, Refused) and outcome.code is Code.UNAVAILABLE:
            self._pending.after(RETRY_MS, lambda: self.submit_later(actor, command))

    def stop_later(self) -> None:
        self._stand_still()
        self._pending.run(self._stop_quietly())

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
        self._pending.keep(asked)
        try:
            outcome = await asyncio.shield(asked)
            if isinstance(outcome, Refused):
                if outcome.code is Code.UNAVAILABLE:
                    self._give_back(command, outcome)
                return outcome
            return self._taken(outcome, after)
        except asyncio.CancelledError:
            asked.add_done_callback(lambda task: None if task.cancelled() else self._give_back(command, task.result()))
            raise

    def _taken(self, done: Done, after: int) -> Taken | Refused:
        seat_id, attach = taken_by(done)
        seat = self.seat(seat_id)
        if self.over:
            return Refused(Code.CLOSED)
        if seat is None:  # removed in the very moment of coming in
            return Refused(Code.SEAT_GONE)
        missed, complete = self.replica.since(max(after, seat.admitted_seq or 0))
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
        self._pending.after(self.state.core.away_ms, lambda: self.submit_later(None, c.GoneAway(seat, attach)))

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
                    body = of_post(event)
                    line = replica.line
                    result = await self._backplane.post(self.slug, line, replica.guard, now + self._call_ms, message_id, body)
                    match result:
                        case Numbered(seq) | Repeated(seq):
                            await replica.reached(line, seq)
                            self._own.add(actor, message_id, body, seq)
                            self._forget_in_time()
                            return event, seq
                        case Stale(guard):
                            await replica.reached(line, guard)
                        case OtherLine() | Settling():
                            if not await self.level():
                                return Refused(Code.CLOSED)
                        case Late():
                            break
        except (BackplaneUnavailable, TimeoutError):
            pass
        return UNAVAILABLE

    def said_before(self, seat: str, message: str) -> int | None:
        """The seq of a message that is sent again, where it was taken the first time. From now on it is acknowledged here."""
        first = self.replica.first_seq(message)
        if first is None or seat not in self.state.seats:
            return None
        for kept in self.replica.since(first - 1)[0][:1]:
            if kept.event.message == message:
                self._own.add(seat, message, kept.event, first)
        return first

    # --- what comes back

    def _on_delivery(self, delivery: Delivery) -> None:
        if self.over:
            return
        if self._buffer is not None:
            if len(self._buffer) == MAX_HELD_BACK:
                self._buffer.clear()  # what follows shows that something is missing
            self._buffer.append(delivery)
            return
        replica = self.replica
        if delivery.line == replica.line and delivery.seq <= replica.seq:
            return
        if not replica.follows(delivery):
            self._buffer = [delivery]
            self._recovery.doubt()
            return
        first = delivery.seq - len(delivery.events) + 1
        replica.apply(delivery)
        for n, event in enumerate(delivery.events):
            holder = self.presence.of_seat(event.audience.seat or "") if event.audience.hears is Hears.SEAT else None
            if event.answers and holder is not None:
                self._admit(holder, first + n, delivery.at)
                continue
            seen_by = self._seen.pop(name_of(event), frozenset()) if self._seen else frozenset()
            self.presence.deliver(event.audience, numbered(event.body, replica.line, first + n, delivery.at), replica.state, seen_by)
            if event.ends and holder is not None:
                self._lose(holder)
                self._fanout.disconnect(holder.connection)
        for key, value in delivery.entries.items():
            if key.startswith(SEAT):
                self._seat_written(key[len(SEAT) :], value is not None)
        self._forget_in_time()
        if delivery.erased:
            self._end()
        elif delivery.entries:
            self._arm()

    def _forget_in_time(self) -> None:
        """Words go on time, in a quiet room too."""
        due = min((due for due in (self.replica.window.due(), self._own.due()) if due is not None), default=None)
        if due is not None and not self._forgetting:
            self._forgetting = True
            self._pending.after(due - self._clock.now(), self._forget)

    def _forget(self) -> None:
        self._forgetting = False
        self.replica.forget_old()
        self._own.forget_old()
        self._forget_in_time()

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
        self._stand_still()
        self._ended(self)

    # --- the backplane in doubt

    def doubt(self) -> None:
        """Something may have been missed, or the room may be gone from the backplane."""
        if not self.over:
            self._recovery.doubt()

    async def level(self) -> bool:
        """Until the replica is again what the room is. The wait is bounded by whoever calls. False where the room is over."""
        self.doubt()
        await self._recovery.level()
        return not self.over

    def compare(self, position: Position | None, line: str, seq: int) -> None:
        """With where the room stood when this replica was at `seq` of `line`."""
        self.replica.forget_old()  # message ids, too
        if self._seen and self._clock.now() >= self._seen_at + MESSAGE_IDS_MS:
            self._seen.clear()
        if self.over or line != self.replica.line:
            return
        if position is None or position.strange or position.wait_ms or position.line != line or position.seq < seq:
            self.doubt()
        elif position.seq > self.replica.seq:
            self._pending.after(AHEAD_MS, lambda: self._still_behind(line, position.seq))

    def _still_behind(self, line: str, seq: int) -> None:
        if line == self.replica.line and self.replica.seq < seq:
            self.doubt()

    @property
    def holds_back(self) -> bool:
        return self._buffer is not None

    def hold_back(self) -> None:
        if self._buffer is None and not self.over:
            self._buffer = []

    def adopt(self, loaded: Loaded, kept: Missed) -> None:
        before, line_before, here = self.state, self.replica.line, self.presence.everyone()
        adopted = self.replica.adopt(loaded, kept, self._buffer or ())
        lost = self._own.take_after(adopted.has_all_upto)
        self._seen |= dict.fromkeys((*adopted.unknown, *(name_of(own.event) for own in lost)), frozenset(here))
        self._seen_at = self._clock.now()
        self._put_away.clear()  # what has become of that is not known
        for own in lost:
            self._pending.run(self._say_again(own))
        seen = {n: self._seen.pop(n) for k in adopted.missed if (n := name_of(k.event)) in self._seen}
        catching_up = CatchingUp(before, line_before, self.replica, adopted, seen, self._clock.now())
        for attached in here:
            self._catch_up(attached, catching_up)
        for unwanted in self._unwanted & self.state.seats.keys():
            self.submit_later(unwanted, c.Leave())
        self._go_on()

    def _catch_up(self, attached: Attached, catching_up: CatchingUp) -> None:
        seat = self.seat(attached.seat)
        if seat is None or seat.attach != attached.attach:
            ending = catching_up.ending(attached)
            if ending is not None:
                self.presence.deliver_to(attached, ending)
            self._lose(attached)
            self._fanout.disconnect(attached.connection)
        elif attached.inside and seat.standing is not Standing.SEATED:  # the admission was lost
            self._lose(attached)
            self._fanout.disconnect(attached.connection)
        elif attached.inside:
            for event in catching_up.events_for(seat, attached):
                self.presence.deliver_to(attached, event)
        elif seat.standing is Standing.SEATED:
            self._admit(attached, catching_up.numbers[0], catching_up.now)

    def _go_on(self) -> None:
        """With what came while deliveries were held back."""
        buffered, self._buffer = self._buffer or [], None
        for delivery in buffered:
            self._on_delivery(delivery)
        if not self.over:
            self._forget_in_time()
            self._arm()

    async def _say_again(self, own: Own) -> None:
        """Said and acknowledged here, and lost: those who have not had it get it now. Not if whoever said it was removed meanwhile, or
        it was taken back; nor when it is older than what people are kept up with."""
        while not self.over and self._clock.now() < own.at + self._backplane.window_ms:
            replica = self.replica
            if own.seat not in replica.state.seats or any(
                k.event.retracts == own.message_id for k in replica.since(0)[0] if own.message_id
            ):
                return
            try:
                async with asyncio.timeout(self._call_ms / 1_000):
                    line, not_after = replica.line, self._clock.now() + self._call_ms
                    result = await self._backplane.post(self.slug, line, replica.guard, not_after, own.message_id, own.event)
                    match result:
                        case Numbered(seq) | Repeated(seq):
                            await replica.reached(line, seq)
                            self._own.add(own.seat, own.message_id, own.event, seq)
                            return
                        case Stale(guard):
                            await replica.reached(line, guard)
                        case OtherLine() | Settling():
                            await self.level()
                        case Late():
                            pass
            except (BackplaneUnavailable, TimeoutError):
                await pause(self._clock, RETRY_MS)

    def gone(self) -> None:
        """Closed in the store, and nothing of it is left on the backplane: nobody else will tell the people here."""
        event, replica = of_closing(), self.replica
        self.presence.deliver(event.audience, numbered(event.body, replica.line, replica.seq + 1, self._clock.now()), replica.state)
        self._end()

    def put_away_the_lost(self, alive: frozenset[str] | None) -> None:
        """Seats whose worker is not among the living, and those taken here that no connection holds. `alive` None: not known just now."""
        now, unheld = self._clock.now(), dict[tuple[str, int], int]()
        for seat in self.state.seats.values():
            taking = (seat.id, seat.attach)
            holder = self.presence.of_seat(seat.id)
            if seat.away_since is not None and holder is not None and holder.attach == seat.attach:
                # We were taken for dead, and were only cut off, or asleep. Whoever sits here has been here all the time.
                self.submit_later(None, c.StillHere(seat.id, seat.attach, self._worker))
            if seat.away_since is not None or taking in self._put_away:
                continue
            if seat.worker == self._worker:
                if self.presence.of_seat(seat.id) is None:
                    unheld[taking] = self._unheld.get(taking, now)
                    if now - unheld[taking] >= self.state.core.away_ms + UNHELD_MS:
                        self._put_away_now(taking)
            elif alive is not None and seat.worker not in alive:
                self._put_away_now(taking)
        self._unheld = unheld
        seats = self.state.seats
        self._put_away = {(id, attach) for id, attach in self._put_away if id in seats and seats[id].attach == attach}

    def _put_away_now(self, taking: tuple[str, int]) -> None:
        self._put_away.add(taking)
        self.submit_later(None, c.GoneAway(*taking))

    # --- time

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._timer = self._clock.call_later(max(0, next_deadline(self.state) - self._clock.now()), self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._pending.run(self._do_what_is_due())

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

    def messages_of(self, seat_id: str) -> tuple[str, ...]:
        """Public ids of the seat's messages that the window still holds."""
        kept, _ = self.replica.since(0)
        return tuple(k.event.message for k in kept if k.event.message is not None and author_of(k.event.message) == seat_id)
