"""What a rehearsal finds out: fed by hand with what each has heard, right and deliberately wrong."""

from __future__ import annotations

from typing import Any

import pytest

from chatserver.rehearsal.checker import Checker
from chatserver.rehearsal.tries import Tried, Try

Json = dict[str, Any]

HOST, ANN, BOB = "host", "ann", "bob"


def seat(name: str) -> Json:
    return {
        "seat": name,
        "name": name,
        "role": "facilitator" if name == HOST else "member",
        "away": False,
        "muted": False,
        "hats": [],
        "welcomes": name == ANN,
    }


def room(mode: str = "open", floor: str | None = None, *, cross_talk: bool = False) -> Json:
    return {
        "segment": {
            "index": 0,
            "title": "Part",
            "mode": mode,
            "ends_at": 0,
            "cross_talk": cross_talk,
            "share_seconds": 180,
            "asks": "",
            "offers": [],
        },
        "floor": None if floor is None else {"seat": floor, "ends_at": None},
        "hands": [],
        "questions": [],
        "agenda": [],
        "seats": [seat(HOST), seat(ANN), seat(BOB)],
    }


class Rehearsal:
    """A checker, and the three whom it listens to. The host looks on."""

    def __init__(self, at: Json, *, led: bool = True) -> None:
        self.checker = Checker(led=led)
        self.seq = 0
        for name in (HOST, ANN, BOB):
            self.checker.entered(name, {"seq": 0, "room": at})

    def event(self, type_: str, *, to: tuple[str, ...] = (HOST, ANN, BOB), **fields: Any) -> Json:
        self.seq += 1
        event = {"epoch": "e.1", "seq": self.seq, "at": 0, "type": type_, **fields}
        for name in to:
            self.checker.heard(name, event)
        return event

    def said(self, by: str, number: int, *, to: tuple[str, ...] = (HOST, ANN, BOB), **more: Any) -> Json:
        return self.event("message", to=to, id=f"{by}.m{number}", seat=by, name=by, text=f"words {number}", proof="", **more)

    def floor(self, seat: str | None) -> None:
        self.event("floor", seat=seat, ends_at=None, hands=[], questions=[])

    def closed(self) -> None:
        self.event("closed", message="")

    def wrong(self, *, finished: bool = True) -> str:
        return " ".join(check.sentence for check in self.checker.checks(finished=finished) if not check.ok)

    def right(self) -> str:
        checks = self.checker.checks()
        assert all(check.ok for check in checks), checks
        return " ".join(check.sentence for check in checks)


@pytest.fixture
def rehearsal() -> Rehearsal:
    return Rehearsal(room())


def test_all_is_well(rehearsal: Rehearsal) -> None:
    rehearsal.said(ANN, 1)
    rehearsal.said(BOB, 1)
    rehearsal.checker.taken(["ann.m1", "bob.m1"])
    rehearsal.event("room", segment=room("queue")["segment"] | {"index": 1})
    rehearsal.floor(ANN)
    rehearsal.said(ANN, 2)
    rehearsal.floor(None)
    rehearsal.checker.tried(Tried(Try("send", {}, "not_your_turn"), "not_your_turn"))
    rehearsal.checker.dropped()
    rehearsal.checker.back(in_time=True)
    rehearsal.closed()
    told = rehearsal.right()
    assert "3 people heard the same 3 messages in the same order." in told
    assert "a try was refused (not_your_turn 1)" in told
    assert "Every turn that began was ended: 1." in told
    assert "came back to its seat and went on" in told
    assert "everybody was told" in told


def test_two_messages_in_another_order(rehearsal: Rehearsal) -> None:
    one = rehearsal.said(ANN, 1, to=(HOST, ANN))
    other = rehearsal.said(BOB, 1, to=(HOST, ANN))
    for event in (other, one):
        rehearsal.checker.heard(BOB, event)
    rehearsal.closed()
    assert "somebody heard them in another order" in rehearsal.wrong()


