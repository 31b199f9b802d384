"""The last minute of a room, kept for those whose connection dropped: in order, with an empty place where words were taken back."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from chatserver.backplane.base import WINDOW_BYTES, Kept


class Window:
    def __init__(self, window_ms: int, floor: int, kept: Iterable[Kept] = ()) -> None:
        """`floor`: of what was kept after this seq, nothing is missing here."""
        self.floor = floor
        self._ms = window_ms
        self._kept = deque(kept)
        self._bytes = sum(len(k.event.body) for k in self._kept)
        self._shrink()

    def add(self, kept: Kept) -> None:
        """Takes in an event; one that retracts takes the words of another out."""
        if kept.event.retracts is not None:
            self._forget(kept.event.retracts)
        if kept.event.kept and not self._ms:
            self.floor = kept.seq
        elif kept.event.kept:
            self._kept.append(kept)
            self._bytes += len(kept.event.body)
            if self._bytes > WINDOW_BYTES:
                self._shrink()

    def _shrink(self) -> None:
        while self._bytes > WINDOW_BYTES:
            self._drop()

    def _drop(self) -> None:
        gone = self._kept.popleft()
        self._bytes -= len(gone.event.body)
        self.floor = gone.seq

    def _forget(self, message: str) -> None:
        kept = [k for k in self._kept if k.event.message != message]
        if len(kept) != len(self._kept):
            self._kept = deque(kept)
            self._bytes = sum(len(k.event.body) for k in kept)

    def trim(self, now: int) -> None:
        while self._kept and self._kept[0].at + self._ms <= now:
            self._drop()

    def after(self, seq: int) -> tuple[Kept, ...]:
        return tuple(k for k in self._kept if k.seq > seq)

    def due(self) -> int | None:
        """When the oldest is to go."""
        return self._kept[0].at + self._ms if self._kept else None
