"""Who may do what, written out by hand from design/meetings.md ("What each kind of person can do"), and held against the rules.

Nothing here is read from `roles.py`: a slip there must show as a difference."""

from __future__ import annotations

import pytest
from hypothesis import given

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.poll import PollKind
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Hat, Role
from chatserver.domain.room import RULES, decide
from chatserver.domain.state import RoomState
from tests.domain.rooms import NOW, QUEUE, SILENCE, SPEAKER, accepted, after, at, circle, joining, why_not
from tests.domain.strategies import Move, many_moves, modest, rooms, steps, thorough

LISTENER = {c.Leave, c.Help, c.HelpSay, c.CloseCall, c.React, c.Retract, c.Report}
MEMBER = LISTENER | {c.Send, c.ShowFirst, c.Hand, c.Done, c.Pass, c.Welcome, c.Milestone, c.Ask, c.Vote}
KEEPS_TIME = {c.ExtendShare, c.GiveSign, c.ExtendSegment}
LEADS_THE_HOUR = KEEPS_TIME | {c.GiveFloor, c.MoveHand, c.Go, c.SetTopic, c.OpenPoll, c.ClosePoll, c.ClearPoll}
MODERATOR = (
    MEMBER
    | LEADS_THE_HOUR
    | {
        c.Mute,
        c.Unmute,
        c.Remove,
        c.Rename,
        c.Warn,
        c.ToListener,
        c.ToMember,
        c.Lock,
        c.Freeze,
        c.Lobby,
        c.FirstMessages,
        c.LetThrough,
        c.SendBack,
        c.Sweep,
        c.Admit,
        c.Deny,
        c.SpeakTo,
        c.LobbySay,
        c.Slow,
        c.TakeCall,
        c.TakeReport,
        c.CloseReport,
        c.HostSay,
    }
)
FACILITATOR = MODERATOR | {c.Appoint, c.AppointHat, c.Extend, c.Close}
MAY: dict[str, set[type]] = {"listener": LISTENER, "member": MEMBER, "moderator": MODERATOR, "facilitator": FACILITATOR}
# On top of the role, for whoever wears the hat. A successor's stands where nobody leads: see test_succession.py.
SERVICE: dict[str, set[type]] = {
    "greeter": {c.Admit, c.Deny, c.SpeakTo, c.LobbySay},
    "timekeeper": KEEPS_TIME,
    "reader": set(),
    "mentor": set(),
    "successor": {c.StepIn},
}
IN_THE_LOBBY = {c.Leave, c.Help, c.HelpSay, c.CloseCall, c.LobbySay}
NEVER_BY_A_SEAT = {c.Join, c.Return, c.GoneAway, c.StillHere, c.Tick, c.LastsUntil, c.LinkTried}

ON_A_PERSON = (c.Mute, c.Unmute, c.Remove, c.Rename, c.Warn, c.ToListener, c.ToMember, c.Appoint, c.AppointHat)
OVER: dict[str, set[str]] = {
    "facilitator": {"moderator", "member", "listener"},
    "moderator": {"member", "listener"},
    "member": set(),
    "listener": set(),
}
LEADS = {"facilitator", "moderator"}

SOMEBODY = {"facilitator": "fay", "moderator": "mo", "member": "ann", "listener": "liz"}


def room(holder: str = "ann") -> RoomState:
    """`holder` has the floor, if they can have it."""
    state = after(after(circle(), "mo", c.Mute("bob", 600)), "mo", c.Slow(5))
    state = after(state, "mo", c.OpenPoll(PollKind.AGREE))
    for caller in ("fay", "mo", "max", "ann", "liz", "wes"):
        state = after(state, caller, c.Help(f"h-{caller}", None))
    state = after(state, "mo", c.SpeakTo("wes"))
    state = after(state, "max", c.Report("r0", "bob.m1", None, None, None, "the words"))
    state = after(at(QUEUE, state), "fay" if holder == "fay" else "max", c.Hand(True))
    if holder == "fay":
        return after(state, "max", c.Hand(True))
    return state if holder == "liz" else after(after(state, "mo", c.GiveFloor(holder)), "max", c.Hand(True))


