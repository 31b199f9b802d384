"""A rehearsal is the meeting itself with a fast clock: whatever the agenda and the floor set a time for comes so many times as soon."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain import commands as c
from chatserver.domain.agenda import Agenda
from chatserver.domain.floor import HELD_AWAY_MS
from chatserver.domain.poll import PollKind
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import RoomState
from tests.domain.rooms import CALLED, HOUR, NOW, OPEN, QUEUE, ROUND, SEGMENTS, SILENCE, after, circle
from tests.domain.strategies import modest

YEAR = 365 * 24 * HOUR
ROUNDED_MS = 4  # each time is a sum of whole milliseconds

SPEEDS = st.integers(1, 600)


def room(speed: int) -> RoomState:
    """It closes and forgets nobody while this is looked at: neither is of the agenda."""
    state = circle(closes_at=NOW + YEAR, grace_ms=YEAR)
    return after(replace(state, agenda=replace(state.agenda, speed=speed)), "wes", c.Leave())


def in_segment(speed: int, index: int, *hands: str) -> RoomState:
    state = after(after(room(speed), "mia", c.Leave()), "mo", c.Go(index))
    for hand in hands:
        state = after(state, hand, c.Hand(True))
    return state


def deadlines(state: RoomState, count: int) -> list[int]:
    """When something happens by itself, from now on, one after the other."""
    times: list[int] = []
    while len(times) < count and next_deadline(state) < NOW + YEAR // 2:
        times.append(next_deadline(state))
        state = after(state, None, c.Tick(), times[-1])
    return times


def plan(state: RoomState) -> list[int]:
    return [state.agenda.ends_at, *([] if state.floor.ends_at is None else [state.floor.ends_at])]


def poll_ends(state: RoomState) -> int:
    assert state.poll.ends_at is not None
    return state.poll.ends_at


def thawed(state: RoomState) -> RoomState:
    return after(after(state, "mo", c.Freeze(True)), "mo", c.Freeze(False))


TIMES: dict[str, Callable[[int], list[int]]] = {
    **{f"plan of {s.title}": lambda speed, n=n: plan(in_segment(speed, n, "ann")) for n, s in enumerate(SEGMENTS)},  # type: ignore[misc]
    "signs, last words and the next": lambda speed: deadlines(in_segment(speed, QUEUE, "ann", "bob", "max"), 6),
    "a round": lambda speed: deadlines(in_segment(speed, ROUND), 9),
    "where a host calls": lambda speed: deadlines(after(in_segment(speed, CALLED), "mo", c.GiveFloor("ann")), 2),
    "a silence": lambda speed: deadlines(in_segment(speed, SILENCE), 1),
    "more of a share": lambda speed: plan(after(in_segment(speed, QUEUE, "ann"), "mo", c.ExtendShare(90))),
    "more of a segment": lambda speed: plan(after(in_segment(speed, OPEN), "mo", c.ExtendSegment(300))),
    "on, and more of it": lambda speed: plan(after(room(speed), "mo", c.Go(ROUND, 300))),
    "a poll that is counted by itself": lambda speed: [poll_ends(after(room(speed), "mo", c.OpenPoll(PollKind.SCALE, None, (), 90)))],
    "a share after a freeze": lambda speed: plan(thawed(in_segment(speed, QUEUE, "ann"))),
}


@pytest.mark.parametrize("what", TIMES)
@modest
@given(speed=SPEEDS)
def test_every_time_of_the_meeting_comes_so_many_times_as_soon(what: str, speed: int) -> None:
    real, fast = TIMES[what](1), TIMES[what](speed)
    assert real, "something happens by itself"
    assert len(fast) == len(real)
    for at, sooner in zip(real, fast, strict=True):
        assert abs((at - NOW) / speed - (sooner - NOW)) <= ROUNDED_MS * len(real)


@modest
@given(SPEEDS)
def test_a_line_that_drops_in_a_rehearsal_drops_for_as_long_as_ever(speed: int) -> None:
    alone = after(in_segment(speed, QUEUE, "ann"), None, c.GoneAway("ann", 1))
    assert HELD_AWAY_MS + NOW in [at for at in deadlines(alone, 10) if at > NOW + 60_000]


def test_a_real_meeting_has_no_speed() -> None:
    assert Agenda().speed == 1
