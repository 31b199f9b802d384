"""What a rehearsal finds out, fed with what each hears: whether all heard the same in the same order, and nobody spoke out of turn."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from chatserver.rehearsal.room_view import RoomView
from chatserver.rehearsal.tries import Tried

Json = dict[str, Any]

SHOWN = 3  # of many faults of a kind


@dataclass(frozen=True, slots=True)
class Check:
    ok: bool
    sentence: str


@dataclass
class _Ear:
    """What one seat has heard, from when it came in."""

    since: int
    messages: list[tuple[str, str]] = field(default_factory=list)  # id, text
    seqs: list[int] = field(default_factory=list)
    whole: bool = True  # it was there until the end
    gaps: int = 0
    closed: bool = False


class Checker:
    """One of the seats looks on: by the events that it hears, it is known whose turn it was."""

    def __init__(self, *, led: bool = True) -> None:
        """`led` by the pretend facilitator, who closes the room when nobody has the floor; a person may do it earlier."""
        self.view = RoomView()
        self._led = led
        self._ears: dict[str, _Ear] = {}
        self._looks_on = ""
        self._taken: set[str] = set()
        self._tried: list[Tried] = []
        self._out_of_turn: list[str] = []
        self._begun = self._ended = 0
        self._stray_signs = 0
        self._drops = self._returns = self._late = 0
        self._votes: Counter[int] = Counter()  # by poll
        self._counted: dict[int, int] = {}
        self._door = "closed"

    # --- what it is fed with

    def entered(self, seat: str, answer: Json) -> None:
        """Somebody has come in, or back, with this join answer. The first one of all looks on."""
        self._looks_on = self._looks_on or seat
        ear = self._ears.setdefault(seat, _Ear(answer["seq"]))
        ear.gaps += bool(answer.get("gap"))
        if seat == self._looks_on:
            self._turned(lambda: self.view.enter(answer["room"]))

    def heard(self, seat: str, event: Json, late: bool = False) -> None:
        """Every event of every seat, as it comes. `late`: it was missed at its time, when another part may have been under way."""
        ear = self._ears[seat]
        match event["type"]:
            case "message" | "milestone":
                ear.messages.append((event["id"], event.get("text") or f"{event['kind']} {event['count']}"))
                ear.seqs.append(event["seq"])
            case "poll" if event["poll"] is not None:
                self._counted[event["poll"]["poll"]] = event["poll"]["voted"]
            case "gap":
                ear.gaps += 1
            case "closed":
                ear.closed = True
            case "removed" | "replaced":
                ear.whole = False
            case "sign":
                self._stray_signs += seat == self._looks_on and self.view.holder != seat
        if seat == self._looks_on and not late:
            if event["type"] in ("message", "milestone") and not self._in_turn(event):
                self._out_of_turn.append(event["name"])
            self._turned(lambda: self.view.apply(event))

    def taken(self, messages: list[str]) -> None:
        """The ids of what was said and acknowledged."""
        self._taken |= set(messages)

    def voted(self, poll: int) -> None:
        """Somebody was told that their vote counts."""
        self._votes[poll] += 1

    def tried(self, tried: Tried) -> None:
        self._tried.append(tried)

    def dropped(self) -> None:
        self._drops += 1

    def back(self, in_time: bool) -> None:
        """`in_time`: the share was still theirs."""
        self._returns += 1
        self._late += not in_time

    def away(self, seat: str) -> None:
        """Whose line was lost when the room was closed could not be told."""
        self._ears[seat].whole = False
        self._drops -= 1

    def door(self, state: str) -> None:
        """What the room's door says when all is over."""
        self._door = state

    def _turned(self, change: Callable[[], None]) -> None:
        before = self.view.holder if self.view.room else None
        change()
        if self.view.holder != before:
            self._ended += before is not None
            self._begun += self.view.holder is not None

    def _in_turn(self, event: Json) -> bool:
        return self.view.may_write(event["seat"]) or self.view.may_reply(event.get("reply_to") or "")

    # --- what it found

    def checks(self, *, finished: bool = True) -> list[Check]:
        """`finished`: the meeting came to its end; else it was stopped, and what is open yet is no fault."""
        return [
            *self._same(finished),
            *self._nothing_lost(finished),
            *self._turns(),
            *self._refusals(),
            *self._shares(finished),
            *self._polls(),
            *self._lost_lines(),
            *(self._ending() if finished else ()),
        ]

    @property
    def messages(self) -> int:
        """How many those who were there from the beginning have heard."""
        return len(self._ears[self._looks_on].messages) if self._looks_on else 0

    @property
    def shares(self) -> int:
        return self._begun

    def _same(self, finished: bool) -> Iterator[Check]:
        if not self._looks_on:
            return
        reference = self._ears[self._looks_on]
        faults = [fault for seat, ear in self._ears.items() if seat != self._looks_on and (fault := _difference(reference, ear, finished))]
        faults += ["somebody heard a message twice" for ear in self._ears.values() if len(set(ear.messages)) < len(ear.messages)]
        if faults:
            yield Check(False, f"Not everybody heard the same in the same order: {_some(faults)}.")
        else:
            yield Check(True, f"{len(self._ears)} people heard the same {self.messages} messages in the same order.")

    def _nothing_lost(self, finished: bool) -> Iterator[Check]:
        heard = {message for ear in self._ears.values() for message, _ in ear.messages}
        lost = self._taken - heard
        if lost and finished:
            yield Check(False, f"{len(lost)} of {len(self._taken)} messages that were taken were heard by nobody.")
        gaps = sum(ear.gaps for ear in self._ears.values())
        if gaps:
            yield Check(False, f"Something that was said could not be brought back, {gaps} times.")

    def _turns(self) -> Iterator[Check]:
        if self._out_of_turn:
            count = len(self._out_of_turn)
            yield Check(False, f"{count} message{'s' if count > 1 else ''} came from somebody who had no turn: {_some(self._out_of_turn)}.")
        if self._stray_signs:
            yield Check(False, f"A sign for who shares came to somebody else, {self._stray_signs} times.")

    def _refusals(self) -> Iterator[Check]:
        wrong = [f"“{t.what.event}” was {t.code or 'taken'}, and not {t.what.code}" for t in self._tried if t.code != t.what.code]
        if wrong:
            yield Check(False, f"What must be refused was not, or otherwise: {_some(wrong)}.")
        elif self._tried and not self._out_of_turn:
            codes = Counter(tried.what.code for tried in self._tried)
            told = ", ".join(f"{code} {count}" for code, count in codes.most_common())
            tries = "a try was" if len(self._tried) == 1 else f"{len(self._tried)} tries were"
            yield Check(True, f"Nobody could write out of turn: {tries} refused ({told}).")

    def _shares(self, finished: bool) -> Iterator[Check]:
        open_yet = self.view.room and self.view.holder is not None and not self._led
        if self._begun != self._ended + bool(open_yet) and finished:
            yield Check(False, f"{self._begun} turns began, and only {self._ended} of them ended.")
        elif self._begun:
            yield Check(True, f"Every turn that began was ended: {self._ended}." if finished else f"{self._begun} turns began.")

    def _polls(self) -> Iterator[Check]:
        lost = sum(max(0, votes - self._counted.get(poll, 0)) for poll, votes in self._votes.items())
        if lost:
            yield Check(False, f"{lost} of {self._votes.total()} votes that were taken were not counted.")
        elif self._votes:
            yield Check(True, f"Every vote that was taken was counted: {self._votes.total()}.")

    def _lost_lines(self) -> Iterator[Check]:
        if not self._drops:
            return
        whole = self._returns - self._late
        what = f"Of {self._drops} lines lost in the middle of a share {self._returns} came back to their seat, {whole} in time to go on."
        if self._drops == whole == 1:
            what = "A line was lost in the middle of a share, and came back to its seat and went on."
        yield Check(self._returns == self._drops, what)

    def _ending(self) -> Iterator[Check]:
        open_yet = sum(ear.whole and not ear.closed for ear in self._ears.values())
        if open_yet:
            yield Check(False, f"{open_yet} of {len(self._ears)} people were not told that the meeting is over.")
        elif self._door != "closed":
            yield Check(False, f"The meeting is over, and the room's door says “{self._door}”.")
        else:
            yield Check(True, "The room is closed, and everybody was told.")


def _difference(reference: _Ear, ear: _Ear, finished: bool) -> str:
    """What this one heard otherwise than the one who looks on; empty where nothing."""
    begins = next((n for n, seq in enumerate(reference.seqs) if seq > ear.since), len(reference.seqs))
    expected = reference.messages[begins:]
    heard = ear.messages
    if not ear.whole or not finished:  # the last words may not have come to everybody
        expected, heard = expected[: len(heard)], heard[: len(expected)]
    if heard == expected:
        return ""
    if sorted(heard) == sorted(expected):
        return "somebody heard them in another order"
    missing = len(set(expected) - set(heard))
    if missing:
        return f"somebody missed {missing} of them"
    return "somebody heard more than the others"


def _some(faults: list[str]) -> str:
    shown = list(dict.fromkeys(faults))
    more = len(shown) - SHOWN
    return "; ".join(shown[:SHOWN]) + (f"; and {more} more" if more > 0 else "")
