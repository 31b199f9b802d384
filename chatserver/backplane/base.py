"""The backplane's port: what carries a room's events between workers, and keeps its live state while the room is open.

A room's life here is a *line*: it is opened with all its entries, then takes commits (facts: compare-and-set of entries) and
posts (fenced, without state), each numbered by one counter, `seq`, and published in one atomic step. Every subscriber gets the
same deliveries in the same order. A call has happened exactly if its delivery comes.

What is shared by several workers can lose everything, or fall back to an older copy, while they run. Then each worker brings what
it holds (`restore`); for `SETTLING_MS` the room takes nothing else; then a new line goes on from the highest seq that anybody held.

What was said is in the room's window for `window_ms`. A commit can make the room *hold* a number: from then on what is said under that
number (`Event.held`) stays beyond its time, until the room holds another, or 0: none. Then what of it is older than `window_ms` goes at
once. A number that was let go of is not to come again.

Entries and event bodies are opaque bytes. Times are milliseconds since 1970 UTC, `at` by the store's clock.
`tests/contract/` holds every implementation to this file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import NamedTuple, Protocol

from chatserver.domain.events import Audience

WINDOW_BYTES = 1 << 20  # of event bodies in a room's window
MESSAGE_IDS_MS = 120_000  # for so long a message id is known
SETTLING_MS = 1_000  # from the first `restore` on
SETTLING_NUMBERS = 4  # left free between what was held and what comes next: for what each worker tells its people then
BEAT_MS = 2_000
DEAD_MS = 6_000  # a worker that has not beaten for so long is dead


class BackplaneFault(Exception):
    """It cannot be used as it is. `args[0]` says why, and what to do, to the operator."""


class BackplaneUnavailable(Exception):
    """No answer in time. Whether the call happened is not known; what is sent again under the same message id cannot happen twice."""


# What is made for each message is a named tuple: a frozen dataclass takes two or three times as long to make.


class Event(NamedTuple):
    """One event on its way. `body` is the wire event's JSON object without `epoch`, `seq` and `at`, which only the backplane knows."""

    audience: Audience
    body: bytes
    kept: bool = False  # belongs into the window: posts and retractions, not presence
    message: str | None = None  # the public id of the message that it carries
    retracts: str | None = None  # the public id of a message whose words are to go from the window
    answers: bool = False  # the serving worker adds the join answer of the seat it goes to, as `admitted`
    ends: bool = False  # the connection that it goes to is disconnected after it
    held: int = 0  # of what is kept and carries a message: the number under which it is said


class Delivery(NamedTuple):
    """What a subscriber gets: the events numbered `seq - len(events) + 1` to `seq`, and the entries that changed with them."""

    line: str
    seq: int
    at: int
    events: tuple[Event, ...]
    entries: Mapping[str, bytes | None] = MappingProxyType({})  # written at `seq`; None: deleted
    narrows: bool = False  # `seq` is the new guard
    erased: bool = False  # the last delivery of the room
    holding: int | None = None  # what the room holds from `seq` on, its events included; None: what it held before


Sink = Callable[[Delivery], None]


class Kept(NamedTuple):
    """An event of the window."""

    seq: int
    at: int
    event: Event


@dataclass(frozen=True, slots=True)
class Loaded:
    line: str
    seq: int
    guard: int  # seq of the last fact that can narrow who may speak
    entries: Mapping[str, tuple[int, bytes]]  # key -> (seq at which it was written, value)
    message_ids: Mapping[str, int]  # public id -> seq, as far back as they are kept
    before: Mapping[str, int] = field(default_factory=dict)  # each line that this one goes on from -> the seq up to which it has all of it
    holding: int = 0


@dataclass(frozen=True, slots=True)
class Missed:
    """What the window holds after a seq."""

    upto: int  # the room's seq when this was read
    complete: bool  # False: something after that seq has already left the window
    events: tuple[Kept, ...]
    floor: int  # of what was kept after this seq, nothing has left the window; before it, there may be what is held


@dataclass(frozen=True, slots=True)
class Held:
    """All that a worker holds of a room, as it was at `seq` of `line`."""

    line: str
    seq: int
    guard: int
    entries: Mapping[str, tuple[int, bytes]]
    window: tuple[Kept, ...]
    floor: int  # of what was kept after this seq, nothing is missing in `window`
    message_ids: Mapping[str, int]
    before: Mapping[str, int] = field(default_factory=dict)  # as in `Loaded`
    holding: int = 0


@dataclass(frozen=True, slots=True)
class Position:
    """Where a room stands. `wait_ms` is more than 0 while it settles.

    `strange`: this is not what was written last (a copy has taken over): it takes nothing until it was restored."""

    line: str
    seq: int
    wait_ms: int = 0
    strange: bool = False


