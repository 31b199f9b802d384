"""What holds in every room, whatever is asked of it, in whatever order, by whomever."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Hat, Role
from chatserver.domain.room import RULES, decide
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import RoomState, Standing, changed_entries, with_core, with_entries, written_at
from chatserver.wire.codes import CODES
from chatserver.wire.entries import pack_all, unpack_all
from tests.domain.rooms import HOUR, NOW, circle, empty, entries_of, joining, token, why_not
from tests.domain.strategies import MAKERS, NAMES, Move, many_moves, modest, rooms, step_of, steps
from tests.domain.test_events_make_the_snapshot import ASKED

HOSTS = {Role.FACILITATOR, Role.MODERATOR}


def frozen(state: RoomState) -> Mapping[str, bytes | None]:
    """Every byte of the state, to see whether anything in it has changed."""
    return pack_all(entries_of(state))


# --- entries


@modest
@given(rooms(), many_moves())
def test_entries_packed_unpacked_and_applied_are_the_evolved_state(state: RoomState, asked: list[Move]) -> None:
    replica, seq = with_entries(None, unpack_all(pack_all(entries_of(state))), 1), 1
    for n, move in enumerate(asked):
        for step in steps(replica, [move]):
            seq += 1
            changed = changed_entries(step.before, step.after)
            applied = with_entries(replica, unpack_all(pack_all(changed)), seq)
            expected = {k: written_at(s, seq) for k, s in step.after.seats.items()}
            assert (applied.core, applied.seats, applied.names, applied.tokens) == (
                step.after.core,
                expected,
                step.after.names,
                step.after.tokens,
            ), n
            assert list(applied.seats) == list(step.after.seats), "a seat that is written again keeps its place"
            replica = applied
    assert with_entries(None, unpack_all(pack_all(entries_of(replica))), 99) == replica


@modest
@given(rooms(), many_moves())
def test_only_what_an_event_is_about_is_written(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked):
        if not isinstance(step.decision, Refused) and not any(isinstance(x, e.TagBlocked | e.WaveEnded) for x in step.decision):
            about = {"seat/" + s for x in step.decision for s in _seats_about(x)}
            written = {k for k in changed_entries(step.before, step.after) if k.startswith("seat/")}
            assert written <= about, step.command


def _seats_about(event: e.Event) -> list[str]:
    if isinstance(event, e.FirstMessagesSet):
        return list(event.known)
    seat = getattr(event, "seat", None)
    return [] if seat is None else [seat if isinstance(seat, str) else seat.id]


# --- refusals


@modest
@given(rooms(), many_moves())
def test_a_refused_command_changes_nothing(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked):
        if isinstance(step.decision, Refused):
            before = frozen(step.before)
            again = decide(step.before, step.actor, step.command, step.now)
            assert again == step.decision
            assert step.after is step.before
            assert frozen(step.before) == before


@modest
@given(rooms(), many_moves())
def test_an_accepted_command_leaves_the_old_state_as_it_was(state: RoomState, asked: list[Move]) -> None:
    """A commit that loses is decided again on the state that it started from."""
    history = [(step.before, frozen(step.before)) for step in steps(state, asked)]
    assert all(frozen(before) == packed for before, packed in history)


@pytest.mark.parametrize("kind", RULES, ids=lambda k: k.__name__)
def test_after_the_closing_every_command_is_refused_and_changes_nothing(kind: type) -> None:
    closed = with_core(circle(), closed=True)
    before = frozen(closed)
    for state, actor, command, now in ASKED:
        if type(command) is kind:
            assert not isinstance(decide(state, actor, command, now), Refused), "otherwise this shows nothing"
            assert why_not(closed, actor, command, now) is Code.CLOSED
    assert frozen(closed) == before


@modest
@given(rooms(), many_moves())
def test_a_time_to_try_again_is_in_the_future_and_only_where_that_makes_sense(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked):
        if isinstance(step.decision, Refused) and step.decision.retry_after_ms is not None:
            assert step.decision.retry_after_ms > 0
            assert CODES[step.decision.code].retryable


# --- names


def alike(name: str) -> str:
    """A notion of looking alike that shares nothing with the rules': no case, no compatibility forms, no spaces, nothing invisible."""
    text = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    return "".join(ch for ch in text if not ch.isspace() and unicodedata.category(ch) not in ("Cf", "Mn", "Me"))


@modest
@given(rooms(), many_moves(c.Join, c.Rename, c.Admit, c.Deny, c.Leave))
def test_names_in_a_room_are_distinct_to_a_hurried_reader(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked):
        names = [alike(s.name) for s in step.after.seats.values()]
        assert len(set(names)) == len(names), names


@modest
@given(st.lists(NAMES, max_size=12))
def test_names_typed_by_guests_are_distinct_to_a_hurried_reader(typed: list[str]) -> None:
    state = empty()
    for n, name in enumerate(typed):
        state = step_of(state, None, joining(f"n{n}", name or " "), NOW).after
    names = [alike(s.name) for s in state.seats.values()]
    assert len(set(names)) == len(names), names


