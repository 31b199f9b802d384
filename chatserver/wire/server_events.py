"""The shapes of what the server sends: its events, the snapshot, the join answer. The AsyncAPI document is made from them.

They describe and are not run through: what is sent is built in `events.py` and `views.py`, and a test holds both against each other.
Times are milliseconds since 1970 UTC. A list to look things up in: so it is long, and in one place.
"""

from __future__ import annotations

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict

from chatserver.domain.posts import REACTIONS


class Shape(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True)


class SeatRecord(Shape):
    seat: str
    name: str
    role: Literal["facilitator", "moderator", "member", "listener"]
    away: bool
    muted: bool
    hats: list[Literal["greeter", "timekeeper", "reader", "mentor", "successor"]]
    welcomes: bool


class OwnSeat(Shape):
    seat: str
    name: str
    role: Literal["facilitator", "moderator", "member", "listener"]
    may: list[str]
    voted: int


class InLobby(Shape):
    seat: str
    name: str
    role: Literal["member", "listener"]
    marked: bool
    since: int
    spoken_to: bool


class Segment(Shape):
    index: int
    title: str
    mode: Literal["open", "queue", "round", "speaker", "silence"]
    ends_at: int
    cross_talk: bool
    share_seconds: int
    asks: str
    offers: list[Literal["agree", "topic", "milestones", "until_next"]]


class Floor(Shape):
    seat: str
    ends_at: int | None


class Step(Shape):
    title: str
    minutes: int
    mode: Literal["open", "queue", "round", "speaker", "silence"]
    after: bool
    resource: str


class PollResult(Shape):
    """One of the three."""

    few: Literal[True] | None = None
    nearly_all: int | None = None
    counts: list[int] | None = None


class Poll(Shape):
    poll: int
    kind: Literal["agree", "hands", "choice", "scale"]
    question: str
    options: list[str]
    voted: int
    ends_at: int | None
    result: PollResult | None


class OwnCall(Shape):
    """The call for help that this seat has open."""

    call: str
    state: Literal["waiting", "taken"]
    since: int


class OpenCall(Shape):
    call: str
    seat: str
    name: str
    lobby: bool
    state: Literal["waiting", "taken"]
    taken_by: str | None
    since: int


class OpenReport(Shape):
    report: str
    seat: str
    id: str
    about: str
    state: Literal["waiting", "taken"]
    taken_by: str | None
    since: int


class SeenByAll(Shape):
    """What of the room is told inside and in the lobby."""

    slug: str
    title: str
    guidelines: list[str]
    held: bool
    closes_at: int
    call: OwnCall | None


class LobbyRoom(SeenByAll):
    """What one who waits sees of the room."""

    spoken_to: bool


class Snapshot(SeenByAll):
    group: str
    group_name: str
    format: str
    opened_at: int
    starts_at: int | None
    locked: bool
    frozen: bool
    lobby: bool
    wave: bool
    slow_seconds: int
    first_messages: bool
    segment: Segment
    floor: Floor | None
    hands: list[str]
    questions: list[str]
    agenda: list[Step]
    speed: int
    format_title: str
    note: str
    topic: str | None
    poll: Poll | None
    seat_count: int
    seats: list[SeatRecord]
    waiting: list[InLobby] | None = None  # those only who see the lobby
    calls: list[OpenCall] | None = None  # hosts only
    reports: list[OpenReport] | None = None  # hosts only


class JoinAnswer(Shape):
    ok: Literal[True]
    waiting: Literal[True] | None = None
    seat_token: str | None = None  # not where one who was swept is admitted again
    you: OwnSeat
    epoch: str
    seq: int
    now: int
    room: Snapshot | LobbyRoom
    missed: list[dict[str, Any]] | None = None
    gap: Literal[True] | None = None


class Event(Shape):
    epoch: str
    seq: int
    at: int


class Message(Event):
    """A message."""

    type: Literal["message"]
    id: str
    seat: str
    name: str
    text: str
    proof: str
    reply_to: str | None = None
    warning: str | None = None
    share: int | None = None


class Milestone(Event):
    """Somebody's milestone, to be celebrated by all. It is retracted and reacted to as a message."""

    type: Literal["milestone"]
    id: str
    seat: str
    name: str
    kind: Literal["first", "again", "days", "months", "years"]
    count: int | None


class Retracted(Event):
    """A message was taken back: remove it."""

    type: Literal["retracted"]
    id: str


class Reaction(Event):
    """A quiet reaction to a message."""

    type: Literal["reaction"]
    to: str
    kind: Literal[REACTIONS]  # type: ignore[valid-type]  # a tuple of literals is one to Python, not to mypy
    seat: str


class Presence(Event):
    """A batch of who joined, changed and left."""

    type: Literal["presence"]
    joined: list[SeatRecord]
    changed: list[SeatRecord]
    left: list[str]
    seat_count: int


class Room(Event):
    """The changed fields of the snapshot. All of them come where the server cannot tell what of it this client has missed."""

    type: Literal["room"]
    locked: bool | None = None
    frozen: bool | None = None
    lobby: bool | None = None
    wave: bool | None = None
    slow_seconds: int | None = None
    first_messages: bool | None = None
    held: bool | None = None
    closes_at: int | None = None
    segment: Segment | None = None
    floor: Floor | None = None
    hands: list[str] | None = None
    questions: list[str] | None = None
    topic: str | None = None
    poll: Poll | None = None
    seat_count: int | None = None
    seats: list[SeatRecord] | None = None
    call: OwnCall | None = None
    waiting: list[InLobby] | None = None  # hosts only
    calls: list[OpenCall] | None = None  # hosts only
    reports: list[OpenReport] | None = None  # hosts only


