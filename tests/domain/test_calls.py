"""Calls for help and reports: always possible, taken by one, waiting again when that one goes, and never told to whom they are about."""

from __future__ import annotations

import json

import pytest
from hypothesis import given

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.call import Call
from chatserver.domain.calls import MAX_REPORTS, TAKER_AWAY_MS, call_of
from chatserver.domain.events import Audience, Hears, audience_of_post
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Role
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import RoomState
from chatserver.wire.events import of_facts
from chatserver.wire.views import snapshot
from tests.domain.rooms import NOW, accepted, after, circle, why_not
from tests.domain.strategies import Move, many_moves, modest, rooms, steps

ROOM = circle()
OPEN = after(ROOM, "ann", c.Help("h1", "please"))
TAKEN = after(OPEN, "mo", c.TakeCall("h1"))


def report(message: str = "mo.m1", id: str = "r1", reason: str | None = None) -> c.Report:
    return c.Report(id, message, reason, None, None, "the words")


REPORTED = after(ROOM, "ann", report())


class TestACall:
    @pytest.mark.parametrize(
        ("state", "seat"),
        [
            (ROOM, "ann"),
            (ROOM, "liz"),
            (ROOM, "mo"),
            (ROOM, "wes"),
            (ROOM, "mia"),
            (after(ROOM, "mo", c.Mute("ann", 600)), "ann"),
            (after(ROOM, "mo", c.Mute("wes", 600)), "wes"),
            (after(ROOM, "mo", c.Freeze(True)), "ann"),
            (after(ROOM, "mo", c.Slow(600)), "ann"),
            (after(ROOM, "mo", c.Lock(True)), "wes"),
        ],
    )
    def test_can_always_be_made_and_written_on(self, state: RoomState, seat: str) -> None:
        opened, words = accepted(state, seat, c.Help("h1", "please"))
        assert opened == e.CallOpened(Call("h1", seat, NOW))
        assert words == e.HelpWords("h1", seat, f"{seat}.h1", seat, f"Guest {seat}", "please")
        assert accepted(after(state, seat, c.Help("h1", None)), seat, c.HelpSay("h1", "m1", "still here"))

    @pytest.mark.parametrize("text", [None, "", "   ", "\n\x1f", "\u200b", "\u2800"])
    def test_needs_no_words(self, text: str | None) -> None:
        assert accepted(ROOM, "ann", c.Help("h1", text)) == (e.CallOpened(Call("h1", "ann", NOW)),)

    @pytest.mark.parametrize(("text", "code"), [("x" * 2_001, Code.TOO_LONG), ("half \ud83d", Code.BAD_TEXT)])
    def test_with_words_that_cannot_be_sent_is_answered_so(self, text: str, code: Code) -> None:
        assert why_not(ROOM, "ann", c.Help("h1", text)) is code
        assert why_not(OPEN, "ann", c.HelpSay("h1", "m1", text)) is code

    def test_a_second_one_adds_to_it(self) -> None:
        (words,) = accepted(OPEN, "ann", c.Help("h2", "are you there?"))
        assert isinstance(words, e.HelpWords)
        assert words.call == "h1"
        assert accepted(OPEN, "ann", c.Help("h2", None)) == ()
        assert len(after(OPEN, "bob", c.Help("h2", None)).calls) == 2

    def test_its_words_go_to_the_caller_and_those_who_hear_calls(self) -> None:
        (words,) = accepted(OPEN, "mo", c.HelpSay("h1", "m1", "I am here"))
        assert isinstance(words, e.HelpWords)
        assert audience_of_post(words) == Audience(Hears.HOSTS, "ann")

    @pytest.mark.parametrize("seat", ["bob", "liz", "wes"])
    def test_to_everybody_else_it_is_not_there(self, seat: str) -> None:
        for command in (c.HelpSay("h1", "m1", "hello"), c.CloseCall("h1")):
            assert why_not(OPEN, seat, command) is Code.NO_SUCH_CALL == why_not(ROOM, "mo", command)

    def test_is_taken_by_one(self) -> None:
        assert TAKEN.calls["h1"].taken_by == "mo"
        assert why_not(TAKEN, "max", c.TakeCall("h1")) is Code.TAKEN
        assert accepted(TAKEN, "mo", c.TakeCall("h1")) == ()
        assert accepted(TAKEN, "max", c.HelpSay("h1", "m1", "I can stay too"))

    def test_is_given_back_by_who_has_it_and_waits_for_all_again(self) -> None:
        assert accepted(TAKEN, "mo", c.TakeCall("h1", take=False)) == (e.CallWaits("h1"),)
        again = after(TAKEN, "mo", c.TakeCall("h1", take=False))
        assert again == OPEN
        assert accepted(again, "max", c.TakeCall("h1")) == (e.CallTaken("h1", "max"),)

    def test_is_given_back_by_nobody_else(self) -> None:
        assert why_not(TAKEN, "max", c.TakeCall("h1", take=False)) is Code.TAKEN
        assert accepted(OPEN, "max", c.TakeCall("h1", take=False)) == ()
        assert why_not(TAKEN, "ann", c.TakeCall("h1", take=False)) is Code.NOT_ALLOWED

    def test_is_not_taken_by_the_one_who_calls(self) -> None:
        assert why_not(after(ROOM, "mo", c.Help("h1", None)), "mo", c.TakeCall("h1")) is Code.NO_SUCH_CALL

    @pytest.mark.parametrize("seat", ["ann", "mo", "max"])
    def test_is_closed_by_the_caller_or_a_host_and_gone_then(self, seat: str) -> None:
        assert after(TAKEN, seat, c.CloseCall("h1")).calls == {}

    @pytest.mark.parametrize(
        ("actor", "command"), [("mo", c.Leave()), ("fay", c.Remove("mo")), ("fay", c.Appoint("mo", Role.MEMBER))], ids=str
    )
    def test_waits_again_when_who_took_it_has_gone(self, actor: str, command: c.Command) -> None:
        assert after(TAKEN, actor, command).calls["h1"].taken_by is None

    def test_and_when_they_are_away_for_half_a_minute(self) -> None:
        away = after(TAKEN, None, c.GoneAway("mo", 1))
        assert next_deadline(away) == NOW + TAKER_AWAY_MS
        assert accepted(away, None, c.Tick(), NOW + TAKER_AWAY_MS - 1) == ()
        assert accepted(away, None, c.Tick(), NOW + TAKER_AWAY_MS) == (e.CallWaits("h1"),)
        back = after(away, None, c.StillHere("mo", 1, ""), NOW + TAKER_AWAY_MS - 1)
        assert back.calls["h1"].taken_by == "mo"

    @pytest.mark.parametrize(
        ("seat", "actor", "command"),
        [("ann", "ann", c.Leave()), ("ann", "mo", c.Remove("ann")), ("wes", "mo", c.Deny("wes"))],
        ids=str,
    )
    def test_ends_when_the_caller_goes(self, seat: str, actor: str, command: c.Command) -> None:
        state = after(ROOM, seat, c.Help("h9", None))
        assert after(state, actor, command).calls == {}

    def test_outlives_the_admission(self) -> None:
        state = after(after(ROOM, "wes", c.Help("h9", None)), "mo", c.Admit("wes"))
        assert call_of(state, "wes") is not None


