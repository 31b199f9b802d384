"""Where it is on, the first message of somebody who came uninvited is read by those who lead before the others see it.

The words are kept nowhere: they go to those who lead, the message itself is refused, and the page of whoever wrote it asks again until
it is let through. docs/decisions/0026-words-in-the-lobby-and-signs-by-hand.md.
"""

from __future__ import annotations

from chatserver.domain.commands import FirstMessages, LetThrough, SendBack
from chatserver.domain.events import FactEvent, FirstMessagesSet, PostEvent, SentBack, Vouched
from chatserver.domain.posts import MESSAGE_ID
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import RoomState, Seat, Standing


def set_(state: RoomState, actor: Seat, command: FirstMessages, now: int) -> tuple[FactEvent, ...] | Refused:
    """Who has spoken before is known here. The worker that is asked may not have heard it, so that who has shared, or has been here for
    a while, is known as well."""
    if state.core.first_messages is command.on:
        return ()
    if not command.on:
        return (FirstMessagesSet(False),)
    known = [seat.id for seat in state.seats.values() if seat.id in command.spoken or _is_known(seat, now)]
    return (FirstMessagesSet(command.on, tuple(known)),)


def _is_known(seat: Seat, now: int) -> bool:
    return seat.standing is Standing.SEATED and (seat.heard > 0 or not seat.came_lately(now))


def let_through(state: RoomState, actor: Seat, command: LetThrough, now: int) -> tuple[FactEvent, ...] | Refused:
    seat = state.seats.get(command.seat)
    if seat is None or seat.standing is not Standing.SEATED:
        return Refused(Code.NO_SUCH_SEAT)
    return (Vouched(seat.id),) if not seat.vouched else ()


def send_back(state: RoomState, actor: Seat, command: SendBack, now: int) -> tuple[PostEvent, ...] | Refused:
    seat = state.seats.get(command.seat)
    if seat is None or seat.standing is not Standing.SEATED:
        return Refused(Code.NO_SUCH_SEAT)
    return (SentBack(seat.id, command.id),) if MESSAGE_ID.fullmatch(command.id) else Refused(Code.BAD_PAYLOAD)