def asked_by(seat: str) -> list[c.Command]:
    """One command of each kind that a seat can ask for, on somebody who is under every host."""
    return [
        c.Leave(),
        c.Help("h1", "please"),
        c.HelpSay(f"h-{seat}", "m1", "thank you"),
        c.CloseCall(f"h-{seat}"),
        c.TakeCall("h-max"),
        c.TakeReport("r0"),
        c.CloseReport("r0", "acted"),
        c.HostSay("m1", "hello"),
        c.SpeakTo("wes"),
        c.LobbySay("m1", "hello", None if seat == "wes" else "wes"),
        c.Send("m1", "hello"),
        c.ShowFirst(c.Send("m1", "hello")),
        c.React("bob.m1", "hug"),
        c.Retract(f"{seat}.m1"),
        c.Report("r1", "bob.m1", None, None, None, "the words"),
        c.Mute("bob", 60),
        c.Unmute("bob"),
        c.Remove("bob"),
        c.Rename("bob", "Quiet River"),
        c.Warn("bob", "Please speak from “I”."),
        c.ToListener("bob"),
        c.ToMember("bob"),
        c.Appoint("bob", Role.MODERATOR),
        c.AppointHat("bob", Hat.READER, True),
        c.StepIn(),
        c.ExtendShare(60),
        c.GiveSign("soft"),
        c.ExtendSegment(300),
        c.Lock(True),
        c.Freeze(True),
        c.Lobby(True),
        c.FirstMessages(True),
        c.LetThrough("bob"),
        c.SendBack("bob", "m1"),
        c.Sweep(5),
        c.Admit("wes"),
        c.Deny("wes"),
        c.Slow(30),
        c.Extend(30),
        c.Close(),
        c.Hand(False),
        c.Done(),
        c.Pass(),
        c.Welcome(True),
        c.GiveFloor("ann" if seat != "ann" else "mo"),
        c.MoveHand("max", "first"),
        c.Go("next"),
        c.Milestone("m1", "again"),
        c.Ask("q1", "May I?"),
        c.SetTopic("Asking for help"),
        c.Vote(1, 0),
        c.ClosePoll(1),
        c.OpenPoll(PollKind.SCALE),
        c.ClearPoll(1),
    ]


def room_for(command: c.Command, seat: str) -> RoomState:
    """A room in which the command makes sense."""
    counted = isinstance(command, c.OpenPoll | c.ClearPoll)
    return after(room(seat), "mo", c.ClosePoll(1)) if counted else room(seat)


def test_every_command_of_a_seat_is_tried() -> None:
    assert {type(x) for x in asked_by("ann")} == set(RULES) - NEVER_BY_A_SEAT == set.union(*MAY.values(), *SERVICE.values())


@pytest.mark.parametrize("role", MAY)
def test_a_role_may_do_what_the_table_allows_and_nothing_else(role: str) -> None:
    for command in asked_by(SOMEBODY[role]):
        decision = decide(room_for(command, SOMEBODY[role]), SOMEBODY[role], command, NOW)
        assert isinstance(decision, Refused) is (type(command) not in MAY[role]), command


@pytest.mark.parametrize("role", MAY)
def test_what_a_role_may_not_do_is_refused_in_words_that_say_so(role: str) -> None:
    for command in asked_by(SOMEBODY[role]):
        if type(command) not in MAY[role]:
            expected = Code.LISTENING if isinstance(command, c.Send | c.ShowFirst | c.Milestone | c.Ask) else Code.NOT_ALLOWED
            assert why_not(room_for(command, SOMEBODY[role]), SOMEBODY[role], command) is expected


@pytest.mark.parametrize("role", ["member", "listener"])
@pytest.mark.parametrize("hat", SERVICE)
def test_a_hat_allows_what_the_table_says_on_top_of_the_role_and_nothing_else(hat: str, role: str) -> None:
    seat = SOMEBODY[role]
    for command in asked_by(seat):
        state = after(room_for(command, seat), "fay", c.AppointHat(seat, Hat(hat), True))
        decision = decide(state, seat, command, NOW)
        allowed = type(command) in MAY[role] | SERVICE[hat]
        if isinstance(command, c.StepIn) and allowed:
            assert decision == Refused(Code.LED)
        else:
            assert isinstance(decision, Refused) is not allowed, command


