"""What this worker's people are told when its replica has gone on from something newer, or other, than what they have seen.

What was said comes as it would have come. What else has changed comes as the room afresh, under numbers that nothing else has. Only
where something that was said cannot be had are they told of a gap."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from typing import Any

import orjson

from chatserver.backplane.base import Event, Kept
from chatserver.domain.state import RoomState, Seat
from chatserver.engine.presence import Attached, heard_by, on_own_line
from chatserver.engine.replica import Adopted, Replica
from chatserver.wire.events import encode, numbered
from chatserver.wire.views import (
    floor_fields,
    of_viewer,
    own_seat,
    poll_record,
    room_afresh,
    room_fields,
    seat_record,
    segment_record,
    snapshot,
    waiting_fields,
    waiting_list,
)


def _as_seen(state: RoomState) -> dict[str, Any]:
    """All that anybody sees of a room, whatever the order in which it is listed: a copy that was loaded has another."""
    records = {seat.id: seat_record(seat) for seat in state.seated()}
    hour = {"segment": segment_record(state), **floor_fields(state), "topic": state.agenda.topic, "poll": poll_record(state.poll)}
    called = {"calls": dict(state.calls), "reports": dict(state.reports)}
    return {**room_fields(state.core), **hour, **called, "seats": records, "waiting": waiting_list(state)}


def name_of(event: Event) -> str | bytes:
    """What an event is known by where it may come again under another number."""
    return event.message or event.body


@dataclass(frozen=True)
class CatchingUp:
    before: RoomState
    line_before: str
    replica: Replica
    adopted: Adopted
    seen: Mapping[str | bytes, frozenset[Attached]]  # by `name_of`: who has had it already, under another number
    now: int
    _fields: dict[str, Any] = field(default_factory=dict)

    @cached_property
    def numbers(self) -> tuple[int, int | None]:
        """Two that no event of what was said has. Settling leaves some; within one line the facts that were missed had them."""
        adopted, replica = self.adopted, self.replica
        if replica.line != self.line_before:
            return adopted.has_all_upto + 1, adopted.has_all_upto + 2
        taken = {kept.seq for kept in (*replica.window.after(adopted.common), *adopted.missed)}
        free = [*islice((n for n in range(adopted.common + 1, replica.seq + 1) if n not in taken), 2), None, None]
        return free[0] or replica.seq, free[1]

    @cached_property
    def room_changed(self) -> bool:
        if self.replica.line != self.line_before:
            return True  # they are to know the new line, to come back to
        return _as_seen(self.before) != _as_seen(self.replica.state)

    def events_for(self, seat: Seat, attached: Attached) -> list[bytes]:
        """For one who was inside, and still is."""
        said = ((kept.seq, self._number(kept.event.body, kept.seq, kept.at)) for kept in self._missed_by(seat, attached))
        return [event for _, event in sorted([*said, *self._afresh(seat)], key=lambda pair: pair[0])]

    def _missed_by(self, seat: Seat, attached: Attached) -> Iterable[Kept]:
        nobody: frozenset[Attached] = frozenset()
        return (k for k in self.adopted.missed if heard_by(seat, k) and attached not in self.seen.get(name_of(k.event), nobody))

    def _afresh(self, seat: Seat) -> Iterator[tuple[int, bytes]]:
        first, second = self.numbers
        if self.adopted.complete or self.replica.window.floor <= (seat.admitted_seq or 0):
            if self.room_changed:
                yield first, self._number(self._room_for(seat), first, self.now)
        else:
            yield first, self._number(encode({"type": "gap", "room": snapshot(self.replica.state, seat)}), first, self.now)
        old = self.before.seats.get(seat.id)
        if second is not None and old is not None and own_seat(old) != own_seat(seat):
            yield second, self._number(encode({"type": "you", "you": own_seat(seat)}), second, self.now)

    def _room_for(self, seat: Seat) -> bytes:
        if not self._fields:
            listed = {name: orjson.Fragment(encode(value)) for name, value in room_afresh(self.replica.state).items()}
            self._fields.update(type="room", **listed)
        return encode({**self._fields, **of_viewer(self.replica.state, seat)})

    def for_one_who_waits(self, seat: Seat) -> list[bytes]:
        """What they have missed: of the room, and on their private line."""
        before, now = (waiting_fields(state, seat.id) for state in (self.before, self.replica.state))
        said = [self._number(k.event.body, k.seq, k.at) for k in self.adopted.missed if on_own_line(seat, k)]
        return said if before == now else [*said, self._number(encode({"type": "lobby", **now}), self.numbers[0], self.now)]

    def ending(self, attached: Attached) -> bytes | None:
        """Why one who was here has no seat any longer, where that is known."""
        seat = self.replica.state.seats.get(attached.seat)
        if seat is not None:
            return self._number(encode({"type": "replaced"}), self.numbers[0], self.now)
        old = self.before.seats.get(attached.seat)
        if old is not None and old.token in self.replica.state.core.removed:
            return self._number(encode({"type": "removed", "reason": None, "banned": False}), self.numbers[0], self.now)
        return None

    def _number(self, body: bytes, seq: int, at: int) -> bytes:
        return numbered(body, self.replica.line, seq, at)
