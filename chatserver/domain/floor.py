"""The floor: the right to write in a segment that takes turns. Hands, turns, and how the floor passes on.

Who is next follows from the seats: hands in the queue, in the round who has not had their turn. `settled` is asked after whatever has
happened, and says what follows: so no way of leaving, being muted or dropping out leaves the floor with somebody who cannot speak.
"""

from __future__ import annotations

from collections.abc import Callable

from chatserver.domain.agenda import HANDS, SIGNS, Floor, extended, planned_end, target
from chatserver.domain.commands import Done, ExtendSegment, ExtendShare, GiveFloor, GiveSign, Go, Hand, MoveHand, Pass, SetTopic, Welcome
from chatserver.domain.events import (
    FactEvent,
    FloorEnded,
    FloorExtended,
    FloorGiven,
    HandLowered,
    HandMoved,
    HandRaised,
    Passed,
    RepliesWelcomed,
    SegmentBegun,
    SegmentExtended,
    ShareSign,
    TopicSet,
)
from chatserver.domain.formats import Mode
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, may
from chatserver.domain.state import RoomState, Seat, Standing
from chatserver.domain.text import optional

MAX_TYPED = 12  # code points, spaces around it included
MAX_TOPIC = 200
MAX_REPLY = 500  # code points of a reply to a share: a word of thanks, no share of one's own
HELD_AWAY_MS = 90_000  # so long the floor waits for somebody whose connection dropped
LAST_WORDS_SECONDS = 15  # of the meeting, from the clear sign until the floor passes on
TURNS = frozenset({Mode.QUEUE, Mode.ROUND})

Decided = tuple[FactEvent, ...] | Refused


def mode_of(state: RoomState) -> Mode:
    """The floor mode that holds. Where nobody who leads is left to go on, and in a room that is held for that, people take turns by their
    hands; and a silence that nothing comes after, which would never end, leaves its last word to who leads."""
    mode, agenda = state.agenda.segment.mode, state.agenda
    if mode is Mode.SILENCE and target(agenda, "next") is None:
        mode = Mode.SPEAKER
    if state.core.held and mode is not Mode.SILENCE:
        return Mode.QUEUE
    if mode is Mode.SPEAKER and not _led(state):
        return Mode.QUEUE
    if mode is Mode.ROUND and state.floor.seat is None and not still_to_come(state) and not _led(state):
        return Mode.QUEUE
    return mode


def _led(state: RoomState) -> bool:
    return any(may(seat, Action.LEAD) for seat in state.seated())


def _passes_on(state: RoomState) -> bool:
    """Whether the floor goes from one to the next by itself. Nobody's time runs, and nobody is called, while all are silenced."""
    if state.core.frozen or mode_of(state) not in TURNS:
        return False
    return state.agenda.segment.hand_over or state.core.held or not _led(state)


def may_write(state: RoomState, seat: Seat, author: str | None, length: int, now: int) -> Refused | None:
    """Why a seat may not write now, if it may not. `author`: whose message it replies to; `length` in code points."""
    mode = mode_of(state)
    if mode is Mode.OPEN or (mode is not Mode.SILENCE and state.floor.seat == seat.id):
        return None
    if mode is Mode.SILENCE:
        return Refused(Code.SILENCE, max(1_000, state.agenda.ends_at - now))
    if mode is Mode.SPEAKER and may(seat, Action.READ):
        return None
    answered = state.seats.get(author) if author is not None else None
    if state.agenda.segment.cross_talk and answered is not None and answered.welcomes:
        return None if length <= MAX_REPLY else Refused(Code.TOO_LONG)
    return Refused(Code.NOT_YOUR_TURN)


# --- who is next


def _speaks(seat: Seat, now: int) -> bool:
    muted = seat.muted_until is not None and now < seat.muted_until
    return seat.standing is Standing.SEATED and may(seat, Action.POST) and not muted


def _can_have_it(seat: Seat, now: int) -> bool:
    return seat.away_since is None and _speaks(seat, now)


def hands(state: RoomState) -> list[Seat]:
    """The hand queue, in order: who was called, then, where the format says so, who has not been heard yet, then by time."""
    raised = [seat for seat in state.seated() if seat.hand is not None and seat.id != state.floor.seat]
    heard_last = state.agenda.heard_last
    return sorted(raised, key=lambda s: (not s.called, heard_last and s.heard > 0, s.hand_at, s.id))


def still_to_come(state: RoomState) -> list[Seat]:
    """The round, in order: who has not had their turn, in seating order; and then who has passed once."""
    visit = state.agenda.visit
    there = [s for s in state.seated() if s.turned != visit and s.id != state.floor.seat and may(s, Action.POST)]
    return sorted(there, key=lambda s: (not s.called, s.passed == visit, s.since, s.id))


