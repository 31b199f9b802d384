"""How the state looks to those who may see it: the seat record, the snapshot, one's own seat. Tags, tokens and keys are in none of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import orjson

from chatserver.domain.floor import mode_of, queue
from chatserver.domain.formats import Segment
from chatserver.domain.poll import Poll, Result
from chatserver.domain.roles import Action, Role, may
from chatserver.domain.room import seat_may
from chatserver.domain.state import Core, RoomState, Seat
from chatserver.holding import Holding
from chatserver.wire import call_views

MAX_SEATS = 200  # in a snapshot; `seat_count` tells how many there are

_MAY = {role: seat_may(Seat("", "", role, b"")) for role in Role}


def seat_record(seat: Seat) -> dict[str, Any]:
    return {
        "seat": seat.id,
        "name": seat.name,
        "role": seat.role._value_,
        "away": seat.away_since is not None,
        "muted": seat.muted_until is not None,
        "hats": sorted(seat.hats) if seat.hats else [],
        "welcomes": seat.welcomes,
    }


def own_seat(seat: Seat) -> dict[str, Any]:
    return {
        "seat": seat.id,
        "name": seat.name,
        "role": seat.role._value_,
        "may": seat_may(seat) if seat.hats else _MAY[seat.role],
        "voted": seat.voted,
    }


def waiting_list(state: RoomState) -> list[dict[str, Any]]:
    """Who is in the lobby, for those who may see it; the first 200."""
    return [
        {"seat": s.id, "name": s.name, "role": s.role.value, "marked": s.marked, "since": s.since, "spoken_to": s.spoken_to}
        for s in state.waiting()[:MAX_SEATS]
    ]


def room_fields(core: Core) -> dict[str, Any]:
    """The snapshot's fields of the room's core that a `room` event can change."""
    return {
        "locked": core.locked,
        "frozen": core.frozen,
        "lobby": core.newcomers_wait,
        "wave": core.wave_at is not None,
        "slow_seconds": core.slow_seconds,
        "first_messages": core.first_messages,
        **closing_fields(core),
    }


def closing_fields(core: Core) -> dict[str, Any]:
    """Whether the room is held, since nobody leads, and when it closes as things are."""
    return {"held": core.held, "closes_at": core.closing_at}


def segment_record(state: RoomState) -> dict[str, Any]:
    """Where the meeting has come to. `mode` is what holds now."""
    agenda, segment = state.agenda, state.agenda.segment
    return {
        "index": agenda.index,
        "title": segment.title,
        "mode": mode_of(state)._value_,
        "ends_at": agenda.ends_at if agenda.index >= 0 else state.core.closing_at,
        "cross_talk": segment.cross_talk,
        "share_seconds": segment.share_seconds,
        "asks": segment.asks,
        "offers": _offers(segment),
    }


def _offers(segment: Segment) -> list[str]:
    """What this part of the meeting is for, besides writing."""
    offered = {"agree": segment.agree, "topic": segment.prompts, "milestones": segment.milestones, "until_next": segment.until_next}
    return [name for name, is_offered in offered.items() if is_offered]


def poll_record(poll: Poll) -> dict[str, Any] | None:
    """While it is open, how many have voted; then the totals, as far as they may be told."""
    if not poll.kind:
        return None
    results: dict[str, dict[str, Any]] = {
        Result.FEW.value: {"few": True},
        Result.NEARLY_ALL.value: {"nearly_all": poll.most},
        Result.COUNTS.value: {"counts": poll.counts},
    }
    return {
        "poll": poll.number,
        "kind": poll.kind,
        "question": poll.question,
        "options": poll.options,
        "voted": poll.voted,
        "ends_at": poll.ends_at,
        "result": results.get(poll.result),
    }


def floor_fields(state: RoomState) -> dict[str, Any]:
    """Whose turn it is, and who is to have it, in order."""
    floor, waiting = state.floor, queue(state)
    return {
        "floor": None if floor.seat is None else {"seat": floor.seat, "ends_at": floor.ends_at},
        "hands": [seat.id for seat in waiting],
        "questions": [seat.id for seat in waiting if seat.hand == "question"],
    }


def agenda_list(state: RoomState) -> list[dict[str, Any]]:
    """The plan of the hour. What is read out in it is asked for by who leads, part by part."""
    return [
        {"title": s.title, "minutes": s.minutes, "mode": s.mode._value_, "after": s.after, "resource": s.resource}
        for s in state.agenda.segments
    ]


def _hosts_first(seated: Sequence[Seat]) -> Sequence[Seat]:
    """The seats that a snapshot lists, and one more; of many, hosts come first."""
    if len(seated) > MAX_SEATS:
        seated = sorted(seated, key=lambda s: not may(s, Action.HEAR_CALLS))
    return seated[: MAX_SEATS + 1]


def room_afresh(state: RoomState) -> dict[str, Any]:
    """All that a `room` event can tell everybody, for those who may have missed some of it."""
    core, seated = state.core, state.seated()
    return {
        **room_fields(core),
        "segment": segment_record(state),
        **floor_fields(state),
        "topic": state.agenda.topic or None,
        "poll": poll_record(state.poll),
        "seat_count": len(seated),
        "seats": [seat_record(s) for s in _hosts_first(seated)[:MAX_SEATS]],
    }


def of_viewer(state: RoomState, viewer: Seat) -> dict[str, Any]:
    """What this seat alone sees: its own call for help; and those who hear calls, who waits, who calls, and what was reported."""
    own: dict[str, Any] = {"call": call_views.own_call(state, viewer.id)}
    if may(viewer, Action.SEE_LOBBY):
        own["waiting"] = waiting_list(state)
    return own | call_views.for_host(state, viewer) if may(viewer, Action.HEAR_CALLS) else own


def door_fields(state: RoomState, seat: str) -> dict[str, Any]:
    """What one who waits in the lobby sees of the room."""
    core = state.core
    return {"slug": core.slug, "title": core.title, "guidelines": list(core.guidelines), **waiting_fields(state, seat)}


def waiting_fields(state: RoomState, seat: str) -> dict[str, Any]:
    """What of it a `lobby` event can change. `spoken_to`: somebody has written to them, and they may answer."""
    holder = state.seats.get(seat)
    spoken_to = holder is not None and holder.spoken_to
    return {**closing_fields(state.core), "call": call_views.own_call(state, seat), "spoken_to": spoken_to}


class Snapshots:
    """Of one room. Of a large one, the seats are written as JSON once for all who come in together."""

    __slots__ = ("_listed", "_state")

    def __init__(self) -> None:
        self._state: RoomState | None = None
        self._listed: tuple[dict[str, Any], dict[str, Any]] = ({}, {})

    def of(self, state: RoomState, viewer: Seat) -> dict[str, Any]:
        """What `viewer` sees. Some of it may be JSON already, for `wire.events.encode`."""
        if len(state.seats) <= MAX_SEATS:  # nothing would be won by keeping it
            self._state = None
            return snapshot(state, viewer)
        if state is not self._state:
            for_all, records = _listed(state)
            self._state, self._listed = state, (for_all, {seat: orjson.Fragment(orjson.dumps(each)) for seat, each in records.items()})
        return _seen_by(viewer, state, *self._listed)


def snapshot(state: RoomState, viewer: Seat) -> dict[str, Any]:
    return _seen_by(viewer, state, *_listed(state))


def _listed(state: RoomState) -> tuple[dict[str, Any], dict[str, Any]]:
    """What all see of the room and the hour, and the records of those whom a snapshot lists, and of one more."""
    seated, core = state.seated(), state.core
    for_all: dict[str, Any] = {
        "slug": core.slug,
        "title": core.title,
        "group": core.group,
        "group_name": core.group_name,
        "format": core.format,
        "opened_at": core.opened_at,
        "starts_at": core.starts_at,
        **room_fields(core),
        "segment": segment_record(state),
        **floor_fields(state),
        "agenda": agenda_list(state),
        "speed": state.agenda.speed,
        "format_title": state.agenda.title,
        "note": state.agenda.note,
        "topic": state.agenda.topic or None,
        "poll": poll_record(state.poll),
        "guidelines": core.guidelines,
        "seat_count": len(seated),
    }
    return for_all, {s.id: seat_record(s) for s in _hosts_first(seated)}


def _seen_by(viewer: Seat, state: RoomState, for_all: dict[str, Any], records: dict[str, Any]) -> dict[str, Any]:
    if len(records) > MAX_SEATS:  # who looks is among the listed, and comes first
        others = [record for seat, record in records.items() if seat != viewer.id]
        listed = [seat_record(viewer), *others[: MAX_SEATS - 1]]
    else:
        listed = [*records.values()]
    return for_all | {"seats": listed} | of_viewer(state, viewer)


HOLDS = (Holding("who-is-here", "memory", "wire.views.Snapshots", "room-closes", ("_listed",), identifies="seat"),)
