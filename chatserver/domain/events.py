"""What happened in a room. Facts change its state; posts do not. Who hears of each is the table at the end.

A list to look things up in, one after the other and without logic: so it is long, and in one place.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from chatserver.domain.call_events import CallClosed as CallClosed
from chatserver.domain.call_events import CallOpened as CallOpened
from chatserver.domain.call_events import CallTaken as CallTaken
from chatserver.domain.call_events import CallWaits as CallWaits
from chatserver.domain.call_events import HelpWords as HelpWords
from chatserver.domain.call_events import HostWords as HostWords
from chatserver.domain.call_events import ReportClosed as ReportClosed
from chatserver.domain.call_events import Reported as Reported
from chatserver.domain.call_events import ReportTaken as ReportTaken
from chatserver.domain.call_events import ReportWaits as ReportWaits
from chatserver.domain.poll import Poll
from chatserver.domain.roles import Hat, Role
from chatserver.domain.state import Seat

# --- facts


@dataclass(frozen=True, slots=True)
class Seated:
    """`link`: the hash of the single-purpose link that is the seat's from now on."""

    seat: Seat
    link: bytes | None = None


@dataclass(frozen=True, slots=True)
class Knocked:
    """As `Seated`, in the lobby."""

    seat: Seat
    link: bytes | None = None


@dataclass(frozen=True, slots=True)
class Admitted:
    seat: str
    at: int


@dataclass(frozen=True, slots=True)
class Denied:
    seat: str


@dataclass(frozen=True, slots=True)
class SpokenTo:
    """Who waits may answer from now on."""

    seat: str


@dataclass(frozen=True, slots=True)
class Returned:
    seat: str
    attach: int
    worker: str = ""


@dataclass(frozen=True, slots=True)
class WentAway:
    seat: str
    at: int


@dataclass(frozen=True, slots=True)
class FoundHere:
    seat: str
    worker: str


@dataclass(frozen=True, slots=True)
class Left:
    seat: str


@dataclass(frozen=True, slots=True)
class Muted:
    seat: str
    until: int


@dataclass(frozen=True, slots=True)
class Unmuted:
    seat: str


@dataclass(frozen=True, slots=True)
class Removed:
    seat: str
    reason: str | None
    messages: tuple[str, ...]
    banned: bool


@dataclass(frozen=True, slots=True)
class TagBlocked:
    """Newcomers of this tag go to the lobby, marked, and from `until` on they may knock again. Who waits there already is marked too."""

    tag: int
    until: int


@dataclass(frozen=True, slots=True)
class Renamed:
    seat: str
    name: str


@dataclass(frozen=True, slots=True)
class RoleGiven:
    """`word`: of whoever gave it, to that seat alone."""

    seat: str
    role: Role
    word: str | None = None


@dataclass(frozen=True, slots=True)
class HatGiven:
    seat: str
    hat: Hat
    on: bool


@dataclass(frozen=True, slots=True)
class SteppedIn:
    """A successor leads, as nobody else does."""

    seat: str


@dataclass(frozen=True, slots=True)
class SteppedBack:
    """Somebody else leads again."""

    seat: str


@dataclass(frozen=True, slots=True)
class Locked:
    on: bool


@dataclass(frozen=True, slots=True)
class Frozen:
    on: bool


@dataclass(frozen=True, slots=True)
class LobbySet:
    on: bool


@dataclass(frozen=True, slots=True)
class FirstMessagesSet:
    on: bool
    known: tuple[str, ...] = ()  # seats that have spoken before


@dataclass(frozen=True, slots=True)
class Vouched:
    """Its first message was let through. What this seat writes is read by nobody before the others, from now on."""

    seat: str


@dataclass(frozen=True, slots=True)
class WaveBegun:
    """Many came in a short time: newcomers wait in the lobby."""

    at: int


@dataclass(frozen=True, slots=True)
class WaveEnded:
    """Who came before that counts for no other."""

    at: int


@dataclass(frozen=True, slots=True)
class Swept:
    """From the room to its lobby."""

    seat: str
    messages: tuple[str, ...] = ()
    by_name: bool = False  # this one was meant, and not all who came lately


@dataclass(frozen=True, slots=True)
class Slowed:
    seconds: int


@dataclass(frozen=True, slots=True)
class Held:
    """Nobody who leads is there. It closes at `until`, unless somebody comes."""

    until: int


@dataclass(frozen=True, slots=True)
class HoldEnded:
    pass


@dataclass(frozen=True, slots=True)
class ClosesLater:
    closes_at: int


@dataclass(frozen=True, slots=True)
class Overtime:
    """It does not close just now, for a share or a call for help; at the latest at `latest`."""

    until: int
    latest: int


@dataclass(frozen=True, slots=True)
class ClosingSoon:
    pass


@dataclass(frozen=True, slots=True)
class Closed:
    """The last event of a room."""


@dataclass(frozen=True, slots=True)
class HandRaised:
    seat: str
    kind: str
    at: int


@dataclass(frozen=True, slots=True)
class HandLowered:
    seat: str


@dataclass(frozen=True, slots=True)
class HandMoved:
    seat: str
    called: bool  # before all others
    at: int  # otherwise as if it had been raised then


@dataclass(frozen=True, slots=True)
class RepliesWelcomed:
    seat: str
    on: bool


@dataclass(frozen=True, slots=True)
class FloorGiven:
    seat: str
    at: int
    ends_at: int | None


@dataclass(frozen=True, slots=True)
class FloorExtended:
    ends_at: int


@dataclass(frozen=True, slots=True)
class ShareSign:
    """Two thirds of the time are over ("soft"), or all of it ("clear"); by hand, about a minute is left, or none."""

    seat: str
    sign: str
    by_hand: bool = False


