"""What may be asked of a room. `decide` in `room.py` answers each with events, or refuses it.

Commands carry what the rules must not find out for themselves: fresh ids, names to offer, hashes, what was last posted.
A list to look things up in, as `events.py` is: so it is long, and in one place.
"""

from __future__ import annotations

from dataclasses import dataclass

from chatserver.domain.poll import PollKind
from chatserver.domain.roles import Hat, Role

# --- coming and going: asked by somebody who has no seat yet, or by the engine on a connection's behalf


@dataclass(frozen=True, slots=True)
class Join:
    seat: str  # a fresh id
    token: bytes  # the hash of a fresh seat token
    name: str | None
    offers: tuple[str, ...]  # names to give where none was typed; the first free one is taken
    role: Role | None
    granted: Role | None  # what the key that was shown gives
    tag: int | None
    knock: bool = False
    worker: str = ""
    link: bytes | None = None  # the hash of a single-purpose link, and the hat that it gives
    hat: Hat | None = None


@dataclass(frozen=True, slots=True)
class Return:
    """The holder of the token takes the seat again, on a new connection."""

    token: bytes
    worker: str = ""


@dataclass(frozen=True, slots=True)
class Leave:
    pass


@dataclass(frozen=True, slots=True)
class GoneAway:
    """The connection of this taking of the seat has been lost for a while."""

    seat: str
    attach: int


@dataclass(frozen=True, slots=True)
class StillHere:
    """The connection of this taking of the seat was there all the time: its worker was taken for dead."""

    seat: str
    attach: int
    worker: str


@dataclass(frozen=True, slots=True)
class Tick:
    """Something in the room is due. Idempotent."""


# --- posts


@dataclass(frozen=True, slots=True)
class Send:
    id: str
    text: str
    reply_to: str | None = None
    warning: str | None = None
    previous_at: int | None = None  # when this seat last posted, for slow mode


@dataclass(frozen=True, slots=True)
class ShowFirst:
    """Shows a message that was refused for being somebody's first to those who lead."""

    send: Send


@dataclass(frozen=True, slots=True)
class SendBack:
    """Not this one: somebody's first message. They may write again."""

    seat: str
    id: str


@dataclass(frozen=True, slots=True)
class Milestone:
    """Said to be celebrated by all: starting again as much as years."""

    id: str
    kind: str  # of `posts.MILESTONES`
    count: int | None = None  # of days, months, years
    previous_at: int | None = None  # as in `Send`


@dataclass(frozen=True, slots=True)
class React:
    to: str
    kind: str


@dataclass(frozen=True, slots=True)
class Retract:
    id: str


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to those who lead, which nobody's name stands under."""

    question: str  # a fresh id
    text: str


@dataclass(frozen=True, slots=True)
class HelpSay:
    """On the private line of a call, by the one who called or by a host."""

    call: str
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class LobbySay:
    """To one who waits in the lobby, by those who see it; or by the one who waits, with no `seat`."""

    id: str
    text: str
    seat: str | None = None


@dataclass(frozen=True, slots=True)
class HostSay:
    """In the hosts' channel."""

    id: str
    text: str


# --- calls for help, and reports


@dataclass(frozen=True, slots=True)
class Help:
    help: str  # a fresh id
    text: str | None


@dataclass(frozen=True, slots=True)
class TakeCall:
    call: str
    take: bool = True  # or it is given back


@dataclass(frozen=True, slots=True)
class CloseCall:
    call: str


@dataclass(frozen=True, slots=True)
class Report:
    report: str  # a fresh id
    id: str
    reason: str | None
    text: str | None  # the words, proved by `proof`, or as the window still has them
    proof: str | None
    known_text: str | None  # the words by the window, None where it does not reach


@dataclass(frozen=True, slots=True)
class TakeReport:
    report: str
    take: bool = True


@dataclass(frozen=True, slots=True)
class CloseReport:
    report: str
    outcome: str  # "acted", "no_action"


@dataclass(frozen=True, slots=True)
class LinkTried:
    """Somebody has come with a single-purpose link that is held by a seat here."""

    link: bytes


@dataclass(frozen=True, slots=True)
class Warn:
    """A word to one seat, which nobody else sees, and nobody's name stands under."""

    seat: str
    text: str


# --- moderation


@dataclass(frozen=True, slots=True)
class Mute:
    seat: str
    seconds: int


@dataclass(frozen=True, slots=True)
class Unmute:
    seat: str


@dataclass(frozen=True, slots=True)
class Remove:
    seat: str
    ban: bool = False
    reason: str | None = None
    messages: tuple[str, ...] = ()  # public ids of theirs that go too


@dataclass(frozen=True, slots=True)
class Rename:
    seat: str
    name: str


@dataclass(frozen=True, slots=True)
class Appoint:
    seat: str
    role: Role


@dataclass(frozen=True, slots=True)
class AppointHat:
    seat: str
    hat: Hat
    on: bool


@dataclass(frozen=True, slots=True)
class StepIn:
    """A named successor leads from now on, until somebody else is back who does."""


