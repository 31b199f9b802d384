"""What hosts do to seats and to the room. Permission by role stands in `room.py`'s table; here is what is done, and to whom it may be."""

from __future__ import annotations

from chatserver.domain.commands import (
    Appoint,
    AppointHat,
    Close,
    Freeze,
    Lobby,
    Lock,
    Mute,
    Remove,
    Rename,
    Slow,
    ToListener,
    ToMember,
    Unmute,
    Warn,
)
from chatserver.domain.events import (
    Closed,
    FactEvent,
    FloorExtended,
    Frozen,
    HatGiven,
    LobbySet,
    Locked,
    Muted,
    Removed,
    Renamed,
    RoleGiven,
    Slowed,
    TagBlocked,
    Unmuted,
    Warned,
    WaveEnded,
)
from chatserver.domain.lobby import knock_ended
from chatserver.domain.names import checked_name, skeletons
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import APPOINTABLE, OVER, Role
from chatserver.domain.state import RoomState, Seat, Standing
from chatserver.domain.text import MAX_REASON, checked, optional


def _subject(state: RoomState, actor: Seat, seat_id: str) -> Seat | Refused:
    """The seat that is acted on, where the actor's role is over it."""
    seat = state.seats.get(seat_id)
    if seat is None:
        return Refused(Code.NO_SUCH_SEAT)
    return seat if seat.role in OVER[actor.role] else Refused(Code.NOT_ALLOWED)


def _seated(state: RoomState, actor: Seat, seat_id: str) -> Seat | Refused:
    """Likewise; not one who waits in the lobby."""
    seat = _subject(state, actor, seat_id)
    return Refused(Code.NOT_ALLOWED) if isinstance(seat, Seat) and seat.standing is not Standing.SEATED else seat


def mute(state: RoomState, actor: Seat, command: Mute, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = _subject(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    return (Muted(seat.id, now + command.seconds * 1_000),)


def unmute(state: RoomState, actor: Seat, command: Unmute, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = _subject(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    return (Unmuted(seat.id),) if seat.muted_until is not None else ()


def remove(state: RoomState, actor: Seat, command: Remove, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = _subject(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    reason = optional(command.reason, MAX_REASON)
    if isinstance(reason, Refused):
        return reason
    ban = (TagBlocked(seat.tag, now),) if command.ban and seat.tag is not None else ()
    return (*ban, *knock_ended(seat, now), Removed(seat.id, reason, command.messages, command.ban))


def rename(state: RoomState, actor: Seat, command: Rename, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = _subject(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    name = checked_name(command.name)
    if isinstance(name, Refused):
        return name
    if any(state.names.get(s, seat.id) != seat.id for s in skeletons(name)):
        return Refused(Code.NAME_TAKEN)
    return (Renamed(seat.id, name),) if name != seat.name else ()


def appoint(state: RoomState, actor: Seat, command: Appoint, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = _seated(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    if command.role not in APPOINTABLE:
        return Refused(Code.NOT_ALLOWED)
    return (RoleGiven(seat.id, command.role),) if command.role is not seat.role else ()


def appoint_hat(state: RoomState, actor: Seat, command: AppointHat, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = _seated(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    return (HatGiven(seat.id, command.hat, command.on),) if (command.hat in seat.hats) is not command.on else ()


def warn(state: RoomState, actor: Seat, command: Warn, now: int) -> tuple[Warned, ...] | Refused:
    seat = _seated(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    text = checked(command.text, MAX_REASON)
    return text if isinstance(text, Refused) else (Warned(seat.id, text),)


def to_listener(state: RoomState, actor: Seat, command: ToListener, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = _seated(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    word = optional(command.word, MAX_REASON)
    if isinstance(word, Refused):
        return word
    # A word is not lost where another host was a moment quicker.
    return (RoleGiven(seat.id, Role.LISTENER, word),) if word or seat.role is not Role.LISTENER else ()


def to_member(state: RoomState, actor: Seat, command: ToMember, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = _seated(state, actor, command.seat)
    if isinstance(seat, Refused):
        return seat
    return (RoleGiven(seat.id, Role.MEMBER),) if seat.role is Role.LISTENER else ()


def lock(state: RoomState, actor: Seat, command: Lock, now: int) -> tuple[FactEvent, ...]:
    return (Locked(command.on),) if command.on is not state.core.locked else ()


def freeze(state: RoomState, actor: Seat, command: Freeze, now: int) -> tuple[FactEvent, ...]:
    if command.on is state.core.frozen:
        return ()
    if command.on or state.floor.ends_at is None:
        return (Frozen(command.on),)
    # Whoever had the floor could not use it meanwhile.
    return (Frozen(command.on), FloorExtended(now + state.agenda.ms(state.agenda.segment.share_seconds)))


def lobby(state: RoomState, actor: Seat, command: Lobby, now: int) -> tuple[FactEvent, ...]:
    """Off, it is off: a wave is over too. On, it stays on when one is."""
    core = state.core
    wave = (WaveEnded(now),) if core.wave_at is not None and not command.on else ()
    return (*wave, *((LobbySet(command.on),) if command.on is not core.lobby else ()))


def slow(state: RoomState, actor: Seat, command: Slow, now: int) -> tuple[FactEvent, ...]:
    return (Slowed(command.seconds),) if command.seconds != state.core.slow_seconds else ()


def close(state: RoomState, actor: Seat, command: Close, now: int) -> tuple[FactEvent, ...]:
    return (Closed(),)
