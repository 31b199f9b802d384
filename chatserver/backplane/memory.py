"""The embedded backplane: one worker, nothing to install, nothing outside this process's memory."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from chatserver.backplane.base import (
    MESSAGE_IDS_MS,
    SETTLING_MS,
    SETTLING_NUMBERS,
    AtMost,
    Conflict,
    Delivery,
    Event,
    Held,
    Kept,
    Late,
    Loaded,
    Missed,
    Numbered,
    OtherLine,
    Position,
    Repeated,
    Settling,
    Sink,
    Stale,
)
from chatserver.backplane.union import order_of, united
from chatserver.backplane.window import Window
from chatserver.clock import Clock, Timer
from chatserver.holding import Holding


@dataclass(slots=True)
class _Room:
    line: str
    entries: dict[str, tuple[int, bytes]]
    window: Window
    seq: int = 1  # the opening itself is the first
    guard: int = 1
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)  # public id -> (seq, at), oldest first
    trimming: Timer | None = None
    trim_at: int = 0  # when that timer calls
    before: dict[str, int] = field(default_factory=dict)
    gathered: Held | None = None  # what has been brought while the room settles
    settled_at: int = 0


class MemoryBackplane:
    shared = False
    answers = True

    def __init__(self, clock: Clock, window_seconds: float) -> None:
        self.window_ms = int(window_seconds * 1_000)
        self.doubt: Callable[[], None] = lambda: None
        self._clock = clock
        self._rooms: dict[str, _Room] = {}
        self._sinks: dict[str, list[Sink]] = {}
        self._beats: dict[str, None] = {}

    async def start(self) -> None:
        pass

    async def stop(self) -> None:
        pass

    async def open(self, room: str, line: str, entries: Mapping[str, bytes]) -> bool:
        if room in self._rooms:
            return False
        self._rooms[room] = _Room(line, {k: (1, v) for k, v in entries.items()}, Window(self.window_ms, floor=1))
        return True

    async def commit(
        self,
        room: str,
        line: str,
        expected: Mapping[str, int],
        entries: Mapping[str, bytes | None],
        events: Sequence[Event],
        *,
        narrows: bool,
        not_after: int,
        at_most: AtMost | None = None,
        holding: int | None = None,
    ) -> Numbered | Conflict | OtherLine | Settling | Late:
        r = self._on_line(room, line)
        if not isinstance(r, _Room):
            return r
        if self._clock.now() > not_after:
            return Late()
        if any(_written(r, key) != seq for key, seq in expected.items()):
            return Conflict(r.seq)
        if at_most is not None and _too_many(r, entries, at_most):
            return Conflict(r.seq, full=True)
        seq = r.seq + max(1, len(events))
        for key, value in entries.items():
            if value is None:
                r.entries.pop(key, None)
            else:
                r.entries[key] = (seq, value)
        if narrows:
            r.guard = seq
        now = self._clock.now()
        if holding is not None:
            r.window.hold(holding, now)
        self._publish(room, r, Delivery(line, seq, now, tuple(events), dict(entries), narrows, holding=holding))
        return Numbered(seq)

    async def post(
        self, room: str, line: str, guard: int, not_after: int, message_id: str | None, event: Event
    ) -> Numbered | Repeated | Stale | OtherLine | Settling | Late:
        r = self._on_line(room, line)
        if not isinstance(r, _Room):
            return r
        if message_id is not None and message_id in r.ids:
            return Repeated(r.ids[message_id][0])
        now = self._clock.now()
        if now > not_after:
            return Late()
        if guard != r.guard:
            return Stale(r.guard)
        seq = r.seq + 1
        if message_id is not None:
            r.ids[message_id] = (seq, now)
        self._publish(room, r, Delivery(line, seq, now, (event,)))
        return Numbered(seq)

    async def subscribe(self, room: str, sink: Sink) -> None:
        self._sinks.setdefault(room, []).append(sink)

    async def unsubscribe(self, room: str, sink: Sink) -> None:
        sinks = self._sinks.get(room, [])
        if sink in sinks:
            sinks.remove(sink)
        if not sinks:
            self._sinks.pop(room, None)

    async def load(self, room: str) -> Loaded | Settling | None:
        r = self._rooms.get(room)
        if r is None:
            return None
        settling = self._settle(r)
        if settling is not None:
            return settling
        self._trim(r, self._clock.now())
        ids = {k: seq for k, (seq, _) in r.ids.items()}
        return Loaded(r.line, r.seq, r.guard, dict(r.entries), ids, dict(r.before), r.window.holding)

    async def since(self, room: str, line: str, seq: int) -> Missed | OtherLine | Settling:
        r = self._on_line(room, line)
        if not isinstance(r, _Room):
            return r
        self._trim(r, self._clock.now())
        return Missed(r.seq, r.window.floor <= seq <= r.seq, r.window.after(seq), r.window.floor)

    async def erase(self, room: str, line: str, event: Event) -> Numbered | OtherLine:
        r = self._rooms.get(room)
        if r is None or r.line != line:
            return OtherLine(r.line if r else None)
        self.forget(room)
        delivery = Delivery(line, r.seq + 1, self._clock.now(), (event,), erased=True)
        for sink in list(self._sinks.get(room, ())):
            sink(delivery)
        return Numbered(delivery.seq)

    def forget(self, room: str) -> None:
        """Everything of the room goes, without a word."""
        r = self._rooms.pop(room)
        if r.trimming is not None:
            r.trimming.cancel()

    async def touch(self, rooms: Sequence[str]) -> Mapping[str, Position]:
        there = {room: self._rooms[room] for room in rooms if room in self._rooms}
        return {room: Position(r.line, r.seq, settling.wait_ms if (settling := self._settle(r)) else 0) for room, r in there.items()}

    async def beat(self, worker: str) -> frozenset[str] | None:
        self._beats[worker] = None
        return frozenset(self._beats)

    # --- lines

    def _on_line(self, room: str, line: str) -> _Room | OtherLine | Settling:
        r = self._rooms.get(room)
        if r is None:
            return OtherLine(None)
        settling = self._settle(r)
        if settling is not None:
            return settling
        return r if r.line == line else OtherLine(r.line)

    def _settle(self, r: _Room) -> Settling | None:
        if r.gathered is None:
            return None
        wait = r.settled_at - self._clock.now()
        if wait > 0:
            return Settling(wait)
        held, r.gathered = r.gathered, None
        now = self._clock.now()
        r.before = {**held.before, held.line: held.seq}
        r.seq, r.guard, r.entries = held.seq + SETTLING_NUMBERS, held.guard, dict(held.entries)
        r.window = Window(self.window_ms, held.floor, held.window, held.holding)
        r.ids = {message: (seq, now) for message, seq in held.message_ids.items()}
        self._trim(r, now)
        return None

    async def restore(self, room: str, line: str, held: Held) -> Settling | OtherLine:
        r = self._rooms.get(room)
        if r is not None and self._settle(r) is not None and r.gathered is not None:
            if held.line == r.gathered.line:
                r.gathered = united(r.gathered, held)
                return Settling(r.settled_at - self._clock.now())
            if order_of(held.line) <= order_of(r.gathered.line):
                return OtherLine(r.line)
        elif r is not None and r.line == held.line and r.seq < held.seq:
            held = united(self._copy(r), held)
        elif r is not None and order_of(held.line) <= order_of(r.line):
            return OtherLine(r.line)
        if r is not None:
            self.forget(room)
        self._rooms[room] = _Room(
            line,
            {},
            Window(self.window_ms, 0),
            gathered=held,
            settled_at=self._clock.now() + SETTLING_MS,
        )
        return Settling(SETTLING_MS)

    def _copy(self, r: _Room) -> Held:
        ids = {message: seq for message, (seq, _) in r.ids.items()}
        return Held(r.line, r.seq, r.guard, r.entries, r.window.after(0), r.window.floor, ids, r.before, r.window.holding)

    # --- the window

    def _publish(self, room: str, r: _Room, delivery: Delivery) -> None:
        first = delivery.seq - len(delivery.events) + 1
        r.seq = delivery.seq
        for n, event in enumerate(delivery.events):
            r.window.add(Kept(first + n, delivery.at, event))
        self._trim(r, delivery.at)
        for sink in tuple(self._sinks.get(room, ())):
            sink(delivery)

    def _trim(self, r: _Room, now: int) -> None:
        r.window.trim(now)
        # Words go on time in a quiet room too: the timer stands whenever there is something left to forget.
        due = r.window.due()
        while r.ids:
            message, (_, at) = next(iter(r.ids.items()))
            if at + MESSAGE_IDS_MS > now:
                due = at + MESSAGE_IDS_MS if due is None else min(due, at + MESSAGE_IDS_MS)
                break
            del r.ids[message]
        if due is not None and (r.trimming is None or due < r.trim_at):
            if r.trimming is not None:
                r.trimming.cancel()
            r.trim_at = due
            r.trimming = self._clock.call_later(r.trim_at - now, lambda: self._trim_on_time(r))

    def _trim_on_time(self, r: _Room) -> None:
        r.trimming = None
        self._trim(r, self._clock.now())


def _too_many(r: _Room, entries: Mapping[str, bytes | None], at_most: AtMost) -> bool:
    if len(r.entries) + len(entries) <= at_most.count:
        return False  # nor would it be if all of them were of that prefix
    of_prefix = [(k, v is not None) for k, v in entries.items() if k.startswith(at_most.prefix)]
    added = sum(there and k not in r.entries for k, there in of_prefix)
    deleted = sum(not there and k in r.entries for k, there in of_prefix)
    return added > 0 and sum(k.startswith(at_most.prefix) for k in r.entries) + added - deleted > at_most.count


def _written(r: _Room, key: str) -> int:
    """Seq at which the entry was last written; 0 where there is none."""
    entry = r.entries.get(key)
    return 0 if entry is None else entry[0]


_AT = "backplane.memory._Room"
HOLDS = (
    Holding("room-place", "memory", _AT, "room-closes", ("line", "before"), identifies="seat"),
    Holding("room-entries", "memory", _AT, "room-closes", ("entries",), identifies="seat"),
    Holding("message-ids", "memory", _AT, "time", ("ids",), MESSAGE_IDS_MS // 1_000, identifies="seat"),
    Holding("rooms-open", "memory", "backplane.memory.MemoryBackplane", "room-closes", ("_rooms", "_sinks")),
    Holding("worker-name", "memory", "backplane.memory.MemoryBackplane", "process-ends", ("_beats",)),
)
