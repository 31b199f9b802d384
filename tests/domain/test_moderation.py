"""What hosts do to seats and to the room."""

from __future__ import annotations

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.events import NARROWING
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Role
from chatserver.domain.room import decide
from chatserver.domain.state import RoomState
from tests.domain.rooms import HOUR, NOW, SECOND, accepted, after, circle, empty, joining, only_event, refused, token, why_not

SAY = c.Send("m1", "hello")


class TestMute:
    def test_ends_by_itself(self) -> None:
        state = after(circle(), "mo", c.Mute("ann", 60))
        assert refused(state, "ann", SAY, NOW + 20 * SECOND) == Refused(Code.MUTED, 40 * SECOND)
        assert refused(state, "ann", SAY, NOW + 60 * SECOND - 1) == Refused(Code.MUTED, 1)
        assert accepted(state, "ann", SAY, NOW + 60 * SECOND)
        assert accepted(state, None, c.Tick(), NOW + 60 * SECOND) == (e.Unmuted("ann"),)

    def test_is_lifted(self) -> None:
        state = after(after(circle(), "mo", c.Mute("ann", 60)), "max", c.Unmute("ann"))
        assert accepted(state, "ann", SAY)

    def test_again_counts_anew(self) -> None:
        state = after(after(circle(), "mo", c.Mute("ann", 600)), "mo", c.Mute("ann", 60), NOW + SECOND)
        assert state.seats["ann"].muted_until == NOW + 61 * SECOND

    def test_of_one_who_is_not_muted_lifts_nothing(self) -> None:
        assert accepted(circle(), "mo", c.Unmute("ann")) == ()

    def test_of_somebody_who_is_gone_is_refused(self) -> None:
        assert why_not(circle(), "mo", c.Mute("gone", 60)) is Code.NO_SUCH_SEAT
        assert why_not(circle(), "mo", c.Unmute("gone")) is Code.NO_SUCH_SEAT

    def test_stops_reactions_too(self) -> None:
        state = after(circle(), "mo", c.Mute("ann", 60))
        assert refused(state, "ann", c.React("bob.m1", "hug"), NOW + SECOND) == Refused(Code.MUTED, 59 * SECOND)

    @pytest.mark.parametrize(
        "command", [c.Help("h1", None), c.Report("r1", "bob.m1", None, None, None, "words"), c.Retract("ann.m1"), c.Leave()]
    )
    def test_leaves_the_ways_to_safety_open(self, command: c.Command) -> None:
        assert accepted(after(circle(), "mo", c.Mute("ann", 60)), "ann", command)

    def test_stays_over_a_dropped_connection(self) -> None:
        state = after(after(circle(), "mo", c.Mute("ann", 60)), None, c.GoneAway("ann", 1))
        assert why_not(after(state, None, c.Return(token("ann"))), "ann", SAY) is Code.MUTED

    def test_of_a_moderator_is_the_facilitators(self) -> None:
        assert why_not(after(circle(), "fay", c.Mute("mo", 60)), "mo", SAY) is Code.MUTED


class TestFreeze:
    FROZEN = after(circle(), "mo", c.Freeze(True))

    @pytest.mark.parametrize("command", [SAY, c.React("bob.m1", "hug")])
    def test_stops_posting(self, command: c.Command) -> None:
        assert refused(self.FROZEN, "ann", command) == Refused(Code.FROZEN, 10_000)

    @pytest.mark.parametrize("join", [joining("n"), joining("n", knock=True), joining("n", granted=Role.MEMBER)])
    def test_stops_joining(self, join: c.Join) -> None:
        assert why_not(self.FROZEN, None, join) is Code.FROZEN

    @pytest.mark.parametrize("seat", ["fay", "mo"])
    def test_lets_hosts_say_why(self, seat: str) -> None:
        assert accepted(self.FROZEN, seat, SAY)

    @pytest.mark.parametrize(
        "command", [c.Help("h1", None), c.Report("r1", "bob.m1", None, None, None, "words"), c.Retract("ann.m1"), c.Leave()]
    )
    def test_leaves_the_ways_to_safety_open(self, command: c.Command) -> None:
        assert accepted(self.FROZEN, "ann", command)

    def test_is_undone(self) -> None:
        state = after(self.FROZEN, "max", c.Freeze(False))
        assert accepted(state, "ann", SAY)
        assert accepted(state, None, joining("n"))
        assert state == circle()


class TestSlowMode:
    SLOW = after(circle(), "mo", c.Slow(30))

    @staticmethod
    def say(previous_at: int | None) -> c.Send:
        return c.Send("m2", "hello", previous_at=previous_at)

    def test_says_how_long_to_wait(self) -> None:
        assert refused(self.SLOW, "ann", self.say(NOW - 10 * SECOND)) == Refused(Code.SLOW, 20 * SECOND)
        assert refused(self.SLOW, "ann", self.say(NOW - 30 * SECOND + 1)) == Refused(Code.SLOW, 1)

    @pytest.mark.parametrize("previous_at", [None, NOW - 30 * SECOND, NOW - HOUR])
    def test_lets_speak_who_has_waited_or_not_yet_spoken(self, previous_at: int | None) -> None:
        assert accepted(self.SLOW, "ann", self.say(previous_at))

    @pytest.mark.parametrize("seat", ["fay", "mo"])
    def test_does_not_hurry_hosts_to_wait(self, seat: str) -> None:
        assert accepted(self.SLOW, seat, self.say(NOW))

    def test_is_turned_off(self) -> None:
        assert accepted(after(self.SLOW, "mo", c.Slow(0)), "ann", self.say(NOW))


