"""The fan-out: an event is made into a frame once, and the same bytes go to every connection of the room.

The first event of a quiet room goes out at once. What comes in the milliseconds after it is joined, and goes out with one write a
connection: a room in which everybody talks would cost a system call for each of them and each message otherwise. Whatever is written to one
connection alone waits for nothing: it takes along what its room still has for it, so that order holds.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from chatserver.transport import frames
from chatserver.transport.connection import Connection

PAUSE_SECONDS = 0.01  # for so long, at least, what follows a fan-out is joined
CHUNK = 2_000  # connections written to before the loop gets its turn


class Room:
    """The connections of one room on this worker."""

    def __init__(self, connections: dict[str, Connection]) -> None:
        self._connections = connections
        self._members: dict[Connection, None] = {}
        self._fast: list[Callable[[bytes], None]] | None = None  # of those who are not behind; None: to be made
        self._slow: list[Connection] = []
        self._pending: list[bytes] = []  # frames that go out together
        self._had: dict[Connection, int] = {}  # how many of them a connection has got already, or was not there for
        self._rest: dict[Connection, bytes] = {}  # who has not been written to yet in a fan-out that is going on
        self._busy = False

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
        self.before_private(connection)
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

    def before_private(self, connection: Connection) -> None:
        late = self._rest.pop(connection, b"") if self._rest else b""
        if self._pending:
            had = self._had.get(connection, 0)
            if had < len(self._pending):
                late += b"".join(self._pending[had:])
                self._had[connection] = len(self._pending)
        if late and not connection.leaving:
            connection.send(late)

    def _write(self, data: bytes) -> None:
        if len(self._members) > CHUNK:
            self._rest = dict.fromkeys(self._members, data)
            self._write_rest()
            return
        loop = asyncio.get_running_loop()
        began = loop.time()
        if self._fast is None:
            self._fast = [connection.send for connection in self._members if not connection.behind]
            self._slow = [connection for connection in self._members if connection.behind]
        for send in self._fast:
            send(data)
        for connection in self._slow:
            _send(connection, data)
        self._pause(loop.time() - began)

    def _write_rest(self) -> None:
        """A chunk of those who are left."""
        loop = asyncio.get_running_loop()
        began = loop.time()
        rest = self._rest
        for _ in range(min(CHUNK, len(rest))):
            _send(*rest.popitem())
        if rest:
            loop.call_soon(self._write_rest)
        else:
            self._pause(loop.time() - began)

    def _pause(self, took: float) -> None:
        asyncio.get_running_loop().call_later(max(PAUSE_SECONDS, 2 * took), self._release)

    def _release(self) -> None:
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

    def add(self, connection: Connection) -> None:
        self._connections[connection.id] = connection

    def discard(self, connection: Connection) -> None:
        self._connections.pop(connection.id, None)

    def room(self) -> Room:
        return Room(self._connections)

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