class Numbered(NamedTuple):
    """It happened. `seq` is that of its last event."""

    seq: int


class Repeated(NamedTuple):
    """This message id is known: nothing happened now. `seq` is what it got the first time."""

    seq: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """Nothing happened: an entry is not as expected, or there is no place left. Whoever has come up to `seq` sees why."""

    seq: int
    full: bool = False


class Stale(NamedTuple):
    """Nothing happened: since the guard that was given, a fact has narrowed who may speak: that of `seq`, the guard now."""

    seq: int


@dataclass(frozen=True, slots=True)
class OtherLine:
    """Nothing happened: the room is not on this line, or strange; None: it is not there at all."""

    line: str | None


@dataclass(frozen=True, slots=True)
class Settling:
    """Nothing happened, or (from `restore`) what was held is taken in: the room settles, and takes nothing else for `wait_ms`."""

    wait_ms: int


@dataclass(frozen=True, slots=True)
class Late:
    """Nothing happened: `not_after` had passed."""


@dataclass(frozen=True, slots=True)
class AtMost:
    """A commit that adds entries of this prefix conflicts where more than `count` of them would be there after it."""

    prefix: str
    count: int


class Backplane(Protocol):
    """Every call but `start` raises `BackplaneUnavailable`, within 2 s, where it cannot be done."""

    window_ms: int
    shared: bool  # other workers may hold what it has lost
    doubt: Callable[[], None]  # called on the loop whenever deliveries may have been missed, or rooms may be gone

    @property
    def answers(self) -> bool:
        """Whether calls get through just now, as far as is known."""
        ...

    async def start(self) -> None:
        """Raises `BackplaneFault`."""

    async def stop(self) -> None: ...

    async def open(self, room: str, line: str, entries: Mapping[str, bytes]) -> bool:
        """Begins the room's line if the room is not there: seq and guard are 1, the entries are written at 1. Returns whether it did."""
        ...

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
        """Writes the entries if each key of `expected` was last written at the seq given (0: is not there), and publishes the events.

        Without events the commit takes one number all the same. `expected` may name entries that are only read. `holding` is what the room
        holds from now on, of these events too; None: what it held before."""
        ...

    async def post(
        self, room: str, line: str, guard: int, not_after: int, message_id: str | None, event: Event
    ) -> Numbered | Repeated | Stale | OtherLine | Settling | Late:
        """Publishes one event. `message_id` (public) makes it happen once only, for `MESSAGE_IDS_MS`, and is looked at before the guard."""
        ...

    async def subscribe(self, room: str, sink: Sink) -> None:
        """From the return on, every delivery of the room reaches `sink`, on the event loop, in order."""

    async def unsubscribe(self, room: str, sink: Sink) -> None: ...

    async def load(self, room: str) -> Loaded | Settling | None: ...

    async def since(self, room: str, line: str, seq: int) -> Missed | OtherLine | Settling:
        """The window's events after `seq`: what was kept of the last `window_seconds`, and what is held (0: nothing of either);
        `WINDOW_BYTES` of it all at most, of which the oldest goes first.

        A message that was retracted is not among them. One that is held is there once, where it was said last."""
        ...

    async def erase(self, room: str, line: str, event: Event) -> Numbered | OtherLine:
        """The meeting is over: everything of the room goes at once, and `event` is its last delivery. Settling or strange, too."""
        ...

    async def restore(self, room: str, line: str, held: Held) -> Settling | OtherLine:
        """Brings what this worker holds of a room that is absent, strange, or behind it (a smaller seq on the line held).

        The first to come begins `line`, and the settling. Who comes while the room settles from the line that they hold too adds what
        they have: entries, guard, seq and what the room holds are those of the highest seq; window and message ids are united by seq;
        what anybody knows to be retracted is gone. A line is `<opening>.<n>` with anything behind a `-`: who holds a higher n than the
        room settles from begins the settling again with what they hold. `OtherLine`: the room is past that; load it.

        Once settled, its seq is the highest that was held and `SETTLING_NUMBERS` more; `before` has the line held, with that highest seq,
        and the lines before it. An existing copy that is strange or behind counts as one who came."""
        ...

    async def touch(self, rooms: Sequence[str]) -> Mapping[str, Position]:
        """Where each room stands that is there. None of them goes for want of use for some minutes from now. Call it every `BEAT_MS`."""
        ...

    async def beat(self, worker: str) -> frozenset[str] | None:
        """Says that this worker lives; returns all that do. None: not known, within two beats of this worker's own coming back."""
        ...