class FloorChanged(Event):
    """Whose turn it is, until when, and who is to have it after that, in order."""

    type: Literal["floor"]
    seat: str | None
    ends_at: int | None
    hands: list[str]
    questions: list[str]


class Sign(Event):
    """To who shares: two thirds of the time are over (soft), or all of it (clear); by hand, about a minute is left, or none."""

    type: Literal["sign"]
    sign: Literal["soft", "clear"]
    ends_at: int | None
    by_hand: bool


class PollChanged(Event):
    """A poll was opened, votes came in, it was counted, or put away (null)."""

    type: Literal["poll"]
    poll: Poll | None


class Muted(Event):
    """A seat was muted or unmuted."""

    type: Literal["muted"]
    seat: str
    muted: bool
    until: int | None


class You(Event):
    """Your own name or role has changed."""

    type: Literal["you"]
    you: OwnSeat
    waiting: list[InLobby] | None = None
    calls: list[OpenCall] | None = None
    reports: list[OpenReport] | None = None


class Word(Event):
    """A private word from those who lead: a warning, or with the move to listener. Nobody else sees it, and it names nobody."""

    type: Literal["word"]
    about: Literal["warning", "listener"]
    text: str


class LinkUsed(Event):
    """The single-purpose link with which you came was used a second time, and refused."""

    type: Literal["link_used"]


class Removed(Event):
    """Your visit has been ended; the connection closes."""

    type: Literal["removed"]
    reason: str | None
    banned: bool


class Replaced(Event):
    """Another connection has taken your seat; this one closes."""

    type: Literal["replaced"]


class Lobby(Event):
    """Who waits, to moderators; to one who waits: admitted or denied, or what has changed meanwhile; to one who was inside: swept."""

    type: Literal["lobby"]
    waiting: list[InLobby] | None = None
    admitted: JoinAnswer | None = None
    denied: Literal[True] | None = None
    swept: Literal[True] | None = None
    room: LobbyRoom | None = None
    message: str | None = None
    held: bool | None = None
    closes_at: int | None = None
    call: OwnCall | None = None
    spoken_to: bool | None = None


class LobbyMessage(Event):
    """Between one who waits, `seat`, and those who see the lobby; `by_host`: said by one of these."""

    type: Literal["lobby_message"]
    seat: str
    id: str
    by_host: bool
    text: str


class Report(Event):
    """A report, to moderators, with the words. One that is there already has another reason."""

    type: Literal["report"]
    report: str
    seat: str
    id: str
    about: str
    state: Literal["waiting", "taken"]
    taken_by: str | None
    since: int
    name: str | None
    text: str
    reason: str | None


class FirstMessage(Event):
    """To moderators: somebody's first message, before the others see it. Comes again as long as it waits."""

    type: Literal["first_message"]
    seat: str
    id: str
    name: str
    text: str
    warning: str | None


class FirstAnswered(Event):
    """To moderators and who wrote it: it was let through, and is to be sent again; or it was not."""

    type: Literal["first_answered"]
    seat: str
    id: str | None = None  # not where it was let through
    let_through: bool


class Question(Event):
    """A question to moderators, under nobody's name."""

    type: Literal["question"]
    question: str
    text: str


class ReportChanged(Event):
    """Of a report, who has taken it has changed; or it is closed, and then gone."""

    type: Literal["report_changed"]
    report: str
    state: Literal["waiting", "taken", "closed"]
    seat: str | None = None
    id: str | None = None
    about: str | None = None
    taken_by: str | None = None
    since: int | None = None


class ReportOutcome(Event):
    """To who reported: what came of it."""

    type: Literal["report_outcome"]
    report: str
    outcome: Literal["acted", "no_action"]
    message: str


class CallChanged(Event):
    """To moderators: a call for help was opened, taken, waits again; or is closed, and then gone."""

    type: Literal["call"]
    call: str
    seat: str
    state: Literal["waiting", "taken", "closed"]
    name: str | None = None
    lobby: bool | None = None
    taken_by: str | None = None
    since: int | None = None


class YourCall(Event):
    """To the one who called: how it stands; null: it is closed."""

    type: Literal["your_call"]
    call: OwnCall | None


class HelpMessage(Event):
    """On the private line of a call, to the one who called and to moderators."""

    type: Literal["help_message"]
    call: str
    id: str
    seat: str
    name: str
    text: str


class HostMessage(Event):
    """Among moderators."""

    type: Literal["host_message"]
    id: str
    seat: str
    name: str
    text: str


class Gap(Event):
    """Something could not be had; a fresh snapshot. Comes with several workers; one answers a join with `gap`."""

    type: Literal["gap"]
    room: Snapshot


class Closing(Event):
    """The room closes soon."""

    type: Literal["closing"]
    closes_at: int


class Closed(Event):
    """The room is over, and nothing of it is left."""

    type: Literal["closed"]
    message: str
    next_at: int | None


SERVER_EVENTS: dict[str, type[Event]] = {
    "message": Message,
    "milestone": Milestone,
    "retracted": Retracted,
    "reaction": Reaction,
    "presence": Presence,
    "room": Room,
    "floor": FloorChanged,
    "sign": Sign,
    "poll": PollChanged,
    "muted": Muted,
    "you": You,
    "word": Word,
    "link_used": LinkUsed,
    "removed": Removed,
    "replaced": Replaced,
    "lobby": Lobby,
    "lobby_message": LobbyMessage,
    "report": Report,
    "first_message": FirstMessage,
    "first_answered": FirstAnswered,
    "question": Question,
    "report_changed": ReportChanged,
    "report_outcome": ReportOutcome,
    "call": CallChanged,
    "your_call": YourCall,
    "help_message": HelpMessage,
    "host_message": HostMessage,
    "gap": Gap,
    "closing": Closing,
    "closed": Closed,
}
