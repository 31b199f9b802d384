"""What comes of taking a seat for a connection."""

from __future__ import annotations

from dataclasses import dataclass

from chatserver.backplane.base import Kept
from chatserver.domain import events as e
from chatserver.domain.state import Seat
from chatserver.engine.committer import Done


@dataclass(frozen=True, slots=True)
class Taken:
    seat: Seat
    missed: tuple[Kept, ...]
    complete: bool  # whether `missed` is all there was
    overtaken: bool  # a newer connection has taken the seat meanwhile


def taken_by(done: Done) -> tuple[str, int]:
    """The seat, and the number of this taking of it."""
    for event in done.events:
        match event:
            case e.Seated(seat) | e.Knocked(seat):
                return seat.id, seat.attach
            case e.Returned(seat_id, attach):
                return seat_id, attach
            case _:
                pass
    raise AssertionError("no seat was taken")
