"""Many at once: the wave that begins and ends by itself, and the sweep."""

from __future__ import annotations

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.refusals import Code
from chatserver.domain.roles import Role
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import RoomState, Standing
from tests.domain.rooms import NOW, QUEUE, SECOND, accepted, after, at, circle, joining, token, why_not

MINUTE = 60 * SECOND
LATER = NOW + 5 * MINUTE


def gathered(count: int = 0, wave_joins: int = 5, now: int = LATER, **changes: object) -> RoomState:
    """The circle, of whom all have been here for five minutes, and so many who came since."""
    state = circle(wave_joins=wave_joins, capacity=300, **changes)
    for n in range(count):
        state = after(state, None, joining(f"x{n}"), now + n)
    return state


def standing(state: RoomState, seat: str) -> Standing:
    return state.seats[seat].standing


class TestAWave:
    def test_one_more_than_the_setting_begins_it_and_waits(self) -> None:
        state = gathered(5)
        assert state.core.wave_at is None
        state = after(state, None, joining("more"), LATER + SECOND)
        assert state.core.wave_at == LATER + SECOND
        assert standing(state, "more") is Standing.WAITING
        assert state.core.newcomers_wait
        assert not state.core.lobby, "the hosts' own switch is as it was"

    def test_who_is_inside_stays_and_who_comes_back_comes_in(self) -> None:
        state = gathered(20)
        assert all(standing(state, f"x{n}") is Standing.SEATED for n in range(5))
        assert all(standing(state, f"x{n}") is Standing.WAITING for n in range(5, 20))
        state = after(after(state, None, c.GoneAway("ann", 1)), None, c.Return(token("ann")), LATER + SECOND)
        assert standing(state, "ann") is Standing.SEATED

    @pytest.mark.parametrize("granted", [Role.MEMBER, Role.MODERATOR, Role.FACILITATOR])
    def test_who_was_invited_comes_in(self, granted: Role) -> None:
        assert standing(after(gathered(9), None, joining("inv", granted=granted), LATER + SECOND), "inv") is Standing.SEATED

    def test_many_who_were_invited_are_none(self) -> None:
        state = gathered()
        for n in range(20):
            state = after(state, None, joining(f"i{n}", granted=Role.MEMBER), LATER)
        assert standing(after(state, None, joining("new"), LATER), "new") is Standing.SEATED

    def test_slowly_they_are_as_many_as_they_like(self) -> None:
        state = circle(wave_joins=5, capacity=300)
        for n in range(40):
            state = after(state, None, joining(f"x{n}"), LATER + n * MINUTE // 5 + n)
        assert state.core.wave_at is None

    @pytest.mark.parametrize("by_hand", [True, False], ids=["opened by hand", "by its time"])
    def test_thirty_who_come_for_the_hour_are_none(self, by_hand: bool) -> None:
        hour = LATER
        begun = {"opened_at" if by_hand else "starts_at": hour}
        for over in (120 * SECOND, 60 * SECOND, SECOND):
            state = circle(wave_joins=15, capacity=300, **begun)
            for n in range(30):
                state = after(state, None, joining(f"x{n}"), hour - over + n * over // 30)
            assert state.core.wave_at is None
        assert after(state, None, joining("more"), hour).core.wave_at == hour, "one more in that minute is"

    def test_where_the_setting_is_off_there_is_none(self) -> None:
        assert gathered(200, wave_joins=0).core.wave_at is None

    def test_it_is_counted_in_the_seats_so_that_who_has_gone_counts_no_more(self) -> None:
        state = after(gathered(5), "x0", c.Leave(), LATER + SECOND)
        assert after(state, None, joining("more"), LATER + SECOND).core.wave_at is None

    def test_it_marks_a_banned_network_as_ever(self) -> None:
        seat = after(gathered(9), None, joining("n", tag=7), LATER + SECOND).seats["n"]
        assert seat.marked
        assert seat.standing is Standing.WAITING


class TestItsEnd:
    def test_by_itself_when_it_is_quiet(self) -> None:
        state = gathered(6)
        assert next_deadline(state) <= LATER + MINUTE + 5
        assert after(state, None, c.Tick(), LATER + MINUTE).core.wave_at is not None
        state = after(state, None, c.Tick(), LATER + MINUTE + 5)
        assert state.core.wave_at is None
        assert standing(state, "x5") is Standing.WAITING, "a host is there: it is theirs to say"
        assert standing(after(state, None, joining("next"), LATER + MINUTE + 6), "next") is Standing.SEATED

    def test_who_go_on_coming_make_it_last_and_a_trickle_does_not(self) -> None:
        many, few = gathered(7, wave_joins=6), gathered(7, wave_joins=6)
        for n in range(6):
            many = after(many, None, joining(f"q{n}"), LATER + 50 * SECOND + n)
        few = after(few, None, joining("f"), LATER + 50 * SECOND)
        assert after(many, None, c.Tick(), LATER + MINUTE + SECOND).core.wave_at is not None
        assert after(few, None, c.Tick(), LATER + MINUTE + SECOND).core.wave_at is None

    def test_by_a_host_in_one_tap_and_those_who_came_before_begin_no_other(self) -> None:
        state = after(gathered(9), "mo", c.Lobby(False), LATER + SECOND)
        assert state.core.wave_at is None
        assert not state.core.newcomers_wait
        state = after(state, "mo", c.Admit(None), LATER + SECOND)
        for n in range(5):
            state = after(state, None, joining(f"y{n}"), LATER + 2 * SECOND)
            assert standing(state, f"y{n}") is Standing.SEATED
        assert after(state, None, joining("y5"), LATER + 2 * SECOND).core.wave_at == LATER + 2 * SECOND

    def test_a_host_makes_it_last_with_the_lobby(self) -> None:
        state = after(gathered(9), "mo", c.Lobby(True), LATER + SECOND)
        state = after(state, None, c.Tick(), LATER + 2 * MINUTE)
        assert state.core.wave_at is None
        assert state.core.newcomers_wait

    def test_where_no_host_is_who_waits_comes_in_when_it_is_over(self) -> None:
        state = gathered(6)
        for host in ("fay", "mo", "max"):
            state = after(state, host, c.Leave(), LATER + SECOND)
        state = after(state, None, joining("m", tag=7), LATER + SECOND)
        state = after(state, None, c.Tick(), LATER + 2 * MINUTE)
        assert standing(state, "x5") is Standing.SEATED
        assert standing(state, "m") is Standing.WAITING, "marked"
        assert standing(state, "wes") is Standing.WAITING, "asked for the lobby"

    def test_it_is_not_over_while_the_line_of_the_last_host_has_dropped(self) -> None:
        state = gathered(6)
        for host in ("fay", "max"):
            state = after(state, host, c.Leave(), LATER + SECOND)
        dropped_at = LATER + 58 * SECOND
        state = after(state, None, c.GoneAway("mo", 1), dropped_at)
        state = after(state, None, c.Tick(), dropped_at + 59 * SECOND)
        assert state.core.wave_at is not None
        assert standing(state, "x5") is Standing.WAITING
        assert next_deadline(state) == dropped_at + MINUTE
        state = after(state, None, c.Tick(), dropped_at + MINUTE)
        assert standing(state, "x5") is Standing.SEATED, "nobody is there who could let them in"

    def test_a_host_who_comes_back_finds_those_of_the_wave_waiting(self) -> None:
        state = gathered(0, starts_at=NOW, unled_ms=15 * MINUTE)
        for host in ("fay", "mo", "max"):
            state = after(state, host, c.Leave(), LATER)
        assert state.core.held
        for n in range(9):
            state = after(state, None, joining(f"x{n}"), LATER + n)
        assert state.core.wave_at is not None
        state = after(state, None, joining("lead", granted=Role.MODERATOR), LATER + SECOND)
        assert not state.core.held
        assert all(standing(state, f"x{n}") is Standing.WAITING for n in range(9))


class TestASweep:
    def test_who_came_in_the_last_minutes_goes_to_the_lobby(self) -> None:
        state = after(gathered(9, wave_joins=0), "mo", c.Sweep(2), LATER + MINUTE)
        assert {s.id for s in state.waiting()} == {"wes", "mia", *(f"x{n}" for n in range(9))}
        assert {s.id for s in state.seated()} == {"fay", "mo", "max", "ann", "bob", "liz"}
        assert state.core.lobby, "or they would walk in again"

    def test_nobody_who_leads_is_swept(self) -> None:
        state = after(circle(), None, joining("host", granted=Role.MODERATOR))
        assert {s.role for s in after(state, "mo", c.Sweep(30)).seated()} == {Role.MODERATOR, Role.FACILITATOR}

    def test_their_messages_go_too(self) -> None:
        swept = [x for x in accepted(circle(), "mo", c.Sweep(5, (("ann", ("ann.m1",)),))) if isinstance(x, e.Swept)]
        assert {x.seat: x.messages for x in swept} == {"ann": ("ann.m1",), "bob": (), "liz": ()}

    def test_who_was_let_in_lately_came_lately(self) -> None:
        state = after(circle(), "mo", c.Admit("wes"), LATER)
        assert [x.seat for x in accepted(state, "mo", c.Sweep(1), LATER) if isinstance(x, e.Swept)] == ["wes"]

    def test_it_is_undone_for_those_who_still_wait(self) -> None:
        state = after(gathered(3, wave_joins=0), "mo", c.Sweep(2), LATER + MINUTE)
        state = after(state, "x1", c.Leave(), LATER + MINUTE)
        state = after(state, "mo", c.Admit(None, ("x0", "x1", "x2")), LATER + MINUTE)
        assert {s.id for s in state.waiting()} == {"wes", "mia"}

    def test_the_floor_goes_on_to_who_is_there(self) -> None:
        state = after(at(QUEUE), None, joining("tro2"), LATER)
        state = after(after(state, "tro2", c.Hand(True), LATER), "ann", c.Hand(True), LATER)
        assert state.floor.seat == "tro2"
        assert after(state, "mo", c.Sweep(1), LATER).floor.seat == "ann"

    def test_a_swept_one_says_nothing_and_may_call_for_help(self) -> None:
        state = after(circle(), "mo", c.Sweep(5))
        assert why_not(state, "ann", c.Send("m1", "hello")) is Code.WAITING
        assert accepted(state, "ann", c.Help("h1", None))

    def test_with_nobody_to_sweep_nothing_happens(self) -> None:
        assert accepted(circle(), "mo", c.Sweep(1), LATER) == ()


class TestASweepOfSomeByName:
    def test_undoes_an_admission_and_the_lobby_stays_off(self) -> None:
        admitted = after(circle(), "mo", c.Admit("wes"), LATER)
        assert accepted(admitted, "mo", c.Sweep(None, (), ("wes",)), LATER) == (e.Swept("wes", (), by_name=True),)
        state = after(admitted, "mo", c.Sweep(None, (), ("wes",)), LATER)
        assert {s.id for s in state.waiting()} == {"wes", "mia"}
        assert not state.core.lobby
        assert standing(after(state, None, joining("next"), LATER), "next") is Standing.SEATED

    def test_the_marked_are_marked_still(self) -> None:
        state = after(after(circle(), "mo", c.Admit("mia")), "mo", c.Sweep(None, (), ("mia",)))
        assert (standing(state, "mia"), state.seats["mia"].marked) == (Standing.WAITING, True)

    def test_however_long_they_have_been_there(self) -> None:
        state = after(circle(), "mo", c.Sweep(None, (), ("ann", "liz")), LATER)
        assert {s.id for s in state.waiting()} == {"wes", "mia", "ann", "liz"}

    @pytest.mark.parametrize("seat", ["wes", "gone", "mo", "max", "fay"])
    def test_passes_over_who_waits_has_gone_or_leads(self, seat: str) -> None:
        assert accepted(circle(), "mo", c.Sweep(None, (), (seat,))) == ()
        assert [x.seat for x in accepted(circle(), "mo", c.Sweep(None, (), (seat, "bob"))) if isinstance(x, e.Swept)] == ["bob"]

    def test_takes_their_words_along_where_that_is_asked(self) -> None:
        swept = accepted(circle(), "mo", c.Sweep(None, (("ann", ("ann.m1",)), ("bob", ("bob.m1",))), ("ann",)))
        assert swept == (e.Swept("ann", ("ann.m1",), by_name=True),)

    def test_is_itself_undone_by_letting_them_in(self) -> None:
        state = after(after(circle(), "mo", c.Sweep(None, (), ("ann",))), "mo", c.Admit(None, ("ann",)))
        assert standing(state, "ann") is Standing.SEATED

    @pytest.mark.parametrize("command", [c.Sweep(None), c.Sweep(5, (), ("ann",)), c.Sweep(0), c.Sweep(31)])
    def test_needs_either_minutes_or_names(self, command: c.Sweep) -> None:
        assert why_not(circle(), "mo", command) is Code.BAD_PAYLOAD
