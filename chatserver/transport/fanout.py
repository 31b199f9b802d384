"""The fan-out over python-socketio's own sockets.

One packet object for all recipients, put into the queue from which each connection's writer sends. Acknowledgements go through
the same queue, so order holds.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from engineio.async_socket import AsyncSocket
from engineio.packet import MESSAGE, Packet

DISCONNECT = "1"  # Socket.IO's packet type
# Packets. Who is that far behind is closed, and can come back and resume; so it must be more than a resume can bring (`engine/door.py`).
MAX_QUEUED = 8_192


class SocketioFanout:
    def __init__(self) -> None:
        self._sockets: dict[str, AsyncSocket] = {}
        self.too_slow: Callable[[str], None] = lambda _: None  # called with the Engine.IO id of a connection to be dropped
        self.ending: Callable[[str], None] = lambda _: None  # and of one that is to end in time

    def add(self, connection: str, socket: AsyncSocket) -> None:
        self._sockets[connection] = socket

    def discard(self, connection: str) -> None:
        self._sockets.pop(connection, None)

    def deliver(self, connections: Sequence[str], event: bytes) -> None:
        self._put(connections, Packet(MESSAGE, f'2["event",{event.decode()}]'))

    def deliver_to_all(self, packet: str) -> None:
        """A Socket.IO packet to every connection of this worker."""
        self._put(tuple(self._sockets), Packet(MESSAGE, packet))

    def _put(self, connections: Sequence[str], packet: Packet) -> None:
        sockets = self._sockets
        for connection in connections:
            socket = sockets.get(connection)
            if socket is None or socket.closed:
                continue
            if socket.queue.qsize() >= MAX_QUEUED:
                self.too_slow(socket.sid)
            else:
                socket.queue.put_nowait(packet)

    def disconnect(self, connection: str) -> None:
        socket = self._sockets.get(connection)
        if socket is not None and not socket.closed:
            socket.queue.put_nowait(Packet(MESSAGE, DISCONNECT))
            socket.queue.put_nowait(None)  # the writer sends what is before it, then closes
            self.ending(socket.sid)
