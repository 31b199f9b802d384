"""First messages, read by those who lead before the others see them: whose, when, and that nothing of them is kept."""

from __future__ import annotations

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.events import HOSTS, Audience, Hears, audience_of_post
from chatserver.domain.refusals import Code
from chatserver.domain.roles import Hat, Role
from chatserver.domain.state import RoomState
from chatserver.wire.events import of_post
from tests.domain.rooms import NOW, OPEN, QUEUE, SECOND, SPEAKER, accepted, after, at, circle, joining, why_not

HELLO = c.Send("m1", "hello")
ON = after(circle(), "mo", c.FirstMessages(True, ("bob", "gone")))
INVITED = after(ON, None, joining("ivy", granted=Role.MEMBER))


def test_a_members_first_message_waits_for_those_who_lead() -> None:
    assert why_not(ON, "ann", HELLO) is Code.FIRST_MESSAGE
    (shown,) = accepted(ON, "ann", c.ShowFirst(c.Send("m1", "hello", warning="relapse")))
    assert shown == e.FirstMessage("ann", "m1", "Guest ann", "hello", "relapse")
    assert isinstance(shown, e.FirstMessage)
    assert audience_of_post(shown) == HOSTS
    assert not of_post(shown).kept


@pytest.mark.parametrize(
    ("state", "seat"),
    [
        (circle(), "ann"),
        (ON, "mo"),
        (ON, "bob"),  # has spoken before
        (INVITED, "ivy"),
        (after(ON, "fay", c.AppointHat("ann", Hat.READER, True)), "ann"),
        (after(after(after(ON, "mo", c.Leave()), "max", c.Leave()), "fay", c.Leave()), "ann"),  # nobody is there who could read it
        (after(ON, "mo", c.FirstMessages(False)), "ann"),
        (after(ON, "mo", c.LetThrough("ann")), "ann"),
    ],
    ids=["off", "who leads", "has spoken", "by invitation", "with a hat", "nobody leads", "off again", "let through"],
)
def test_all_else_goes_out_at_once(state: RoomState, seat: str) -> None:
    (message,) = accepted(state, seat, HELLO)
    assert isinstance(message, e.Message)


def test_who_has_shared_or_been_here_for_a_while_is_known_to_every_worker() -> None:
    shared = at(OPEN, after(after(at(QUEUE), "ann", c.Hand(True)), "ann", c.Done()))
    later = NOW + 11 * 60 * SECOND
    shared = after(after(shared, None, joining("new"), later), "mo", c.FirstMessages(True), later)
    assert [s.id for s in shared.seats.values() if not s.vouched] == ["wes", "mia", "new"], "who waits has not come in"
    just_now = after(at(OPEN, after(after(at(QUEUE), "ann", c.Hand(True)), "ann", c.Done())), "mo", c.FirstMessages(True))
    assert [s.id for s in just_now.seats.values() if s.vouched] == ["ann"]


def test_what_would_be_refused_anyway_is_shown_to_nobody() -> None:
    muted = after(ON, "mo", c.Mute("ann", 60))
    for command in (HELLO, c.ShowFirst(HELLO)):
        assert why_not(muted, "ann", command) is Code.MUTED
        assert why_not(at(SPEAKER, ON), "ann", command) is Code.NOT_YOUR_TURN


def test_one_that_is_sent_back_is_told_to_its_writer_who_may_write_again() -> None:
    (sent_back,) = accepted(ON, "mo", c.SendBack("ann", "m1"))
    assert isinstance(sent_back, e.SentBack)
    assert audience_of_post(sent_back) == Audience(Hears.HOSTS, "ann")
    assert why_not(ON, "ann", c.Send("m2", "hello again")) is Code.FIRST_MESSAGE
    assert why_not(ON, "mo", c.SendBack("gone", "m1")) is why_not(ON, "mo", c.LetThrough("wes")) is Code.NO_SUCH_SEAT


def test_it_still_waits_while_a_moderators_line_has_dropped() -> None:
    """Not for ever: after a minute nobody is there who could read it."""
    alone = after(after(ON, "fay", c.Leave()), "max", c.Leave())
    dropped = after(alone, None, c.GoneAway("mo", 1))
    assert why_not(dropped, "ann", HELLO, NOW + 59 * SECOND) is Code.FIRST_MESSAGE
    assert accepted(dropped, "ann", HELLO, NOW + 60 * SECOND)
