"""Who of a room is connected to this worker, and who of them hears an event."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatserver.backplane.base import Kept
from chatserver.domain.events import Audience, Hears
from chatserver.domain.roles import Action, may
from chatserver.domain.state import RoomState, Seat, Standing
from chatserver.engine.fanout import Fanout
from chatserver.holding import Holding

NEEDS = {Hears.HOSTS: Action.HEAR_CALLS, Hears.LOBBY: Action.SEE_LOBBY}


@dataclass(slots=True, eq=False)
class Attached:
    """A connection that holds a seat."""

    connection: str
    seat: str
    attach: int
    inside: bool  # False: in the lobby
    token: str | None = None  # kept while waiting only: the admission repeats the whole join answer
    held: list[bytes] | None = None  # what was missed and is to go out behind the join answer, and what has happened since


class Presence:
    def __init__(self, fanout: Fanout) -> None:
        self._fanout = fanout
        self._inside = fanout.room()  # those inside, but who are held back
        self._by_seat: dict[str, Attached] = {}
        self._held: set[Attached] = set()

    def put(self, attached: Attached) -> None:
        before = self._by_seat.get(attached.seat)
        if before is not None:
            self.drop(before)
        self._by_seat[attached.seat] = attached
        if attached.inside:
            self._inside.add(attached.connection)

    def drop(self, attached: Attached) -> bool:
        """False where another connection has the seat by now."""
        if self._by_seat.get(attached.seat) is not attached:
            return False
        del self._by_seat[attached.seat]
        self._inside.discard(attached.connection)
        attached.held = None
        self._held.discard(attached)
        return True

    def __len__(self) -> int:
        return len(self._by_seat)

    def of_seat(self, seat: str) -> Attached | None:
        return self._by_seat.get(seat)

    def everyone(self) -> list[Attached]:
        return list(self._by_seat.values())

    def admit(self, attached: Attached) -> None:
        attached.inside, attached.token = True, None
        self._inside.add(attached.connection)

    def to_lobby(self, attached: Attached) -> None:
        self.release(attached)
        attached.inside = False
        self._inside.discard(attached.connection)

    def hold(self, attached: Attached, missed: list[bytes]) -> None:
        """`missed`, and from now on its events, wait for `release`."""
        attached.held = missed
        self._held.add(attached)
        self._inside.discard(attached.connection)

    def release(self, attached: Attached) -> None:
        """What was held back goes out now, in order."""
        held, attached.held = attached.held, None
        if held is not None:
            self._held.discard(attached)
            self._fanout.follow_up(attached.connection, held)
            if attached.inside:
                self._inside.add(attached.connection)

    def deliver_to(self, attached: Attached, event: bytes) -> None:
        if attached.held is not None:
            attached.held.append(event)
        else:
            self._fanout.deliver((attached.connection,), event)

    def deliver(
        self, audience: Audience, event: bytes, state: RoomState, seen_by: frozenset[Attached] = frozenset(), said_by: str | None = None
    ) -> None:
        """`seen_by`: those who have had it already. `said_by`: the seat whose words these are."""
        if audience.hears is Hears.ALL and audience.but is None and not seen_by:
            author = self._by_seat.get(said_by) if said_by is not None else None
            self._inside.deliver(event, author.connection if author is not None else None)
            for attached in self._held:
                self.deliver_to(attached, event)
            return
        direct: list[str] = []
        for attached in self._hearing(audience, state):
            if attached in seen_by:
                continue
            if attached.held is not None:
                attached.held.append(event)
            else:
                direct.append(attached.connection)
        self._fanout.deliver(direct, event)

    def _hearing(self, audience: Audience, state: RoomState) -> Iterable[Attached]:
        if audience.hears is Hears.SEAT:
            one = self._by_seat.get(audience.seat or "")
            return (one,) if one is not None else ()
        if audience.hears is Hears.PRESENT:
            return self.everyone()
        inside = (a for a in self.everyone() if a.inside and a.seat != audience.but)
        if audience.hears is Hears.ALL:
            return inside
        needs = NEEDS[audience.hears]
        hosts = [a for a in inside if a.seat in state.seats and may(state.seats[a.seat], needs)]
        one_more = self._by_seat.get(audience.seat or "")
        return hosts if one_more is None or one_more in hosts else [*hosts, one_more]


def on_own_line(seat: Seat, kept: Kept) -> bool:
    """Whether it was said to or by this seat alone among all who do not lead: on its line for help, in the lobby too; or while it waits."""
    audience = kept.event.audience
    if audience.seat != seat.id:
        return False
    return audience.hears is Hears.HOSTS or (audience.hears is Hears.LOBBY and seat.standing is Standing.WAITING)


def heard_by(seat: Seat, kept: Kept) -> bool:
    """Whether an event of the window is this seat's: nothing from before its admission, hosts' only from when it was one."""
    audience = kept.event.audience
    if on_own_line(seat, kept):
        return True
    if kept.seq <= (seat.admitted_seq or 0) or audience.but == seat.id:
        return False
    if audience.hears in NEEDS:
        return may(seat, NEEDS[audience.hears]) and kept.seq > (seat.role_seq or 0)
    return audience.hears is not Hears.SEAT or audience.seat == seat.id


_AT = "engine.presence.Attached"
HOLDS = (
    Holding("who-is-connected", "memory", _AT, "connection-ends", ("connection", "seat"), identifies="seat"),
    Holding("who-is-connected", "memory", "engine.presence.Presence", "connection-ends", ("_by_seat", "_held"), identifies="seat"),
    Holding("token-in-lobby", "memory", _AT, "connection-ends", ("token",), identifies="secret"),
    Holding("not-sent-yet", "memory", _AT, "connection-ends", ("held",), identifies="words"),
)
