"""The embedded backplane: one worker, nothing to install, nothing outside this process's memory."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from chatserver.backplane.base import (
    MESSAGE_IDS_MS,
    WINDOW_BYTES,
    AtMost,
    Conflict,
    Delivery,
    Event,
    Kept,
    Late,
    Loaded,
    Missed,
    Numbered,
    OtherLine,
    Repeated,
    Sink,
    Stale,
)
from chatserver.clock import Clock, Timer


@dataclass(slots=True)
class _Room:
    line: str
    entries: dict[str, tuple[int, bytes]]
    seq: int = 1  # the opening itself is the first
    guard: int = 1
    window: deque[Kept] = field(default_factory=deque)
    window_bytes: int = 0
    floor: int = 1  # seq of the newest event that has left the window
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)  # public id -> (seq, at), oldest first
    trimming: Timer | None = None
    trim_at: int = 0  # when that timer calls


class MemoryBackplane:
    def __init__(self, clock: Clock, window_seconds: float) -> None:
        self._clock = clock
        self._window_ms = int(window_seconds * 1_000)
        self._rooms: dict[str, _Room] = {}
        self._sinks: dict[str, list[Sink]] = {}

    async def open(self, room: str, line: str, entries: Mapping[str, bytes]) -> bool:
        if room in self._rooms:
            return False
        self._rooms[room] = _Room(line, {k: (1, v) for k, v in entries.items()})
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
    ) -> Numbered | Conflict | OtherLine | Late:
        r = self._rooms.get(room)
        if r is None or r.line != line:
            return OtherLine(r.line if r else None)
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
        self._publish(room, r, Delivery(line, seq, self._clock.now(), tuple(events), dict(entries), narrows))
        return Numbered(seq)

    async def post(
        self, room: str, line: str, guard: int, not_after: int, message_id: str | None, event: Event
    ) -> Numbered | Repeated | Stale | OtherLine | Late:
        r = self._rooms.get(room)
        if r is None or r.line != line:
            return OtherLine(r.line if r else None)
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

    async def load(self, room: str) -> Loaded | None:
        r = self._rooms.get(room)
        if r is None:
            return None
        self._trim(r)
        return Loaded(r.line, r.seq, r.guard, dict(r.entries), {k: seq for k, (seq, _) in r.ids.items()})

    async def since(self, room: str, line: str, seq: int) -> Missed | OtherLine:
        r = self._rooms.get(room)
        if r is None or r.line != line:
            return OtherLine(r.line if r else None)
        self._trim(r)
        return Missed(r.seq, r.floor <= seq <= r.seq, tuple(k for k in r.window if k.seq > seq))

    async def erase(self, room: str, line: str, event: Event) -> Numbered | OtherLine:
        r = self._rooms.get(room)
        if r is None or r.line != line:
            return OtherLine(r.line if r else None)
        del self._rooms[room]
        if r.trimming is not None:
            r.trimming.cancel()
        delivery = Delivery(line, r.seq + 1, self._clock.now(), (event,), erased=True)
        for sink in list(self._sinks.get(room, ())):
            sink(delivery)
        return Numbered(delivery.seq)

    # --- the window

    def _publish(self, room: str, r: _Room, delivery: Delivery) -> None:
        first = delivery.seq - len(delivery.events) + 1
        r.seq = delivery.seq
        for n, event in enumerate(delivery.events):
            if event.retracts is not None:
                self._forget(r, event.retracts)
            if event.kept:
                r.window.append(Kept(first + n, delivery.at, event))
                r.window_bytes += len(event.body)
        self._trim(r)
        for sink in list(self._sinks.get(room, ())):
            sink(delivery)

    def _forget(self, r: _Room, message: str) -> None:
        """A retraction leaves an empty place: whoever was away never gets the words."""
        kept = [k for k in r.window if k.event.message != message]
        if len(kept) != len(r.window):
            r.window = deque(kept)
            r.window_bytes = sum(len(k.event.body) for k in kept)

    def _trim(self, r: _Room) -> None:
        now = self._clock.now()
        window = r.window
        while window and (window[0].at + self._window_ms <= now or r.window_bytes > WINDOW_BYTES):
            gone = window.popleft()
            r.window_bytes -= len(gone.event.body)
            r.floor = gone.seq
        while r.ids and next(iter(r.ids.values()))[1] + MESSAGE_IDS_MS <= now:
            del r.ids[next(iter(r.ids))]
        # Words go on time in a quiet room too: the timer stands whenever there is something left to forget.
        due = [window[0].at + self._window_ms] if window else []
        due += [next(iter(r.ids.values()))[1] + MESSAGE_IDS_MS] if r.ids else []
        if due and (r.trimming is None or min(due) < r.trim_at):
            if r.trimming is not None:
                r.trimming.cancel()
            r.trim_at = min(due)
            r.trimming = self._clock.call_later(r.trim_at - now, lambda: self._trim_on_time(r))

    def _trim_on_time(self, r: _Room) -> None:
        r.trimming = None
        self._trim(r)


def _too_many(r: _Room, entries: Mapping[str, bytes | None], at_most: AtMost) -> bool:
    of_prefix = [(k, v is not None) for k, v in entries.items() if k.startswith(at_most.prefix)]
    added = sum(there and k not in r.entries for k, there in of_prefix)
    deleted = sum(not there and k in r.entries for k, there in of_prefix)
    return added > 0 and sum(k.startswith(at_most.prefix) for k in r.entries) + added - deleted > at_most.count


def _written(r: _Room, key: str) -> int:
    """Seq at which the entry was last written; 0 where there is none."""
    entry = r.entries.get(key)
    return 0 if entry is None else entry[0]
