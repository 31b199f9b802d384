"""Coming in: names, the door's conditions, the lobby; and the network tag that stands in for a banned person's identity."""

from __future__ import annotations

import hashlib
from dataclasses import replace

from chatserver.domain.commands import Admit, Deny, Join, LinkTried, Return
from chatserver.domain.events import Admitted, Denied, FactEvent, HatGiven, Knocked, LinkUsedAgain, Returned, Seated, TagBlocked, WaveBegun
from chatserver.domain.names import checked_name, skeletons
from chatserver.domain.raids import begins_wave
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import PERMISSIONS, Action, Role, may
from chatserver.domain.state import RoomState, Seat, Standing, with_core
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
    host = Action.HEAR_CALLS in PERMISSIONS[role]
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
    held_by = None if command.link is None else state.seats.get(state.core.links.get(command.link, ""))
    if held_by is not None and held_by.away_since is None:
        return Refused(Code.LINK_IN_USE)
    name = _name(state, command, host)
    if isinstance(name, Refused):
        return name
    invited = command.granted is not None
    seat = Seat(command.seat, name, role, command.token, since=now, tag=command.tag, marked=marked, worker=command.worker, new=not invited)
    if command.hat is not None:
        seat = replace(seat, hats=frozenset({command.hat}))
        # Who opens their link anew, as the tab is gone with which they came, has the hat alone.
        taken: tuple[FactEvent, ...] = () if held_by is None else (HatGiven(held_by.id, command.hat, False),)
        return *taken, _coming_in(state, command, seat, now)
    if host:
        return (Seated(seat),)
    if not invited and begins_wave(state, now):
        return WaveBegun(now), _coming_in(with_core(state, wave_at=now), command, seat, now)
    return (_coming_in(state, command, seat, now),)


def _coming_in(state: RoomState, command: Join, seat: Seat, now: int) -> Seated | Knocked:
    """Into the room, or into its lobby."""
    invited = command.granted is not None
    if seat.marked or command.knock or (state.core.lobby and not invited):
        return Knocked(replace(seat, standing=Standing.WAITING), command.link)
    if holds(state, now) or (state.core.wave_at is not None and not invited):
        return Knocked(replace(seat, standing=Standing.WAITING, held=True), command.link)
    return Seated(seat, command.link)


def link_tried(state: RoomState, actor: Seat | None, command: LinkTried, now: int) -> tuple[LinkUsedAgain, ...] | Refused:
    holder = state.core.links.get(command.link)
    return (LinkUsedAgain(holder),) if holder is not None else Refused(Code.NO_SUCH_SEAT)


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


def those_waiting(state: RoomState, actor: Seat, seat_id: str | None) -> list[Seat] | Refused:
    """Whom it is about, as far as the actor decides about them: a greeter not about the marked."""
    decides_all = may(actor, Action.ADMIT_MARKED)
    if seat_id is None:
        return [seat for seat in state.waiting() if decides_all or not seat.marked]
    seat = state.seats.get(seat_id)
    if seat is None or seat.standing is not Standing.WAITING:
        return Refused(Code.NO_SUCH_SEAT)
    return [seat] if decides_all or not seat.marked else Refused(Code.NOT_ALLOWED)


def _chosen(state: RoomState, actor: Seat, command: Admit | Deny) -> list[Seat] | Refused:
    """Of several who are named, nothing is said of those who went meanwhile: whoever asks means the rest."""
    waiting = those_waiting(state, actor, None if command.seats else command.seat)
    if isinstance(waiting, Refused) or not command.seats:
        return waiting
    return [seat for seat in waiting if seat.id in set(command.seats)]


def admit(state: RoomState, actor: Seat, command: Admit, now: int) -> tuple[FactEvent, ...] | Refused:
    if state.core.held:
        return Refused(Code.HELD)  # a greeter's: they could not help those inside against whom they let in
    waiting = _chosen(state, actor, command)
    if isinstance(waiting, Refused):
        return waiting
    # Who says "everyone" in a hurry does not mean the one who was banned a minute ago: the marked are admitted by name.
    everyone = command.seat is None and not command.seats
    return tuple(Admitted(s.id, now) for s in waiting if not (everyone and s.marked))


def deny(state: RoomState, actor: Seat, command: Deny, now: int) -> tuple[FactEvent, ...] | Refused:
    waiting = _chosen(state, actor, command)
    if isinstance(waiting, Refused):
        return waiting
    return tuple(e for s in waiting for e in (*knock_ended(s, now), Denied(s.id)))


def knock_ended(seat: Seat, now: int) -> tuple[FactEvent, ...]:
    """What follows when somebody who waits is denied, removed or goes away: only a marked one has to pause."""
    if seat.standing is Standing.WAITING and seat.marked and seat.tag is not None:
        return (TagBlocked(seat.tag, now + KNOCK_PAUSE_MS),)
    return ()
