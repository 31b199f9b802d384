"""Asking everybody: who may, once each, and that nothing finer than totals is ever known."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.poll import Poll, PollKind
from chatserver.domain.refusals import Code
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import RoomState
from chatserver.wire.views import poll_record, snapshot
from tests.domain.rooms import NOW, SECOND, accepted, after, circle, joining, why_not
from tests.domain.strategies import modest

AGREE = c.OpenPoll(PollKind.AGREE)


def asked(people: int, command: c.OpenPoll = AGREE) -> RoomState:
    """So many members more than ann and bob, called p0, p1, ..., and something asked of them."""
    state = circle(capacity=40)
    for n in range(people):
        state = after(state, None, joining(f"p{n}"))
    return after(state, "mo", command)


def voted(state: RoomState, *choices: int) -> RoomState:
    for n, choice in enumerate(choices):
        state = after(state, f"p{n}", c.Vote(state.poll.number, choice))
    return state


def counted(*choices: int, command: c.OpenPoll = AGREE) -> object:
    """What is told of these votes in the end."""
    told = poll_record(after(voted(asked(len(choices), command), *choices), "mo", c.ClosePoll(1)).poll)
    assert told is not None
    assert told["voted"] == len(choices)
    return told["result"]


SCALE = c.OpenPoll(PollKind.SCALE)
CHOICE = c.OpenPoll(PollKind.CHOICE, "What next?", ("Rest", "Go on", "Something else"))


class TestTotals:
    def test_of_two_nothing_is_told(self) -> None:
        assert counted(0, 1) == {"few": True}

    @pytest.mark.parametrize("choices", [(), (0,), (0, 0, 0, 0), (0, 1, 0, 1)])
    def test_of_fewer_than_five_neither(self, choices: tuple[int, ...]) -> None:
        assert counted(*choices) == {"few": True}

    def test_from_five_on_the_totals(self) -> None:
        assert counted(0, 1, 0, 1, 0) == {"counts": (3, 2)}
        assert counted(4, 0, 2, 2, 1, 0, command=SCALE) == {"counts": (2, 1, 2, 0, 1)}
        assert counted(2, 2, 2, 0, 1, command=CHOICE) == {"counts": (1, 1, 3)}

    @pytest.mark.parametrize("choices", [(1,) * 5, (1,) * 12, (0, 1, 1, 1, 1), (1, 1, 1, 1, 1, 0)])
    def test_all_and_all_but_one_are_told_alike(self, choices: tuple[int, ...]) -> None:
        assert counted(*choices) == {"nearly_all": 1}

    @modest
    @given(st.lists(st.integers(0, 4), max_size=14))
    def test_what_is_not_told_is_not_kept(self, choices: list[int]) -> None:
        state = after(voted(asked(len(choices), SCALE), *choices), "mo", c.ClosePoll(1))
        told = poll_record(state.poll)
        assert told is not None
        if "counts" not in told["result"]:
            assert state.poll.counts == ()

    def test_while_it_is_open_only_how_many_have_voted_is_told(self) -> None:
        told = [poll_record(voted(asked(6), *choices).poll) for choices in ((0, 0, 1, 1, 0), (1, 1, 1, 1, 1))]
        assert told[0] == told[1], "whatever they chose"
        assert told[0] is not None
        assert (told[0]["voted"], told[0]["result"]) == (5, None)

    def test_nobody_s_choice_is_with_their_seat(self) -> None:
        yes, no = (after(asked(0), "ann", c.Vote(1, choice)).seats["ann"] for choice in (0, 1))
        assert yes == no
        assert yes.voted == 1
        for seat in ("bob", "mo"):
            state = after(asked(0), "ann", c.Vote(1, 0))
            others = {s["seat"]: s for s in snapshot(state, state.seats[seat])["seats"]}
            assert "voted" not in others["ann"], "nor who has voted, for others"


class TestVoting:
    def test_once_and_for_good(self) -> None:
        state = after(asked(0), "ann", c.Vote(1, 0))
        assert why_not(state, "ann", c.Vote(1, 0)) is Code.VOTED
        assert why_not(state, "ann", c.Vote(1, 1)) is Code.VOTED
        assert state.poll.counts == (1, 0)

    def test_a_reconnect_does_not_give_another_vote(self) -> None:
        state = after(asked(0), "ann", c.Vote(1, 0))
        state = after(state, None, c.GoneAway("ann", 1))
        state = after(state, None, c.Return(joining("ann").token))
        assert why_not(state, "ann", c.Vote(1, 0)) is Code.VOTED

    def test_in_the_next_poll_again(self) -> None:
        state = after(after(asked(0), "ann", c.Vote(1, 0)), "mo", c.ClosePoll(1))
        state = after(state, "max", c.OpenPoll(PollKind.SCALE))
        assert why_not(state, "ann", c.Vote(1, 0)) is Code.NO_SUCH_POLL
        assert after(state, "ann", c.Vote(2, 4)).poll.counts == (0, 0, 0, 0, 1)

    def test_not_after_the_end(self) -> None:
        state = after(asked(0), "mo", c.ClosePoll(1))
        assert why_not(state, "ann", c.Vote(1, 0)) is Code.NO_SUCH_POLL
        assert why_not(after(state, "mo", c.ClearPoll(1)), "ann", c.Vote(1, 0)) is Code.NO_SUCH_POLL

    def test_not_by_a_listener_nor_from_the_lobby(self) -> None:
        assert why_not(asked(0), "liz", c.Vote(1, 0)) is Code.NOT_ALLOWED
        assert why_not(asked(0), "wes", c.Vote(1, 0)) is Code.WAITING

    def test_by_one_who_is_muted(self) -> None:
        """To be counted is not to speak."""
        assert after(after(asked(0), "mo", c.Mute("ann", 60)), "ann", c.Vote(1, 1)).poll.counts == (0, 1)

    @pytest.mark.parametrize("choice", [-1, 2, 100])
    def test_only_for_an_answer_that_there_is(self, choice: int) -> None:
        assert why_not(asked(0), "ann", c.Vote(1, choice)) is Code.NO_SUCH_POLL

    @pytest.mark.parametrize("poll", [0, 2, -1])
    def test_only_in_the_one_that_is_asked(self, poll: int) -> None:
        assert why_not(asked(0), "ann", c.Vote(poll, 0)) is Code.NO_SUCH_POLL
        assert why_not(circle(), "ann", c.Vote(poll, 0)) is Code.NO_SUCH_POLL

    def test_the_vote_of_one_who_leaves_counts(self) -> None:
        state = after(after(asked(0), "ann", c.Vote(1, 0)), "ann", c.Leave())
        assert state.poll.counts == (1, 0)


class TestAsking:
    def test_one_at_a_time(self) -> None:
        assert why_not(asked(0), "max", SCALE) is Code.POLL_RUNNING
        assert after(after(asked(0), "mo", c.ClosePoll(1)), "max", SCALE).poll.number == 2

    @pytest.mark.parametrize("kind", [PollKind.HANDS, PollKind.CHOICE])
    @pytest.mark.parametrize("question", [None, "", "\u200b"])
    def test_some_need_a_question(self, kind: PollKind, question: str | None) -> None:
        options = ("a", "b") if kind is PollKind.CHOICE else ()
        assert why_not(circle(), "mo", c.OpenPoll(kind, question, options)) is Code.EMPTY

    @pytest.mark.parametrize("options", [(), ("a",), ("a", "a"), tuple("abcdefghi")])
    def test_a_choice_has_two_to_eight_answers_that_differ(self, options: tuple[str, ...]) -> None:
        assert why_not(circle(), "mo", c.OpenPoll(PollKind.CHOICE, "What next?", options)) is Code.BAD_PAYLOAD

    @pytest.mark.parametrize("kind", [PollKind.AGREE, PollKind.HANDS, PollKind.SCALE])
    def test_the_others_have_their_own(self, kind: PollKind) -> None:
        assert why_not(circle(), "mo", c.OpenPoll(kind, "What next?", ("a", "b"))) is Code.BAD_PAYLOAD

    @pytest.mark.parametrize(
        ("question", "options", "code"),
        [
            ("x" * 201, ("a", "b"), Code.TOO_LONG),
            ("half \ud83d", ("a", "b"), Code.BAD_TEXT),
            ("What next?", ("a", "x" * 81), Code.TOO_LONG),
            ("What next?", ("a", "\u200b"), Code.EMPTY),
            ("What next?", ("a", "half \ud83d"), Code.BAD_TEXT),
        ],
    )
    def test_words_are_checked_as_those_that_people_say(self, question: str, options: tuple[str, ...], code: Code) -> None:
        assert why_not(circle(), "mo", c.OpenPoll(PollKind.CHOICE, question, options)) is code

    def test_it_is_counted_by_itself_where_a_time_was_given_and_once(self) -> None:
        state = asked(6, c.OpenPoll(PollKind.AGREE, seconds=60))
        state = voted(state, 0, 0, 1, 1, 0)
        assert next_deadline(state) == NOW + 60 * SECOND
        assert accepted(state, None, c.Tick(), NOW + 60 * SECOND - 1) == ()
        assert accepted(state, None, c.Tick(), NOW + 60 * SECOND) == (e.PollClosed(),)
        state = after(state, None, c.Tick(), NOW + 3_000 * SECOND)  # a clock that jumps
        assert state.poll.counts == (3, 2)
        assert e.PollClosed() not in accepted(state, None, c.Tick(), NOW + 3_001 * SECOND)

    def test_counting_again_changes_nothing(self) -> None:
        state = after(asked(0), "mo", c.ClosePoll(1))
        assert accepted(state, "max", c.ClosePoll(1)) == ()

    def test_what_is_open_is_not_put_away(self) -> None:
        assert why_not(asked(0), "mo", c.ClearPoll(1)) is Code.NO_SUCH_POLL

    def test_a_result_goes_with_its_part_of_the_meeting_and_what_is_open_stays(self) -> None:
        open_ = asked(0)
        assert after(open_, "mo", c.Go("next")).poll == open_.poll
        assert after(after(open_, "mo", c.ClosePoll(1)), "mo", c.Go("next")).poll == Poll(number=1)

    def test_nothing_of_it_is_left_but_its_number(self) -> None:
        state = after(voted(asked(6, CHOICE), 0, 1, 2, 0, 1), "mo", c.ClosePoll(1))
        assert after(state, "mo", c.ClearPoll(1)).poll == Poll(number=1)
        assert {f.name for f in fields(Poll)} == {"number", "kind", "question", "options", "counts", "voted", "ends_at", "result", "most"}


def test_a_topic_is_seen_by_all_and_by_who_comes_later() -> None:
    state = after(circle(), "mo", c.SetTopic("  Asking for help\u202e "))
    late = after(state, None, joining("late"))
    assert snapshot(late, late.seats["late"])["topic"] == "Asking for help"
    assert accepted(state, "mo", c.SetTopic("Asking for help")) == ()
    assert why_not(state, "mo", c.SetTopic("x" * 201)) is Code.TOO_LONG
    assert snapshot(after(state, "mo", c.SetTopic("")), late.seats["ann"])["topic"] is None


def test_a_clear_majority_of_a_large_room_is_counted_once_each() -> None:
    state = asked(30)
    for n in range(30):
        state = after(state, f"p{n}", c.Vote(1, n % 2))
    assert after(state, "mo", c.ClosePoll(1)).poll.counts == (15, 15)
