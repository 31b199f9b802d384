"""Taking turns: hands, the queue, the round, the time of a share; and whatever takes the floor from somebody who cannot use it."""

from __future__ import annotations

import pytest
from hypothesis import given

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.floor import HELD_AWAY_MS, LAST_WORDS_SECONDS, MAX_REPLY, hands, mode_of, queue, still_to_come, typed
from chatserver.domain.formats import Mode
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Role
from chatserver.domain.room import decide, evolve
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import RoomState
from tests.domain.rooms import (
    CALLED,
    LAST,
    NOW,
    OPEN,
    QUEUE,
    ROUND,
    SECOND,
    SILENCE,
    SPEAKER,
    accepted,
    after,
    at,
    circle,
    joining,
    message_of,
    token,
    why_not,
)
from tests.domain.strategies import Move, many_moves, modest, rooms, steps

SHARE = 60 * SECOND


def raised(state: RoomState, *seats: str) -> RoomState:
    """Hands go up one second after the other."""
    for n, seat in enumerate(seats):
        state = after(state, seat, c.Hand(True), NOW + n * SECOND)
    return state


def ticked(state: RoomState, until: int) -> RoomState:
    """As a server does: a tick at each deadline on the way."""
    while next_deadline(state) <= until:
        now = next_deadline(state)
        state = after(state, None, c.Tick(), now)
        assert next_deadline(state) > now, "a deadline that stays would keep the server busy"
    return state


# --- who may write when, written out from design/meetings.md ("Floor modes")

WRITES: dict[int, set[str]] = {
    OPEN: {"fay", "mo", "max", "ann", "bob"},
    QUEUE: {"ann"},  # who has the floor
    ROUND: {"ann"},  # the first in seating order; they came at the same moment
    SPEAKER: {"fay", "mo", "max", "ann"},  # who was named, and who leads
    SILENCE: set(),
    LAST: {"fay", "mo", "max", "ann", "bob"},
}


@pytest.mark.parametrize("segment", WRITES)
def test_who_may_write(segment: int) -> None:
    state = at(segment)
    if segment == QUEUE:
        state = raised(state, "ann")
    if segment == SPEAKER:
        state = after(state, "mo", c.GiveFloor("ann"))
    able = {s for s in state.seats if not isinstance(decide(state, s, c.Send("m1", "hello"), NOW), Refused)}
    assert able == WRITES[segment]


def test_before_the_start_everybody_may() -> None:
    assert mode_of(circle()) is Mode.OPEN
    assert message_of(circle(), "ann", "good evening").text == "good evening"


@pytest.mark.parametrize(("segment", "code"), [(QUEUE, Code.NOT_YOUR_TURN), (SPEAKER, Code.NOT_YOUR_TURN), (SILENCE, Code.SILENCE)])
def test_who_may_not_is_told_why(segment: int, code: Code) -> None:
    assert why_not(at(segment), "bob", c.Send("m1", "hello")) is code


@pytest.mark.parametrize("segment", [QUEUE, ROUND, SPEAKER, SILENCE])
def test_whoever_waits_may_react_raise_a_hand_and_call_for_help(segment: int) -> None:
    state = at(segment)
    for command in (c.React("ann.m1", "candle"), c.Help("h1", None), c.Hand(True)):
        assert not isinstance(decide(state, "bob", command, NOW), Refused)


# --- the hand queue


def test_the_first_hand_gets_the_floor_at_once_and_the_next_when_it_is_done() -> None:
    state = raised(at(QUEUE), "ann", "bob", "max")
    assert (state.floor.seat, [s.id for s in hands(state)]) == ("ann", ["bob", "max"])
    state = after(state, "ann", c.Done(), NOW + 10 * SECOND)
    assert (state.floor.seat, state.floor.ends_at) == ("bob", NOW + 10 * SECOND + SHARE)
    assert state.seats["bob"].hand is None


def test_who_has_not_been_heard_yet_goes_first() -> None:
    state = after(raised(at(QUEUE), "ann"), "ann", c.Done())
    state = raised(after(state, "max", c.Hand(True)), "ann", "bob")
    assert [s.id for s in hands(state)] == ["bob", "ann"]


