"""Stewardship by time: a scheduled room in which nobody leads is held, and closes; and no room closes over a share or a call for help.

Held means: from the start on, people write in turn, by their hands, and newcomers wait in the lobby, until somebody is there who leads.
Whoever waits only for that then comes in by themselves. Where nobody is at all, there is nobody to be left alone: such a room stays open.
The rules are in docs/decisions/0018-rooms-open-by-themselves.md.
"""

from __future__ import annotations

from chatserver.domain.commands import Extend, KeepOpen
from chatserver.domain.events import Admitted, ClosesLater, FactEvent, Held, HoldEnded, KeptOpen, Overtime
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, may
from chatserver.domain.state import RoomState, Seat

MINUTE_MS = 60_000
DROPPED_MS = 60_000  # so long somebody who leads still does after their connection dropped: no room changes its ways over a tunnel
OVERTIME_MS = 900_000  # at most so much later a room closes, for a share or a call for help
CALL_MS = 900_000  # for so long a call for help is taken as open
MAX_EXTENSION_MINUTES = 240


def extend(state: RoomState, actor: Seat, command: Extend, now: int) -> tuple[FactEvent, ...] | Refused:
    """Up to the beginning of the next meeting in this room, and no further."""
    core = state.core
    until = max(now, core.closes_at) + min(command.minutes, MAX_EXTENSION_MINUTES) * MINUTE_MS
    if command.latest is not None:
        until = min(until, command.latest)
    return (ClosesLater(until),) if until > core.closes_at else Refused(Code.NEXT_MEETING)


def keep_open(state: RoomState, actor: Seat | None, command: KeepOpen, now: int) -> tuple[FactEvent, ...]:
    return (KeptOpen(now + CALL_MS),)


def holds(state: RoomState, now: int) -> bool:
    """Whether the room is held, or is to be when somebody comes who does not lead."""
    return state.core.held or _is_unled(state, now)


def _is_unled(state: RoomState, now: int) -> bool:
    at = _unled_from(state)
    return at is not None and now >= at


def _unled_from(state: RoomState) -> int | None:
    """From when on nobody leads, as things are; None: somebody does, or nobody needs to."""
    core = state.core
    if core.starts_at is None or not core.unled_ms:
        return None
    from_ = core.starts_at
    for seat in state.seated():
        if may(seat.role, Action.LEAD):
            if seat.away_since is None:
                return None
            from_ = max(from_, seat.away_since + DROPPED_MS)
    return from_


def looks_on(state: RoomState, now: int) -> bool:
    """Whether anything can follow here from what happens now. Where not, and that is most of the time, nothing has to be computed."""
    core = state.core
    return core.held or (core.starts_at is not None and core.unled_ms > 0 and now >= core.starts_at)


def follows(state: RoomState, now: int) -> tuple[FactEvent, ...]:
    """What follows from how things stand: the room is held, or is no longer."""
    if state.seats and _is_unled(state, now):
        return () if state.core.held else (Held(now + state.core.unled_ms),)
    if not state.core.held:
        return ()
    # Not those whom a host would have wished to see first, held or not.
    wave = state.core.wave_at is not None
    return (HoldEnded(), *(Admitted(seat.id, now) for seat in state.waiting() if seat.held and not seat.marked and not wave))


def overtime(state: RoomState, now: int) -> Overtime | None:
    """How much later a room closes that is to close now; None: it closes. A minute each time: long enough for a goodbye."""
    core = state.core
    if state.floor.seat is None and now >= core.called_until:
        return None
    latest = core.closing_at + OVERTIME_MS if core.overtime_until is None else core.overtime_until
    until = min(now + MINUTE_MS, latest)
    return Overtime(until, latest) if until > now else None


def deadlines(state: RoomState) -> list[int]:
    """When `follows` will have something to say that it has not now."""
    at = _unled_from(state) if state.seats else None
    if state.core.held:
        return [0] if at is None else []  # decided on two workers at once: that somebody comes on one, that the last goes on the other
    return [] if at is None else [at]
