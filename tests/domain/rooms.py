"""Rooms for tests, made only by what can be asked of a room."""

from __future__ import annotations

import hashlib
from typing import cast

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.agenda import Agenda
from chatserver.domain.formats import Mode, Segment
from chatserver.domain.poll import NO_POLL
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Role
from chatserver.domain.room import decide, evolved
from chatserver.domain.state import AGENDA, CALL, CORE, FLOOR, NAME, POLL, REPORT, SEAT, Core, Entry, RoomState, with_core

NOW = 1_795_296_400_000
HOUR = 3_600_000
SECOND = 1_000
GRACE = 600_000
PROOF_KEY = b"p" * 32


# One of each kind; the share of a minute, the silence of two.
SEGMENTS = (
    Segment("Welcome", 5, Mode.OPEN),
    Segment("Sharing", 30, Mode.QUEUE, cross_talk=True, share_seconds=60),
    Segment("Check-in", 15, Mode.ROUND, share_seconds=60, asks="How are you here today?"),
    Segment("Topic", 5, Mode.SPEAKER),
    Segment("Quiet", 2, Mode.SILENCE),
    Segment("Called", 10, Mode.QUEUE, share_seconds=60, hand_over=False),
    Segment("Fellowship", 10, Mode.OPEN, after=True),
)
OPEN, QUEUE, ROUND, SPEAKER, SILENCE, CALLED, LAST = range(len(SEGMENTS))


def at(segment: int, state: RoomState | None = None, now: int = NOW) -> RoomState:
    """The circle, or another room, in a segment that begins now."""
    return after(state or circle(), "mo", c.Go(segment), now)


def entries_of(state: RoomState) -> dict[str, Entry]:
    """Every entry of the state, by key."""
    entries: dict[str, Entry] = {CORE: state.core, AGENDA: state.agenda, FLOOR: state.floor}
    if state.poll != NO_POLL:  # before the first, there is no entry of it
        entries[POLL] = state.poll
    entries.update({SEAT + k: v for k, v in state.seats.items()})
    entries.update({NAME + k: v for k, v in state.names.items()})
    entries.update({CALL + k: v for k, v in state.calls.items()})
    entries.update({REPORT + k: v for k, v in state.reports.items()})
    return entries


def empty(**changes: object) -> RoomState:
    core = Core(
        slug="evening",
        title="Evening circle",
        group="demo",
        group_name="Demo group",
        format="open-circle",
        guidelines=("Speak from “I”.",),
        opening="b7c1",
        opened_at=NOW - SECOND,
        closes_at=NOW + HOUR,
        capacity=20,
        grace_ms=GRACE,
        away_ms=5_000,
        tag_key=b"t" * 16,
        proof_key=PROOF_KEY,
    )
    return with_core(RoomState(core, agenda=Agenda(SEGMENTS)), **changes)


def token(seat: str) -> bytes:
    return hashlib.sha256(seat.encode()).digest()


def joining(
    seat: str,
    name: str | None = None,
    role: Role | None = None,
    *,
    granted: Role | None = None,
    tag: int | None = None,
    knock: bool = False,
    offers: tuple[str, ...] = (),
) -> c.Join:
    """`name` is by default one that is the seat's own."""
    return c.Join(seat, token(seat), name or (None if offers else f"Guest {seat}"), offers, role, granted, tag, knock)


def after(state: RoomState, actor: str | None, command: c.Command, now: int = NOW) -> RoomState:
    """The state that an accepted command leads to."""
    decision = decide(state, actor, command, now)
    assert not isinstance(decision, Refused), decision
    return evolved(state, decision)


def accepted(state: RoomState, actor: str | None, command: c.Command, now: int = NOW) -> tuple[e.Event, ...]:
    decision = decide(state, actor, command, now)
    assert not isinstance(decision, Refused), decision
    return decision


def refused(state: RoomState, actor: str | None, command: c.Command, now: int = NOW) -> Refused:
    decision = decide(state, actor, command, now)
    assert isinstance(decision, Refused), decision
    return decision


def why_not(state: RoomState, actor: str | None, command: c.Command, now: int = NOW) -> Code:
    return refused(state, actor, command, now).code


def circle(**changes: object) -> RoomState:
    """A room with somebody of each role: fay (facilitator), mo and max (moderators), ann and bob (members), liz (listener);
    and in the lobby wes, and mia, who is marked (network 7 is banned)."""
    state = empty(**changes)
    for join in (
        joining("fay", granted=Role.FACILITATOR),
        joining("mo", granted=Role.MODERATOR),
        joining("max", granted=Role.MODERATOR),
        joining("ann", tag=1),
        joining("bob", tag=2),
        joining("liz", role=Role.LISTENER, tag=3),
        joining("tro", tag=7),
        joining("wes", knock=True, tag=4),
    ):
        state = after(state, None, join)
    state = after(state, "mo", c.Remove("tro", ban=True))
    return after(state, None, joining("mia", tag=7))


def only_event(events: tuple[e.Event, ...]) -> e.Event:
    assert len(events) == 1, events
    return events[0]


def message_of(state: RoomState, seat: str, text: str, message: str = "m1", now: int = NOW) -> e.Message:
    return cast(e.Message, only_event(accepted(state, seat, c.Send(message, text), now)))