@pytest.mark.parametrize("hat", SERVICE)
def test_a_hat_that_is_taken_off_allows_nothing_any_more(hat: str) -> None:
    state = after(after(room(), "fay", c.AppointHat("ann", Hat(hat), True)), "fay", c.AppointHat("ann", Hat(hat), False))
    assert state == after(room(), "fay", c.AppointHat("bob", Hat(hat), False)), "as it was"


@pytest.mark.parametrize("hat", SERVICE)
def test_who_is_asked_to_listen_wears_no_hat(hat: str) -> None:
    state = after(after(room(), "fay", c.AppointHat("ann", Hat(hat), True)), "mo", c.ToListener("ann"))
    assert state.seats["ann"].hats == frozenset()


def test_only_a_reader_writes_where_speakers_do_and_only_there() -> None:
    state = after(at(SPEAKER), "fay", c.AppointHat("ann", Hat.READER, True))
    accepted(state, "ann", c.Send("m1", "Read out."))
    assert why_not(state, "bob", c.Send("m1", "Read out.")) is Code.NOT_YOUR_TURN
    for segment in (QUEUE, SILENCE):
        assert isinstance(decide(at(segment, state), "ann", c.Send("m1", "Read out."), NOW), Refused)


def test_a_greeter_leaves_the_marked_to_moderators() -> None:
    state = after(circle(), "fay", c.AppointHat("ann", Hat.GREETER, True))
    for command in (c.Admit("mia"), c.Deny("mia")):
        assert why_not(state, "ann", command) is Code.NOT_ALLOWED
    assert accepted(state, "ann", c.Deny(None)) == (e.Denied("wes"),)
    assert accepted(state, "ann", c.Admit("wes")) == (e.Admitted("wes", NOW),)
    assert accepted(state, "mo", c.Deny("mia"))


def test_one_who_waits_gets_no_hat() -> None:
    assert why_not(circle(), "fay", c.AppointHat("wes", Hat.GREETER, True)) is Code.NOT_ALLOWED


def test_one_who_waits_may_leave_and_call_for_help_and_nothing_else() -> None:
    for command in asked_by("wes"):
        decision = decide(room(), "wes", command, NOW)
        if type(command) in IN_THE_LOBBY:
            assert not isinstance(decision, Refused)
        else:
            assert decision == Refused(Code.WAITING)


def test_one_without_a_seat_may_do_nothing() -> None:
    for command in asked_by("gone"):
        assert why_not(room(), "gone", command) is Code.NOT_JOINED
        assert why_not(room(), None, command) is Code.NOT_JOINED


@pytest.mark.parametrize("actor", MAY)
@pytest.mark.parametrize("subject", MAY)
@pytest.mark.parametrize("kind", ON_A_PERSON, ids=lambda k: k.__name__)
def test_nobody_acts_on_an_equal_or_a_higher_role(actor: str, subject: str, kind: type) -> None:
    state = after(room(), None, joining("fred", granted=Role.FACILITATOR))
    seat = {"facilitator": "fred", "moderator": "max", "member": "bob", "listener": "liz"}[subject]
    command = next(x for x in asked_by("ann") if type(x) is kind)
    assert isinstance(command, ON_A_PERSON)
    on_them: dict[type, c.Command] = {
        c.Mute: c.Mute(seat, 60),
        c.Unmute: c.Unmute(seat),
        c.Remove: c.Remove(seat, True),
        c.Rename: c.Rename(seat, "Quiet River"),
        c.Warn: c.Warn(seat, "Please speak from “I”."),
        c.ToListener: c.ToListener(seat),
        c.ToMember: c.ToMember(seat),
        c.Appoint: c.Appoint(seat, Role.MEMBER),
        c.AppointHat: c.AppointHat(seat, Hat.READER, True),
    }
    decision = decide(state, SOMEBODY[actor], on_them[kind], NOW)
    if kind in MAY[actor] and subject in OVER[actor]:
        assert not isinstance(decision, Refused)
    else:
        assert decision == Refused(Code.NOT_ALLOWED)


def test_nobody_acts_on_themselves() -> None:
    for seat in SOMEBODY.values():
        for command in (c.Mute(seat, 1), c.Unmute(seat), c.Remove(seat), c.Rename(seat, "Quiet River"), c.Appoint(seat, Role.MODERATOR)):
            assert why_not(circle(), seat, command) is Code.NOT_ALLOWED