@dataclass(frozen=True, slots=True)
class ToListener:
    """The kind move: they are welcome to read. `word` is to them alone."""

    seat: str
    word: str | None = None


@dataclass(frozen=True, slots=True)
class ToMember:
    """A listener may write from now on."""

    seat: str


@dataclass(frozen=True, slots=True)
class Lock:
    on: bool


@dataclass(frozen=True, slots=True)
class Freeze:
    on: bool


@dataclass(frozen=True, slots=True)
class Lobby:
    on: bool


@dataclass(frozen=True, slots=True)
class FirstMessages:
    """Whether first messages go to those who lead first. `spoken`: who has said something already."""

    on: bool
    spoken: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class LetThrough:
    """Somebody's first message; and from now on all that they write."""

    seat: str


@dataclass(frozen=True, slots=True)
class Sweep:
    """Whoever came in the last minutes goes to the lobby; or whoever is named."""

    minutes: int | None
    messages: tuple[tuple[str, tuple[str, ...]], ...] = ()  # seat -> public ids of theirs that go too
    seats: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Admit:
    seat: str | None  # None: all who wait and are not marked
    seats: tuple[str, ...] = ()  # or those of them who still wait


@dataclass(frozen=True, slots=True)
class Deny:
    seat: str | None  # None: all who wait
    seats: tuple[str, ...] = ()  # or those of them who still wait


@dataclass(frozen=True, slots=True)
class SpeakTo:
    """Somebody who waits is written to, and may answer from now on."""

    seat: str


@dataclass(frozen=True, slots=True)
class Slow:
    seconds: int


@dataclass(frozen=True, slots=True)
class Extend:
    """It closes so much later."""

    minutes: int
    latest: int | None = None  # when the next meeting in this room begins; None: there is none


@dataclass(frozen=True, slots=True)
class LastsUntil:
    """It closes then and not before: so it was recorded, by somebody who is not in the room."""

    closes_at: int


@dataclass(frozen=True, slots=True)
class Close:
    pass


# --- the floor and the agenda


@dataclass(frozen=True, slots=True)
class Hand:
    up: bool
    kind: str = "share"


@dataclass(frozen=True, slots=True)
class Done:
    """The turn is over."""


@dataclass(frozen=True, slots=True)
class Pass:
    """Gives the turn to the next; in a round, also before one has it."""


@dataclass(frozen=True, slots=True)
class Welcome:
    """Whether replies to one's share are welcome."""

    on: bool


@dataclass(frozen=True, slots=True)
class GiveFloor:
    """To a seat, whoever has it; None: takes it back."""

    seat: str | None


@dataclass(frozen=True, slots=True)
class ExtendShare:
    """Whoever has the floor has it so much longer."""

    seconds: int


@dataclass(frozen=True, slots=True)
class GiveSign:
    """To whoever has the floor, by hand: about a minute is left, or their time is over."""

    sign: str  # of `agenda.SIGNS`


@dataclass(frozen=True, slots=True)
class MoveHand:
    seat: str
    to: str  # "first", "last", "down"


@dataclass(frozen=True, slots=True)
class Go:
    """To another segment, and how much longer that is than planned."""

    to: str | int  # "next", "back", an index
    extend_seconds: int = 0


@dataclass(frozen=True, slots=True)
class ExtendSegment:
    """The present segment is so much longer."""

    seconds: int


@dataclass(frozen=True, slots=True)
class SetTopic:
    """What is shared about; None: nothing in particular."""

    text: str | None


# --- polls


@dataclass(frozen=True, slots=True)
class OpenPoll:
    kind: PollKind
    question: str | None = None
    options: tuple[str, ...] = ()  # of a choice
    seconds: int = 0  # after which it is counted by itself; 0: when a host says so


@dataclass(frozen=True, slots=True)
class Vote:
    poll: int  # its number
    choice: int  # from 0


@dataclass(frozen=True, slots=True)
class ClosePoll:
    poll: int


@dataclass(frozen=True, slots=True)
class ClearPoll:
    """Its result is put away."""

    poll: int


ComingAndGoing = Join | Return | Leave | GoneAway | StillHere | Tick
Calls = Help | TakeCall | CloseCall | Report | TakeReport | CloseReport
OnAPerson = Mute | Unmute | Remove | Rename | ToListener | ToMember | Appoint | AppointHat
AtTheDoor = Lock | Lobby | Sweep | Admit | Deny | SpeakTo
Moderation = OnAPerson | AtTheDoor | Freeze | FirstMessages | LetThrough | Slow | Extend | LastsUntil | Close | StepIn
Turns = Hand | Done | Pass | Welcome | GiveFloor | ExtendShare | GiveSign | MoveHand | Go | ExtendSegment
Asking = SetTopic | OpenPoll | Vote | ClosePoll | ClearPoll
Fact = ComingAndGoing | Calls | Moderation | Turns | Asking
Post = Send | ShowFirst | SendBack | Milestone | React | Retract | Ask | HelpSay | LobbySay | HostSay | Warn | LinkTried
Command = Fact | Post
