"""A poll as a value: an entry of the room's state. Its rules are in `polls.py`."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chatserver.holding import Holding


class PollKind(StrEnum):
    AGREE = "agree"  # do we agree to the guidelines?
    HANDS = "hands"  # a show of hands: yes or no
    CHOICE = "choice"  # one of some options
    SCALE = "scale"  # how are you, in five steps


class Result(StrEnum):
    FEW = "few"  # too few votes for numbers to be shown
    NEARLY_ALL = "nearly_all"
    COUNTS = "counts"


@dataclass(frozen=True, slots=True)
class Poll:
    number: int = 0  # counts the polls of this room; 0: there was none yet
    kind: str = ""  # of `PollKind`; "": nothing is asked or shown
    question: str = ""
    options: tuple[str, ...] = ()  # of a choice
    counts: tuple[int, ...] = ()  # of each answer; () where they must not be told
    voted: int = 0  # how many have
    ends_at: int | None = None  # it is counted then, at the latest
    result: str = ""  # of `Result`; "": it is open
    most: int = 0  # the answer that nearly all chose


NO_POLL = Poll()


HOLDS = (
    Holding("poll", "room", "poll", "room-closes", ("number", "kind", "ends_at", "result")),
    Holding("poll-question", "room", "poll", "room-closes", ("question", "options"), identifies="words"),
    Holding("poll-totals", "room", "poll", "room-closes", ("counts", "voted", "most")),
)