@thorough
@given(rooms(), many_moves())
def test_no_sequence_of_commands_lets_a_role_do_what_the_table_forbids(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked, keep_time=True):
        if isinstance(step.decision, Refused) or step.actor is None:
            continue
        actor = step.before.seats[step.actor]
        if actor.standing.value == "waiting":
            assert type(step.command) in IN_THE_LOBBY
        else:
            assert type(step.command) in MAY[actor.role.value].union(*(SERVICE[hat.value] for hat in actor.hats))
        if isinstance(step.command, ON_A_PERSON):
            assert step.before.seats[step.command.seat].role.value in OVER[actor.role.value]
        for event in step.decision:
            if isinstance(event, e.Retracted) and actor.role.value not in LEADS:
                assert event.id.startswith(actor.id + ".")
            if isinstance(event, e.Message | e.MilestoneReached | e.Reacted | e.HelpWords | e.HostWords | e.Voted):
                assert event.seat == actor.id
            if isinstance(event, e.Message | e.MilestoneReached):
                assert event.id.startswith(actor.id + ".")


@thorough
@given(rooms(), many_moves())
def test_nobody_comes_to_lead_but_by_a_key_or_a_facilitators_appointment(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked, keep_time=True):
        for seat in step.after.seats.values():
            before = step.before.seats.get(seat.id)
            if seat.role.value not in LEADS or (before is not None and before.role is seat.role):
                continue
            if isinstance(step.command, c.Join):
                assert step.command.granted is seat.role
            elif isinstance(step.command, c.StepIn):
                assert before is not None
                assert before.hats >= {Hat.SUCCESSOR}
                assert step.before.core.held
                assert (step.actor, seat.role) == (seat.id, Role.MODERATOR)
            else:
                assert isinstance(step.command, c.Appoint)
                assert (step.command.seat, step.command.role, seat.role) == (seat.id, Role.MODERATOR, Role.MODERATOR)
                assert step.actor is not None
                assert step.before.seats[step.actor].role is Role.FACILITATOR


@modest
@given(rooms(), many_moves())
def test_nobody_speaks_while_muted_or_listening_or_in_a_freeze(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked):
        if isinstance(step.command, c.Send | c.ShowFirst | c.Milestone | c.Ask) and not isinstance(step.decision, Refused):
            assert step.actor is not None
            actor = step.before.seats[step.actor]
            assert actor.role is not Role.LISTENER
            assert actor.muted_until is None or actor.muted_until <= step.now
            assert not step.before.core.frozen or actor.role.value in LEADS


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.MODERATOR])
@pytest.mark.parametrize("granted", [None, Role.MEMBER, Role.LISTENER])
def test_a_leading_role_asked_for_without_its_key_is_refused(role: Role, granted: Role | None) -> None:
    assert why_not(circle(), None, joining("new", role=role, granted=granted)) is Code.KEY_NEEDED


def test_a_moderators_key_makes_no_facilitator() -> None:
    seated = accepted(circle(), None, joining("new", role=Role.FACILITATOR, granted=Role.MODERATOR))[0]
    assert isinstance(seated, e.Seated)
    assert seated.seat.role is Role.MODERATOR


@pytest.mark.parametrize("role", [Role.FACILITATOR, Role.LISTENER])
def test_an_appointment_makes_moderators_and_members_only(role: Role) -> None:
    assert why_not(circle(), "fay", c.Appoint("ann", role)) is Code.NOT_ALLOWED


def test_one_who_waits_is_not_appointed() -> None:
    assert why_not(circle(), "fay", c.Appoint("wes", Role.MODERATOR)) is Code.NOT_ALLOWED


def test_an_appointed_moderator_may_do_what_moderators_may_and_no_longer_after_it_is_taken_back() -> None:
    state = after(circle(), "fay", c.Appoint("ann", Role.MODERATOR))
    assert accepted(state, "ann", c.Mute("bob", 60))
    state = after(state, "fay", c.Appoint("ann", Role.MEMBER))
    assert why_not(state, "ann", c.Mute("bob", 60)) is Code.NOT_ALLOWED
