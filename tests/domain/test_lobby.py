"""The door and the lobby: knocking, being let in or not, and what a ban does without knowing anybody."""

from __future__ import annotations

import pytest

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.lobby import KNOCK_PAUSE_MS, TAG_BITS, network_tag
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Hat, Role
from chatserver.domain.seats import WAITING_GRACE_MS
from chatserver.domain.state import RoomState, Standing, with_core
from tests.domain.rooms import GRACE, NOW, SECOND, accepted, after, circle, empty, joining, only_event, refused, token, why_not

MINUTES_10 = 600_000


def standing(state: RoomState, join: c.Join) -> Standing:
    return after(state, None, join).seats[join.seat].standing


class TestTheDoor:
    @pytest.mark.parametrize(
        ("changes", "join", "comes"),
        [
            ({}, joining("n"), Standing.SEATED),
            ({}, joining("n", role=Role.LISTENER), Standing.SEATED),
            ({}, joining("n", knock=True), Standing.WAITING),  # the way back for somebody who was removed
            ({"lobby": True}, joining("n"), Standing.WAITING),
            ({"lobby": True}, joining("n", role=Role.LISTENER), Standing.WAITING),
            ({"lobby": True}, joining("n", granted=Role.MEMBER), Standing.SEATED),  # an invite was given by somebody who knows them
            ({"lobby": True}, joining("n", granted=Role.MODERATOR), Standing.SEATED),
            ({"lobby": True}, joining("n", granted=Role.MODERATOR, knock=True), Standing.SEATED),
            ({"by_invite": True}, joining("n", granted=Role.MEMBER), Standing.SEATED),
            ({"by_invite": True}, joining("n", granted=Role.FACILITATOR), Standing.SEATED),
            ({"locked": True}, joining("n", granted=Role.MODERATOR), Standing.SEATED),
            ({"frozen": True}, joining("n", granted=Role.FACILITATOR), Standing.SEATED),
            ({"capacity": 1}, joining("n", granted=Role.FACILITATOR), Standing.SEATED),
        ],
    )
    def test_who_comes_in_and_who_waits(self, changes: dict[str, object], join: c.Join, comes: Standing) -> None:
        state = with_core(after(empty(), None, joining("first")), **changes)
        assert standing(state, join) is comes

    @pytest.mark.parametrize(
        ("changes", "join", "code"),
        [
            ({"by_invite": True}, joining("n"), Code.INVITE_NEEDED),
            ({"locked": True}, joining("n"), Code.LOCKED),
            ({"locked": True}, joining("n", knock=True), Code.LOCKED),
            ({"locked": True}, joining("n", granted=Role.MEMBER), Code.LOCKED),
            ({"frozen": True}, joining("n"), Code.FROZEN),
            ({"capacity": 0}, joining("n"), Code.FULL),
            ({"capacity": 0}, joining("n", granted=Role.MEMBER), Code.FULL),
            ({"closed": True}, joining("n", granted=Role.FACILITATOR), Code.CLOSED),
        ],
    )
    def test_who_cannot_come_in_now(self, changes: dict[str, object], join: c.Join, code: Code) -> None:
        assert why_not(empty(**changes), None, join) is code

    def test_a_frozen_door_says_when_to_try_again(self) -> None:
        assert refused(empty(frozen=True), None, joining("n")).retry_after_ms == 10_000

    def test_those_who_wait_take_a_place_so_that_all_can_be_admitted(self) -> None:
        state = after(empty(capacity=2, lobby=True), None, joining("a"))
        state = after(state, None, joining("b"))
        assert why_not(state, None, joining("n")) is Code.FULL


