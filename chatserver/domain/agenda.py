"""The agenda: the segments of this meeting, which of them it has come to, and going on from one to the next.

Until a host begins it, the room is open for greeting. A segment does not end by the clock: no share is cut off because an hour is planned
otherwise, and people see that they are late. A silence does: nobody could say that it is over.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from chatserver.domain.formats import Mode, Segment
from chatserver.holding import Holding

BEFORE = -1  # the index before the first segment
GREETING = Segment("Before the start", 0, Mode.OPEN)
HANDS = ("share", "question")  # kinds
SIGNS = ("soft", "clear")  # to who shares: two thirds of the time are over, or all of it
MAX_EXTENSION_SECONDS = 3_600


@dataclass(frozen=True, slots=True)
class Agenda:
    """The entry of it in the room's state. Times are milliseconds since 1970 UTC."""

    segments: tuple[Segment, ...] = ()  # none: a meeting without an agenda
    heard_last: bool = True  # who has not been heard yet goes first in the hand queue
    index: int = BEFORE
    visit: int = 0  # counts the segments that have begun: one that is gone back to begins anew
    since: int = 0
    ends_at: int = 0  # by the plan
    title: str = ""  # of the format
    note: str = ""  # of the format
    topic: str = ""  # what is shared about today
    speed: int = 1  # of a rehearsal: so many times as fast

    def ms(self, seconds: int) -> int:
        """So many seconds of the meeting, in milliseconds. Every time that the agenda and the floor set is made here, so that a rehearsal
        is the meeting itself with a fast clock."""
        return seconds * 1_000 // self.speed

    @property
    def segment(self) -> Segment:
        return self.segments[self.index] if 0 <= self.index < len(self.segments) else GREETING


@dataclass(frozen=True, slots=True)
class Floor:
    """Who has the right to write in a segment that takes turns: an entry of the room's state, too."""

    seat: str | None = None
    turn: int = 0  # counts the shares of this meeting
    since: int = 0
    ends_at: int | None = None  # None: no limit
    sign: str = ""  # the last that the sharer was given: "soft", "clear"

    @property
    def running(self) -> int:
        """The number of the turn that somebody has at present; 0: none."""
        return self.turn if self.seat is not None else 0


NO_AGENDA, NOBODY = Agenda(), Floor()


def begun(agenda: Agenda, index: int, now: int) -> Agenda:
    """The agenda with that segment beginning now."""
    return replace(agenda, index=index, visit=agenda.visit + 1, since=now, ends_at=planned_end(agenda, index, now))


def planned_end(agenda: Agenda, index: int, now: int) -> int:
    """When that segment ends, if it begins now."""
    return now + agenda.ms(agenda.segments[index].minutes * 60 if index >= 0 else 0)


def extended(agenda: Agenda, ends_at: int, seconds: int) -> int:
    """The end of a segment or a share, so many seconds of the meeting later."""
    return ends_at + agenda.ms(min(seconds, MAX_EXTENSION_SECONDS))


def target(agenda: Agenda, go: str | int) -> int | None:
    """The index that `"next"`, `"back"` or a number means; None where there is no such segment."""
    index = {"next": agenda.index + 1, "back": agenda.index - 1}[go] if isinstance(go, str) else go
    return index if 0 <= index < len(agenda.segments) else None


HOLDS = (
    Holding(
        "agenda",
        "room",
        "agenda",
        "room-closes",
        ("segments", "heard_last", "index", "visit", "since", "ends_at", "title", "note", "speed"),
    ),
    Holding("topic", "room", "agenda", "room-closes", ("topic",), identifies="words"),
    Holding("floor", "room", "floor", "room-closes", ("seat", "turn", "since", "ends_at", "sign"), identifies="seat"),
)
