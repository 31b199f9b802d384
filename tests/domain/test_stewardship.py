"""Stewardship by time: held where nobody leads, closed after a while, never over a share or a call for help; and extending."""

from __future__ import annotations

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.floor import mode_of
from chatserver.domain.formats import Mode
from chatserver.domain.refusals import Code
from chatserver.domain.roles import Role
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import RoomState, Seat, Standing
from tests.domain.rooms import (
    HOUR,
    NOW,
    QUEUE,
    ROUND,
    SECOND,
    SEGMENTS,
    SILENCE,
    SPEAKER,
    accepted,
    after,
    at,
    circle,
    empty,
    joining,
    only_event,
    token,
    why_not,
)

MINUTE = 60 * SECOND
UNLED = 15 * MINUTE
LEADER = joining("lead", granted=Role.MODERATOR)


def scheduled(starts_at: int = NOW, **changes: object) -> RoomState:
    """The circle, in a room of the schedule."""
    return circle(starts_at=starts_at, unled_ms=UNLED, **changes)


def left_alone(state: RoomState | None = None, now: int = NOW) -> RoomState:
    """Those who lead have left."""
    state = state or scheduled()
    for host in ("fay", "mo", "max"):
        state = after(state, host, c.Leave(), now)
    return state


def standing(state: RoomState, seat: str) -> Standing:
    return state.seats[seat].standing