def test_a_message_that_somebody_missed(rehearsal: Rehearsal) -> None:
    rehearsal.said(ANN, 1, to=(HOST, ANN))
    rehearsal.said(ANN, 2)
    rehearsal.closed()
    assert "somebody missed 1 of them" in rehearsal.wrong()


def test_a_message_that_only_one_heard(rehearsal: Rehearsal) -> None:
    rehearsal.said(ANN, 1, to=(BOB,))
    rehearsal.closed()
    assert "somebody heard more than the others" in rehearsal.wrong()


def test_other_words_under_the_same_id(rehearsal: Rehearsal) -> None:
    event = rehearsal.said(ANN, 1, to=(HOST, ANN))
    rehearsal.checker.heard(BOB, event | {"text": "other words"})
    rehearsal.closed()
    assert "Not everybody heard the same" in rehearsal.wrong()


def test_a_message_twice(rehearsal: Rehearsal) -> None:
    event = rehearsal.said(ANN, 1)
    for name in (HOST, ANN, BOB):
        rehearsal.checker.heard(name, event)
    rehearsal.closed()
    assert "somebody heard a message twice" in rehearsal.wrong()


def test_who_comes_later_hears_from_then_on(rehearsal: Rehearsal) -> None:
    rehearsal.said(ANN, 1)
    rehearsal.checker.entered("late", {"seq": rehearsal.seq, "room": room()})
    rehearsal.said(ANN, 2, to=(HOST, ANN, BOB, "late"))
    rehearsal.event("closed", to=(HOST, ANN, BOB, "late"), message="")
    assert "4 people heard the same 2 messages" in rehearsal.right()


def test_who_was_sent_out_hears_no_more_and_is_no_fault(rehearsal: Rehearsal) -> None:
    rehearsal.said(ANN, 1)
    rehearsal.event("removed", to=(BOB,), reason=None, banned=False)
    rehearsal.said(ANN, 2, to=(HOST, ANN))
    rehearsal.event("closed", to=(HOST, ANN), message="")
    assert rehearsal.right()


def test_words_that_were_taken_and_lost(rehearsal: Rehearsal) -> None:
    rehearsal.checker.taken(["ann.m1"])
    rehearsal.closed()
    assert "1 of 1 messages that were taken were heard by nobody." in rehearsal.wrong()


def test_a_gap(rehearsal: Rehearsal) -> None:
    rehearsal.checker.entered(BOB, {"seq": 0, "room": room(), "gap": True})
    rehearsal.closed()
    assert "could not be brought back" in rehearsal.wrong()


@pytest.mark.parametrize(
    ("mode", "floor", "by", "allowed"),
    [
        ("open", None, ANN, True),
        ("queue", ANN, ANN, True),
        ("queue", ANN, BOB, False),
        ("queue", None, HOST, False),
        ("round", BOB, BOB, True),
        ("round", BOB, HOST, False),
        ("speaker", None, HOST, True),
        ("speaker", ANN, ANN, True),
        ("speaker", ANN, BOB, False),
        ("silence", None, HOST, False),
        ("silence", ANN, ANN, False),
    ],
)
def test_whose_turn_it_is(mode: str, floor: str | None, by: str, allowed: bool) -> None:
    rehearsal = Rehearsal(room(mode, floor))
    rehearsal.said(by, 1)
    assert ("from somebody who had no turn" in rehearsal.wrong(finished=False)) is not allowed


def test_a_short_reply_where_the_part_allows_it() -> None:
    for cross_talk in (True, False):
        rehearsal = Rehearsal(room("queue", ANN, cross_talk=cross_talk))
        rehearsal.said(BOB, 1, reply_to="ann.m1")
        assert bool(rehearsal.wrong(finished=False)) is not cross_talk


def test_what_was_missed_at_its_time_is_not_judged_by_what_holds_now() -> None:
    rehearsal = Rehearsal(room("silence"))
    for name in (HOST, ANN, BOB):
        rehearsal.checker.heard(name, {"type": "message", "id": "ann.m1", "seat": ANN, "name": ANN, "text": "x", "seq": 1}, late=True)
    assert rehearsal.wrong(finished=False) == ""


