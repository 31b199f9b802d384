"""Messages, reactions, retractions, and reports with their proofs."""

from __future__ import annotations

import dataclasses

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.call import Call, Report
from chatserver.domain.events import audience_of_post
from chatserver.domain.posts import REACTIONS, author_of, proof_of
from chatserver.domain.refusals import Code
from chatserver.domain.state import RoomState, with_core
from chatserver.wire.events import of_post
from tests.domain.rooms import PROOF_KEY, QUEUE, accepted, after, at, circle, message_of, only_event, why_not

ROOM = circle()


def report_of(
    message: str, text: str | None = None, proof: str | None = None, known: str | None = None, reason: str | None = None
) -> c.Report:
    return c.Report("r1", message, reason, text, proof, known)


def reported(state: RoomState, seat: str, command: c.Report) -> e.Reported:
    event = only_event(accepted(state, seat, command))
    assert isinstance(event, e.Reported)
    return event


class TestSend:
    def test_a_message_bears_its_seat_in_its_name_and_the_name_of_the_moment(self) -> None:
        message = message_of(ROOM, "ann", "hello", "m-1_A")
        assert (message.id, message.seat, message.name, message.text) == ("ann.m-1_A", "ann", "Guest ann", "hello")
        assert author_of(message.id) == "ann"

    def test_two_members_with_one_id_do_not_meet(self) -> None:
        assert message_of(ROOM, "ann", "one", "x").id != message_of(ROOM, "bob", "two", "x").id

    @pytest.mark.parametrize("message", ["", "a b", "a.b", "bob.m1", "ä", "x" * 65, "x\n", "../x"])
    def test_an_id_that_is_none_is_refused(self, message: str) -> None:
        assert why_not(ROOM, "ann", c.Send(message, "hello")) is Code.BAD_PAYLOAD

    @pytest.mark.parametrize("to", ["m1", "bob.", ".m1", "bob.m.1", "bob m1", "x" * 200])
    def test_a_reply_to_what_is_no_message_is_refused(self, to: str) -> None:
        assert why_not(ROOM, "ann", c.Send("m1", "hello", reply_to=to)) is Code.NO_SUCH_MESSAGE
        assert why_not(ROOM, "ann", c.React(to, "hug")) is Code.NO_SUCH_MESSAGE
        assert why_not(ROOM, "ann", c.Retract(to)) is Code.NO_SUCH_MESSAGE
        assert why_not(ROOM, "ann", report_of(to, known="words")) is Code.NO_SUCH_MESSAGE

    def test_reaches_everybody_inside(self) -> None:
        assert audience_of_post(message_of(ROOM, "ann", "hello")) == e.EVERYBODY


class TestReactions:
    @pytest.mark.parametrize("kind", ["with_you", "thank_you", "me_too", "hug", "candle", "celebrate"])
    @pytest.mark.parametrize("seat", ["ann", "liz"])
    def test_the_quiet_ones_are_everybodys(self, kind: str, seat: str) -> None:
        assert accepted(ROOM, seat, c.React("bob.m1", kind)) == (e.Reacted(seat, "bob.m1", kind),)

    @pytest.mark.parametrize("kind", ["", "HUG", "laugh", "👎", "hug\n"])
    def test_there_are_no_others(self, kind: str) -> None:
        assert why_not(ROOM, "ann", c.React("bob.m1", kind)) is Code.BAD_PAYLOAD
        assert set(REACTIONS) == {"with_you", "thank_you", "me_too", "hug", "candle", "celebrate"}


class TestQuestions:
    def test_one_is_read_by_those_who_lead_without_a_name(self) -> None:
        (asked,) = accepted(ROOM, "ann", c.Ask("q1", " May I? "))
        assert asked == e.QuestionAsked("q1", "May I?")
        assert isinstance(asked, e.QuestionAsked)
        assert e.audience_of_post(asked) == e.HOSTS
        assert "ann" not in of_post(asked).body.decode()

    @pytest.mark.parametrize(("text", "code"), [("", Code.EMPTY), ("x" * 501, Code.TOO_LONG), ("half \ud83d", Code.BAD_TEXT)])
    def test_its_words_are_checked(self, text: str, code: Code) -> None:
        assert why_not(ROOM, "ann", c.Ask("q1", text)) is code

    def test_while_another_shares_too_but_not_by_one_who_is_muted(self) -> None:
        assert accepted(at(QUEUE), "ann", c.Ask("q1", "May I?"))
        assert why_not(after(ROOM, "mo", c.Mute("ann", 60)), "ann", c.Ask("q1", "May I?")) is Code.MUTED


class TestRetract:
    @pytest.mark.parametrize("seat", ["ann", "liz", "mo", "fay"])
    def test_everybody_takes_back_their_own(self, seat: str) -> None:
        assert accepted(ROOM, seat, c.Retract(f"{seat}.m1")) == (e.Retracted(f"{seat}.m1"),)

    @pytest.mark.parametrize("seat", ["ann", "liz"])
    @pytest.mark.parametrize("message", ["bob.m1", "an.m1", "annn.m1", "Ann.m1", "gone.m1", "mo.m1"])
    def test_nobody_takes_back_anothers(self, seat: str, message: str) -> None:
        assert why_not(ROOM, seat, c.Retract(message)) is Code.NOT_YOURS

    @pytest.mark.parametrize("seat", ["mo", "fay"])
    @pytest.mark.parametrize("message", ["bob.m1", "gone.m1"])
    def test_a_host_takes_back_any(self, seat: str, message: str) -> None:
        assert accepted(ROOM, seat, c.Retract(message)) == (e.Retracted(message),)


