"""What this worker's own people said in the last minute and were told was taken. Should the backplane lose it, it is said again."""

from __future__ import annotations

from collections import deque
from typing import NamedTuple

from chatserver.backplane.base import Event
from chatserver.clock import Clock
from chatserver.holding import Holding


class Own(NamedTuple):
    seat: str
    message_id: str | None
    event: Event
    seq: int
    at: int


class OwnPosts:
    def __init__(self, clock: Clock, window_ms: int) -> None:
        """Kept for the window's time, not at all where that is 0. The words of a running share, too: said again later than that, they would
        come behind what their author has said since."""
        self._clock = clock
        self._ms = window_ms
        self._posts: deque[Own] = deque()
        self._ids: set[str | None] = set()

    def add(self, seat: str, message_id: str | None, event: Event, seq: int) -> None:
        if self._ms == 0:
            return
        if message_id is None or message_id not in self._ids:
            self._posts.append(Own(seat, message_id, event, seq, self._clock.now()))
            self._ids.add(message_id)

    def take_after(self, seq: int) -> list[Own]:
        """Those after a seq, which are not kept here any longer."""
        self.forget_old()
        taken = [own for own in self._posts if own.seq > seq]
        self._posts = deque(own for own in self._posts if own.seq <= seq)
        self._ids -= {own.message_id for own in taken}
        return taken

    def due(self) -> int | None:
        """When the oldest is to go."""
        return self._posts[0].at + self._ms if self._posts else None

    def forget_old(self) -> None:
        now = self._clock.now()
        while self._posts and self._posts[0].at + self._ms <= now:
            self._ids.discard(self._posts.popleft().message_id)


HOLDS = (
    Holding(
        "own-posts", "memory", "engine.own_posts.OwnPosts", "time", ("_posts", "_ids"), setting="rooms.window_seconds", identifies="words"
    ),
)