def queue(state: RoomState) -> list[Seat]:
    """Who is to have the floor, in order. In segments that take no turns: who has raised a hand."""
    return still_to_come(state) if mode_of(state) is Mode.ROUND else hands(state)


def _next(state: RoomState, now: int) -> Seat | None:
    return next((seat for seat in queue(state) if _can_have_it(seat, now)), None)


# --- what is asked


def hand(state: RoomState, actor: Seat, command: Hand, now: int) -> Decided:
    if command.kind not in HANDS:
        return Refused(Code.BAD_PAYLOAD)
    if not command.up:
        return (HandLowered(actor.id),) if actor.hand is not None else ()
    if actor.hand == command.kind or state.floor.seat == actor.id:
        return ()
    return (HandRaised(actor.id, command.kind, now if actor.hand is None else actor.hand_at),)


def done(state: RoomState, actor: Seat, command: Done, now: int) -> Decided:
    return (FloorEnded(actor.id),) if state.floor.seat == actor.id else Refused(Code.NOT_YOUR_TURN)


def pass_(state: RoomState, actor: Seat, command: Pass, now: int) -> Decided:
    if state.floor.seat == actor.id:
        return (FloorEnded(actor.id, passed=True),)
    if mode_of(state) is Mode.ROUND and actor in still_to_come(state):
        return (Passed(actor.id),) if actor.passed != state.agenda.visit else ()  # the second time only when it is offered
    return (HandLowered(actor.id),) if actor.hand is not None else Refused(Code.NOT_YOUR_TURN)


def welcome(state: RoomState, actor: Seat, command: Welcome, now: int) -> Decided:
    return (RepliesWelcomed(actor.id, command.on),) if actor.welcomes is not command.on else ()


def give(state: RoomState, actor: Seat, command: GiveFloor, now: int) -> Decided:
    if mode_of(state) in (Mode.OPEN, Mode.SILENCE):
        return Refused(Code.NO_TURNS)
    held = state.floor.seat
    ended: tuple[FactEvent, ...] = () if held is None else (FloorEnded(held),)
    if command.seat is None:
        return ended
    seat = state.seats.get(command.seat)
    if seat is None:
        return Refused(Code.NO_SUCH_SEAT)
    if seat.id == held:
        return ()
    return (*ended, _given(state, seat, now)) if _can_have_it(seat, now) else Refused(Code.CANNOT_SPEAK)


def extend_share(state: RoomState, actor: Seat, command: ExtendShare, now: int) -> Decided:
    if mode_of(state) in (Mode.OPEN, Mode.SILENCE) or state.floor.seat is None or state.floor.ends_at is None:
        return Refused(Code.NO_TURNS)
    return (FloorExtended(extended(state.agenda, max(now, state.floor.ends_at), command.seconds)),)


def give_sign(state: RoomState, actor: Seat, command: GiveSign, now: int) -> Decided:
    """Also where no time is set. It stands for the one that would come by itself, and ends nothing."""
    if command.sign not in SIGNS:
        return Refused(Code.BAD_PAYLOAD)
    floor = state.floor
    if mode_of(state) in (Mode.OPEN, Mode.SILENCE) or floor.seat is None:
        return Refused(Code.NO_TURNS)
    if command.sign == "soft" and floor.sign == "clear" and floor.ends_at is not None and now >= floor.ends_at:
        return ()  # their time is over, and has been said to be: else it would be said at once again
    return (ShareSign(floor.seat, command.sign, by_hand=True),)


def move_hand(state: RoomState, actor: Seat, command: MoveHand, now: int) -> Decided:
    seat = state.seats.get(command.seat)
    if seat is None or (seat.hand is None and mode_of(state) is not Mode.ROUND):
        return Refused(Code.NO_SUCH_SEAT)
    if command.to == "down":
        return (HandLowered(seat.id),)
    return (HandMoved(seat.id, command.to == "first", seat.hand_at if command.to == "first" else now),)


def go(state: RoomState, actor: Seat, command: Go, now: int) -> Decided:
    agenda = state.agenda
    index = target(agenda, command.to)
    if index is None:
        return Refused(Code.NO_SUCH_SEGMENT)
    ended = (FloorEnded(state.floor.seat),) if state.floor.seat is not None else ()
    begun = SegmentBegun(index, now)
    if not command.extend_seconds:
        return (*ended, begun)
    return (*ended, begun, SegmentExtended(extended(agenda, planned_end(agenda, index, now), command.extend_seconds)))


def extend_segment(state: RoomState, actor: Seat, command: ExtendSegment, now: int) -> Decided:
    agenda = state.agenda
    if agenda.index < 0:
        return Refused(Code.NO_SUCH_SEGMENT)
    return (SegmentExtended(extended(agenda, max(now, agenda.ends_at), command.seconds)),)


