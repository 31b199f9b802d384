"""The fan-out: an event is made into a frame once, and the same bytes go to every connection of the room.

The first event of a quiet room goes out at once. What comes in the milliseconds after it is joined, and goes out with one write a
connection: a room in which everybody talks would cost a system call for each of them and each message otherwise. Whatever is written to one
connection alone waits for nothing: it takes along what its room still has for it, so that order holds.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from chatserver.holding import Holding
from chatserver.transport import frames
from chatserver.transport.connection import Connection

PAUSE_SECONDS = 0.01  # for so long, at least, what follows a fan-out is joined
CHUNK = 2_000  # connections written to before the loop gets its turn


class Room:
    """The connections of one room on this worker."""

    def __init__(self, connections: dict[str, Connection], with_asker: list[Room]) -> None:
        """`with_asker`, of all rooms, are those in which somebody who has asked is not written to yet."""
        self._loop = asyncio.get_running_loop()
        self._connections = connections
        self._with_asker = with_asker
        self._members: dict[Connection, None] = {}
        self._fast: dict[Connection, Callable[[bytes], object]] | None = None  # who is in step, and their writes; None: to be made
        self._slow: list[Connection] = []
        self._free_at = 0.0  # from then on an event goes out at once
        self._waiting = False  # `_release` is called soon
        self._pending: list[bytes] = []  # frames that go out together
        self._had: dict[Connection, int] = {}  # how many of them a connection has got already, or was not there for
        self._rest: dict[Connection, bytes] = {}  # who has not been written to yet in a fan-out that is going on
        self._asker: Connection | None = None  # is not written to yet either: gets an answer in a moment
        self._for_asker = b""

    def add(self, connection: str) -> None:
        there = self._connections.get(connection)
        if there is not None and there.room is None:
            there.room = self
            self._members[there] = None
            self._fast = None
            if self._pending:
                self._had[there] = len(self._pending)

    def discard(self, connection: str) -> None:
        there = self._connections.get(connection)
        if there is not None and there.room is self:
            self.forget(there)

    def forget(self, connection: Connection) -> None:
        """What it has not got yet, it gets now: it was there when that was said."""
        _send(connection, self.late_for(connection))
        connection.room = None
        del self._members[connection]
        self._had.pop(connection, None)
        self._fast = None
        if not self._members:
            self._pending.clear()  # nobody is left who is to hear it

    def moods_changed(self) -> None:
        self._fast = None

    def deliver(self, event: bytes, asker: str | None = None) -> None:
        if not self._members:
            return
        frame = frames.event(event)
        if self._waiting:
            self._pending.append(frame)
            return
        wait = self._free_at - time.perf_counter()
        if wait > 0:
            self._pending.append(frame)
            self._release_in(wait)
        else:
            self._write(frame, self._connections.get(asker) if asker is not None else None)

    def late_for(self, connection: Connection) -> bytes:
        late = b""
        if connection is self._asker:
            late, self._asker = self._for_asker, None
        if self._rest:
            late += self._rest.pop(connection, b"")
        if self._pending:
            had = self._had.get(connection, 0)
            if had < len(self._pending):
                late += b"".join(self._pending[had:])
                self._had[connection] = len(self._pending)
        return late

    def _write(self, data: bytes, asker: Connection | None = None) -> None:
        self.write_to_asker()
        if len(self._members) > CHUNK:
            self._rest = dict.fromkeys(self._members, data)
            self._write_rest()
            return
        began = time.perf_counter()  # the loop's own time stands still while it is busy
        if self._fast is None:
            self._fast = {connection: connection.send for connection in self._members if connection.in_step}
            self._slow = [connection for connection in self._members if not connection.in_step]
        if asker is not None and asker in self._fast:
            for connection, send in self._fast.items():
                if connection is not asker:
                    send(data)
            self._asker, self._for_asker = asker, data
            if not self._with_asker:
                # The answer, if it comes now, comes in the next step of the loop, or a step after that.
                self._loop.call_soon(self._loop.call_soon, _write_to_askers, self._with_asker)
            self._with_asker.append(self)
        else:
            for send in self._fast.values():
                send(data)
        for connection in self._slow:
            _send(connection, data)
        self._pause(began)

    def write_to_asker(self) -> None:
        if self._asker is not None:
            asker, self._asker = self._asker, None
            _send(asker, self._for_asker)

    def _write_rest(self) -> None:
        """A chunk of those who are left."""
        self._waiting = True
        began = time.perf_counter()
        rest = self._rest
        for _ in range(min(CHUNK, len(rest))):
            _send(*rest.popitem())
        if rest:
            self._loop.call_soon(self._write_rest)
        else:
            self._release_in(self._pause(began))

    def _pause(self, began: float) -> float:
        """Says when a fan-out that has just ended is long enough ago, and in how many seconds that is."""
        now = time.perf_counter()
        pause = max(PAUSE_SECONDS, now - began)  # so that a hot room takes half of the time at most; the others have the rest
        self._free_at = now + pause
        return pause

    def _release_in(self, seconds: float) -> None:
        self._waiting = True
        self._loop.call_later(seconds, self._release)

    def _release(self) -> None:
        self.write_to_asker()
        self._waiting = False
        pending, had = self._pending, self._had
        if not pending or not self._members:
            self._pending, self._had = [], {}
            return
        self._pending, self._had = [], {}
        if not had:
            self._write(b"".join(pending))
            return
        self._rest = {member: b"".join(pending[had.get(member, 0) :]) for member in self._members}
        self._write_rest()


def _write_to_askers(rooms: list[Room]) -> None:
    there = rooms.copy()
    rooms.clear()
    for room in there:
        room.write_to_asker()


def _send(connection: Connection, data: bytes) -> None:
    """Like `Connection.write`, from within the room."""
    if data and not connection.leaving:
        connection.send(data)
        if not connection.in_step:
            connection.look_how_far_behind()


class SocketFanout:
    """All connections of this worker that have joined the namespace, by id."""

    def __init__(self) -> None:
        self._connections: dict[str, Connection] = {}
        self._with_asker: list[Room] = []

    def add(self, connection: Connection) -> None:
        self._connections[connection.id] = connection

    def discard(self, connection: Connection) -> None:
        self._connections.pop(connection.id, None)

    def room(self) -> Room:
        return Room(self._connections, self._with_asker)

    def deliver(self, connections: Sequence[str], event: bytes) -> None:
        frame = frames.event(event)
        for connection in connections:
            there = self._connections.get(connection)
            if there is not None:
                there.write(frame)

    def follow_up(self, connection: str, events: Sequence[bytes]) -> None:
        there = self._connections.get(connection)
        if there is not None:
            there.follow_up([frames.event(event) for event in events])

    def disconnect(self, connection: str) -> None:
        there = self._connections.get(connection)
        if there is not None:
            there.close(1000, goodbye=True)


_AT = "transport.fanout.Room"
HOLDS = (
    Holding(
        "who-is-connected",
        "memory",
        _AT,
        "connection-ends",
        ("_connections", "_with_asker", "_members", "_fast", "_slow"),
        identifies="seat",
    ),
    Holding("not-sent-yet", "memory", _AT, "connection-ends", ("_pending", "_had", "_rest", "_for_asker"), identifies="words"),
    Holding("connection", "memory", "transport.fanout.SocketFanout", "connection-ends", ("_connections", "_with_asker"), identifies="seat"),
)