class TestHeld:
    def test_with_the_last_who_leads(self) -> None:
        state = after(after(scheduled(), "fay", c.Leave()), "mo", c.Leave())
        assert not state.core.held
        assert accepted(state, "max", c.Leave(), NOW + 7)[-1] == e.Held(NOW + 7 + UNLED)

    def test_not_before_the_start(self) -> None:
        state = left_alone(scheduled(NOW + HOUR // 2))
        assert not state.core.held
        assert standing(after(state, None, joining("new")), "new") is Standing.SEATED
        assert next_deadline(state) == NOW + HOUR // 2
        assert accepted(state, None, c.Tick(), NOW + HOUR // 2) == (e.Held(NOW + HOUR // 2 + UNLED),)

    @pytest.mark.parametrize("changes", [{}, {"starts_at": NOW}, {"starts_at": NOW, "unled_ms": 0}])
    def test_only_where_the_operator_wants_it(self, changes: dict[str, object]) -> None:
        state = left_alone(circle(**changes))
        assert not state.core.held
        state = after(state, None, joining("new"), NOW + HOUR // 2)
        assert standing(state, "new") is Standing.SEATED
        assert mode_of(state) is Mode.OPEN

    def test_one_that_was_opened_by_hand_from_when_it_was_led(self) -> None:
        """A demo, or a room that people open to sit together: nobody has to lead it."""
        state = after(after(empty(unled_ms=UNLED), None, joining("ann")), None, joining("bob"))
        state = after(after(state, "ann", c.Leave()), None, c.Tick(), NOW + MINUTE)
        assert not state.core.held
        state = after(state, None, LEADER, NOW + MINUTE)
        assert not state.core.held
        assert accepted(state, "lead", c.Leave(), NOW + 2 * MINUTE) == (e.Left("lead"), e.Held(NOW + 2 * MINUTE + UNLED))
        state = after(after(state, "lead", c.Leave(), NOW + 2 * MINUTE), None, joining("new"), NOW + 2 * MINUTE)
        assert standing(state, "new") is Standing.WAITING
        assert mode_of(state) is Mode.QUEUE

    @pytest.mark.parametrize("away", [c.Leave(), c.GoneAway("lead", 1)], ids=["left", "dropped out"])
    def test_one_that_was_opened_by_hand_where_the_agenda_has_not_begun(self, away: c.Command) -> None:
        state = after(after(empty(unled_ms=UNLED), None, joining("ann")), None, LEADER)
        state = after(state, "lead" if isinstance(away, c.Leave) else None, away)
        at = max(NOW, next_deadline(state)) if not state.core.held else NOW
        assert at == (NOW if isinstance(away, c.Leave) else NOW + MINUTE)
        assert after(state, None, c.Tick(), at).core.held

    def test_a_connection_that_drops_for_less_than_a_minute_holds_nothing(self) -> None:
        state = after(after(scheduled(), "fay", c.Leave()), "mo", c.Leave())
        state = after(state, None, c.GoneAway("max", 1), NOW + 5 * SECOND)
        assert not state.core.held
        assert next_deadline(state) == NOW + 65 * SECOND
        back = after(state, None, c.Return(token("max")), NOW + 64 * SECOND)
        assert accepted(back, None, c.Tick(), NOW + 65 * SECOND) == ()
        assert accepted(state, None, c.Tick(), NOW + 65 * SECOND - 1) == ()
        assert accepted(state, None, c.Tick(), NOW + 65 * SECOND) == (e.Held(NOW + 65 * SECOND + UNLED),)

    def test_with_a_leader_in_the_lobby_or_taken_from_the_role(self) -> None:
        state = after(after(scheduled(), "fay", c.Appoint("mo", Role.MEMBER)), "max", c.Leave())
        assert not state.core.held
        assert after(state, "fay", c.Leave()).core.held, "mo is a member by now"

    def test_who_comes_first_to_a_room_that_nobody_leads_waits(self) -> None:
        """Its live state begins with them, some minutes after the start."""
        now = NOW + 5 * MINUTE
        knocked, held = accepted(empty(starts_at=NOW, unled_ms=UNLED), None, joining("ann"), now)
        assert isinstance(knocked, e.Knocked)
        assert held == e.Held(now + UNLED), "the time is theirs, too"

    def test_a_leader_who_comes_first_holds_nothing(self) -> None:
        state = after(empty(starts_at=NOW, unled_ms=UNLED), None, joining("mo", granted=Role.MODERATOR), NOW + 5 * MINUTE)
        assert not state.core.held

    def test_a_room_in_which_nobody_is_stays_open(self) -> None:
        """Nobody is left alone there, and who leads may come late."""
        state = empty(starts_at=NOW, unled_ms=UNLED)
        assert next_deadline(state) == NOW + HOUR - 5 * MINUTE
        assert accepted(state, None, c.Tick(), NOW + UNLED) == ()
        state = after(state, None, joining("ann"), NOW + 5 * MINUTE)
        assert accepted(state, "ann", c.Leave(), NOW + 6 * MINUTE) == (e.Left("ann"), e.HoldEnded())
        state = after(after(state, "ann", c.Leave(), NOW + 6 * MINUTE), None, joining("bob"), NOW + 40 * MINUTE)
        assert state.core.closing_at == NOW + 55 * MINUTE, "the time is his"

    def test_people_write_in_turn(self) -> None:
        state = after(scheduled(), "bob", c.Hand(True))
        state = left_alone(state)
        assert state.floor.seat == "bob", "his hand was up"
        assert why_not(state, "ann", c.Send("m1", "me, too")) is Code.NOT_YOUR_TURN
        accepted(state, "bob", c.Send("m1", "thank you"))
        state = after(after(state, "ann", c.Hand(True)), "bob", c.Done())
        assert state.floor.seat == "ann"

    @pytest.mark.parametrize("segment", range(len(SEGMENTS)))
    def test_in_every_part_of_the_meeting_but_a_silence(self, segment: int) -> None:
        state = left_alone(at(segment, scheduled()))
        assert mode_of(state) is (Mode.SILENCE if segment == SILENCE else Mode.QUEUE)

    def test_nobody_waits_to_be_called_by_a_leader_who_dropped_out(self) -> None:
        """Where the format lets them call, and the seat is kept for them."""
        state = after(after(at(5, scheduled()), "fay", c.Leave()), "mo", c.Leave())
        state = after(after(state, None, c.GoneAway("max", 1)), "ann", c.Hand(True))
        assert state.floor.seat is None
        assert after(state, None, c.Tick(), NOW + 60 * SECOND).floor.seat == "ann"

    def test_newcomers_wait_and_those_inside_come_back(self) -> None:
        state = after(left_alone(), None, joining("new"))
        assert standing(state, "new") is Standing.WAITING
        state = after(after(state, None, c.GoneAway("ann", 1)), None, c.Return(token("ann")))
        assert standing(state, "ann") is Standing.SEATED

    @pytest.mark.parametrize("granted", [Role.MODERATOR, Role.FACILITATOR])
    def test_it_ends_when_somebody_comes_who_leads(self, granted: Role) -> None:
        state = after(after(left_alone(), None, joining("new")), None, joining("newer", role=Role.LISTENER))
        events = accepted(state, None, joining("lead", granted=granted), NOW + MINUTE)
        assert events[1:] == (e.HoldEnded(), e.Admitted("new", NOW + MINUTE), e.Admitted("newer", NOW + MINUTE))
        state = after(state, None, joining("lead", granted=granted), NOW + MINUTE)
        assert (state.core.held, state.core.closing_at) == (False, NOW + HOUR)
        assert mode_of(state) is Mode.OPEN
        assert standing(after(state, None, joining("late")), "late") is Standing.SEATED

    def test_those_stay_in_the_lobby_whom_a_host_is_to_see_first(self) -> None:
        """wes knocked, mia comes from a banned network, and one waits as the lobby is on."""
        state = after(scheduled(), "mo", c.Lobby(True))
        state = after(left_alone(state), None, joining("new"))
        state = after(state, None, LEADER)
        assert {seat.id for seat in state.waiting()} == {"wes", "mia", "new"}

    def test_nor_does_one_come_in_whose_network_was_banned_meanwhile(self) -> None:
        state = after(left_alone(), None, joining("new", tag=2))
        state = after(state, None, LEADER)
        assert standing(state, "new") is Standing.SEATED
        state = after(left_alone(after(scheduled(), "mo", c.Remove("bob", ban=True))), None, joining("new", tag=2))
        state = after(state, None, LEADER)
        assert (standing(state, "new"), state.seats["new"].marked) == (Standing.WAITING, True)

    def test_the_round_goes_on_where_it_was(self) -> None:
        state = left_alone(at(ROUND, scheduled()))
        state = after(state, None, LEADER)
        assert mode_of(state) is Mode.ROUND
        assert state.floor.seat is not None

    def test_a_share_goes_on_where_turns_are_taken_anyway(self) -> None:
        state = left_alone(after(at(QUEUE, scheduled()), "ann", c.Hand(True)))
        assert after(state, None, LEADER).floor == state.floor

    def test_a_speaker_part_is_a_leaders_again(self) -> None:
        state = left_alone(after(at(SPEAKER, scheduled()), "ann", c.Hand(True)))
        assert state.floor.seat == "ann"
        assert mode_of(after(state, None, LEADER)) is Mode.SPEAKER


class TestClosedWhereNobodyLeads:
    def test_after_a_quarter_of_an_hour_said_five_minutes_before(self) -> None:
        state = left_alone()
        assert next_deadline(state) == NOW + UNLED - 5 * MINUTE
        assert accepted(state, None, c.Tick(), NOW + UNLED - 5 * MINUTE) == (e.ClosingSoon(),)
        state = after(state, None, c.Tick(), NOW + UNLED - 5 * MINUTE)
        assert next_deadline(state) == NOW + UNLED
        assert accepted(state, None, c.Tick(), NOW + UNLED) == (e.Closed(),)

    def test_not_when_somebody_came(self) -> None:
        state = after(left_alone(), None, c.Tick(), NOW + UNLED - 5 * MINUTE)
        state = after(state, None, LEADER, NOW + UNLED - 1)
        assert accepted(state, None, c.Tick(), NOW + UNLED) == ()
        assert e.ClosingSoon() in accepted(state, None, c.Tick(), NOW + HOUR - 5 * MINUTE), "it is said anew"

    def test_each_time_anew(self) -> None:
        state = after(left_alone(), None, LEADER, NOW + 10 * MINUTE)
        state = after(state, "lead", c.Leave(), NOW + 20 * MINUTE)
        assert state.core.closing_at == NOW + 20 * MINUTE + UNLED

    def test_never_later_than_its_end(self) -> None:
        state = left_alone(now=NOW + HOUR - 3 * MINUTE)
        assert state.core.closing_at == NOW + HOUR

    def test_said_at_once_where_the_time_is_short(self) -> None:
        state = left_alone(circle(starts_at=NOW, unled_ms=2 * MINUTE))
        assert accepted(state, None, c.Tick(), NOW) == (e.ClosingSoon(),)


def sharing(**changes: object) -> RoomState:
    return after(at(QUEUE, scheduled(NOW, **changes)), "ann", c.Hand(True))


class TestOvertime:
    @pytest.mark.parametrize("state", [sharing(), left_alone(sharing(closes_at=NOW + 3 * HOUR))], ids=["at its end", "held"])
    def test_a_share_is_not_closed_over(self, state: RoomState) -> None:
        end = state.core.closing_at
        assert e.Overtime(end + MINUTE, end + 15 * MINUTE) in accepted(state, None, c.Tick(), end)
        state = after(state, None, c.Tick(), end)
        assert state.core.closing_at == end + MINUTE
        state = after(state, "ann", c.Done(), end + 20 * SECOND)
        assert accepted(state, None, c.Tick(), end + MINUTE - 1) == (), "time for a goodbye"
        assert accepted(state, None, c.Tick(), end + MINUTE) == (e.Closed(),)

    @pytest.mark.parametrize("state", [sharing(), left_alone(sharing(closes_at=NOW + 3 * HOUR))], ids=["at its end", "held"])
    def test_for_a_quarter_of_an_hour_at_most(self, state: RoomState) -> None:
        end = now = state.core.closing_at
        for _ in range(100):
            state = after(state, None, c.Tick(), now)
            if state.core.closed:
                break
            now = next_deadline(state)
        assert now == end + 15 * MINUTE

    def test_nor_over_a_call_for_help(self) -> None:
        end = NOW + HOUR
        state = after(circle(), "wes", c.Help("h1", None), end - 10 * MINUTE)
        state = after(state, None, c.Tick(), end)
        assert state.core.closing_at == end + MINUTE
        state = after(state, "mo", c.CloseCall("h1"), end)
        assert accepted(state, None, c.Tick(), end + MINUTE) == (e.Closed(),)

    def test_nor_over_a_call_that_nobody_closes_for_longer_than_a_quarter_of_an_hour(self) -> None:
        state = after(circle(), "ann", c.Help("h1", None))
        now = NOW
        while not (state := after(state, None, c.Tick(), now)).core.closed:
            now = next_deadline(state)
        assert now == NOW + HOUR + 15 * MINUTE

    def test_a_new_share_or_call_gives_no_new_quarter_of_an_hour(self) -> None:
        state, end = sharing(), NOW + HOUR
        for minute in range(15):
            assert e.Closed() not in accepted(state, None, c.Tick(), end + minute * MINUTE)
            state = after(state, None, c.Tick(), end + minute * MINUTE)
            state = after(after(state, "bob", c.Hand(True), end), "wes", c.Help("h1", None), end + minute * MINUTE)
        assert accepted(state, None, c.Tick(), end + 15 * MINUTE) == (e.Closed(),)

    @pytest.mark.parametrize("late", [0, 1, 7 * SECOND, 59 * SECOND])
    def test_whoever_comes_first_says_until_when_alike(self, late: int) -> None:
        """Two workers record it in the store each, before they know of each other."""
        assert e.Overtime(NOW + HOUR + MINUTE, NOW + HOUR + 15 * MINUTE) in accepted(sharing(), None, c.Tick(), NOW + HOUR + late)

    def test_a_clock_that_jumped_closes(self) -> None:
        assert accepted(sharing(), None, c.Tick(), NOW + 2 * HOUR) == (e.Closed(),)

    def test_who_leads_closes_it_over_everything(self) -> None:
        assert accepted(sharing(), "fay", c.Close()) == (e.Closed(),)

    def test_of_a_held_room_it_ends_when_somebody_comes(self) -> None:
        state = left_alone(sharing())
        state = after(state, None, c.Tick(), NOW + UNLED)
        state = after(state, None, LEADER, NOW + UNLED + SECOND)
        assert state.core.closing_at == NOW + HOUR
        assert state.core.overtime_until is None


class TestExtendedFromOutside:
    """By somebody who is not in the room: it was recorded, and the room follows."""

    def test_it_closes_then(self) -> None:
        assert accepted(circle(), None, c.LastsUntil(NOW + 2 * HOUR)) == (e.ClosesLater(NOW + 2 * HOUR),)

    def test_it_never_closes_earlier_for_that(self) -> None:
        assert accepted(circle(), None, c.LastsUntil(NOW + HOUR)) == ()
        assert accepted(circle(), None, c.LastsUntil(NOW)) == ()


class TestExtend:
    def test_counts_from_its_end(self) -> None:
        assert accepted(circle(), "fay", c.Extend(30)) == (e.ClosesLater(NOW + HOUR + 30 * MINUTE),)

    def test_again_and_again(self) -> None:
        state = after(after(circle(), "fay", c.Extend(30)), "fay", c.Extend(240))
        assert state.core.closes_at == NOW + HOUR + 270 * MINUTE

    def test_up_to_the_next_meeting_and_then_not_at_all(self) -> None:
        latest = NOW + HOUR + 10 * MINUTE
        state = after(circle(), "fay", c.Extend(30, latest))
        assert state.core.closes_at == latest
        assert why_not(state, "fay", c.Extend(1, latest)) is Code.NEXT_MEETING
        assert why_not(circle(), "fay", c.Extend(1, NOW + HOUR)) is Code.NEXT_MEETING
        assert why_not(circle(), "fay", c.Extend(1, NOW)) is Code.NEXT_MEETING, "never earlier"

    def test_closing_is_said_anew(self) -> None:
        state = after(circle(), None, c.Tick(), NOW + HOUR - 5 * MINUTE)
        state = after(state, "fay", c.Extend(30), NOW + HOUR - MINUTE)
        assert not state.core.closing_said
        assert next_deadline(state) == NOW + HOUR + 25 * MINUTE

    def test_ends_the_overtime(self) -> None:
        state = after(sharing(), None, c.Tick(), NOW + HOUR)
        state = after(state, "fay", c.Extend(10), NOW + HOUR)
        assert (state.core.closes_at, state.core.overtime_until) == (NOW + HOUR + 11 * MINUTE, None)

    def test_an_overdue_room_is_longer_from_now_on(self) -> None:
        """Its tick is on the way."""
        assert after(circle(), "fay", c.Extend(5), NOW + HOUR + 7).core.closes_at == NOW + HOUR + 7 + 5 * MINUTE


def test_what_one_waits_for_is_forgotten_with_the_waiting() -> None:
    state = after(after(left_alone(), None, joining("new")), None, LEADER)
    seat: Seat = state.seats["new"]
    assert not seat.held
    assert isinstance(only_event(accepted(state, "new", c.Leave())), e.Left)
