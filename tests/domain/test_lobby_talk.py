"""A word with somebody who waits in the lobby: begun by those who see it, answered by who waits, heard by nobody else."""

from __future__ import annotations

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.events import Audience, Hears, audience_of_post
from chatserver.domain.lobby_talk import MAX_ANSWER
from chatserver.domain.refusals import Code
from chatserver.domain.roles import Hat
from chatserver.domain.state import RoomState
from chatserver.domain.text import MAX_TEXT
from tests.domain.rooms import NOW, SECOND, accepted, after, circle, why_not

ROOM = after(circle(), "fay", c.AppointHat("ann", Hat.GREETER, True))
SPOKEN_TO = after(ROOM, "ann", c.SpeakTo("wes"))
ANSWER = c.LobbySay("m2", "I was here last week")


@pytest.mark.parametrize("seat", ["fay", "mo", "ann"])
def test_whoever_sees_the_lobby_writes_and_is_not_named(seat: str) -> None:
    (words,) = accepted(ROOM, seat, c.LobbySay("m1", "Hello, who are you?", "wes"))
    assert words == e.LobbyWords("wes", "m1", True, "Hello, who are you?")
    assert audience_of_post(words) == Audience(Hears.LOBBY, "wes")


def test_who_waits_answers_and_never_begins() -> None:
    assert why_not(ROOM, "wes", ANSWER) is Code.WAITING
    assert accepted(SPOKEN_TO, "wes", ANSWER) == (e.LobbyWords("wes", "m2", False, "I was here last week"),)
    assert why_not(SPOKEN_TO, "mia", ANSWER) is Code.WAITING, "it was said to another"
    assert accepted(SPOKEN_TO, "ann", c.SpeakTo("wes")) == ()


def test_who_waits_writes_to_nobody_else() -> None:
    assert why_not(SPOKEN_TO, "wes", c.LobbySay("m2", "hello", "mia")) is Code.NOT_ALLOWED


def test_an_answer_is_short_and_a_mute_holds_there_too() -> None:
    assert why_not(SPOKEN_TO, "wes", c.LobbySay("m2", "x" * (MAX_ANSWER + 1))) is Code.TOO_LONG
    assert accepted(ROOM, "mo", c.LobbySay("m1", "x" * MAX_TEXT, "wes"))
    assert why_not(after(SPOKEN_TO, "mo", c.Mute("wes", 60)), "wes", ANSWER) is Code.MUTED


def test_it_is_over_with_the_waiting() -> None:
    inside = after(SPOKEN_TO, "mo", c.Admit("wes"))
    assert why_not(inside, "mo", c.LobbySay("m3", "hello", "wes")) is Code.NO_SUCH_SEAT
    assert why_not(inside, "wes", ANSWER) is Code.NOT_ALLOWED
    assert why_not(after(inside, "mo", c.Sweep(5)), "wes", ANSWER) is Code.WAITING, "who waits again was not written to again"


def test_to_all_waiting_nothing_is_said_at_once() -> None:
    assert why_not(ROOM, "mo", c.LobbySay("m1", "hello")) is Code.NO_SUCH_SEAT


def test_a_greeter_leaves_the_marked_to_moderators() -> None:
    for command in (c.SpeakTo("mia"), c.LobbySay("m1", "hello", "mia")):
        assert why_not(ROOM, "ann", command) is Code.NOT_ALLOWED
        assert accepted(ROOM, "mo", command)


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (after(ROOM, "mo", c.Mute("ann", 60)), Code.MUTED),
        (after(ROOM, "mo", c.Freeze(True)), Code.FROZEN),
    ],
    ids=["muted", "frozen"],
)
def test_a_greeter_who_may_not_speak_does_not_speak_there_either(state: RoomState, code: Code) -> None:
    for command in (c.SpeakTo("wes"), c.LobbySay("m1", "hello", "wes")):
        assert why_not(state, "ann", command) is code
        assert accepted(state, "mo", command)


def test_where_nobody_leads_a_greeter_talks_with_nobody_who_waits() -> None:
    """Who waits could not report them."""
    state = after(circle(starts_at=NOW, unled_ms=15 * 60 * SECOND), "fay", c.AppointHat("ann", Hat.GREETER, True))
    for host in ("fay", "max", "mo"):
        state = after(state, host, c.Leave())
    for command in (c.SpeakTo("wes"), c.LobbySay("m1", "hello", "wes")):
        assert why_not(state, "ann", command) is Code.HELD