class TestAReport:
    def test_is_kept_without_its_words(self) -> None:
        assert "the words" not in repr(REPORTED)
        assert REPORTED.reports["r1"].about == "mo"

    def test_of_the_same_message_by_the_same_seat_is_the_same(self) -> None:
        assert after(REPORTED, "ann", report(id="r2", reason="very")).reports.keys() == {"r1"}
        assert after(REPORTED, "bob", report(id="r2")).reports.keys() == {"r1", "r2"}

    def test_to_whom_it_is_about_it_is_not_there(self) -> None:
        for command in (c.TakeReport("r1"), c.CloseReport("r1", "no_action")):
            assert why_not(REPORTED, "mo", command) is Code.NO_SUCH_REPORT
            assert accepted(REPORTED, "max", command)

    def test_is_taken_by_one_and_waits_again_when_that_one_goes(self) -> None:
        taken = after(REPORTED, "max", c.TakeReport("r1"))
        assert why_not(taken, "fay", c.TakeReport("r1")) is Code.TAKEN
        assert after(taken, "max", c.Leave()).reports["r1"].taken_by is None

    def test_is_given_back_by_who_has_it(self) -> None:
        taken = after(REPORTED, "max", c.TakeReport("r1"))
        assert accepted(taken, "max", c.TakeReport("r1", take=False)) == (e.ReportWaits("r1"),)
        assert why_not(taken, "fay", c.TakeReport("r1", take=False)) is Code.TAKEN
        assert accepted(REPORTED, "fay", c.TakeReport("r1", take=False)) == ()
        assert why_not(taken, "mo", c.TakeReport("r1", take=False)) is Code.NO_SUCH_REPORT, "not even to whom it is about"

    @pytest.mark.parametrize("outcome", ["acted", "no_action"])
    def test_its_outcome_is_told_to_who_reported_and_to_nobody_else(self, outcome: str) -> None:
        facts = accepted(REPORTED, "max", c.CloseReport("r1", outcome))
        told = [x for x in of_facts(REPORTED, after(REPORTED, "max", c.CloseReport("r1", outcome)), facts) if b"report_outcome" in x.body]
        assert [x.audience for x in told] == [Audience(Hears.SEAT, "ann")]
        assert json.loads(told[0].body)["outcome"] == outcome
        assert json.loads(told[0].body)["message"].startswith("Thank you.")

    def test_an_outcome_that_is_none_is_refused(self) -> None:
        assert why_not(REPORTED, "max", c.CloseReport("r1", "ignored")) is Code.BAD_PAYLOAD

    def test_one_seat_has_so_many_open_and_is_told_when_to_report_again(self) -> None:
        state = ROOM
        for n in range(MAX_REPORTS):
            state = after(state, "ann", report(f"bob.m{n}", f"r{n}"))
        refused = why_not(state, "ann", report("bob.more", "more"))
        assert refused is Code.TOO_FAST
        assert accepted(state, "ann", report("bob.m1", "again")), "what is open already can be added to"
        assert accepted(state, "bob", report("liz.m1", "another's"))