class TestLock:
    LOCKED = after(circle(), "mo", c.Lock(True))

    def test_stops_newcomers_and_nobody_inside(self) -> None:
        assert why_not(self.LOCKED, None, joining("n")) is Code.LOCKED
        assert accepted(self.LOCKED, "ann", SAY)
        assert accepted(self.LOCKED, None, c.Return(token("ann")))

    def test_hosts_still_let_in_who_waits(self) -> None:
        assert accepted(self.LOCKED, "mo", c.Admit("wes"))

    def test_is_undone(self) -> None:
        assert accepted(after(self.LOCKED, "mo", c.Lock(False)), None, joining("n"))


@pytest.mark.parametrize("command", [c.Lock(False), c.Freeze(False), c.Lobby(False), c.Slow(0)])
def test_what_is_so_already_is_no_news(command: c.Command) -> None:
    assert accepted(circle(), "mo", command) == ()


class TestRemove:
    def test_takes_the_seat_with_a_private_word_and_their_messages(self) -> None:
        events = accepted(circle(), "mo", c.Remove("ann", reason=" Please rest. ", messages=("ann.m1", "ann.m2")))
        assert events == (e.Removed("ann", "Please rest.", ("ann.m1", "ann.m2"), False),)

    @pytest.mark.parametrize("reason", [None, "", "  ", "\u200b", "\n"])
    def test_needs_no_reason(self, reason: str | None) -> None:
        assert accepted(circle(), "mo", c.Remove("ann", reason=reason)) == (e.Removed("ann", None, (), False),)

    @pytest.mark.parametrize(("reason", "code"), [("x" * 501, Code.TOO_LONG), ("half \ud83d", Code.BAD_TEXT)])
    def test_with_a_reason_that_cannot_be_sent_is_refused(self, reason: str, code: Code) -> None:
        assert why_not(circle(), "mo", c.Remove("ann", reason=reason)) is code

    def test_with_a_ban_remembers_the_network_and_no_more(self) -> None:
        before = circle()
        state = after(before, "mo", c.Remove("ann", ban=True))
        assert dict(state.core.bans) == {**before.core.bans, 1: NOW}

    def test_reaches_one_who_waits(self) -> None:
        assert "wes" not in after(circle(), "mo", c.Remove("wes")).seats

    def test_of_somebody_who_is_gone_is_refused(self) -> None:
        assert why_not(circle(), "mo", c.Remove("gone", ban=True)) is Code.NO_SUCH_SEAT

    def test_nothing_can_be_said_after_it(self) -> None:
        assert why_not(after(circle(), "mo", c.Remove("ann")), "ann", SAY) is Code.NOT_JOINED


class TestAppoint:
    def test_makes_a_member_a_moderator_who_hears_from_then_on(self) -> None:
        state = after(circle(), "fay", c.Appoint("ann", Role.MODERATOR))
        assert state.seats["ann"].role is Role.MODERATOR
        assert state.seats["ann"].role_seq is None, "calls from before were not made to her"
        assert state.seats["ann"] in state.hosts()

    def test_lets_a_listener_write(self) -> None:
        assert accepted(after(circle(), "fay", c.Appoint("liz", Role.MEMBER)), "liz", SAY)

    def test_to_the_same_role_is_no_news(self) -> None:
        assert accepted(circle(), "fay", c.Appoint("ann", Role.MEMBER)) == ()

    def test_of_somebody_who_is_gone_is_refused(self) -> None:
        assert why_not(circle(), "fay", c.Appoint("gone", Role.MEMBER)) is Code.NO_SUCH_SEAT


class TestClosing:
    def test_by_the_facilitator(self) -> None:
        assert only_event(accepted(circle(), "fay", c.Close())) == e.Closed()

    def test_when_the_time_has_come_after_five_minutes_notice(self) -> None:
        state = after(empty(), None, joining("ann"))
        assert accepted(state, None, c.Tick(), NOW + HOUR - 300_001) == ()
        assert accepted(state, None, c.Tick(), NOW + HOUR - 300_000) == (e.ClosingSoon(),)
        state = after(state, None, c.Tick(), NOW + HOUR - 300_000)
        assert accepted(state, None, c.Tick(), NOW + HOUR - 1) == ()
        assert accepted(state, None, c.Tick(), NOW + HOUR) == (e.Closed(),)


def _narrowing_steps() -> list[tuple[RoomState, str, c.Command, str, c.Command]]:
    """A room, a fact, and what somebody could say before it and not, or not in this way, after it."""
    slowly = c.Send("m2", "hello", previous_at=NOW)
    helping = c.Help("h1", None)
    return [
        (circle(), "mo", c.Mute("ann", 60), "ann", SAY),
        (circle(), "mo", c.Remove("ann"), "ann", SAY),
        (circle(), "mo", c.Freeze(True), "ann", SAY),
        (circle(), "mo", c.Slow(30), "ann", slowly),
        (circle(), "mo", c.Rename("ann", "Quiet River"), "ann", SAY),
        (circle(), "fay", c.Appoint("mo", Role.MEMBER), "mo", c.Retract("ann.m1")),
        (circle(), "mo", c.Deny("wes"), "wes", helping),
        (circle(), "fay", c.Close(), "ann", SAY),
    ]


@pytest.mark.parametrize(("state", "actor", "fact", "seat", "post"), _narrowing_steps(), ids=lambda v: type(v).__name__)
def test_what_narrows_who_may_speak_fences_the_posts_decided_before(
    state: RoomState, actor: str, fact: c.Command, seat: str, post: c.Command
) -> None:
    before = accepted(state, seat, post)
    assert decide(after(state, actor, fact), seat, post, NOW) != before
    assert any(type(x) in NARROWING for x in accepted(state, actor, fact))
