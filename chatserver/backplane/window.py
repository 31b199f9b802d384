"""The last minute of a room, kept for those whose connection dropped: in order, with an empty place where words were taken back.

And beyond that minute what is held: the words of whoever has the floor, as long as they have it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from chatserver.backplane.base import WINDOW_BYTES, Kept
from chatserver.holding import Holding


class Window:
    def __init__(self, window_ms: int, floor: int, kept: Iterable[Kept] = (), holding: int = 0) -> None:
        """`floor`: of what was kept after this seq, nothing is missing here. `kept` in its order."""
        self.floor = floor
        self.holding = holding
        self._ms = window_ms
        self._kept: deque[Kept] = deque()
        self._held: dict[str, Kept] = {}  # by message, in their order
        self._bytes = 0  # of both
        for each in kept:
            self._put(each)

    def add(self, kept: Kept) -> None:
        """Takes in an event; one that retracts takes the words of another out."""
        if kept.event.retracts is not None:
            self._forget(kept.event.retracts)
        if kept.event.kept and not self._ms:
            self.floor = kept.seq
        elif kept.event.kept:
            self._put(kept)
            if self._bytes > WINDOW_BYTES:
                self.trim(kept.at)

    def _put(self, kept: Kept) -> None:
        event = kept.event
        self._bytes += len(event.body)
        if event.held and event.held == self.holding and event.message is not None and self._ms:
            self._let_go(event.message)  # said again: it has one place
            self._held[event.message] = kept
        else:
            self._kept.append(kept)

    def hold(self, number: int, now: int) -> None:
        """From now on what is said under another number. What was held so far goes the way of all else: if it is old, at once."""
        if number == self.holding:
            return
        self.trim(now)
        held, self._held, self.holding = self._held, {}, number
        young = [kept for kept in held.values() if kept.at + self._ms > now]
        if young:
            self._kept = deque(sorted((*self._kept, *young), key=_seq))
        for kept in held.values():
            if kept.at + self._ms <= now:
                self._gone(kept)

    def _forget(self, message: str) -> None:
        self._let_go(message)
        kept = [k for k in self._kept if k.event.message != message]
        if len(kept) != len(self._kept):
            self._kept = deque(kept)
            self._bytes = sum(len(k.event.body) for k in (*kept, *self._held.values()))

    def _let_go(self, message: str) -> None:
        held = self._held.pop(message, None)
        if held is not None:
            self._bytes -= len(held.event.body)

    def trim(self, now: int) -> None:
        while self._kept and self._kept[0].at + self._ms <= now:
            self._gone(self._kept.popleft())
        while self._bytes > WINDOW_BYTES:
            self._gone(self._without_oldest())

    def _without_oldest(self) -> Kept:
        message, held = next(iter(self._held.items()), ("", None))
        if held is None or (self._kept and self._kept[0].seq < held.seq):
            return self._kept.popleft()
        return self._held.pop(message)

    def _gone(self, kept: Kept) -> None:
        self._bytes -= len(kept.event.body)
        self.floor = max(self.floor, kept.seq)

    def after(self, seq: int) -> tuple[Kept, ...]:
        later = tuple(k for k in self._kept if k.seq > seq)
        if not self._held:
            return later
        return tuple(sorted((*later, *(k for k in self._held.values() if k.seq > seq)), key=_seq))

    def due(self) -> int | None:
        """When the oldest is to go, of what goes by time alone."""
        return self._kept[0].at + self._ms if self._kept else None


def _seq(kept: Kept) -> int:
    return kept.seq


_AT = "backplane.window.Window"
HOLDS = (
    Holding("window", "memory", _AT, "time", ("_kept",), setting="rooms.window_seconds", identifies="words"),
    Holding("share", "memory", _AT, "turn-ends", ("_held",), setting="rooms.window_seconds", identifies="words"),
)
