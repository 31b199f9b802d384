"""A word with somebody who waits in the lobby, by those who see it. Who waits answers, and never begins: a lobby full of those who mean
harm cannot flood the ones who lead. docs/decisions/0026-words-in-the-lobby-and-signs-by-hand.md.
"""

from __future__ import annotations

from chatserver.domain.commands import LobbySay, SpeakTo
from chatserver.domain.events import FactEvent, LobbyWords, PostEvent, SpokenTo
from chatserver.domain.lobby import those_waiting
from chatserver.domain.posts import FROZEN_RETRY_MS, MESSAGE_ID
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, may
from chatserver.domain.state import RoomState, Seat, Standing
from chatserver.domain.text import MAX_TEXT, checked

MAX_ANSWER = 500  # code points of what one who waits says at once


def speak_to(state: RoomState, actor: Seat, command: SpeakTo, now: int) -> tuple[FactEvent, ...] | Refused:
    if (why_not := _may_not_begin(state, actor, command.seat, now)) is not None:
        return why_not
    return () if state.seats[command.seat].spoken_to else (SpokenTo(command.seat),)


def say(state: RoomState, actor: Seat, command: LobbySay, now: int) -> tuple[PostEvent, ...] | Refused:
    answers = actor.standing is Standing.WAITING
    why_not = _may_not_answer(actor, command, now) if answers else _may_not_begin(state, actor, command.seat, now)
    if why_not is not None:
        return why_not
    text = checked(command.text, MAX_ANSWER if answers else MAX_TEXT)
    if isinstance(text, Refused):
        return text
    if not MESSAGE_ID.fullmatch(command.id):
        return Refused(Code.BAD_PAYLOAD)
    return (LobbyWords(command.seat or actor.id, command.id, not answers, text),)


def _may_not_answer(actor: Seat, command: LobbySay, now: int) -> Refused | None:
    if command.seat is not None:
        return Refused(Code.NOT_ALLOWED)
    if actor.muted_until is not None and now < actor.muted_until:
        return Refused(Code.MUTED, actor.muted_until - now)
    return None if actor.spoken_to else Refused(Code.WAITING)


def _may_not_begin(state: RoomState, actor: Seat, seat: str | None, now: int) -> Refused | None:
    """A greeter leaves the marked to moderators here too, and everybody while nobody leads: who waits could not report them."""
    if not may(actor, Action.SEE_LOBBY):
        return Refused(Code.NOT_ALLOWED)
    if state.core.held:
        return Refused(Code.HELD)
    if actor.muted_until is not None and now < actor.muted_until:
        return Refused(Code.MUTED, actor.muted_until - now)
    if state.core.frozen and not may(actor, Action.POST_IN_FREEZE):
        return Refused(Code.FROZEN, FROZEN_RETRY_MS)
    if seat is None:
        return Refused(Code.NO_SUCH_SEAT)
    waiting = those_waiting(state, actor, seat)
    return waiting if isinstance(waiting, Refused) else None