class TestAdmitAndDeny:
    def test_one_who_is_admitted_is_a_member_from_then_on(self) -> None:
        seat = after(circle(), "mo", c.Admit("wes")).seats["wes"]
        assert seat.standing is Standing.SEATED
        assert (seat.admitted_seq, seat.role_seq) == (None, None), "the room is theirs from the admission on, not from the knock"

    def test_all_at_once_are_all_but_the_marked(self) -> None:
        assert circle().seats["mia"].marked
        assert accepted(circle(), "mo", c.Admit(None)) == (e.Admitted("wes", NOW),)
        assert accepted(circle(), "mo", c.Admit("mia")) == (e.Admitted("mia", NOW),), "by name, in one tap"

    def test_all_at_once_are_denied_the_marked_too(self) -> None:
        denied = [x.seat for x in accepted(circle(), "mo", c.Deny(None)) if isinstance(x, e.Denied)]
        assert sorted(denied) == ["mia", "wes"]

    def test_several_are_denied_by_name_and_nobody_who_knocked_later(self) -> None:
        state = after(circle(), None, joining("late", knock=True), NOW + 1)
        denied = [x.seat for x in accepted(state, "mo", c.Deny(None, ("wes", "mia", "gone", "ann"))) if isinstance(x, e.Denied)]
        assert sorted(denied) == ["mia", "wes"]
        assert {s.id for s in after(state, "mo", c.Deny(None, ("wes", "mia"))).waiting()} == {"late"}

    def test_a_greeter_denies_by_name_all_but_the_marked(self) -> None:
        state = after(circle(), "fay", c.AppointHat("ann", Hat.GREETER, True))
        assert accepted(state, "ann", c.Deny(None, ("wes", "mia"))) == (e.Denied("wes"),)

    def test_those_who_wait_come_in_the_order_of_their_knocks(self) -> None:
        state = after(circle(), None, joining("aaa", knock=True), NOW + 1)
        assert [s.id for s in state.waiting()] == ["mia", "wes", "aaa"]

    def test_where_nobody_waits_there_is_nothing_to_do(self) -> None:
        assert accepted(after(empty(), None, joining("fay", granted=Role.FACILITATOR)), "fay", c.Admit(None)) == ()

    @pytest.mark.parametrize("command", [c.Admit("ann"), c.Deny("ann"), c.Admit("gone"), c.Deny("gone")])
    def test_of_somebody_who_does_not_wait_is_refused(self, command: c.Command) -> None:
        assert why_not(circle(), "mo", command) is Code.NO_SUCH_SEAT

    def test_one_who_is_denied_has_no_seat_and_may_knock_again(self) -> None:
        state = after(circle(), "mo", c.Deny("wes"))
        assert why_not(state, None, c.Return(token("wes"))) is Code.SEAT_GONE
        assert standing(state, joining("again", knock=True, tag=4)) is Standing.WAITING

    def test_turning_the_lobby_off_lets_nobody_in_by_itself(self) -> None:
        state = after(after(circle(), "mo", c.Lobby(True)), "mo", c.Lobby(False))
        assert len(state.waiting()) == 2
        assert standing(state, joining("n")) is Standing.SEATED


class TestBans:
    """circle(): the network of tag 7 is banned, and mia waits from there."""

    def test_a_newcomer_of_a_banned_network_waits_and_is_marked(self) -> None:
        seat = circle().seats["mia"]
        assert (seat.standing, seat.marked) == (Standing.WAITING, True)

    def test_an_invite_does_not_hide_the_mark(self) -> None:
        seat = after(circle(), None, joining("n", granted=Role.MEMBER, tag=7)).seats["n"]
        assert (seat.standing, seat.marked) == (Standing.WAITING, True)

    @pytest.mark.parametrize("tag", [None, 6])
    def test_others_come_in_as_ever(self, tag: int | None) -> None:
        seat = after(circle(), None, joining("n", tag=tag)).seats["n"]
        assert (seat.standing, seat.marked) == (Standing.SEATED, False)

    def test_a_host_of_that_network_comes_in(self) -> None:
        assert standing(circle(), joining("n", granted=Role.MODERATOR, tag=7)) is Standing.SEATED

    def test_those_inside_stay(self) -> None:
        state = after(after(circle(), None, joining("tim", tag=9)), None, joining("tom", tag=9))
        assert after(state, "mo", c.Remove("tim", ban=True)).seats["tom"].standing is Standing.SEATED

    def test_one_who_waits_already_is_marked_by_the_ban(self) -> None:
        state = after(after(circle(), None, joining("tim", tag=9)), None, joining("tom", tag=9, knock=True))
        assert not state.seats["tom"].marked
        assert after(state, "mo", c.Remove("tim", ban=True)).seats["tom"].marked

    def test_removal_without_a_ban_marks_nobody(self) -> None:
        state = after(after(circle(), None, joining("tim", tag=9)), "mo", c.Remove("tim"))
        assert standing(state, joining("n", tag=9)) is Standing.SEATED

    def test_the_first_knock_after_the_ban_may_come_at_once(self) -> None:
        state = after(circle(), None, joining("tim", tag=9))
        assert standing(after(state, "mo", c.Remove("tim", ban=True)), joining("n", tag=9)) is Standing.WAITING

    @pytest.mark.parametrize(
        ("actor", "command"),
        [("mo", c.Deny("mia")), ("mo", c.Deny(None)), ("mia", c.Leave()), ("mo", c.Remove("mia")), ("mo", c.Remove("mia", ban=True))],
    )
    def test_however_a_marked_knock_ends_the_next_waits_10_minutes(self, actor: str, command: c.Command) -> None:
        state = after(circle(), actor, command)
        assert refused(state, None, joining("n", tag=7), NOW + SECOND) == Refused(Code.KNOCK_LATER, MINUTES_10 - SECOND)
        assert refused(state, None, joining("n", tag=7), NOW + MINUTES_10 - 1) == Refused(Code.KNOCK_LATER, 1)
        assert after(state, None, joining("n", tag=7), NOW + MINUTES_10).seats["n"].marked
        assert MINUTES_10 == KNOCK_PAUSE_MS

    def test_a_marked_knock_that_drops_out_pauses_too(self) -> None:
        state = after(circle(), None, c.GoneAway("mia", 1))
        state = after(state, None, c.Tick(), NOW + WAITING_GRACE_MS)
        assert "mia" not in state.seats
        assert why_not(state, None, joining("n", tag=7), NOW + WAITING_GRACE_MS) is Code.KNOCK_LATER

    def test_a_marked_one_who_was_admitted_leaves_no_pause_behind(self) -> None:
        state = after(after(circle(), "mo", c.Admit("mia")), "mia", c.Leave())
        assert standing(state, joining("n", tag=7)) is Standing.WAITING

    def test_an_unmarked_knock_that_ended_needs_no_pause(self) -> None:
        state = after(circle(), "wes", c.Leave())
        assert standing(state, joining("n", tag=4, knock=True)) is Standing.WAITING

    def test_a_second_ban_does_not_end_the_pause(self) -> None:
        state = after(circle(), None, joining("tim", tag=7, granted=Role.MODERATOR))
        state = after(after(state, "mo", c.Deny("mia")), "fay", c.Remove("tim", ban=True), NOW + SECOND)
        assert why_not(state, None, joining("n", tag=7), NOW + 2 * SECOND) is Code.KNOCK_LATER

    def test_a_seat_without_a_known_network_can_be_banned_all_the_same(self) -> None:
        state = after(circle(), None, joining("tim"))
        removed = only_event(accepted(state, "mo", c.Remove("tim", ban=True)))
        assert removed == e.Removed("tim", None, (), True)


