"""What a host does shows nobody which of them did it: another host who does the same makes the very same events, and the same room."""

from __future__ import annotations

import json

import pytest

from chatserver.domain import commands as c
from chatserver.domain.events import Hears
from chatserver.domain.poll import PollKind
from chatserver.domain.roles import Action, Hat, Role
from chatserver.domain.room import RULES
from chatserver.domain.state import RoomState
from chatserver.wire.events import encode
from chatserver.wire.views import snapshot
from tests.domain.audience import wire_events
from tests.domain.rooms import NOW, QUEUE, accepted, after, at, circle, joining

# Two who may each do it, and neither of whom it is done to.
HOSTS, FACILITATORS = ("mo", "max"), ("fay", "fred")
OF_HOSTS = {
    *(Action.RETRACT_ANY, Action.MUTE, Action.REMOVE, Action.RENAME, Action.WARN, Action.TO_LISTENER, Action.LOCK, Action.FREEZE),
    *(Action.LOBBY, Action.ADMIT, Action.SLOW, Action.LEAD, Action.KEEP_TIME, Action.SEE_LOBBY, Action.FIRST_MESSAGES),
}
OF_FACILITATORS = {Action.APPOINT, Action.EXTEND, Action.CLOSE}


def room() -> RoomState:
    """ann has the floor, bob waits for it, max and mo are two moderators, fay and fred two facilitators."""
    state = after(circle(), None, joining("fred", granted=Role.FACILITATOR))
    return after(after(at(QUEUE, state), "ann", c.Hand(True)), "bob", c.Hand(True))


MUTED = after(room(), "fay", c.Mute("ann", 600))
ASKED = after(room(), "fay", c.OpenPoll(PollKind.AGREE))
COUNTED = after(ASKED, "fay", c.ClosePoll(1))

DONE: list[tuple[RoomState, c.Command]] = [
    (room(), c.Mute("ann", 60)),
    (MUTED, c.Unmute("ann")),
    (room(), c.Remove("ann", True, "a word", ("ann.m1",))),
    (room(), c.Remove("wes")),
    (room(), c.Rename("ann", "Quiet River")),
    (room(), c.Warn("ann", "Please speak from “I”.")),
    (room(), c.ToListener("ann", "You are welcome to read.")),
    (room(), c.ToMember("liz")),
    (room(), c.Retract("ann.m1")),
    (room(), c.Lock(True)),
    (room(), c.Freeze(True)),
    (room(), c.Lobby(True)),
    (room(), c.Admit("wes")),
    (room(), c.Deny("mia")),
    (room(), c.FirstMessages(True)),
    (room(), c.LetThrough("ann")),
    (room(), c.SendBack("ann", "m1")),
    (room(), c.SpeakTo("wes")),
    (room(), c.LobbySay("m1", "Hello, what brings you here?", "wes")),
    (room(), c.Slow(30)),
    (room(), c.GiveFloor("bob")),
    (room(), c.GiveFloor(None)),
    (room(), c.ExtendShare(60)),
    (room(), c.GiveSign("clear")),
    (room(), c.MoveHand("bob", "down")),
    (room(), c.Go("next")),
    (room(), c.SetTopic("Asking for help")),
    (room(), c.OpenPoll(PollKind.SCALE)),
    (ASKED, c.ClosePoll(1)),
    (COUNTED, c.ClearPoll(1)),
    (room(), c.Appoint("ann", Role.MODERATOR)),
    (room(), c.Appoint("mo", Role.MEMBER)),
    (room(), c.AppointHat("ann", Hat.GREETER, True)),
    (room(), c.ExtendSegment(300)),
    (room(), c.Extend(30)),
    (room(), c.Close()),
]


def test_all_that_hosts_do_is_tried() -> None:
    tried = {type(command) for _, command in DONE}
    assert tried == {kind for kind, row in RULES.items() if row.needs in OF_HOSTS | OF_FACILITATORS} | {c.Retract, c.Warn, c.LobbySay}
    assert {Role.MODERATOR, Role.FACILITATOR} == {room().seats[seat].role for seat in HOSTS + FACILITATORS}


def told(state: RoomState, actor: str, command: c.Command) -> list[object]:
    """All that comes of it: the wire events with their audiences, and what everybody's page shows then."""
    events, then = accepted(state, actor, command), after(state, actor, command)
    sent = [(event.audience, event.body) for event in wire_events(state, then, events)]
    return [*sent, *(encode(snapshot(then, seat)) for seat in then.seated())]


@pytest.mark.parametrize(("state", "command"), DONE, ids=lambda value: type(value).__name__)
def test_nothing_tells_which_of_them_it_was(state: RoomState, command: c.Command) -> None:
    one, other = FACILITATORS if RULES[type(command)].needs in OF_FACILITATORS else HOSTS
    assert told(state, one, command) == told(state, other, command)


@pytest.mark.parametrize(("state", "command"), DONE, ids=lambda value: type(value).__name__)
def test_nor_does_an_event_name_a_host(state: RoomState, command: c.Command) -> None:
    """Guards the test above against an event that would name some host or other. Who comes and goes in a list of all is no actor."""
    actor = FACILITATORS[0] if RULES[type(command)].needs in OF_FACILITATORS else HOSTS[1]
    for event in wire_events(state, after(state, actor, command), accepted(state, actor, command)):
        if event.audience.hears is not Hears.HOSTS:
            body = json.loads(event.body)
            assert actor not in json.dumps({key: value for key, value in body.items() if key not in ("hands", "waiting")}), body


def test_a_report_of_a_hosts_own_message_is_the_only_thing_that_names_one() -> None:
    """To other hosts. Writing is done under a name, by hosts too."""
    report = c.Report("r1", "mo.m1", None, None, None, "words")
    told = wire_events(room(), after(room(), "bob", report), accepted(room(), "bob", report, NOW))
    assert told
    for event in told:
        assert event.audience.hears is Hears.HOSTS
        assert event.audience.but == "mo"
