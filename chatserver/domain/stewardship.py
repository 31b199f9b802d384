"""Stewardship: a room in which nobody leads is held, and closes, unless a successor steps in; none closes over a share or a call for help.

Held means: people write in turn, by their hands, and newcomers wait in the lobby, until somebody is there who leads: in a scheduled room
from its start on, in one that was opened by hand once somebody has led it. Whoever waits only for that then comes in by themselves. Where
nobody is at all, there is nobody to be left alone: such a room stays open.
The rules are in docs/decisions/0018-rooms-open-by-themselves.md and 0023-hats.md.
"""

from __future__ import annotations

from chatserver.domain.commands import (
    Appoint,
    Extend,
    Fact,
    GoneAway,
    Join,
    LastsUntil,
    Leave,
    Remove,
    Return,
    StepIn,
    StillHere,
    Tick,
    ToListener,
)
from chatserver.domain.events import Admitted, ClosesLater, FactEvent, Held, HoldEnded, Overtime, SteppedBack, SteppedIn
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, may
from chatserver.domain.state import RoomState, Seat

MINUTE_MS = 60_000
DROPPED_MS = 60_000  # so long somebody who leads still does after their connection dropped: no room changes its ways over a tunnel
OVERTIME_MS = 900_000  # at most so much later a room closes, for a share or a call for help
MAX_EXTENSION_MINUTES = 240


def extend(state: RoomState, actor: Seat, command: Extend, now: int) -> tuple[FactEvent, ...] | Refused:
    until = extended(state.core.closes_at, command.minutes, command.latest, now)
    return Refused(Code.NEXT_MEETING) if until is None else (ClosesLater(until),)


def extended(closes_at: int, minutes: int, latest: int | None, now: int) -> int | None:
    """When a room closes that is to be open so much longer: up to the beginning of the next meeting in it (`latest`), and no further.

    None: it cannot be open longer than it is."""
    until = max(now, closes_at) + min(minutes, MAX_EXTENSION_MINUTES) * MINUTE_MS
    if latest is not None:
        until = min(until, latest)
    return until if until > closes_at else None


def lasts_until(state: RoomState, actor: Seat | None, command: LastsUntil, now: int) -> tuple[FactEvent, ...]:
    return (ClosesLater(command.closes_at),) if command.closes_at > state.core.closes_at else ()


def dropped_until(state: RoomState) -> int:
    """Until when somebody who leads still counts as there, though their line dropped; 0 where there is no such one. What guards those
    inside against newcomers stands until then: after it, the room is held."""
    away = [s.away_since for s in state.seated() if s.away_since is not None and may(s, Action.HEAR_CALLS)]
    return max(away, default=-DROPPED_MS) + DROPPED_MS


def holds(state: RoomState, now: int) -> bool:
    """Whether the room is held, or is to be when somebody comes who does not lead."""
    return state.core.held or _is_unled(state, now)


def _is_unled(state: RoomState, now: int) -> bool:
    at = _unled_from(state)
    return at is not None and now >= at


def _unled_from(state: RoomState) -> int | None:
    """From when on nobody leads, as things are; None: somebody does, or nobody needs to."""
    core = state.core
    if not core.unled_ms or (core.starts_at is None and not core.led):
        return None
    from_ = core.starts_at or 0
    for seat in state.seats.values():
        if may(seat, Action.LEAD):  # never one who waits
            if seat.away_since is None:
                return None
            from_ = max(from_, seat.away_since + DROPPED_MS)
    return from_


# What can change who leads.
_COMES_OR_GOES = (Join, Return, StillHere, Leave, GoneAway, Remove, Appoint, ToListener, Tick)


def looks_on(state: RoomState, command: Fact, now: int) -> bool:
    """Whether anything can follow here from what happens now. Where not, and that is most of the time, nothing has to be computed."""
    core = state.core
    if core.held or not core.unled_ms:
        return core.held
    if core.starts_at is not None and now >= core.starts_at:
        return True
    return core.led and isinstance(command, _COMES_OR_GOES)


def follows(state: RoomState, now: int) -> tuple[FactEvent, ...]:
    """What follows from how things stand: the room is held, or is no longer."""
    if state.seats and _is_unled(state, now):
        return () if state.core.held else (Held(now + state.core.unled_ms),)
    back = _steps_back(state)
    if not state.core.held:
        return back
    # Not those whom a host would have wished to see first, held or not.
    wave = state.core.wave_at is not None
    return (*back, HoldEnded(), *(Admitted(seat.id, now) for seat in state.waiting() if seat.held and not seat.marked and not wave))


def _steps_back(state: RoomState) -> tuple[FactEvent, ...]:
    """Who stands in gives the lead back as soon as somebody is there who leads otherwise."""
    standing_in = [seat for seat in state.seats.values() if seat.stands_in]
    if not standing_in or not any(may(s, Action.LEAD) and not s.stands_in and s.away_since is None for s in state.seats.values()):
        return ()
    return tuple(SteppedBack(seat.id) for seat in standing_in)


def step_in(state: RoomState, actor: Seat, command: StepIn, now: int) -> tuple[FactEvent, ...] | Refused:
    """Only where nobody leads: a successor is no second moderator. The hold ends with it."""
    return (SteppedIn(actor.id),) if state.core.held else Refused(Code.LED)


def overtime(state: RoomState, now: int) -> Overtime | None:
    """How much later a room closes that is to close now; None: it closes. A minute each time: long enough for a goodbye."""
    core = state.core
    if state.floor.seat is None and not state.calls:
        return None
    latest = core.closing_at + OVERTIME_MS if core.overtime_until is None else core.overtime_until
    # In whole minutes from its end: all workers that come to it say the same, to the store too.
    until = min(now + MINUTE_MS - (now - core.closing_at) % MINUTE_MS, latest)
    return Overtime(until, latest) if until > now else None


def deadlines(state: RoomState) -> list[int]:
    """When `follows` will have something to say that it has not now."""
    at = _unled_from(state) if state.seats else None
    if state.core.held:
        return [0] if at is None else []  # decided on two workers at once: that somebody comes on one, that the last goes on the other
    return [] if at is None else [at]