class TestTags:
    def test_a_tag_tells_little_about_an_address(self) -> None:
        tags = {network_tag(b"k" * 16, bytes([10, 0, n // 256, n % 256])) for n in range(20_000)}
        assert all(0 <= tag < 2**TAG_BITS for tag in tags)
        assert TAG_BITS == 12
        assert len(tags) > 3_900, "they are spread evenly"

    def test_another_rooms_key_gives_another_tag(self) -> None:
        prefixes = [bytes([10, 0, 0, n]) for n in range(64)]
        assert [network_tag(b"a" * 16, p) for p in prefixes] != [network_tag(b"b" * 16, p) for p in prefixes]


class TestComingBack:
    def test_the_token_takes_the_seat_again_as_it_was(self) -> None:
        state = after(circle(), "mo", c.Mute("ann", 60))
        state = after(state, None, c.GoneAway("ann", 1), NOW + SECOND)
        state = after(state, None, c.Return(token("ann")), NOW + 2 * SECOND)
        seat = state.seats["ann"]
        assert (seat.attach, seat.away_since, seat.muted_until) == (2, None, NOW + 60 * SECOND)

    @pytest.mark.parametrize("changes", [{"locked": True}, {"frozen": True}, {"by_invite": True}, {"lobby": True}, {"capacity": 0}])
    def test_no_door_stands_before_one_who_has_a_seat(self, changes: dict[str, object]) -> None:
        state = with_core(circle(), **changes)
        assert accepted(state, None, c.Return(token("ann"))) == (e.Returned("ann", 2),)

    def test_a_foreign_token_takes_nothing(self) -> None:
        assert why_not(circle(), None, c.Return(b"x" * 32)) is Code.SEAT_GONE

    def test_a_removed_one_is_told_so(self) -> None:
        assert why_not(after(circle(), "mo", c.Remove("ann")), None, c.Return(token("ann"))) is Code.REMOVED

    def test_an_old_connections_loss_does_not_touch_the_new_one(self) -> None:
        state = after(circle(), None, c.Return(token("ann")))
        assert accepted(state, None, c.GoneAway("ann", 1)) == ()
        assert accepted(state, None, c.GoneAway("ann", 2)) == (e.WentAway("ann", NOW),)

    def test_a_loss_told_twice_counts_from_the_first(self) -> None:
        state = after(circle(), None, c.GoneAway("ann", 1))
        assert accepted(state, None, c.GoneAway("ann", 1), NOW + SECOND) == ()

    @pytest.mark.parametrize(("seat", "grace"), [("ann", GRACE), ("fay", GRACE), ("wes", WAITING_GRACE_MS)])
    def test_a_seat_is_kept_for_the_grace_time_and_then_goes(self, seat: str, grace: int) -> None:
        state = after(circle(), None, c.GoneAway(seat, 1))
        assert accepted(state, None, c.Tick(), NOW + grace - 1) == ()
        assert accepted(state, None, c.Tick(), NOW + grace) == (e.Left(seat),)
