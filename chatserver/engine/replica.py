"""This worker's copy of a room: what the backplane has handed back so far, and nothing that it has not."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from chatserver.backplane.base import MESSAGE_IDS_MS, BackplaneUnavailable, Delivery, Held, Kept, Loaded, Missed
from chatserver.backplane.window import Window
from chatserver.clock import Clock
from chatserver.domain.posts import author_of
from chatserver.domain.state import Entry, RoomState, Seat, entry_of, with_entries, written_at
from chatserver.holding import Holding
from chatserver.wire.entries import pack, unpack
from chatserver.wire.views import Snapshots


def _place(item: tuple[str, Entry | None]) -> tuple[int, str]:
    key, entry = item
    return (entry.since if isinstance(entry, Seat) else 0), key


def numbered_events(delivery: Delivery) -> list[Kept]:
    first = delivery.seq - len(delivery.events) + 1
    return [Kept(first + n, delivery.at, event) for n, event in enumerate(delivery.events)]


def kept_of(delivery: Delivery) -> list[Kept]:
    return [numbered for numbered in numbered_events(delivery) if numbered.event.kept]


@dataclass(frozen=True, slots=True)
class Adopted:
    """How a replica came to go on from what was loaded."""

    has_all_upto: int  # the seq up to which the room has all of what this replica was
    common: int  # what of it this replica had
    missed: tuple[Kept, ...]  # what was kept after that, without messages that this worker's people have seen
    complete: bool  # False: more was kept once, and is gone
    unknown: frozenset[str]  # messages that this worker's people have seen, and the room knows nothing of


class Replica:
    """`state` at `seq` on `line`; `versions`: at which seq each entry was written; `window`: what was said, for those who come back."""

    line: str
    seq: int
    guard: int
    versions: dict[str, int]
    before: dict[str, int]  # lines that this one goes on from, each with the seq up to which it has all of it
    state: RoomState
    window: Window

    def __init__(self, loaded: Loaded, kept: Missed, clock: Clock, window_ms: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._clock = clock
        self._window_ms = window_ms
        self.last_post: dict[str, int] = {}  # seat -> when, for slow mode
        self._sent: dict[str, tuple[int, int]] = {}
        self._reaching: list[tuple[int, asyncio.Future[None]]] = []
        self.snapshots = Snapshots()
        self.written: Mapping[str, tuple[bytes | None, Entry | None]] = {}  # in the commit that is on its way
        self._take(loaded, kept)

    def _take(self, loaded: Loaded, kept: Missed) -> None:
        self.line, self.seq, self.guard, self.before = loaded.line, loaded.seq, loaded.guard, dict(loaded.before)
        self.versions = {key: seq for key, (seq, _) in loaded.entries.items()}
        entries: dict[str, Entry | None] = {}
        for key, (seq, value) in loaded.entries.items():
            entry = unpack(key, value)
            entries[key] = written_at(entry, seq) if isinstance(entry, Seat) else entry
        # Listed as they came: the backplane knows no order.
        self.state = with_entries(None, dict(sorted(entries.items(), key=_place)), loaded.seq)
        window = (k for k in kept.events if k.seq <= loaded.seq)  # what is newer is on its way to us, too
        self.window = Window(self._window_ms, kept.floor, window, loaded.holding)
        now = self._clock.now()
        self._sent = {k: (seq, now) for k, seq in loaded.message_ids.items()}

    def follows(self, delivery: Delivery) -> bool:
        """False where something is missing before it, or it is of another line."""
        return delivery.line == self.line and delivery.seq - max(1, len(delivery.events)) <= self.seq

    def apply(self, delivery: Delivery) -> None:
        if delivery.entries:
            self.state = with_entries(self.state, self._read(delivery.entries), delivery.seq)
            for key, value in delivery.entries.items():
                if value is None:
                    self.versions.pop(key, None)
                else:
                    self.versions[key] = delivery.seq
        if delivery.narrows:
            self.guard = delivery.seq
        at, seq = delivery.at, delivery.seq - len(delivery.events)
        if delivery.holding is not None:
            self.window.hold(delivery.holding, at)
        for event in delivery.events:
            seq += 1
            self.window.add(Kept(seq, at, event))
            if event.message is not None:
                self.last_post[author_of(event.message)] = at
                self._sent[event.message] = (seq, at)
        self.seq = delivery.seq
        if self._reaching:
            self._wake()

    def _read(self, entries: Mapping[str, bytes | None]) -> dict[str, Entry | None]:
        """What this worker has written itself, as most of what comes, is not read again where it comes back as it was written."""
        read: dict[str, Entry | None] = {}
        for key, value in entries.items():
            packed, entry = self.written.get(key, (None, None))
            read[key] = None if value is None else entry if packed == value else unpack(key, value)
        return read

    # --- what may have become of the room meanwhile

    def held(self) -> Held:
        self.forget_old()
        entries = {key: (seq, self._packed(key)) for key, seq in self.versions.items()}
        ids = {message: seq for message, (seq, _) in self._sent.items()}
        window = self.window
        return Held(self.line, self.seq, self.guard, entries, window.after(0), window.floor, ids, self.before, window.holding)

    def _packed(self, key: str) -> bytes:
        return pack(entry_of(self.state, key))

    def adopt(self, loaded: Loaded, kept: Missed, held_back: Iterable[Delivery] = ()) -> Adopted:
        """Goes on from what was loaded. Whoever waits for a seq that the room no longer has gets `BackplaneUnavailable`.

        `held_back` came meanwhile: what of it is not in the window was missed, too."""
        has_all_upto = loaded.seq if loaded.line == self.line else loaded.before.get(self.line, 0)
        if loaded.line != self.line:
            for seq, future in self._reaching:
                if seq > has_all_upto and not future.done():
                    future.set_exception(BackplaneUnavailable())
        common, seen = min(self.seq, has_all_upto), self._sent
        said = {k.seq: k for delivery in held_back if delivery.line == loaded.line for k in kept_of(delivery)}
        said |= {k.seq: k for k in kept.events}
        missed = tuple(
            said[seq]
            for seq in sorted(said)
            if common < seq <= loaded.seq and (said[seq].event.message is None or said[seq].event.message not in seen)
        )
        self._take(loaded, kept)
        self._wake()
        return Adopted(has_all_upto, common, missed, kept.floor <= common, frozenset(seen.keys() - loaded.message_ids.keys()))

    def goes_on_from(self, line: str, seq: int) -> bool:
        """Whether this line has everything of another up to a seq."""
        return line == self.line or seq <= self.before.get(line, -1)

    # --- questions

    def first_seq(self, message: str) -> int | None:
        """The seq under which a message of this public id went out in the last two minutes."""
        known = self._sent.get(message)
        return known[0] if known and self._clock.now() < known[1] + MESSAGE_IDS_MS else None

    def since(self, seq: int) -> tuple[tuple[Kept, ...], bool]:
        """What was kept after a seq, and whether that is all there was."""
        self.forget_old()
        return self.window.after(seq), self.window.floor <= seq <= self.seq

    async def reached(self, line: str, seq: int) -> None:
        """Until everything up to `seq` of that line has come back. The wait is bounded by whoever calls.

        Raises `BackplaneUnavailable` where the room has gone on without it."""
        if not self.goes_on_from(line, seq):
            raise BackplaneUnavailable
        if self.seq < seq:
            future: asyncio.Future[None] = self._loop.create_future()
            self._reaching.append((seq, future))
            await future

    def _wake(self) -> None:
        for seq, future in self._reaching:
            if seq <= self.seq and not future.done():
                future.set_result(None)
        self._reaching = [(seq, future) for seq, future in self._reaching if not future.done()]

    def forget_old(self) -> None:
        """To be called every now and then, also where nothing happens: words go on time."""
        now = self._clock.now()
        self.window.trim(now)
        while self._sent and next(iter(self._sent.values()))[1] + MESSAGE_IDS_MS <= now:
            del self._sent[next(iter(self._sent))]
        if len(self.last_post) > 2 * len(self.state.seats) + 16:
            self.last_post = {seat: at for seat, at in self.last_post.items() if seat in self.state.seats}


_AT = "engine.replica.Replica"
HOLDS = (
    Holding("room-place", "memory", _AT, "room-closes", ("line", "versions", "before"), identifies="seat"),
    Holding("message-ids", "memory", _AT, "time", ("_sent",), MESSAGE_IDS_MS // 1_000, identifies="seat"),
    Holding("last-post", "memory", _AT, "room-closes", ("last_post",), identifies="seat"),
    Holding("on-its-way", "memory", _AT, "time", ("written", "_reaching"), 2, identifies="seat"),
)
