"""The join answer, whole or for the lobby."""

from __future__ import annotations

from typing import Any

from chatserver.domain.state import Seat, Standing
from chatserver.engine.replica import Replica
from chatserver.wire.views import door_fields, own_seat


def join_answer(replica: Replica, seat: Seat, token: str | None, now: int) -> dict[str, Any]:
    """What somebody gets who has come in, at this replica's seq: all but `missed` or `gap`. Some of it is JSON already.

    Without `token` it is for one who has it already: nobody's is kept here while they are inside."""
    waiting = seat.standing is Standing.WAITING
    answer: dict[str, Any] = {"waiting": True} if waiting else {}
    return (
        answer
        | ({} if token is None else {"seat_token": token})
        | {
            "you": own_seat(seat),
            "epoch": replica.line,
            "seq": replica.seq,
            "now": now,
            "room": door_fields(replica.state, seat.id) if waiting else replica.snapshots.of(replica.state, seat),
        }
    )
