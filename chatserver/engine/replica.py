"""This worker's copy of a room: what the backplane has handed back so far, and nothing that it has not."""

from __future__ import annotations

import asyncio

from chatserver.backplane.base import MESSAGE_IDS_MS, Delivery, Loaded
from chatserver.clock import Clock
from chatserver.domain.posts import author_of
from chatserver.domain.state import Entry, Seat, with_entries, written_at
from chatserver.wire.entries import unpack, unpack_all


class Replica:
    """`state` at `seq` on `line`; `versions`: at which seq each entry was written."""

    def __init__(self, loaded: Loaded, clock: Clock) -> None:
        self.line = loaded.line
        self.seq = loaded.seq
        self.guard = loaded.guard
        self.versions = {key: seq for key, (seq, _) in loaded.entries.items()}
        self._clock = clock
        entries: dict[str, Entry | None] = {}
        for key, (seq, value) in loaded.entries.items():
            entry = unpack(key, value)
            entries[key] = written_at(entry, seq) if isinstance(entry, Seat) else entry
        self.state = with_entries(None, entries, loaded.seq)
        self.last_post: dict[str, int] = {}  # seat -> when, for slow mode
        now = clock.now()
        self._sent: dict[str, tuple[int, int]] = {k: (seq, now) for k, seq in loaded.message_ids.items()}
        self._reaching: list[tuple[int, asyncio.Future[None]]] = []

    def apply(self, delivery: Delivery) -> None:
        if delivery.entries:
            self.state = with_entries(self.state, unpack_all(delivery.entries), delivery.seq)
            for key, value in delivery.entries.items():
                if value is None:
                    self.versions.pop(key, None)
                else:
                    self.versions[key] = delivery.seq
        if delivery.narrows:
            self.guard = delivery.seq
        for n, event in enumerate(delivery.events):
            if event.message is not None:
                self.last_post[author_of(event.message)] = delivery.at
                self._sent[event.message] = (delivery.seq - len(delivery.events) + 1 + n, delivery.at)
        self.seq = delivery.seq
        self._forget_old(delivery.at)
        if self._reaching:
            self._wake()

    def first_seq(self, message: str) -> int | None:
        """The seq under which a message of this public id went out in the last two minutes."""
        known = self._sent.get(message)
        return known[0] if known and self._clock.now() < known[1] + MESSAGE_IDS_MS else None

    async def reached(self, seq: int) -> None:
        """Until everything up to `seq` has come back. The wait is bounded by whoever calls."""
        if self.seq < seq:
            future: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._reaching.append((seq, future))
            await future

    def _wake(self) -> None:
        for seq, future in self._reaching:
            if seq <= self.seq and not future.done():
                future.set_result(None)
        self._reaching = [(seq, future) for seq, future in self._reaching if not future.done()]

    def _forget_old(self, now: int) -> None:
        while self._sent and next(iter(self._sent.values()))[1] + MESSAGE_IDS_MS <= now:
            del self._sent[next(iter(self._sent))]
        if len(self.last_post) > 2 * len(self.state.seats) + 16:
            self.last_post = {seat: at for seat, at in self.last_post.items() if seat in self.state.seats}
