"""One room on this worker: its replica, those connected here, its commits, posts and timers."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from secrets import token_hex

from chatserver.backplane.base import (
    MESSAGE_IDS_MS,
    Backplane,
    BackplaneUnavailable,
    Delivery,
    Event,
    Loaded,
    Missed,
    Position,
    Settling,
)
from chatserver.backplane.union import as_held, next_line
from chatserver.clock import Clock, Timer, pause
from chatserver.domain import commands as c
from chatserver.domain.events import Hears
from chatserver.domain.posts import author_of
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import SEAT, RoomState, Seat, Standing
from chatserver.engine.answers import join_answer
from chatserver.engine.catching_up import CatchingUp, name_of
from chatserver.engine.committer import RETRY_MS, Committer, Outcome
from chatserver.engine.fanout import Fanout
from chatserver.engine.lost_calls import LostCalls
from chatserver.engine.pending import Pending
from chatserver.engine.posting import Posting
from chatserver.engine.presence import Attached, Presence
from chatserver.engine.rates import Buckets
from chatserver.engine.recovery import LOOK_AGAIN_MS, Recovery
from chatserver.engine.repeats import Repeats
from chatserver.engine.replica import Replica
from chatserver.engine.seating import Seating
from chatserver.engine.unhurried import Unhurried
from chatserver.holding import Holding
from chatserver.wire.events import encode, numbered, of_closing

TICK_RETRY_MS = 1_000
MAX_HELD_BACK = 4_096  # deliveries
AHEAD_MS = 1_000  # a room that stands ahead of its replica for so long: something was lost on the way


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
        unhurried: Unhurried,
        call_ms: int,
        still_open: Callable[[LiveRoom], Awaitable[bool]],
        before_close: Callable[[LiveRoom], Awaitable[Event | None]],
        before_longer: Callable[[LiveRoom, int], Awaitable[bool]],
        ended: Callable[[LiveRoom], None],
        detached: Callable[[Attached], None],
    ) -> None:
        """`worker` is this one's name among all. `still_open` asks the store whether the room is what it was. `before_close` and
        `before_longer` are the committer's.

        `ended` is called when the room is over; `detached` for each connection that loses its seat other than by its own leaving."""
        self.slug = slug
        self.presence = Presence(fanout)
        self.buckets = Buckets(clock)
        self._backplane = backplane
        self._fanout = fanout
        self._clock = clock
        self._call_ms = call_ms
        self._still_open = still_open
        self._before_close = before_close
        self._before_longer = before_longer
        self._ended = ended
        self._detached = detached
        self._buffer: list[Delivery] | None = []  # what comes before the room is loaded
        self._timer: Timer | None = None
        self._armed_for = 0
        self._pending = Pending(clock)
        self._forget_at: int | None = None  # when something is to be forgotten next
        self.repeats = Repeats(clock, self._forget_in_time)
        self.posting = Posting(self, backplane, clock, call_ms, self._forget_in_time)
        # What may come yet, by `name_of`, and who has had it already; and since when.
        self._seen: dict[str | bytes, frozenset[Attached]] = {}
        self._seen_at = 0
        self.seating = Seating(self, self._pending, unhurried, clock, worker)
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
            self.slug,
            self._backplane,
            self.replica,
            self._clock,
            self._call_ms,
            before_close=lambda: self._before_close(self),
            before_longer=lambda closes_at: self._before_longer(self, closes_at),
            level=self.level,
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

    def ask(self, actor: str | None, *commands: c.Fact) -> list[asyncio.Future[Outcome]]:
        """Of several commands, that are decided together. Not one of these futures is to be cancelled."""
        return self._committer.ask(actor, *commands)

    def submit_later(self, actor: str | None, *commands: c.Fact) -> None:
        """For what nobody waits for, and what has to happen even if the backplane is not there just now."""
        if not self.over:  # not at once: this may be asked in the middle of a delivery
            asyncio.get_running_loop().call_soon(self._ask_and_insist, actor, commands)

    def _ask_and_insist(self, actor: str | None, commands: tuple[c.Fact, ...]) -> None:
        if not self.over:
            for command, outcome in zip(commands, self.ask(actor, *commands), strict=True):
                if outcome.done():
                    self._insist(actor, command, outcome)
                else:
                    outcome.add_done_callback(partial(self._insist, actor, command))

    def _insist(self, actor: str | None, command: c.Fact, asked: asyncio.Future[Outcome]) -> None:
        outcome = asked.result()
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
            body = numbered(event.body, replica.line, first + n, delivery.at)
            said_by = author_of(event.message) if event.message is not None else None
            self.presence.deliver(event.audience, body, replica.state, seen_by, said_by)
            if event.ends and holder is not None:
                self._lose(holder)
                self._fanout.disconnect(holder.connection)
        for key, value in delivery.entries.items():
            if key.startswith(SEAT):
                self._seat_written(key[len(SEAT) :], value is not None)
        self._forget_in_time(anew=delivery.holding is not None)
        if delivery.erased:
            self._end()
        elif delivery.entries:
            self._arm()

    def _forget_in_time(self, anew: bool = False) -> None:
        """Words go on time, in a quiet room too. `anew`: something may be due before what was due next so far."""
        if self._forget_at is not None and not anew:
            return
        due = min((due for due in (self.replica.window.due(), self.posting.own.due(), self.repeats.due()) if due is not None), default=None)
        if due is not None and due != self._forget_at:
            self._forget_at = due
            self._pending.after(due - self._clock.now(), partial(self._forget, due))

    def _forget(self, at: int) -> None:
        if at != self._forget_at:
            return  # there was something before it, which has seen to the rest
        self._forget_at = None
        self.replica.forget_old()
        self.posting.own.forget_old()
        self.repeats.forget_old()
        self._forget_in_time()

    def _seat_written(self, seat: str, there: bool) -> None:
        holder = self.presence.of_seat(seat)
        if not there and holder is not None:
            self._lose(holder)
        elif holder is not None and holder.inside and self.state.seats[seat].standing is Standing.WAITING:
            self.presence.to_lobby(holder)  # swept; the event that tells so has gone out
        self.seating.written(seat, there)

    def _admit(self, attached: Attached, seq: int, at: int) -> None:
        seat = self.state.seats[attached.seat]
        answer = {"ok": True, **join_answer(self.replica, seat, attached.token, self._clock.now()), "missed": []}
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
        calls = LostCalls(self.replica, self.presence)
        adopted = self.replica.adopt(loaded, kept, self._buffer or ())
        lost = self.posting.own.take_after(adopted.has_all_upto)
        self._seen |= dict.fromkeys((*adopted.unknown, *(name_of(own.event) for own in lost)), frozenset(here))
        self._seen_at = self._clock.now()
        for own in lost:
            self._pending.run(self.posting.say_again(own))
        seen = {n: self._seen.pop(n) for k in adopted.missed if (n := name_of(k.event)) in self._seen}
        catching_up = CatchingUp(before, line_before, self.replica, adopted, seen, self._clock.now())
        for attached in here:
            self._catch_up(attached, catching_up)
        self.seating.adopted()
        calls.again(self.state, adopted.has_all_upto, self.submit_later)
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
        else:
            for told in catching_up.for_one_who_waits(seat):
                self.presence.deliver_to(attached, told)

    def _go_on(self) -> None:
        """With what came while deliveries were held back."""
        buffered, self._buffer = self._buffer or [], None
        for delivery in buffered:
            self._on_delivery(delivery)
        if not self.over:
            self._forget_in_time(anew=True)
            self._arm()

    def gone(self) -> None:
        """Closed in the store, and nothing of it is left on the backplane: nobody else will tell the people here."""
        event, replica = of_closing(), self.replica
        self.presence.deliver(event.audience, numbered(event.body, replica.line, replica.seq + 1, self._clock.now()), replica.state)
        self._end()

    # --- time

    def _arm(self) -> None:
        deadline = next_deadline(self.state)
        if self._timer is not None:
            if deadline == self._armed_for:
                return
            self._timer.cancel()
        self._armed_for = deadline
        self._timer = self._clock.call_later(max(0, deadline - self._clock.now()), self._tick)

    def _tick(self) -> None:
        self._timer = None
        self._pending.run(self._do_what_is_due())

    async def _do_what_is_due(self) -> None:
        outcome = await self.submit(None, c.Tick())
        if self._timer is None and not self.over:
            if isinstance(outcome, Refused):
                self._armed_for, self._timer = 0, self._clock.call_later(TICK_RETRY_MS, self._tick)
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


_AT = "engine.live_room.LiveRoom"
HOLDS = (
    Holding("room-place", "memory", _AT, "room-closes", ("slug",)),
    Holding("being-loaded", "memory", _AT, "time", ("_buffer", "_seen"), 2, identifies="words"),
)
