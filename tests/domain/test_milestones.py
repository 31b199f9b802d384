"""Milestones: announced where one may write, celebrated by all, starting again like any other."""

from __future__ import annotations

import json

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.refusals import Code
from chatserver.wire.events import of_post
from tests.domain.rooms import NOW, OPEN, QUEUE, ROUND, SILENCE, SPEAKER, accepted, after, at, circle, refused, why_not


@pytest.mark.parametrize(("kind", "count"), [("first", None), ("again", None), ("days", 1), ("days", 999), ("months", 9), ("years", 99)])
def test_each_is_told_to_all_in_the_same_way(kind: str, count: int | None) -> None:
    (said,) = accepted(circle(), "ann", c.Milestone("m1", kind, count))
    assert said == e.MilestoneReached("ann.m1", "ann", "Guest ann", kind, count)
    sent = of_post(said)
    assert json.loads(sent.body) == {"type": "milestone", "id": "ann.m1", "seat": "ann", "name": "Guest ann", "kind": kind, "count": count}
    assert (sent.kept, sent.message) == (True, "ann.m1"), "who was away for a moment sees it, and it can be taken back"


@pytest.mark.parametrize(
    ("kind", "count"),
    [("days", None), ("days", 0), ("days", 1_000), ("months", 100), ("years", -1), ("first", 1), ("again", 3), ("hours", 1), ("", None)],
)
def test_what_makes_no_sense_is_refused(kind: str, count: int | None) -> None:
    assert why_not(circle(), "ann", c.Milestone("m1", kind, count)) is Code.BAD_PAYLOAD


@pytest.mark.parametrize(
    ("segment", "code"),
    [(OPEN, None), (QUEUE, Code.NOT_YOUR_TURN), (ROUND, Code.NOT_YOUR_TURN), (SPEAKER, Code.NOT_YOUR_TURN), (SILENCE, Code.SILENCE)],
)
def test_nobody_is_interrupted_by_one(segment: int, code: Code | None) -> None:
    state = at(segment)
    if code is None:
        assert accepted(state, "bob", c.Milestone("m1", "again"))
    else:
        assert why_not(state, "bob", c.Milestone("m1", "again")) is code


def test_in_one_s_own_turn_it_may_be_said() -> None:
    state = after(at(QUEUE), "bob", c.Hand(True))
    assert accepted(state, "bob", c.Milestone("m1", "days", 30))


def test_the_muted_the_frozen_and_those_in_slow_mode_wait() -> None:
    asked = c.Milestone("m1", "again", previous_at=NOW - 1_000)
    assert why_not(after(circle(), "mo", c.Mute("ann", 60)), "ann", asked) is Code.MUTED
    assert why_not(after(circle(), "mo", c.Freeze(True)), "ann", asked) is Code.FROZEN
    slow = refused(after(circle(), "mo", c.Slow(30)), "ann", asked)
    assert (slow.code, slow.retry_after_ms) == (Code.SLOW, 29_000)
    assert why_not(circle(), "liz", asked) is Code.LISTENING


def test_all_may_celebrate_it_listeners_too() -> None:
    for seat in ("ann", "bob", "liz", "mo"):
        assert accepted(circle(), seat, c.React("ann.m1", "celebrate")) == (e.Reacted(seat, "ann.m1", "celebrate"),)
    for segment in (QUEUE, ROUND, SPEAKER, SILENCE):
        assert accepted(at(segment), "liz", c.React("ann.m1", "celebrate")), "quietly, whoever's turn it is"


def test_it_is_taken_back_by_its_own_or_a_host() -> None:
    assert accepted(circle(), "ann", c.Retract("ann.m1"))
    assert accepted(circle(), "mo", c.Retract("ann.m1"))
    assert why_not(circle(), "bob", c.Retract("ann.m1")) is Code.NOT_YOURS