@modest
@given(rooms(), many_moves(c.Join, c.Rename, c.Admit, c.Leave, c.Remove, c.Return))
def test_names_and_tokens_are_those_of_the_seats_and_no_others(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked):
        after = step.after
        assert set(after.names.values()) == set(after.seats)
        assert after.tokens == {s.token: s.id for s in after.seats.values()}


# --- time


@modest
@given(rooms(), many_moves(), st.integers(0, 3 * HOUR))
def test_a_tick_does_all_that_is_due_and_a_second_one_nothing(state: RoomState, asked: list[Move], later: int) -> None:
    for step in steps(state, asked):
        state = step.after
    ticked = step_of(state, None, c.Tick(), NOW + later)
    if ticked.after.core.closed:
        assert why_not(ticked.after, None, c.Tick(), NOW + later) is Code.CLOSED
    else:
        assert decide(ticked.after, None, c.Tick(), NOW + later) == ()


@modest
@given(rooms(), many_moves())
def test_every_deadline_leads_on_and_before_it_there_is_nothing_to_do(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked, keep_time=True):  # or it would be asked about a moment that has passed
        state = step.after
    for _ in range(2 * len(state.seats) + 40):  # and up to a quarter of an hour of overtime, minute by minute
        if state.core.closed:
            return
        due = next_deadline(state)
        assert decide(state, None, c.Tick(), due - 1) == ()
        ticked = step_of(state, None, c.Tick(), due)
        assert not isinstance(ticked.decision, Refused)
        assert ticked.decision, "a tick that is due does something"
        state = ticked.after
    pytest.fail("the room does not come to its end")


# --- capacity


@modest
@given(rooms(), many_moves(c.Join, c.Join, c.Admit, c.Leave, c.Remove))
def test_nobody_but_a_host_comes_in_beyond_the_capacity(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked):
        if isinstance(step.command, c.Join) and not isinstance(step.decision, Refused):
            came = step.after.seats[step.command.seat]
            assert came.role in HOSTS or len(step.after.seats) <= step.after.core.capacity
        guests = [s for s in step.after.seats.values() if s.role not in HOSTS]
        assert len(guests) <= step.after.core.capacity


# --- the lobby


@modest
@given(rooms(), many_moves())
def test_nobody_leaves_the_lobby_for_the_room_but_by_a_host(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked, keep_time=True):
        waited = {s.id for s in step.before.waiting()}
        inside = {s.id for s in step.after.seats.values() if s.standing is Standing.SEATED}
        if waited & inside and isinstance(step.command, c.Admit):
            assert step.actor is not None
            assert step.before.seats[step.actor].role in HOSTS or Hat.GREETER in step.before.seats[step.actor].hats
        elif waited & inside:
            assert step.before.core.held
            assert not step.after.core.held
            assert all(step.before.seats[seat].held and not step.before.seats[seat].marked for seat in waited & inside)


@modest
@given(rooms(), many_moves(c.Join, c.Join, c.Remove, c.Deny, c.Leave, c.Admit, c.Tick, c.GoneAway))
def test_whoever_comes_from_a_banned_network_waits_and_is_marked(state: RoomState, asked: list[Move]) -> None:
    for step in steps(state, asked):
        assert all(s.marked for s in step.after.waiting() if s.tag in step.after.core.bans)
        if isinstance(step.command, c.Join) and not isinstance(step.decision, Refused):
            came = step.after.seats[step.command.seat]
            if came.tag in step.before.core.bans and came.role not in HOSTS:
                assert (came.standing, came.marked) == (Standing.WAITING, True)


@modest
@given(rooms(), many_moves(c.Join, c.Remove, c.Deny, c.Leave, c.Return, c.Tick))
def test_the_token_of_a_removed_seat_is_dead(state: RoomState, asked: list[Move]) -> None:
    removed: set[str] = set()
    for step in steps(state, asked):
        if not isinstance(step.decision, Refused):
            removed |= {x.seat for x in step.decision if isinstance(x, e.Removed)}
        for seat in removed:
            if not step.after.core.closed and seat not in step.after.seats:
                assert why_not(step.after, None, c.Return(token(seat))) is Code.REMOVED


def test_moves_are_made_of_every_command() -> None:
    assert set(MAKERS) == set(RULES)


@pytest.mark.parametrize(("one", "other"), list(combinations(("Anna", "ANNA", "Аnna", "Ａｎｎａ", "An\u200bna", "Ánna"), 2)))
def test_the_independent_notion_is_not_the_rules_own(one: str, other: str) -> None:
    """Guards the test: the rules know more look-alikes than `alike` does, never fewer."""
    taken = step_of(empty(), None, joining("a", one), NOW).after
    assert why_not(taken, None, joining("b", other)) is Code.NAME_TAKEN
