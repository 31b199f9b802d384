"""A private warning, and the kind move to listener: to one seat alone, and under nobody's name."""

from __future__ import annotations

import json

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.events import Hears, only
from chatserver.domain.refusals import Code
from chatserver.domain.roles import Role
from chatserver.domain.state import RoomState
from tests.domain.audience import wire_events
from tests.domain.rooms import QUEUE, accepted, after, at, circle, why_not

WORD = "You are welcome to read."


def private(state: RoomState, actor: str, command: c.Command) -> list[dict[str, object]]:
    """The `word` events, each of which reaches ann alone."""
    events = accepted(state, actor, command)
    words = [event for event in wire_events(state, after(state, actor, command), events) if json.loads(event.body)["type"] == "word"]
    assert all(event.audience == only("ann") and event.kept for event in words)
    return [json.loads(event.body) for event in words]


def test_a_warning_reaches_one_seat_and_says_nothing_of_whose_it_is() -> None:
    assert accepted(circle(), "mo", c.Warn("ann", "  Please speak from “I”. ")) == (e.Warned("ann", "Please speak from “I”."),)
    told = private(circle(), "mo", c.Warn("ann", "Please speak from “I”."))
    assert told == [{"type": "word", "about": "warning", "text": "Please speak from “I”."}]


@pytest.mark.parametrize(
    ("text", "code"), [("", Code.EMPTY), ("\u200b", Code.EMPTY), ("x" * 501, Code.TOO_LONG), ("\ud83d", Code.BAD_TEXT)]
)
def test_a_warning_has_words(text: str, code: Code) -> None:
    assert why_not(circle(), "mo", c.Warn("ann", text)) is code


@pytest.mark.parametrize("command", [c.Warn("wes", "hello"), c.ToListener("wes"), c.ToMember("wes")], ids=lambda x: type(x).__name__)
def test_not_one_who_waits_in_the_lobby(command: c.Command) -> None:
    assert why_not(circle(), "mo", command) is Code.NOT_ALLOWED


def test_a_listener_reads_and_reacts_and_writes_no_more() -> None:
    state = after(circle(), "mo", c.ToListener("ann"))
    assert state.seats["ann"].role is Role.LISTENER
    assert why_not(state, "ann", c.Send("m1", "but")) is Code.LISTENING
    accepted(state, "ann", c.React("bob.m1", "hug"))
    accepted(state, "ann", c.Help("h1", None))
    state = after(state, "mo", c.ToMember("ann"))
    accepted(state, "ann", c.Send("m1", "thank you"))


def test_the_word_goes_with_the_move_to_that_seat_alone() -> None:
    assert private(circle(), "mo", c.ToListener("ann", WORD)) == [{"type": "word", "about": "listener", "text": WORD}]
    assert private(circle(), "mo", c.ToListener("ann")) == []
    assert private(circle(), "mo", c.ToListener("ann", "  ")) == []
    state = circle()
    events = wire_events(state, after(state, "mo", c.ToListener("ann", WORD)), accepted(state, "mo", c.ToListener("ann", WORD)))
    assert [WORD in event.body.decode() for event in events if event.audience.hears is not Hears.SEAT] == [False]


def test_of_two_hosts_at_once_neither_word_is_lost() -> None:
    state = after(circle(), "mo", c.ToListener("ann", WORD))
    assert accepted(state, "max", c.ToListener("ann")) == ()
    assert private(state, "max", c.ToListener("ann", "Rest a little.")) == [{"type": "word", "about": "listener", "text": "Rest a little."}]


def test_whose_turn_it_was_gives_it_to_the_next() -> None:
    state = after(after(at(QUEUE), "ann", c.Hand(True)), "bob", c.Hand(True))
    assert state.floor.seat == "ann"
    assert after(state, "mo", c.ToListener("ann")).floor.seat == "bob"


def test_a_hand_that_was_up_is_down() -> None:
    state = after(after(at(QUEUE), "bob", c.Hand(True)), "ann", c.Hand(True))
    state = after(state, "mo", c.ToListener("ann"))
    assert state.seats["ann"].hand is None
    assert after(state, "bob", c.Done()).floor.seat is None


def test_a_facilitator_moves_a_moderator_too() -> None:
    assert after(circle(), "fay", c.ToListener("mo")).seats["mo"].role is Role.LISTENER