def set_topic(state: RoomState, actor: Seat, command: SetTopic, now: int) -> Decided:
    text = optional(command.text, MAX_TOPIC)
    if isinstance(text, Refused):
        return text
    return (TopicSet(text or ""),) if (text or "") != state.agenda.topic else ()


def typed(state: RoomState, seat_id: str, text: str) -> Hand | Done | Pass | None:
    """The command that a message is by the protocol that text meetings have typed for decades; None where it is a message: where the word
    has no meaning at the moment, somebody's one closing word may be "done"."""
    seat, word = state.seats.get(seat_id), text.strip().lower() if len(text) <= MAX_TYPED else ""
    if seat is None or seat.standing is not Standing.SEATED or not may(seat, Action.POST):
        return None
    holds = state.floor.seat == seat_id
    if word in ("!", "?") and not holds:
        return Hand(True, "share" if word == "!" else "question")
    if word in ("done", "ga") and holds:
        return Done()
    in_turn = holds or seat.hand is not None or (mode_of(state) is Mode.ROUND and seat in still_to_come(state))
    return Pass() if word == "pass" and in_turn else None


# --- what follows


def _given(state: RoomState, seat: Seat, now: int) -> FloorGiven:
    seconds = state.agenda.segment.share_seconds if mode_of(state) in TURNS else 0
    return FloorGiven(seat.id, now, now + state.agenda.ms(seconds) if seconds else None)


def settled(state: RoomState, now: int, evolve: Callable[[RoomState, FactEvent], RoomState]) -> tuple[FactEvent, ...]:
    """What follows from how things stand: the floor is taken from who cannot use it, and given to who is next."""
    follows: list[FactEvent] = []
    held = state.floor.seat
    if held is not None and not _keeps(state, state.seats.get(held), now):
        seat = state.seats.get(held)
        follows.append(FloorEnded(held, passed=seat is not None and seat.away_since is not None))
        state = evolve(state, follows[-1])
    if state.floor.seat is None and _passes_on(state):
        seat = _next(state, now)
        if seat is not None:
            follows.append(_given(state, seat, now))
    return tuple(follows)


def _keeps(state: RoomState, seat: Seat | None, now: int) -> bool:
    if seat is None or mode_of(state) in (Mode.OPEN, Mode.SILENCE):
        return False
    if not _speaks(seat, now) or (seat.away_since is not None and now >= seat.away_since + HELD_AWAY_MS):
        return False
    return not (_runs_out(state) and now >= _passes_on_at(state) and _next(state, now) is not None)


def _runs_out(state: RoomState) -> bool:
    """Whether the floor passes on by itself when the time of a share is over."""
    return state.floor.ends_at is not None and _passes_on(state)


def _passes_on_at(state: RoomState) -> int:
    return (state.floor.ends_at or 0) + state.agenda.ms(LAST_WORDS_SECONDS)


# --- time


def due(state: RoomState, now: int) -> tuple[FactEvent, ...]:
    """Signs for who shares, and the end of a silence."""
    floor, agenda = state.floor, state.agenda
    if mode_of(state) is Mode.SILENCE:
        index = target(agenda, "next")
        return (SegmentBegun(index, now),) if now >= agenda.ends_at and index is not None else ()
    if floor.seat is None or floor.ends_at is None or state.core.frozen:
        return ()
    if now >= floor.ends_at:
        return (ShareSign(floor.seat, "clear"),) if floor.sign != "clear" else ()
    return (ShareSign(floor.seat, "soft"),) if not floor.sign and now >= _soft_at(floor) else ()


def _soft_at(floor: Floor) -> int:
    return floor.since + ((floor.ends_at or 0) - floor.since) * 2 // 3


def deadlines(state: RoomState) -> list[int]:
    """When `due` or `settled` will have something to say that they have not now."""
    floor, agenda = state.floor, state.agenda
    if mode_of(state) is Mode.SILENCE:
        return [agenda.ends_at] if target(agenda, "next") is not None else []
    if floor.seat is None:
        # Decided on two workers at once: a hand on one, and that nobody waits on the other.
        return [0] if _passes_on(state) and _next(state, 0) is not None else []
    seat = state.seats.get(floor.seat)
    if seat is None:
        return [0]
    at = [] if seat.away_since is None else [seat.away_since + HELD_AWAY_MS]
    if floor.ends_at is not None and floor.sign != "clear" and not state.core.frozen:
        at.append(floor.ends_at if floor.sign else _soft_at(floor))
    elif _runs_out(state) and _next(state, 0) is not None:  # at 0, who is muted is so still: the end of that is a deadline of its own
        at.append(_passes_on_at(state))
    return at