class TestReport:
    SAID = message_of(ROOM, "bob", "You should just give up.\n🌧️")

    def test_carries_the_words_with_their_proof(self) -> None:
        event = reported(ROOM, "ann", report_of(self.SAID.id, self.SAID.text, self.SAID.proof, reason=" unkind "))
        assert (event.report.seat, event.report.message_id, event.report.about, event.name) == ("ann", "bob.m1", "bob", "Guest bob")
        assert (event.text, event.reason) == (self.SAID.text, "unkind")

    def test_or_without_them_what_the_window_still_has(self) -> None:
        assert reported(ROOM, "ann", report_of(self.SAID.id, known="as it was said")).text == "as it was said"

    def test_needs_the_words_from_somewhere(self) -> None:
        assert why_not(ROOM, "ann", report_of(self.SAID.id)) is Code.NO_SUCH_MESSAGE

    @pytest.mark.parametrize(
        ("message", "text", "proof"),
        [
            ("bob.m1", SAID.text + " ", SAID.proof),
            ("bob.m1", SAID.text[:-1], SAID.proof),
            ("bob.m1", "", SAID.proof),
            ("bob.m1", None, SAID.proof),
            ("bob.m1", SAID.text, None),
            ("bob.m1", SAID.text, ""),
            ("bob.m1", SAID.text, SAID.proof[:-1]),
            ("bob.m1", SAID.text, SAID.proof.upper() + "é"),
            ("bob.m1", SAID.text, "0" * 32),
            ("bob.m2", SAID.text, SAID.proof),
            ("mo.m1", SAID.text, SAID.proof),
            ("bob.m1", "half \ud83d", SAID.proof),
            ("bob.m1", SAID.text, "\ud83d"),
        ],
    )
    def test_of_words_that_were_not_said_is_refused_even_if_the_window_knows_them(
        self, message: str, text: str | None, proof: str | None
    ) -> None:
        assert why_not(ROOM, "ann", report_of(message, text, proof, known=self.SAID.text)) is Code.BAD_PROOF

    @pytest.mark.parametrize("change", [{"proof_key": b"q" * 32}, {"opening": "b7c2"}])
    def test_of_words_from_another_meeting_is_refused(self, change: dict[str, object]) -> None:
        elsewhere = with_core(ROOM, **change)
        assert why_not(elsewhere, "ann", report_of(self.SAID.id, self.SAID.text, self.SAID.proof)) is Code.BAD_PROOF

    def test_parts_of_a_proof_cannot_be_shifted_into_each_other(self) -> None:
        assert proof_of(PROOF_KEY, "b7c1", "bob.m1", "x") != proof_of(PROOF_KEY, "b7c1", "bob.m", "1x")
        assert proof_of(PROOF_KEY, "b7c1", "bob.m1", "x") != proof_of(PROOF_KEY, "b7c", "1bob.m1", "x")

    def test_outlives_the_author(self) -> None:
        gone = after(ROOM, "bob", c.Leave())
        event = reported(gone, "ann", report_of(self.SAID.id, self.SAID.text, self.SAID.proof))
        assert (event.report.about, event.name) == ("bob", None)

    @pytest.mark.parametrize("reason", [None, "", "   ", "\u200b"])
    def test_needs_no_reason(self, reason: str | None) -> None:
        assert reported(ROOM, "ann", report_of(self.SAID.id, known="words", reason=reason)).reason is None

    @pytest.mark.parametrize(("reason", "code"), [("x" * 501, Code.TOO_LONG), ("half \ud83d", Code.BAD_TEXT)])
    def test_with_a_reason_that_cannot_be_sent_is_refused(self, reason: str, code: Code) -> None:
        assert why_not(ROOM, "ann", report_of(self.SAID.id, known="words", reason=reason)) is code

    def test_comes_from_a_listener_too(self) -> None:
        assert reported(ROOM, "liz", report_of(self.SAID.id, known="words")).report.seat == "liz"


def test_posts_change_nothing_of_the_room() -> None:
    posts = (
        c.Send("m1", "hello"),
        c.React("bob.m1", "hug"),
        c.Retract("ann.m1"),
        c.HelpSay("h1", "m1", "thank you"),
    )
    called = after(ROOM, "ann", c.Help("h1", None))
    for post in posts:
        assert after(called, "ann", post) is called


def test_the_state_has_no_place_for_words() -> None:
    """What people said is in no field of the room: so it can be in no copy, dump or log of it."""
    kept = {f.name for kind in (type(ROOM.core), type(ROOM.seats["ann"]), Call, Report) for f in dataclasses.fields(kind)}
    assert not kept & {"text", "message", "messages", "reason", "words", "address", "ip"}
    said = after(after(ROOM, "ann", c.Send("m1", "canary-7f3a")), "mo", c.Remove("bob", reason="canary-7f3a"))
    said = after(after(said, "ann", c.Help("h1", "canary-7f3a")), "ann", report_of("mo.m1", known="canary-7f3a", reason="canary-7f3a"))
    assert "canary-7f3a" not in repr(said)
