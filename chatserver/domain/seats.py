"""Leaving, dropping out, and what time alone brings about."""

from __future__ import annotations

from chatserver.domain import calls, floor, polls, raids, stewardship
from chatserver.domain.commands import GoneAway, Leave, StillHere, Tick
from chatserver.domain.events import Closed, ClosingSoon, FactEvent, FoundHere, Left, Unmuted, WentAway
from chatserver.domain.lobby import knock_ended
from chatserver.domain.refusals import Refused
from chatserver.domain.state import RoomState, Seat, Standing

CLOSING_SOON_MS = 300_000  # five minutes: time to come to an end kindly
WAITING_GRACE_MS = 60_000  # the lobby shows people, not ghosts


def leave(state: RoomState, actor: Seat, command: Leave, now: int) -> tuple[FactEvent, ...] | Refused:
    return (*knock_ended(actor, now), Left(actor.id))


def gone_away(state: RoomState, actor: Seat | None, command: GoneAway, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = state.seats.get(command.seat)
    if seat is None or seat.attach != command.attach or seat.away_since is not None:
        return ()
    return (WentAway(seat.id, now),)


def still_here(state: RoomState, actor: Seat | None, command: StillHere, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = state.seats.get(command.seat)
    if seat is None or seat.attach != command.attach or seat.away_since is None:
        return ()
    return (FoundHere(seat.id, command.worker),)


def _leaves_at(state: RoomState, seat: Seat) -> int | None:
    if seat.away_since is None:
        return None
    grace = state.core.grace_ms
    return seat.away_since + (min(grace, WAITING_GRACE_MS) if seat.standing is Standing.WAITING else grace)


def tick(state: RoomState, actor: Seat | None, command: Tick, now: int) -> tuple[FactEvent, ...] | Refused:
    core = state.core
    due: list[FactEvent] = []
    if now >= core.closing_at:
        later = stewardship.overtime(state, now)
        if later is None:
            return (Closed(),)
        due.append(later)
    if not core.closing_said and now >= core.closing_at - CLOSING_SOON_MS:
        due.append(ClosingSoon())
    for seat in state.seats.values():
        leaves_at = _leaves_at(state, seat)
        if leaves_at is not None and now >= leaves_at:
            due += [*knock_ended(seat, now), Left(seat.id)]
        elif seat.muted_until is not None and now >= seat.muted_until:
            due.append(Unmuted(seat.id))
    return (*due, *raids.wave_due(state, now), *floor.due(state, now), *polls.due(state.poll, now))


def next_deadline(state: RoomState) -> int:
    """When the next `Tick` has something to do. Every room has an end, so there always is one."""
    core = state.core
    deadline = core.closing_at if core.closing_said else core.closing_at - CLOSING_SOON_MS
    for seat in state.seats.values():
        leaves_at = _leaves_at(state, seat)
        if leaves_at is not None:
            deadline = min(deadline, leaves_at)
        if seat.muted_until is not None:
            deadline = min(deadline, seat.muted_until)
    wave = raids.wave_ends_at(state)
    if wave is not None:
        deadline = min(deadline, wave)
    asked = [*stewardship.deadlines(state), *calls.deadlines(state), *floor.deadlines(state), *polls.deadlines(state.poll)]
    return min([deadline, *asked])
