"""How the state looks to those who may see it: the seat record, the snapshot, one's own seat. Tags, tokens and keys are in none of them."""

from __future__ import annotations

from typing import Any

from chatserver.domain.roles import Action, may
from chatserver.domain.room import seat_may
from chatserver.domain.state import Core, RoomState, Seat

MAX_SEATS = 200  # in a snapshot; `seat_count` tells how many there are


def seat_record(seat: Seat) -> dict[str, Any]:
    return {
        "seat": seat.id,
        "name": seat.name,
        "role": seat.role.value,
        "away": seat.away_since is not None,
        "muted": seat.muted_until is not None,
        "hats": [],
    }


def own_seat(seat: Seat) -> dict[str, Any]:
    return {"seat": seat.id, "name": seat.name, "role": seat.role.value, "may": seat_may(seat)}


def waiting_list(state: RoomState) -> list[dict[str, Any]]:
    """Who is in the lobby, for hosts; the first 200."""
    return [{"seat": s.id, "name": s.name, "role": s.role.value, "marked": s.marked, "since": s.since} for s in state.waiting()[:MAX_SEATS]]


def room_fields(core: Core) -> dict[str, Any]:
    """The snapshot's fields that a `room` event can change."""
    return {"locked": core.locked, "frozen": core.frozen, "lobby": core.lobby, "slow_seconds": core.slow_seconds}


def room_afresh(state: RoomState, *, for_host: bool) -> dict[str, Any]:
    """All that a `room` event can tell, for those who may have missed some of it."""
    core, seated = state.core, state.seated()
    if len(seated) > MAX_SEATS:
        seated.sort(key=lambda s: not may(s.role, Action.HEAR_CALLS))
    afresh: dict[str, Any] = {
        **room_fields(core),
        "closes_at": core.closes_at,
        "seat_count": len(seated),
        "seats": [seat_record(s) for s in seated[:MAX_SEATS]],
    }
    return afresh | {"waiting": waiting_list(state)} if for_host else afresh


def door_fields(core: Core) -> dict[str, Any]:
    """What one who waits in the lobby sees of the room."""
    return {"slug": core.slug, "title": core.title, "guidelines": list(core.guidelines)}


def snapshot(state: RoomState, viewer: Seat) -> dict[str, Any]:
    core = state.core
    seated = state.seated()
    if len(seated) > MAX_SEATS:
        seated.sort(key=lambda s: (s.id != viewer.id, not may(s.role, Action.HEAR_CALLS)))
    view: dict[str, Any] = {
        "slug": core.slug,
        "title": core.title,
        "group": core.group,
        "group_name": core.group_name,
        "format": core.format,
        "opened_at": core.opened_at,
        "closes_at": core.closes_at,
        **room_fields(core),
        # Until formats have segments of their own, a room is one open segment.
        "segment": {
            "index": 0,
            "title": "Open meeting",
            "mode": "open",
            "ends_at": core.closes_at,
            "cross_talk": True,
            "share_seconds": 0,
        },
        "floor": None,
        "hands": [],
        "guidelines": list(core.guidelines),
        "seat_count": len(seated),
        "seats": [seat_record(s) for s in seated[:MAX_SEATS]],
    }
    if may(viewer.role, Action.HEAR_CALLS):
        view["waiting"] = waiting_list(state)
    return view
