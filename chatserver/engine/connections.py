"""The connections of this worker, and which seat each holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from chatserver.clock import Clock
from chatserver.domain.state import Seat, Standing
from chatserver.domain.work import Work
from chatserver.engine.live_room import LiveRoom
from chatserver.engine.presence import Attached
from chatserver.engine.rates import Buckets
from chatserver.holding import Holding

Network = Callable[[], bytes | None]


@dataclass(slots=True)
class Connection:
    id: str
    network: Network
    buckets: Buckets
    room: LiveRoom | None = None
    attached: Attached | None = None
    gone: bool = False
    work: Work | None = None  # what it was given to do, and has not done yet
    worked: bool = False  # and has done, and not come in yet
    paid: bytes | None = None  # the key of which a use was taken for somebody who has not come in yet


class Connections:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._connections: dict[str, Connection] = {}

    def __len__(self) -> int:
        return len(self._connections)

    def connected(self, connection: str, network: Network) -> None:
        """`network` gives what stands for the one that it comes from; asked only when it joins."""
        self._connections[connection] = Connection(connection, network, Buckets(self._clock))

    def disconnected(self, connection: str) -> None:
        """Its seat is kept for a while: `away` after some seconds, gone after the grace time."""
        here = self._connections.pop(connection, None)
        if here is None:
            return
        here.gone = True
        if here.room is not None and here.attached is not None and here.room.presence.drop(here.attached):
            here.room.seating.away_later(here.attached.seat, here.attached.attach)

    def get(self, connection: str) -> Connection | None:
        return self._connections.get(connection)

    def attach(self, here: Connection, room: LiveRoom, seat: Seat, token: str) -> Attached:
        """Gives the seat to the connection, in the same step of the loop as its answer is made: nothing comes twice or is left out."""
        waiting = seat.standing is Standing.WAITING
        attached = Attached(here.id, seat.id, seat.attach, inside=not waiting, token=token if waiting else None)
        if here.gone:
            room.seating.away_later(seat.id, seat.attach)
        else:
            here.room, here.attached = room, attached
            room.presence.put(attached)
        return attached

    def detached(self, attached: Attached) -> None:
        """The seat has ended, or another connection has taken it."""
        here = self._connections.get(attached.connection)
        if here is not None and here.attached is attached:
            here.room = here.attached = None


class NotJoined(Exception):
    """The connection holds no seat."""


def place(here: Connection) -> tuple[LiveRoom, str]:
    """Where it sits. Raises `NotJoined`."""
    if here.room is None or here.attached is None:
        raise NotJoined
    here.room.presence.release(here.attached)  # whoever asks has the join answer: what is to follow it comes before what they cause
    return here.room, here.attached.seat


HOLDS = (
    Holding("connection", "memory", "engine.connections.Connection", "connection-ends", ("id",), identifies="seat"),
    Holding("connection", "memory", "engine.connections.Connections", "connection-ends", ("_connections",), identifies="seat"),
    Holding("key-used", "memory", "engine.connections.Connection", "connection-ends", ("paid",), identifies="secret"),
    Holding("work-asked", "memory", "engine.connections.Connection", "connection-ends", ("work",)),
)
