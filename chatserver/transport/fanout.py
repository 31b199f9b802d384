"""The fan-out: an event is made into a frame once, and the same bytes go to every connection of the room.

The first event of a quiet room goes out at once. What comes in the milliseconds after it is joined, and goes out with one write a
connection: a room in which everybody talks would cost a system call for each of them and each message otherwise. Whatever is written to one
connection alone waits for nothing: it takes along what its room still has for it, so that order holds.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Sequence

from chatserver.transport import frames
from chatserver.transport.connection import Connection

PAUSE_SECONDS = 0.01  # for so long, at least, what follows a fan-out is joined
TOGETHER_SECONDS = 0.005  # pauses that end within so long end together
CHUNK = 2_000  # connections written to before the loop gets its turn


class Pauses:
    """Tells rooms when their pause is over: one timer for all, since nearly all pause for as long."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[tuple[float, Callable[[], None]]] = deque()
        self._timer: asyncio.TimerHandle | None = None

    def after(self, seconds: float, call: Callable[[], None]) -> None:
        """Calls in so many seconds, `PAUSE_SECONDS` at least, or up to `TOGETHER_SECONDS` later."""
        if seconds > PAUSE_SECONDS:
            self._loop.call_later(seconds, call)
            return
        self._waiting.append((self._loop.time() + PAUSE_SECONDS, call))
        if self._timer is None:
            self._timer = self._loop.call_later(PAUSE_SECONDS, self._look)

    def soon(self, call: Callable[[], None]) -> None:
        self._loop.call_soon(call)

    def _look(self) -> None:
        now = self._loop.time()
        while self._waiting and self._waiting[0][0] <= now:
            self._waiting.popleft()[1]()
        self._timer = None
        if self._waiting:
            self._timer = self._loop.call_at(max(self._waiting[0][0], now + TOGETHER_SECONDS), self._look)


class Asking:
    """Whose question is being looked at. It may be out of date where that takes time."""

    __slots__ = ("connection",)

    def __init__(self) -> None:
        self.connection: Connection | None = None


class Room:
    """The connections of one room on this worker."""

    def __init__(self, connections: dict[str, Connection], pauses: Pauses, asking: Asking) -> None:
        self._connections = connections
        self._pauses = pauses
        self._asking = asking
        self._members: dict[Connection, None] = {}
        self._fast: dict[Connection, Callable[[bytes], None]] | None = None  # of those who are not behind; None: to be made
        self._slow: list[Connection] = []
        self._pending: list[bytes] = []  # frames that go out together
        self._had: dict[Connection, int] = {}  # how many of them a connection has got already, or was not there for
        self._rest: dict[Connection, bytes] = {}  # who has not been written to yet in a fan-out that is going on
        self._busy = False
        self._asker: Connection | None = None  # is yet to be written to, and has asked for something just now
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

    def deliver(self, event: bytes) -> None:
        """A JSON object to all of them."""
        if not self._members:
            return
        frame = frames.event(event)
        if self._busy:
            self._pending.append(frame)
        else:
            self._busy = True
            self._write(frame)

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

    def _write(self, data: bytes) -> None:
        self._write_to_asker()
        if len(self._members) > CHUNK:
            self._rest = dict.fromkeys(self._members, data)
            self._write_rest()
            return
        began = time.perf_counter()  # the loop's own time stands still while it is busy
        if self._fast is None:
            self._fast = {connection: connection.send for connection in self._members if not connection.behind}
            self._slow = [connection for connection in self._members if connection.behind]
        asker = self._asking.connection
        if asker is None or asker.room is not self or asker.behind:
            for send in self._fast.values():
                send(data)
        else:  # the answer that it is about to get takes this along
            for connection, send in self._fast.items():
                if connection is not asker:
                    send(data)
            self._asker, self._for_asker = asker, data
            self._pauses.soon(self._write_to_asker)  # or it has to wait for that
        for connection in self._slow:
            _send(connection, data)
        self._pause(time.perf_counter() - began)

    def _write_to_asker(self) -> None:
        if self._asker is not None:
            asker, self._asker = self._asker, None
            _send(asker, self._for_asker)

    def _write_rest(self) -> None:
        """A chunk of those who are left."""
        began = time.perf_counter()
        rest = self._rest
        for _ in range(min(CHUNK, len(rest))):
            _send(*rest.popitem())
        if rest:
            self._pauses.soon(self._write_rest)
        else:
            self._pause(time.perf_counter() - began)

    def _pause(self, took: float) -> None:
        self._pauses.after(2 * took, self._release)

    def _release(self) -> None:
        self._write_to_asker()
        pending, had = self._pending, self._had
        if not pending or not self._members:
            self._pending, self._had, self._busy = [], {}, False
            return
        self._pending, self._had = [], {}
        if not had:
            self._write(b"".join(pending))
            return
        self._rest = {member: b"".join(pending[had.get(member, 0) :]) for member in self._members}
        self._write_rest()


def _send(connection: Connection, data: bytes) -> None:
    """Like `Connection.write`, from within the room."""
    if data and not connection.leaving:
        connection.send(data)
        if connection.behind:
            connection.look_how_far_behind()


class SocketFanout:
    """All connections of this worker that have joined the namespace, by id."""

    def __init__(self) -> None:
        self._connections: dict[str, Connection] = {}
        self._pauses: Pauses | None = None  # there is no loop yet
        self.asking = Asking()

    def add(self, connection: Connection) -> None:
        self._connections[connection.id] = connection

    def discard(self, connection: Connection) -> None:
        self._connections.pop(connection.id, None)

    def room(self) -> Room:
        if self._pauses is None:
            self._pauses = Pauses()
        return Room(self._connections, self._pauses, self.asking)

    def deliver(self, connections: Sequence[str], event: bytes) -> None:
        frame = frames.event(event)
        for connection in connections:
            there = self._connections.get(connection)
            if there is not None:
                there.write(frame)

    def disconnect(self, connection: str) -> None:
        there = self._connections.get(connection)
        if there is not None:
            there.close(1000, goodbye=True)
