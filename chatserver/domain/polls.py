"""Asking everybody at once: a show of hands, a choice, a scale. Only totals are kept, and only totals are ever shown.

Who has voted is known, so that nobody votes twice; what they chose is not. A vote is for good: to change it, somebody must know it.
"""

from __future__ import annotations

from dataclasses import replace

from chatserver.domain.commands import ClearPoll, ClosePoll, OpenPoll, Vote
from chatserver.domain.events import FactEvent, PollClosed, PollOpened, PollPutAway, Voted
from chatserver.domain.poll import Poll, PollKind, Result
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import RoomState, Seat
from chatserver.domain.text import checked, optional

MAX_QUESTION = 200
MAX_OPTION = 80
MAX_OPTIONS = 8
SCALE = 5  # steps
ENOUGH = 5  # votes: below that, numbers would be names
ANSWERS = {PollKind.AGREE: 2, PollKind.HANDS: 2, PollKind.SCALE: SCALE}  # of a choice: as many as its options
NEEDS_QUESTION = frozenset({PollKind.HANDS, PollKind.CHOICE})

Decided = tuple[FactEvent, ...] | Refused


def open_(state: RoomState, actor: Seat, command: OpenPoll, now: int) -> Decided:
    if is_open(state.poll):
        return Refused(Code.POLL_RUNNING)
    question = optional(command.question, MAX_QUESTION)
    if isinstance(question, Refused):
        return question
    if question is None and command.kind in NEEDS_QUESTION:
        return Refused(Code.EMPTY)
    options = tuple(checked(option, MAX_OPTION) for option in command.options)
    for option in options:
        if isinstance(option, Refused):
            return option
    if (2 <= len(options) <= MAX_OPTIONS) is not (command.kind is PollKind.CHOICE) or len(set(options)) < len(options):
        return Refused(Code.BAD_PAYLOAD)
    made = Poll(
        number=state.poll.number + 1,
        kind=command.kind.value,
        question=question or "",
        options=tuple(str(option) for option in options),
        counts=(0,) * ANSWERS.get(command.kind, len(options)),
        ends_at=now + state.agenda.ms(command.seconds) if command.seconds else None,
    )
    return (PollOpened(made),)


def vote(state: RoomState, actor: Seat, command: Vote, now: int) -> Decided:
    poll = state.poll
    if command.poll != poll.number or not is_open(poll) or not 0 <= command.choice < len(poll.counts):
        return Refused(Code.NO_SUCH_POLL)
    return Refused(Code.VOTED) if actor.voted == poll.number else (Voted(actor.id, command.choice),)


def close(state: RoomState, actor: Seat, command: ClosePoll, now: int) -> Decided:
    if command.poll != state.poll.number or not state.poll.kind:
        return Refused(Code.NO_SUCH_POLL)
    return (PollClosed(),) if is_open(state.poll) else ()


def clear(state: RoomState, actor: Seat, command: ClearPoll, now: int) -> Decided:
    if command.poll != state.poll.number or is_open(state.poll):
        return Refused(Code.NO_SUCH_POLL)
    return (PollPutAway(),) if state.poll.kind else ()


def is_open(poll: Poll) -> bool:
    return bool(poll.kind) and not poll.result


def due(poll: Poll, now: int) -> tuple[FactEvent, ...]:
    return (PollClosed(),) if is_open(poll) and poll.ends_at is not None and now >= poll.ends_at else ()


def deadlines(poll: Poll) -> list[int]:
    return [poll.ends_at] if is_open(poll) and poll.ends_at is not None else []


# --- evolve


def with_vote(poll: Poll, choice: int) -> Poll:
    counts = tuple(count + (n == choice) for n, count in enumerate(poll.counts))
    return replace(poll, counts=counts, voted=poll.voted + 1)


def counted(poll: Poll) -> Poll:
    """Closed. What is not to be shown is not kept either.

    Where all chose one answer, or all but one, that is all that is told: "all" would say what each chose, and only if one other counts as
    "nearly all" too does the word not mean just that."""
    most = max(range(len(poll.counts)), key=poll.counts.__getitem__)
    if poll.voted < ENOUGH:
        return replace(poll, counts=(), result=Result.FEW.value, ends_at=None)
    if poll.counts[most] >= poll.voted - 1:
        return replace(poll, counts=(), result=Result.NEARLY_ALL.value, most=most, ends_at=None)
    return replace(poll, result=Result.COUNTS.value, ends_at=None)


def put_away(poll: Poll) -> Poll:
    """Nothing of it is left but its number, by which the next is another."""
    return Poll(number=poll.number)