def test_a_share_is_several_messages_of_one_turn() -> None:
    state = raised(at(QUEUE), "ann")
    for n in range(3):
        assert message_of(state, "ann", "more", f"m{n}").seat == "ann"


def test_hands_come_down_and_wait_in_the_queue_of_a_part_that_takes_no_turns() -> None:
    state = raised(at(OPEN), "ann", "bob")
    assert state.floor.seat is None
    state = after(state, "ann", c.Hand(False))
    assert [s.id for s in queue(state)] == ["bob"]
    assert after(state, "mo", c.Go("next")).floor.seat == "bob"


def test_a_host_calls_anybody_and_puts_first_or_last_or_takes_down() -> None:
    state = raised(at(QUEUE), "ann", "bob", "max")
    state = after(state, "mo", c.MoveHand("max", "first"))
    assert [s.id for s in hands(state)] == ["max", "bob"]
    state = after(state, "mo", c.MoveHand("max", "last"), NOW + SHARE)
    assert [s.id for s in hands(state)] == ["bob", "max"]
    state = after(state, "mo", c.MoveHand("bob", "down"))
    assert [s.id for s in hands(state)] == ["max"]
    state = after(state, "mo", c.GiveFloor("fay"))
    assert state.floor.seat == "fay"
    assert why_not(state, "mo", c.GiveFloor("liz")) is Code.CANNOT_SPEAK
    assert why_not(state, "mo", c.GiveFloor("gone")) is Code.NO_SUCH_SEAT
    assert why_not(at(OPEN), "mo", c.GiveFloor("ann")) is Code.NO_TURNS


def test_where_a_host_calls_nobody_gets_the_floor_by_themselves() -> None:
    state = raised(at(CALLED), "ann")
    assert state.floor.seat is None
    state = after(state, "mo", c.GiveFloor("ann"))
    state = ticked(raised(state, "bob"), NOW + 10 * SHARE)
    assert (state.floor.seat, state.floor.sign) == ("ann", "clear"), "it waits for the host"
    assert after(state, "ann", c.Done()).floor.seat is None


def test_300_hands_at_once() -> None:
    state = at(QUEUE, circle(capacity=400))
    for n in range(300):
        state = after(after(state, None, joining(f"n{n:03}")), f"n{n:03}", c.Hand(True), NOW + n)
    assert (state.floor.seat, len(hands(state))) == ("n000", 299)
    for n in range(1, 300):
        state = after(state, state.floor.seat, c.Done(), NOW + n)
        assert state.floor.seat == f"n{n:03}"


# --- the time of a share


