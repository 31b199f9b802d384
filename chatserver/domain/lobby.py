"""Coming in: names, the door's conditions, the lobby; and the network tag that stands in for a banned person's identity."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from chatserver.domain.commands import Admit, Deny, Join, Return
from chatserver.domain.events import Admitted, Denied, FactEvent, Knocked, Returned, Seated, TagBlocked, WaveBegun
from chatserver.domain.names import checked_name, skeletons
from chatserver.domain.raids import begins_wave
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, Role, may
from chatserver.domain.state import RoomState, Seat, Standing
from chatserver.domain.stewardship import holds

KNOCK_PAUSE_MS = 600_000  # a knock from a banned network that ended without admission: the next one in 10 minutes
FROZEN_RETRY_MS = 10_000
TAG_BITS = 12  # one tag fits a million IPv4 addresses: it can send somebody to the lobby, it cannot say who they are


def network_tag(key: bytes, prefix: bytes) -> int:
    """The tag of a network prefix (4 bytes of IPv4, the first 8 of IPv6) in the room that made the key."""
    return int.from_bytes(hashlib.blake2b(prefix, key=key, digest_size=2).digest()) >> (16 - TAG_BITS)


def join(state: RoomState, actor: Seat | None, command: Join, now: int) -> tuple[FactEvent, ...] | Refused:
    core = state.core
    role = command.granted if command.granted in (Role.FACILITATOR, Role.MODERATOR) else command.role or Role.MEMBER
    host = may(role, Action.HEAR_CALLS)
    if host and command.granted is not role:
        return Refused(Code.KEY_NEEDED)
    if core.by_invite and command.granted is None:
        return Refused(Code.INVITE_NEEDED)
    if not host:
        if core.frozen:
            return Refused(Code.FROZEN, FROZEN_RETRY_MS)
        if core.locked:
            return Refused(Code.LOCKED)
        if len(state.seats) >= core.capacity:
            return Refused(Code.FULL)
    marked = command.tag in core.bans and not host
    if marked and command.tag is not None and now < core.bans[command.tag]:
        return Refused(Code.KNOCK_LATER, core.bans[command.tag] - now)
    name = _name(state, command, host)
    if isinstance(name, Refused):
        return name
    invited = command.granted is not None
    seat = Seat(command.seat, name, role, command.token, since=now, tag=command.tag, marked=marked, worker=command.worker, new=not invited)
    if host:
        return (Seated(seat),)
    wave = (WaveBegun(now),) if not invited and begins_wave(state, now) else ()
    if marked or command.knock or (core.lobby and not invited):
        return (*wave, Knocked(replace(seat, standing=Standing.WAITING)))
    if holds(state, now) or wave or (core.newcomers_wait and not invited):
        return (*wave, Knocked(replace(seat, standing=Standing.WAITING, held=True)))
    return (Seated(seat),)


def _name(state: RoomState, command: Join, host: bool) -> str | Refused:
    if command.name is None:
        return next((n for n in command.offers if not _taken(state, n)), None) or Refused(Code.NAME_TAKEN)
    name = checked_name(command.name, for_host=host)
    return Refused(Code.NAME_TAKEN) if isinstance(name, str) and _taken(state, name) else name


def _taken(state: RoomState, name: str) -> bool:
    return any(s in state.names for s in skeletons(name))


def return_(state: RoomState, actor: Seat | None, command: Return, now: int) -> tuple[FactEvent, ...] | Refused:
    if command.token in state.core.removed:
        return Refused(Code.REMOVED)
    seat = state.seat_of_token(command.token)
    return (Returned(seat.id, seat.attach + 1, command.worker),) if seat else Refused(Code.SEAT_GONE)


def _those_waiting(state: RoomState, seat_id: str | None) -> list[Seat] | Refused:
    if seat_id is None:
        return state.waiting()
    seat = state.seats.get(seat_id)
    return [seat] if seat is not None and seat.standing is Standing.WAITING else Refused(Code.NO_SUCH_SEAT)


def admit(state: RoomState, actor: Seat, command: Admit, now: int) -> tuple[FactEvent, ...] | Refused:
    if command.seats:  # of those who went meanwhile nothing is said: whoever asks means the rest
        chosen = set(command.seats)
        return tuple(Admitted(s.id, now) for s in state.waiting() if s.id in chosen)
    waiting = _those_waiting(state, command.seat)
    if isinstance(waiting, Refused):
        return waiting
    # Who says "everyone" in a hurry does not mean the one who was banned a minute ago: the marked are admitted by name.
    return tuple(Admitted(s.id, now) for s in waiting if command.seat is not None or not s.marked)


def deny(state: RoomState, actor: Seat, command: Deny, now: int) -> tuple[FactEvent, ...] | Refused:
    waiting = _those_waiting(state, command.seat)
    if isinstance(waiting, Refused):
        return waiting
    return tuple(e for s in waiting for e in (*knock_ended(s, now), Denied(s.id)))


def knock_ended(seat: Seat, now: int) -> tuple[FactEvent, ...]:
    """What follows when somebody who waits is denied, removed or goes away: only a marked one has to pause."""
    if seat.standing is Standing.WAITING and seat.marked and seat.tag is not None:
        return (TagBlocked(seat.tag, now + KNOCK_PAUSE_MS),)
    return ()