@modest
@given(rooms(), many_moves())
def test_a_report_is_never_heard_by_its_subject_whatever_happens(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked, keep_time=True):
        if isinstance(step.decision, Refused) or step.after.core.closed:
            continue
        about = {r.id: r.about for r in (*step.before.reports.values(), *step.after.reports.values())}
        for event in of_facts(step.before, step.after, step.decision):
            body = json.loads(event.body)
            if body["type"] in ("report", "report_changed"):
                assert event.audience == Audience(Hears.HOSTS, but=about[body["report"]])
            if body["type"] == "you":
                assert all(report["about"] != event.audience.seat for report in body.get("reports", ()))
        for seat in step.after.seated():
            assert all(report["about"] != seat.id for report in snapshot(step.after, seat).get("reports", ()))


@modest
@given(rooms(), many_moves())
def test_every_call_is_somebodys_who_is_there_and_taken_by_a_host_who_is(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked, keep_time=True):
        room = step.after
        callers = [call.seat for call in room.calls.values()]
        assert len(callers) == len(set(callers))
        if room.core.closed:
            continue
        assert set(callers) <= room.seats.keys()
        takers = {call.taken_by for call in room.calls.values()} | {report.taken_by for report in room.reports.values()}
        for taker in takers - {None}:
            assert room.seats[str(taker)].role in (Role.FACILITATOR, Role.MODERATOR)
