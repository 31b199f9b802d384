"""A named successor steps in where nobody leads, and gives it back."""

from __future__ import annotations

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.refusals import Code
from chatserver.domain.roles import Hat, Role
from chatserver.domain.state import RoomState, Standing
from tests.domain.rooms import NOW, SECOND, accepted, after, circle, joining, token, why_not

MINUTE = 60 * SECOND
UNLED = 15 * MINUTE
LEADER = joining("lead", granted=Role.MODERATOR)


def named(*seats: str) -> RoomState:
    """Those who may step in for the three that lead."""
    state = circle(unled_ms=UNLED)
    for seat in seats or ("bob",):
        state = after(state, "fay", c.AppointHat(seat, Hat.SUCCESSOR, True))
    return state


def left_alone(state: RoomState | None = None) -> RoomState:
    state = state or named()
    for host in ("fay", "mo", "max"):
        state = after(state, host, c.Leave())
    assert state.core.held
    return state


def roles(state: RoomState, *seats: str) -> list[Role]:
    return [state.seats[seat].role for seat in seats]


def test_who_steps_in_leads_and_the_hold_is_over() -> None:
    state = after(left_alone(), None, joining("new"))
    assert state.seats["new"].standing is Standing.WAITING
    assert accepted(state, "bob", c.StepIn()) == (e.SteppedIn("bob"), e.HoldEnded(), e.Admitted("new", NOW))
    state = after(state, "bob", c.StepIn())
    accepted(state, "bob", c.Mute("ann", 60))
    assert roles(state, "bob", "ann") == [Role.MODERATOR, Role.MEMBER]


def test_nobody_is_made_to_lead_by_time_alone() -> None:
    """They may not be looking, and a room that they are thought to lead would be open."""
    state = left_alone()
    for minute in range(1, 15):
        state = after(state, None, c.Tick(), NOW + minute * MINUTE)
        assert state.core.held
        assert state.seats["bob"].role is Role.MEMBER


def test_only_where_nobody_leads_and_only_who_is_named() -> None:
    assert why_not(named(), "bob", c.StepIn()) is Code.LED
    assert why_not(left_alone(), "ann", c.StepIn()) is Code.NOT_ALLOWED
    state = after(named(), "fay", c.AppointHat("bob", Hat.SUCCESSOR, False))
    assert why_not(left_alone(state), "bob", c.StepIn()) is Code.NOT_ALLOWED


def test_of_two_successors_the_first() -> None:
    state = after(left_alone(named("ann", "bob")), "bob", c.StepIn())
    assert why_not(state, "ann", c.StepIn()) is Code.LED


@pytest.mark.parametrize("granted", [Role.FACILITATOR, Role.MODERATOR])
def test_it_is_given_back_when_somebody_comes_who_leads(granted: Role) -> None:
    state = after(left_alone(), "bob", c.StepIn())
    assert e.SteppedBack("bob") in accepted(state, None, joining("lead", granted=granted))
    state = after(state, None, joining("lead", granted=granted))
    assert roles(state, "bob", "lead") == [Role.MEMBER, granted]
    assert not state.core.held
    assert state.seats["bob"].hats == {Hat.SUCCESSOR}, "and may step in again"
    assert after(after(state, "lead", c.Leave()), "bob", c.StepIn()).seats["bob"].role is Role.MODERATOR


def test_and_when_somebody_is_back_whose_line_had_dropped() -> None:
    state = after(after(named(), "fay", c.Leave()), "max", c.Leave())
    state = after(after(state, None, c.GoneAway("mo", 1)), None, c.Tick(), NOW + MINUTE)
    state = after(state, "bob", c.StepIn(), NOW + 2 * MINUTE)
    state = after(state, None, c.Return(token("mo")), NOW + 3 * MINUTE)
    assert roles(state, "bob", "mo") == [Role.MEMBER, Role.MODERATOR]


def test_a_listener_who_stepped_in_listens_again() -> None:
    state = after(left_alone(named("liz")), "liz", c.StepIn())
    accepted(state, "liz", c.Send("m1", "I am looking after the room."))
    assert after(state, None, LEADER).seats["liz"].role is Role.LISTENER


def test_a_greeter_lets_nobody_in_where_nobody_leads() -> None:
    state = left_alone(after(named(), "fay", c.AppointHat("ann", Hat.GREETER, True)))
    assert why_not(state, "ann", c.Admit("wes")) is Code.HELD
    assert why_not(state, "ann", c.Admit(None)) is Code.HELD
    assert accepted(after(state, "bob", c.StepIn()), "ann", c.Admit("wes")) == (e.Admitted("wes", NOW),)


def test_where_a_successor_goes_too_it_is_held_again() -> None:
    state = after(left_alone(named("ann", "bob")), "bob", c.StepIn())
    state = after(state, "bob", c.Leave(), NOW + MINUTE)
    assert state.core.held_until == NOW + MINUTE + UNLED
    assert after(state, "ann", c.StepIn(), NOW + MINUTE).seats["ann"].role is Role.MODERATOR


def test_who_stepped_in_is_under_a_facilitator_who_appoints_them() -> None:
    """Appointed at the same moment as it is given back."""
    state = after(after(left_alone(), "bob", c.StepIn()), None, joining("fred", granted=Role.FACILITATOR))
    state = after(state, "fred", c.Appoint("bob", Role.MODERATOR))
    assert state.seats["bob"].stands_in == ""
    assert after(state, None, LEADER).seats["bob"].role is Role.MODERATOR