@dataclass(frozen=True, slots=True)
class FloorEnded:
    """`passed`: without having had it, or without wanting it."""

    seat: str
    passed: bool = False


@dataclass(frozen=True, slots=True)
class Passed:
    """In a round, by somebody whose turn it is not yet."""

    seat: str


@dataclass(frozen=True, slots=True)
class SegmentBegun:
    index: int
    at: int


@dataclass(frozen=True, slots=True)
class SegmentExtended:
    ends_at: int


@dataclass(frozen=True, slots=True)
class TopicSet:
    text: str  # "": none


@dataclass(frozen=True, slots=True)
class PollOpened:
    poll: Poll


@dataclass(frozen=True, slots=True)
class Voted:
    seat: str
    choice: int


@dataclass(frozen=True, slots=True)
class PollClosed:
    """It is counted."""


@dataclass(frozen=True, slots=True)
class PollPutAway:
    pass


# --- posts


@dataclass(frozen=True, slots=True)
class Message:
    id: str  # public: <seat>.<id>
    seat: str
    name: str
    text: str
    proof: str
    reply_to: str | None = None
    warning: str | None = None


@dataclass(frozen=True, slots=True)
class FirstMessage:
    """To those who lead. Nobody else has seen it yet."""

    seat: str
    id: str
    name: str
    text: str
    warning: str | None


@dataclass(frozen=True, slots=True)
class SentBack:
    """A first message was not let through."""

    seat: str
    id: str


@dataclass(frozen=True, slots=True)
class MilestoneReached:
    id: str  # public, as a message's
    seat: str
    name: str
    kind: str
    count: int | None


@dataclass(frozen=True, slots=True)
class Retracted:
    id: str


@dataclass(frozen=True, slots=True)
class Reacted:
    seat: str
    to: str
    kind: str


@dataclass(frozen=True, slots=True)
class QuestionAsked:
    question: str
    text: str


@dataclass(frozen=True, slots=True)
class LobbyWords:
    """Between one who waits and those who see the lobby, of whom it names none."""

    seat: str  # who waits
    id: str
    by_host: bool
    text: str


@dataclass(frozen=True, slots=True)
class LinkUsedAgain:
    """Told to who holds the link."""

    seat: str


@dataclass(frozen=True, slots=True)
class Warned:
    """To that seat alone, and nobody's name with it."""

    seat: str
    text: str


FactEvent = (
    Seated
    | Knocked
    | Admitted
    | Denied
    | SpokenTo
    | Returned
    | WentAway
    | FoundHere
    | Left
    | Muted
    | Unmuted
    | Removed
    | TagBlocked
    | Renamed
    | RoleGiven
    | HatGiven
    | SteppedIn
    | SteppedBack
    | Locked
    | Frozen
    | LobbySet
    | FirstMessagesSet
    | Vouched
    | WaveBegun
    | WaveEnded
    | Swept
    | Slowed
    | HandRaised
    | HandLowered
    | HandMoved
    | RepliesWelcomed
    | FloorGiven
    | FloorExtended
    | ShareSign
    | FloorEnded
    | Passed
    | SegmentBegun
    | SegmentExtended
    | TopicSet
    | PollOpened
    | Voted
    | PollClosed
    | PollPutAway
    | Held
    | HoldEnded
    | CallOpened
    | CallTaken
    | CallWaits
    | CallClosed
    | Reported
    | ReportTaken
    | ReportWaits
    | ReportClosed
    | ClosesLater
    | Overtime
    | ClosingSoon
    | Closed
)
Said = Message | FirstMessage | MilestoneReached | HelpWords | LobbyWords | HostWords | QuestionAsked | Warned
PostEvent = Said | SentBack | Retracted | Reacted | LinkUsedAgain
Event = FactEvent | PostEvent

# Facts after which somebody may post less than before, or not under that name: a post decided before one must be decided again.
NARROWING: frozenset[type] = frozenset(
    {
        *(Denied, Muted, Removed, Swept, Renamed, RoleGiven, HatGiven, SteppedBack, CallClosed),
        *(Frozen, FirstMessagesSet, Slowed, FloorGiven, FloorEnded, RepliesWelcomed, SegmentBegun, Held, Closed),
    }
)


class Hears(StrEnum):
    ALL = "all"  # every admitted seat
    PRESENT = "present"  # every seat, those in the lobby too
    HOSTS = "hosts"  # those who may HEAR_CALLS, and `seat` where it is given
    LOBBY = "lobby"  # those who may SEE_LOBBY, and `seat` where it is given
    SEAT = "seat"  # one


@dataclass(frozen=True, slots=True)
class Audience:
    hears: Hears = Hears.ALL
    seat: str | None = None  # for SEAT; for HOSTS and LOBBY: one more, wherever it is
    but: str | None = None  # never to this one


EVERYBODY = Audience()
HOSTS = Audience(Hears.HOSTS)
WHO_SEE_THE_LOBBY = Audience(Hears.LOBBY)


def only(seat: str) -> Audience:
    return Audience(Hears.SEAT, seat)


def audience_of_post(event: PostEvent) -> Audience:
    match event:
        case HostWords() | QuestionAsked() | FirstMessage():
            return HOSTS
        case HelpWords(caller=caller):
            return Audience(Hears.HOSTS, caller)
        case SentBack(seat=author):
            return Audience(Hears.HOSTS, author)
        case LobbyWords(seat=waiting):
            return Audience(Hears.LOBBY, waiting)
        case Warned(seat=seat) | LinkUsedAgain(seat=seat):
            return only(seat)
        case _:
            return EVERYBODY