def test_a_turn_that_did_not_end(rehearsal: Rehearsal) -> None:
    rehearsal.floor(ANN)
    rehearsal.closed()
    assert "1 turns began, and only 0 of them ended." in rehearsal.wrong()
    assert rehearsal.wrong(finished=False) == "", "where it was stopped in the middle"


def test_a_person_who_leads_may_close_the_room_in_the_middle_of_a_turn() -> None:
    rehearsal = Rehearsal(room(), led=False)
    rehearsal.floor(ANN)
    rehearsal.closed()
    assert rehearsal.wrong() == ""


@pytest.mark.parametrize(("code", "told"), [(None, "“send” was taken, and not silence"), ("empty", "“send” was empty, and not silence")])
def test_what_must_be_refused_was_not(rehearsal: Rehearsal, code: str | None, told: str) -> None:
    rehearsal.checker.tried(Tried(Try("send", {}, "silence"), code))
    rehearsal.closed()
    assert told in rehearsal.wrong()


def test_a_sign_for_somebody_else(rehearsal: Rehearsal) -> None:
    rehearsal.floor(ANN)
    rehearsal.event("sign", to=(HOST,), sign="soft", ends_at=0, by_hand=False)
    rehearsal.floor(None)
    rehearsal.closed()
    assert "A sign for who shares came to somebody else" in rehearsal.wrong()


def test_a_line_that_did_not_come_back(rehearsal: Rehearsal) -> None:
    rehearsal.checker.dropped()
    rehearsal.closed()
    assert "0 came back to their seat" in rehearsal.wrong()


def test_a_room_that_is_closed_while_somebody_s_line_is_lost(rehearsal: Rehearsal) -> None:
    rehearsal.checker.dropped()
    rehearsal.said(ANN, 1, to=(HOST, ANN))
    rehearsal.checker.away(BOB)
    rehearsal.event("closed", to=(HOST, ANN), message="")
    assert "lost" not in rehearsal.right()


def test_who_was_not_told_of_the_end(rehearsal: Rehearsal) -> None:
    rehearsal.event("closed", to=(HOST, ANN), message="")
    assert "1 of 3 people were not told that the meeting is over." in rehearsal.wrong()


def test_a_door_that_is_open_yet(rehearsal: Rehearsal) -> None:
    rehearsal.closed()
    rehearsal.checker.door("open")
    assert "the room's door says “open”" in rehearsal.wrong()


def test_a_reply_to_somebody_who_does_not_welcome_it() -> None:
    rehearsal = Rehearsal(room("queue", ANN, cross_talk=True))
    rehearsal.said(ANN, 1, reply_to="bob.m1")
    rehearsal.said(HOST, 1, reply_to="bob.m1")
    assert "1 message came from somebody who had no turn: host." in rehearsal.wrong(finished=False)


def test_a_milestone_is_heard_as_words_are() -> None:
    rehearsal = Rehearsal(room())
    rehearsal.event("milestone", to=(HOST, ANN), id="ann.m1", seat=ANN, name=ANN, kind="days", count=30)
    rehearsal.closed()
    assert "somebody missed 1 of them" in rehearsal.wrong()
    quiet = Rehearsal(room("silence"))
    quiet.event("milestone", id="ann.m1", seat=ANN, name=ANN, kind="again", count=None)
    assert "no turn: ann" in quiet.wrong(finished=False)


def test_votes_that_were_taken_are_counted(rehearsal: Rehearsal) -> None:
    for voted in (1, 2):
        rehearsal.checker.voted(1)
        rehearsal.event("poll", poll={"poll": 1, "kind": "scale", "voted": voted, "result": None})
    rehearsal.closed()
    assert "Every vote that was taken was counted: 2." in rehearsal.right()
    rehearsal.checker.voted(1)
    assert "1 of 3 votes that were taken were not counted." in rehearsal.wrong()
