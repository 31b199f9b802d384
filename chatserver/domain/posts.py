"""What people say: messages, milestones, reactions, retractions, questions. None of it is kept in the state."""

from __future__ import annotations

import hashlib
import re

from chatserver.domain.commands import Ask, Milestone, React, Retract, Send, ShowFirst
from chatserver.domain.events import FirstMessage, Message, MilestoneReached, PostEvent, QuestionAsked, Reacted, Retracted
from chatserver.domain.floor import may_write
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, may
from chatserver.domain.state import RoomState, Seat
from chatserver.domain.stewardship import dropped_until
from chatserver.domain.text import MAX_TEXT, MAX_WARNING, checked

REACTIONS = ("with_you", "thank_you", "me_too", "hug", "candle", "celebrate")
# Starting again is one of them, and neither the least nor the last. The most that there may be of what is counted; None: it is not.
MILESTONES: dict[str, int | None] = {"first": None, "again": None, "days": 999, "months": 99, "years": 99}
MESSAGE_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
PUBLIC_ID = re.compile(r"[A-Za-z0-9_-]{1,64}\.[A-Za-z0-9_-]{1,64}")
FROZEN_RETRY_MS = 10_000
FIRST_RETRY_MS = 10_000  # so often a page asks whether its first message was let through
MAX_QUESTION = 500


def author_of(public_id: str) -> str:
    """The seat that a message's public id names: `<seat>.<id>`, so nobody can own another's words."""
    return public_id.partition(".")[0]


def proof_of(key: bytes, opening: str, public_id: str, text: str) -> str:
    """Ties words to a message of this opening of the room, so that a report can carry the words with nothing kept.

    BLAKE2b with a key (RFC 7693), as a message authentication code of 128 bits. The parts are joined by a byte that no id can hold, the
    text being last. The opening and not the line (docs/decisions/0003): a proof must outlive a restart of the backplane."""
    parts = b"\x00".join((opening.encode(), public_id.encode(), text.encode()))
    return hashlib.blake2b(parts, key=key, digest_size=16).hexdigest()


def _silenced(state: RoomState, actor: Seat, previous_at: int | None, now: int) -> Refused | None:
    """Why this seat may say nothing at all, if so. `previous_at`: when it last did."""
    core = state.core
    if not may(actor, Action.POST):
        return Refused(Code.LISTENING)
    if actor.muted_until is not None and now < actor.muted_until:
        return Refused(Code.MUTED, actor.muted_until - now)
    if core.frozen and not may(actor, Action.POST_IN_FREEZE):
        return Refused(Code.FROZEN, FROZEN_RETRY_MS)
    if core.slow_seconds and previous_at is not None and not may(actor, Action.UNHURRIED):
        wait = previous_at + core.slow_seconds * 1_000 - now
        if wait > 0:
            return Refused(Code.SLOW, wait)
    return None


def send(state: RoomState, actor: Seat, command: Send, now: int) -> tuple[PostEvent, ...] | Refused:
    message = _message(state, actor, command, now)
    if isinstance(message, Refused):
        return message
    return Refused(Code.FIRST_MESSAGE, FIRST_RETRY_MS) if _is_read_first(state, actor, now) else (message,)


def show_first(state: RoomState, actor: Seat, command: ShowFirst, now: int) -> tuple[PostEvent, ...] | Refused:
    message = _message(state, actor, command.send, now)
    if isinstance(message, Refused):
        return message
    return (FirstMessage(actor.id, command.send.id, actor.name, message.text, message.warning),)


def _is_read_first(state: RoomState, seat: Seat, now: int) -> bool:
    """Whether those who lead read it before the others. Where none of them is there, nobody talks to nobody."""
    if not state.core.first_messages or seat.vouched or not seat.new or seat.hats or may(seat, Action.FIRST_MESSAGES):
        return False
    return bool(state.hosts()) or now < dropped_until(state)


def _message(state: RoomState, actor: Seat, command: Send, now: int) -> Message | Refused:
    if (silenced := _silenced(state, actor, command.previous_at, now)) is not None:
        return silenced
    text = checked(command.text, MAX_TEXT)
    if isinstance(text, Refused):
        return text
    warning = command.warning
    if warning is not None:
        cleaned = checked(warning, MAX_WARNING)
        if isinstance(cleaned, Refused):
            return cleaned
        warning = cleaned
    if not MESSAGE_ID.fullmatch(command.id):
        return Refused(Code.BAD_PAYLOAD)
    if command.reply_to is not None and not PUBLIC_ID.fullmatch(command.reply_to):
        return Refused(Code.NO_SUCH_MESSAGE)
    author = author_of(command.reply_to) if command.reply_to is not None else None
    if (waits := may_write(state, actor, author, len(text), now)) is not None:
        return waits
    public_id = f"{actor.id}.{command.id}"
    proof = proof_of(state.core.proof_key, state.core.opening, public_id, text)
    return Message(public_id, actor.id, actor.name, text, proof, command.reply_to, warning)


def milestone(state: RoomState, actor: Seat, command: Milestone, now: int) -> tuple[PostEvent, ...] | Refused:
    """Where one may write: nobody's share is broken into, not even by good news."""
    if (silenced := _silenced(state, actor, command.previous_at, now)) is not None:
        return silenced
    if not MESSAGE_ID.fullmatch(command.id) or command.kind not in MILESTONES:
        return Refused(Code.BAD_PAYLOAD)
    most = MILESTONES[command.kind]
    if command.count is not None if most is None else command.count is None or not 1 <= command.count <= most:
        return Refused(Code.BAD_PAYLOAD)
    if (waits := may_write(state, actor, None, 0, now)) is not None:
        return waits
    return (MilestoneReached(f"{actor.id}.{command.id}", actor.id, actor.name, command.kind, command.count),)


def react(state: RoomState, actor: Seat, command: React, now: int) -> tuple[PostEvent, ...] | Refused:
    if command.kind not in REACTIONS:
        return Refused(Code.BAD_PAYLOAD)
    if not PUBLIC_ID.fullmatch(command.to):
        return Refused(Code.NO_SUCH_MESSAGE)
    if actor.muted_until is not None and now < actor.muted_until:
        return Refused(Code.MUTED, actor.muted_until - now)
    if state.core.frozen and not may(actor, Action.POST_IN_FREEZE):
        return Refused(Code.FROZEN, FROZEN_RETRY_MS)
    return (Reacted(actor.id, command.to, command.kind),)


def retract(state: RoomState, actor: Seat, command: Retract, now: int) -> tuple[PostEvent, ...] | Refused:
    if not PUBLIC_ID.fullmatch(command.id):
        return Refused(Code.NO_SUCH_MESSAGE)
    if author_of(command.id) != actor.id and not may(actor, Action.RETRACT_ANY):
        return Refused(Code.NOT_YOURS)
    return (Retracted(command.id),)


def ask(state: RoomState, actor: Seat, command: Ask, now: int) -> tuple[PostEvent, ...] | Refused:
    """Whoever's turn it is: only those who lead read it."""
    if (silenced := _silenced(state, actor, None, now)) is not None:
        return silenced
    text = checked(command.text, MAX_QUESTION)
    return text if isinstance(text, Refused) else (QuestionAsked(command.question, text),)
