"""What each client event may carry. Strict: an unknown, missing or wrongly typed field is refused, and nothing has happened."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatserver.domain.refusals import Code, Refused

# Lengths here only bound what is looked at; the rules of `domain/text.py` and `domain/names.py` are what a person meets.
Short = Annotated[str, Field(max_length=200)]
Long = Annotated[str, Field(max_length=16_384)]
SeatId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$")]
Seats = Annotated[list[SeatId], Field(min_length=1, max_length=500)]
MessageId = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,64}$", description="made by the client, unique for its seat")]
PublicId = Annotated[str, Field(min_length=1, max_length=129, description="<seat>.<id>")]
RoomName = Annotated[str, Field(min_length=1, max_length=128, description="the room's slug, or an invite")]
Secret = Annotated[str, Field(min_length=1, max_length=128)]


class Payload(BaseModel):
    model_config: ClassVar[ConfigDict] = ConfigDict(extra="forbid", strict=True, frozen=True, hide_input_in_errors=True)


class Nothing(Payload):
    pass


class Door(Payload):
    room: RoomName
    key: Secret | None = None


class Work(Payload):
    """What a refusal with `work_needed` asked for: a number for each puzzle."""

    salt: Secret
    numbers: Annotated[list[Annotated[int, Field(ge=0, le=2**53)]], Field(min_length=1, max_length=64)]


class Join(Payload):
    room: RoomName
    name: Short | None = None
    role: Literal["facilitator", "moderator", "member", "listener"] | None = None
    key: Secret | None = None
    knock: bool = False
    work: Work | None = None
    seat_token: Secret | None = None
    epoch: Short | None = None
    seq: Annotated[int, Field(ge=0, le=2**53)] | None = None


class Send(Payload):
    id: MessageId
    text: Long
    reply_to: PublicId | None = None
    warning: Long | None = None


class Milestone(Payload):
    """`count` with days, months and years, and only there."""

    id: MessageId
    kind: Literal["first", "again", "days", "months", "years"]
    count: Annotated[int, Field(ge=1, le=999)] | None = None


class React(Payload):
    to: PublicId
    kind: Literal["with_you", "thank_you", "me_too", "hug", "candle", "celebrate"]


class Retract(Payload):
    id: PublicId


class Report(Payload):
    id: PublicId
    reason: Long | None = None
    text: Long | None = None
    proof: Short | None = None


class Question(Payload):
    text: Long


class Help(Payload):
    text: Long | None = None


class HelpSay(Payload):
    """Without `id` the server makes one; what is sent again under one `id` is said once."""

    call: SeatId
    text: Long
    id: MessageId | None = None


class OfCall(Payload):
    call: SeatId


class TakeCall(OfCall):
    """`take` false gives it back."""

    take: bool = True


class HostSay(Payload):
    id: MessageId
    text: Long


class LobbySay(Payload):
    """`seat` is who waits; left out by who waits."""

    id: MessageId
    text: Long
    seat: SeatId | None = None


class TakeReport(Payload):
    """`take` false gives it back."""

    report: SeatId
    take: bool = True


class ReportClose(Payload):
    report: SeatId
    outcome: Literal["acted", "no_action"]


class Mute(Payload):
    seat: SeatId
    seconds: Annotated[int, Field(ge=1, le=86_400)] = 600


class Unmute(Payload):
    seat: SeatId


class Remove(Payload):
    seat: SeatId
    ban: bool = False
    retract: bool = False
    reason: Long | None = None


class Rename(Payload):
    seat: SeatId
    name: Short


class Warn(Payload):
    seat: SeatId
    text: Long


class ToListener(Payload):
    seat: SeatId
    word: Long | None = None


class ToMember(Payload):
    seat: SeatId


class Appoint(Payload):
    seat: SeatId
    role: Literal["moderator", "member"]


class AppointHat(Payload):
    seat: SeatId
    hat: Literal["greeter", "timekeeper", "reader", "mentor", "successor"]
    on: bool


class Switch(Payload):
    on: bool


class FirstAnswer(Payload):
    """`id` as it was sent; let through is all that this seat writes from now on."""

    seat: SeatId
    id: MessageId
    let_through: bool


class Sweep(Payload):
    """Either `minutes`, or `seats` (those of them who are inside)."""

    minutes: Annotated[int, Field(ge=1, le=30)] | None = None
    seats: Seats | None = None
    retract: bool = False


class LobbyAnswer(Payload):
    """Either `seat`, or `seats` (those of them who wait), or `all`."""

    seat: SeatId | None = None
    seats: Seats | None = None
    all: Literal[True] | None = None


class Slow(Payload):
    seconds: Annotated[int, Field(ge=0, le=3_600)]


class Hand(Payload):
    up: bool
    kind: Literal["share", "question"] = "share"


class Replies(Payload):
    welcome: bool


class Floor(Payload):
    """`seat` gets the floor, whoever has it; null takes it back; `extend_seconds` alone gives who has it so much longer."""

    seat: SeatId | None = None
    extend_seconds: Annotated[int, Field(ge=0, le=3_600)] = 0


class Sign(Payload):
    sign: Literal["soft", "clear"]


class Queue(Payload):
    seat: SeatId
    to: Literal["first", "last", "down"]


class Agenda(Payload):
    go: Literal["next", "back"] | Annotated[int, Field(ge=0, le=100)] | None = None
    extend_seconds: Annotated[int, Field(ge=0, le=3_600)] = 0


class Script(Payload):
    index: Annotated[int, Field(ge=0, le=100)]


class Topic(Payload):
    text: Short | None


class OpenPoll(Payload):
    """`question` is needed for `hands` and `choice`; `options` belong to `choice`."""

    kind: Literal["agree", "hands", "choice", "scale"]
    question: Short | None = None
    options: Annotated[list[Short], Field(max_length=8)] = []
    seconds: Annotated[int, Field(ge=0, le=3_600)] = 0


class Vote(Payload):
    poll: Annotated[int, Field(ge=1, le=2**31)]
    choice: Annotated[int, Field(ge=0, le=100)]


class OfPoll(Payload):
    poll: Annotated[int, Field(ge=1, le=2**31)]


class Extend(Payload):
    minutes: Annotated[int, Field(ge=1, le=240)]


class Open(Payload):
    room: RoomName
    key: Secret


EVENTS: dict[str, type[Payload]] = {
    "door": Door,
    "join": Join,
    "leave": Nothing,
    "send": Send,
    "milestone": Milestone,
    "react": React,
    "retract": Retract,
    "report": Report,
    "question": Question,
    "help": Help,
    "help_say": HelpSay,
    "help_take": TakeCall,
    "help_close": OfCall,
    "host_say": HostSay,
    "lobby_say": LobbySay,
    "report_take": TakeReport,
    "report_close": ReportClose,
    "mute": Mute,
    "unmute": Unmute,
    "remove": Remove,
    "rename": Rename,
    "warn": Warn,
    "to_listener": ToListener,
    "to_member": ToMember,
    "appoint": Appoint,
    "appoint_hat": AppointHat,
    "step_in": Nothing,
    "lock": Switch,
    "freeze": Switch,
    "lobby": Switch,
    "first_messages": Switch,
    "first_answer": FirstAnswer,
    "sweep": Sweep,
    "admit": LobbyAnswer,
    "deny": LobbyAnswer,
    "slow": Slow,
    "hand": Hand,
    "done": Nothing,
    "pass": Nothing,
    "replies": Replies,
    "floor": Floor,
    "sign": Sign,
    "queue": Queue,
    "agenda": Agenda,
    "script": Script,
    "topic": Topic,
    "prompts": Nothing,
    "poll": OpenPoll,
    "vote": Vote,
    "poll_close": OfPoll,
    "poll_clear": OfPoll,
    "open": Open,
    "extend": Extend,
    "close": Nothing,
}


def read(event: str, arguments: tuple[Any, ...]) -> Payload | Refused:
    """The payload of a client event, or why it cannot be taken. No argument stands for an empty object."""
    schema = EVENTS.get(event)
    if schema is None:
        return Refused(Code.UNKNOWN_EVENT)
    if len(arguments) > 1:
        return Refused(Code.BAD_PAYLOAD)
    try:
        payload = schema.model_validate(arguments[0] if arguments else {})
    except ValidationError as fault:
        # Half a character in a text is a fault of the text, not of the page: the words stay with the sender. (In a field's name: no place.)
        errors = fault.errors(include_input=False, include_url=False)
        broken = all(error["type"] == "string_unicode" and error["loc"] for error in errors)
        return Refused(Code.BAD_TEXT if broken else Code.BAD_PAYLOAD)
    return payload if _means_something(payload) else Refused(Code.BAD_PAYLOAD)


def _means_something(payload: Payload) -> bool:
    """Of fields that may be left out, whether those are there that make sense together."""
    match payload:
        case LobbyAnswer():
            return sum(given is not None for given in (payload.seat, payload.seats, payload.all)) == 1
        case Sweep():
            return (payload.minutes is None) is not (payload.seats is None)
        case Floor():
            return ("seat" in payload.model_fields_set) is not (payload.extend_seconds > 0)
        case Agenda():
            return payload.go is not None or payload.extend_seconds > 0
    return True