def test_two_signs_and_then_the_floor_passes_on() -> None:
    state = raised(at(QUEUE), "ann", "bob")
    assert next_deadline(state) == NOW + SHARE * 2 // 3
    assert accepted(state, None, c.Tick(), NOW + SHARE * 2 // 3) == (e.ShareSign("ann", "soft"),)
    state = ticked(state, NOW + SHARE)
    assert (state.floor.seat, state.floor.sign) == ("ann", "clear")
    state = ticked(state, NOW + SHARE + LAST_WORDS_SECONDS * SECOND)
    assert state.floor.seat == "bob"


def test_a_sign_by_hand_takes_the_place_of_its_own_and_ends_nothing() -> None:
    state = raised(at(QUEUE), "ann", "bob")
    assert accepted(state, "mo", c.GiveSign("soft")) == (e.ShareSign("ann", "soft", by_hand=True),)
    assert next_deadline(after(state, "mo", c.GiveSign("soft"))) == NOW + SHARE
    state = after(state, "mo", c.GiveSign("clear"))
    assert next_deadline(state) == NOW + SHARE + LAST_WORDS_SECONDS * SECOND
    assert state.floor.seat == "ann"
    assert accepted(after(state, "mo", c.ExtendShare(60)), None, c.Tick(), NOW + SHARE * 4 // 3) == (e.ShareSign("ann", "soft"),)
    state = after(ticked(state, NOW + SHARE + LAST_WORDS_SECONDS * SECOND), "bob", c.Done())
    assert why_not(state, "mo", c.GiveSign("soft")) is Code.NO_TURNS
    assert why_not(at(OPEN), "mo", c.GiveSign("soft")) is Code.NO_TURNS


def test_a_soft_sign_by_hand_after_the_time_is_over_makes_nobody_hear_twice_that_it_is() -> None:
    state = ticked(raised(at(QUEUE), "ann"), NOW + SHARE)
    assert state.floor.sign == "clear"
    assert accepted(state, "mo", c.GiveSign("soft"), NOW + SHARE) == ()
    assert accepted(state, "mo", c.GiveSign("clear"), NOW + SHARE) == (e.ShareSign("ann", "clear", by_hand=True),)
    longer = after(state, "mo", c.ExtendShare(60), NOW + SHARE)
    assert accepted(longer, "mo", c.GiveSign("soft"), NOW + SHARE) == (e.ShareSign("ann", "soft", by_hand=True),)


def test_nobody_is_cut_off_where_nobody_waits() -> None:
    state = ticked(raised(at(QUEUE), "ann"), NOW + 5 * SHARE)
    assert state.floor.seat == "ann"
    assert after(state, "bob", c.Hand(True), NOW + 5 * SHARE).floor.seat == "bob"


def test_a_sign_is_given_once() -> None:
    state = ticked(raised(at(QUEUE), "ann"), NOW + 50 * SECOND)
    assert accepted(state, None, c.Tick(), NOW + 51 * SECOND) == ()


def test_more_time() -> None:
    state = ticked(raised(at(QUEUE), "ann", "bob"), NOW + SHARE)
    state = after(state, "mo", c.ExtendShare(60), NOW + SHARE)
    assert (state.floor.seat, state.floor.ends_at, state.floor.sign) == ("ann", NOW + 2 * SHARE, "")


def test_a_clock_that_jumps_an_hour_gives_the_floor_to_the_next_and_no_further() -> None:
    state = raised(at(QUEUE, circle(closes_at=NOW + 10_000 * SECOND)), "ann", "bob", "max")
    state = after(state, None, c.Tick(), NOW + 3_600 * SECOND)
    assert (state.floor.seat, state.floor.ends_at) == ("bob", NOW + 3_600 * SECOND + SHARE)


# --- who cannot use the floor


@pytest.mark.parametrize(
    "command",
    [("ann", c.Leave()), ("mo", c.Mute("ann", 60)), ("mo", c.Remove("ann")), ("mo", c.GiveFloor(None)), ("mo", c.GiveFloor("bob"))],
    ids=["leaves", "muted", "removed", "taken back", "given to another"],
)
def test_the_floor_goes_on_where_its_holder_cannot_have_it(command: tuple[str, c.Fact]) -> None:
    state = raised(at(QUEUE), "ann", "bob")
    assert after(state, *command).floor.seat == "bob"


def test_a_dropped_line_keeps_the_floor_for_a_while_and_its_place_in_the_queue() -> None:
    state = raised(at(QUEUE), "ann", "bob", "max")
    state = after(state, None, c.GoneAway("bob", 1))
    state = after(state, None, c.GoneAway("ann", 1))
    assert state.floor.seat == "ann"
    back = after(state, None, c.Return(token("ann")), NOW + SHARE)
    assert (back.floor.seat, back.floor.turn) == ("ann", state.floor.turn), "the same turn, in the middle of their share"
    longer = after(state, "mo", c.ExtendShare(600))
    assert ticked(longer, NOW + HELD_AWAY_MS - 1).floor.seat == "ann"
    state = ticked(longer, NOW + HELD_AWAY_MS)
    assert state.floor.seat == "max", "who is away is passed over"
    state = after(state, None, c.Return(token("bob")), NOW + HELD_AWAY_MS)
    assert after(state, "max", c.Done(), NOW + HELD_AWAY_MS).floor.seat == "bob"


def test_the_whole_queue_gone() -> None:
    state = raised(at(QUEUE), "ann", "bob")
    state = after(after(state, "bob", c.Leave()), "ann", c.Leave())
    assert (state.floor.seat, queue(state)) == (None, [])
    assert message_of(raised(state, "max"), "max", "I am here").seat == "max"


def test_without_anybody_who_leads_those_in_a_speaker_part_take_turns() -> None:
    state = at(SPEAKER)
    for host in ("fay", "mo", "max"):
        state = after(state, host, c.Leave())
    assert mode_of(state) is Mode.QUEUE
    assert raised(state, "ann").floor.seat == "ann"


# --- the round


def test_each_in_turn_in_seating_order_and_a_newcomer_last() -> None:
    state, order = at(ROUND), []
    state = after(state, None, joining("late"), NOW + SECOND)
    while state.floor.seat is not None:
        order.append(state.floor.seat)
        state = after(state, state.floor.seat, c.Done(), NOW + SECOND)
    assert order == ["ann", "bob", "fay", "max", "mo", "late"], "who only listens has no turn"


def test_who_passes_is_offered_a_turn_at_the_end_once() -> None:
    state, order = at(ROUND), []
    while state.floor.seat is not None:
        order.append(state.floor.seat)
        assert len(order) < 20
        state = after(state, state.floor.seat, c.Pass() if state.floor.seat in ("ann", "mo") else c.Done())
    assert len(order) == 7
    assert set(order[-2:]) == {"ann", "mo"}


def test_passing_by_everybody_ends() -> None:
    state, turns = at(ROUND), 0
    while state.floor.seat is not None:
        state, turns = after(state, state.floor.seat, c.Pass()), turns + 1
        assert turns <= 10
    assert turns == 10, "each is asked twice"


def test_one_passes_before_it_is_their_turn() -> None:
    state = after(at(ROUND), "bob", c.Pass())
    assert state.floor.seat == "ann"
    assert [s.id for s in still_to_come(state)] == ["fay", "max", "mo", "bob"]


def test_the_last_who_leads_gone_in_the_middle_of_a_round() -> None:
    state = at(ROUND)
    for host in ("fay", "mo", "max"):
        state = after(state, host, c.Leave())
    assert mode_of(state) is Mode.ROUND
    assert state.floor.seat in ("ann", "bob")


def test_passing_twice_before_ones_turn_is_passing_once() -> None:
    """As when the answer was lost, and the page asks again by itself."""
    state = after(after(at(ROUND), "bob", c.Pass()), "bob", c.Pass())
    assert "bob" in [s.id for s in still_to_come(state)]


def test_a_round_that_is_over_with_nobody_left_who_leads_takes_hands() -> None:
    state = at(ROUND)
    while state.floor.seat is not None:
        state = after(state, state.floor.seat, c.Done())
    assert why_not(state, "ann", c.Send("m1", "x")) is Code.NOT_YOUR_TURN
    for host in ("fay", "mo", "max"):
        state = after(state, host, c.Leave())
    assert raised(state, "ann").floor.seat == "ann"


# --- two workers at once, and a room that is frozen


def test_a_hand_that_went_up_elsewhere_while_the_last_turn_ended_is_found() -> None:
    """Both were decided on the same state, and touch nothing that the other has written."""
    state = evolve(evolve(raised(at(QUEUE), "ann"), e.FloorEnded("ann")), e.HandRaised("bob", "share", NOW))
    assert next_deadline(state) <= NOW
    state = after(state, None, c.Tick())
    assert state.floor.seat == "bob"
    assert next_deadline(state) > NOW


def test_while_the_room_is_frozen_nobodys_turn_runs_out() -> None:
    state = after(raised(at(QUEUE), "ann", "bob"), "mo", c.Freeze(True))
    state = ticked(state, NOW + 10 * SHARE)
    assert (state.floor.seat, state.floor.sign) == ("ann", "")
    state = after(state, "mo", c.Freeze(False), NOW + 10 * SHARE)
    assert state.floor.ends_at == NOW + 11 * SHARE


# --- replies to a share


def test_a_short_reply_where_the_part_and_the_sharer_allow_it() -> None:
    state = raised(at(QUEUE), "ann", "bob")
    reply = c.Send("m1", "thank you", "ann.m1")
    assert why_not(state, "bob", reply) is Code.NOT_YOUR_TURN
    state = after(state, "ann", c.Welcome(True))
    assert not isinstance(decide(state, "bob", reply, NOW), Refused)
    assert why_not(state, "bob", c.Send("m1", "thank you")) is Code.NOT_YOUR_TURN
    assert why_not(state, "bob", c.Send("m1", "x" * (MAX_REPLY + 1), "ann.m1")) is Code.TOO_LONG
    state = after(after(state, "ann", c.Done()), "mo", c.Go(CALLED))
    assert why_not(state, "bob", reply) is Code.NOT_YOUR_TURN, "this part has no cross-talk"


# --- the agenda


def test_on_back_and_to_any_part() -> None:
    state = after(circle(), "mo", c.Go("next"))
    assert (state.agenda.index, state.agenda.ends_at) == (0, NOW + 300 * SECOND)
    assert after(state, "mo", c.Go(3)).agenda.index == 3
    assert after(after(state, "mo", c.Go("next")), "mo", c.Go("back")).agenda.index == 0
    for go in ("back", 99):
        assert why_not(state, "mo", c.Go(go)) is Code.NO_SUCH_SEGMENT
    assert why_not(at(LAST), "mo", c.Go("next")) is Code.NO_SUCH_SEGMENT
    assert why_not(circle(), "mo", c.ExtendSegment(60)) is Code.NO_SUCH_SEGMENT
    assert after(state, "mo", c.ExtendSegment(60)).agenda.ends_at == NOW + 360 * SECOND


def test_a_silence_ends_by_itself() -> None:
    state = ticked(at(SILENCE), NOW + 120 * SECOND)
    assert state.agenda.index == CALLED


def test_another_part_while_somebody_shares_takes_the_floor_and_leaves_the_hands() -> None:
    state = after(raised(at(QUEUE), "ann", "bob"), "mo", c.Go(OPEN))
    assert (state.floor.seat, [s.id for s in queue(state)]) == (None, ["bob"])


# --- the typed protocol


@pytest.mark.parametrize(
    ("text", "seat", "command"),
    [
        ("!", "bob", c.Hand(True)),
        (" ! ", "bob", c.Hand(True)),
        ("?", "bob", c.Hand(True, "question")),
        ("done", "ann", c.Done()),
        ("GA", "ann", c.Done()),
        ("pass", "ann", c.Pass()),
        ("done", "bob", None),
        ("pass", "bob", None),
        ("!", "liz", None),
        ("!", "wes", None),
        ("done.", "ann", None),
        ("I am done", "ann", None),
    ],
)
def test_a_message_that_is_a_command(text: str, seat: str, command: c.Fact | None) -> None:
    assert typed(raised(at(QUEUE), "ann"), seat, text) == command


def test_a_closing_word_is_a_message_where_it_means_nothing() -> None:
    assert typed(at(OPEN), "ann", "done") is None
    assert typed(at(OPEN), "ann", "pass") is None


# --- whatever happens


@modest
@given(rooms(), many_moves())
def test_the_floor_is_only_ever_with_somebody_who_can_use_it(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked, keep_time=True):
        after_it, holder = step.after, step.after.floor.seat
        if holder is not None:
            seat = after_it.seats[holder]
            assert seat.role is not Role.LISTENER
            assert seat.standing.value == "seated"
            assert mode_of(after_it) not in (Mode.OPEN, Mode.SILENCE)
        passes_on = after_it.agenda.segment.hand_over and not after_it.core.frozen
        if holder is None and mode_of(after_it) in (Mode.QUEUE, Mode.ROUND) and passes_on:
            able = [s for s in queue(after_it) if s.away_since is None and s.muted_until is None]
            assert not able or after_it.core.closed
        if not isinstance(step.decision, Refused) and isinstance(step.command, c.Tick) and not after_it.core.closed:
            assert next_deadline(after_it) > step.now, "a deadline that stays would keep the server busy"
