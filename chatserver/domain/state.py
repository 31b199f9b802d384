"""The room as a value. What may live here: what every worker must agree on. What may not: words that people said, addresses, clocks.

The state is kept as entries, each written and compared by itself: `core`, one `seat/<id>` a seat, one `call/<id>` an open call for help,
one `report/<id>` a report, and one `name/<skeleton>` a skeleton of a name (which makes a name unique without a lock). Joins on different
workers touch different entries.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from enum import StrEnum
from operator import attrgetter
from typing import Any

from chatserver.domain.agenda import NO_AGENDA, NOBODY, Agenda, Floor
from chatserver.domain.call import Call, Report
from chatserver.domain.names import skeletons
from chatserver.domain.poll import NO_POLL, Poll
from chatserver.domain.roles import Action, Hat, Role, may
from chatserver.holding import Holding

LATELY_MS = 600_000


class Standing(StrEnum):
    WAITING = "waiting"  # in the lobby
    SEATED = "seated"


@dataclass(frozen=True, slots=True)
class Seat:
    """One person's place in one room. Known to its holder by a secret token, of which only the hash is here."""

    id: str
    name: str
    role: Role
    token: bytes  # SHA-256 of the seat token
    standing: Standing = Standing.SEATED
    hats: frozenset[Hat] = frozenset()
    stands_in: str = ""  # leads until somebody else is back who does, and then is in this role again
    worker: str = ""  # that took the seat for its holder: when it dies, others put the seat away
    attach: int = 1  # counts the takings of the seat; `away` and a disconnect name it, and are void if it has changed
    since: int = 0  # when it was taken or began to wait
    away_since: int | None = None
    muted_until: int | None = None
    vouched: bool = False  # where first messages are read first: what it writes is not, any more
    spoken_to: bool = False  # waits, and was written to: it may answer
    tag: int | None = None  # 12 bits of the keyed hash of the network prefix (anonymity.md); never in a snapshot
    marked: bool = False  # the tag is one of a ban
    held: bool = False  # waits only because nobody leads, or for a wave
    new: bool = False  # came without an invitation
    admitted_at: int = 0  # when a host let it in, if it has waited
    hand: str | None = None  # "share", "question"; None: not raised
    hand_at: int = 0  # when; or where a host has put it
    called: bool = False  # by a host: before all other hands
    heard: int = 0  # how many shares in this meeting
    welcomes: bool = False  # replies to what it shared
    turned: int = 0  # the visit (`Agenda.visit`) in which it has had its turn in the round
    passed: int = 0  # the visit in which it passed and may be offered a turn at the end
    voted: int = 0  # the number of the poll in which it has voted last; what it chose is nowhere
    # These two last: `written_at`.
    admitted_seq: int | None = None  # events up to this are not this seat's; None: the seq at which this entry was written
    role_seq: int | None = None  # moderators' events up to this are not this seat's; None likewise

    def came_lately(self, now: int) -> bool:
        """In: past the lobby, if it has waited there."""
        return now - max(self.since, self.admitted_at) < LATELY_MS


@dataclass(frozen=True, slots=True)
class Core:
    """All of a room but its seats."""

    slug: str
    title: str
    group: str
    group_name: str
    format: str
    guidelines: tuple[str, ...]
    opening: str
    opened_at: int
    closes_at: int
    capacity: int
    grace_ms: int
    away_ms: int
    tag_key: bytes  # made at open, dies at close
    proof_key: bytes
    by_invite: bool = False
    lobby: bool = False
    locked: bool = False
    frozen: bool = False
    slow_seconds: int = 0
    first_messages: bool = False  # of newcomers go to those who lead first
    closing_said: bool = False
    closed: bool = False
    starts_at: int | None = None  # of the occurrence of which it is; None: it was opened by hand
    unled_ms: int = 0  # held where nobody leads, it closes after so long; 0: it is never held
    held_until: int | None = None  # held, and then it closes; None: it is not held
    led: bool = False  # somebody has led it: from then on it is held where nobody does
    overtime_until: int | None = None  # it was to close already, and does at the latest then; None: it was not
    wave_joins: int = 0  # so many who come uninvited in `wave_ms`, and one more, are a wave (raids.py); 0: none is
    wave_ms: int = 60_000
    wave_at: int | None = None  # a wave began then: newcomers wait in the lobby; None: there is none
    wave_from: int = 0  # who came before that counts for none
    bans: Mapping[int, int] = field(default_factory=dict)  # tag -> from when on it may knock
    links: Mapping[bytes, str] = field(default_factory=dict)  # hash of a single-purpose link -> the seat that holds it
    removed: frozenset[bytes] = frozenset()  # hashes of dead tokens, so that their holder is told so

    @property
    def held(self) -> bool:
        """Nobody who leads is there: people write in turn, and newcomers wait."""
        return self.held_until is not None

    @property
    def newcomers_wait(self) -> bool:
        return self.lobby or self.wave_at is not None

    @property
    def closing_at(self) -> int:
        """When it closes, as things are: before its end where it is held."""
        return self.closes_at if self.held_until is None else min(self.closes_at, self.held_until)


@dataclass(frozen=True, slots=True)
class RoomState:
    core: Core
    seats: Mapping[str, Seat] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)  # skeleton -> seat id; a name can have two
    tokens: Mapping[bytes, str] = field(default_factory=dict)  # derived from the seats
    agenda: Agenda = NO_AGENDA
    floor: Floor = NOBODY
    poll: Poll = NO_POLL
    calls: Mapping[str, Call] = field(default_factory=dict)  # open ones
    reports: Mapping[str, Report] = field(default_factory=dict)

    def seat_of_token(self, token: bytes) -> Seat | None:
        seat = self.tokens.get(token)
        return None if seat is None else self.seats[seat]

    def hosts(self) -> list[Seat]:
        """Seated, present seats that hear help calls and reports."""
        return [s for s in self.seats.values() if s.standing is Standing.SEATED and s.away_since is None and may(s, Action.HEAR_CALLS)]

    def waiting(self) -> list[Seat]:
        return sorted((s for s in self.seats.values() if s.standing is Standing.WAITING), key=lambda s: (s.since, s.id))

    def seated(self) -> list[Seat]:
        return [s for s in self.seats.values() if s.standing is Standing.SEATED]


def with_core(state: RoomState, **changes: object) -> RoomState:
    return replace(state, core=replace(state.core, **changes))  # type: ignore[arg-type]


def with_seat(state: RoomState, seat: Seat) -> RoomState:
    """The state with this seat put in or replaced; its name's and token's entries follow."""
    before = state.seats.get(seat.id)
    seats = {**state.seats, seat.id: seat}
    names, tokens = state.names, state.tokens
    if before is None or before.name != seat.name:
        names = _without_names(names, before) if before is not None else dict(names)
        names |= dict.fromkeys(skeletons(seat.name), seat.id)
    if before is None or before.token != seat.token:
        tokens = {k: v for k, v in tokens.items() if v != seat.id} if before is not None else dict(tokens)
        tokens[seat.token] = seat.id
    return replace(state, seats=seats, names=names, tokens=tokens)


def without_seat(state: RoomState, seat_id: str) -> RoomState:
    seat = state.seats.get(seat_id)
    if seat is None:
        return state
    seats = dict(state.seats)
    del seats[seat_id]
    tokens = dict(state.tokens)
    del tokens[seat.token]
    if seat_id in state.core.links.values():
        state = with_core(state, links={link: holder for link, holder in state.core.links.items() if holder != seat_id})
    return replace(state, seats=seats, names=_without_names(state.names, seat), tokens=tokens)


def _without_names(names: Mapping[str, str], seat: Seat) -> dict[str, str]:
    """The names without the seat's own."""
    left = dict(names)
    for skeleton in skeletons(seat.name):
        if left.get(skeleton) == seat.id:
            del left[skeleton]
    return left


CORE = "core"
AGENDA = "agenda"
FLOOR = "floor"
POLL = "poll"
SEAT = "seat/"
NAME = "name/"
CALL = "call/"
REPORT = "report/"

Entry = Core | Agenda | Floor | Poll | Seat | Call | Report | str
Entries = Mapping[str, Entry | None]  # None: deleted


def entry_of(state: RoomState, key: str) -> Entry:
    """The entry of a key that is there."""
    whole: dict[str, Entry] = {CORE: state.core, AGENDA: state.agenda, FLOOR: state.floor, POLL: state.poll}
    if key in whole:
        return whole[key]
    many: dict[str, Mapping[str, Entry]] = {SEAT: state.seats, NAME: state.names, CALL: state.calls, REPORT: state.reports}
    prefix = key[: key.index("/") + 1]
    return many[prefix][key[len(prefix) :]]


def changed_entries(before: RoomState, after: RoomState) -> dict[str, Entry | None]:
    """What must be written to come from one state to the other."""
    changed: dict[str, Entry | None] = {}
    if before.core is not after.core:
        changed[CORE] = after.core
    if before.agenda is not after.agenda:
        changed[AGENDA] = after.agenda
    if before.floor is not after.floor:
        changed[FLOOR] = after.floor
    if before.poll is not after.poll:
        changed[POLL] = after.poll
    changed.update(_difference(SEAT, before.seats, after.seats))
    changed.update(_difference(NAME, before.names, after.names))
    changed.update(_difference(CALL, before.calls, after.calls))
    changed.update(_difference(REPORT, before.reports, after.reports))
    return changed


def _difference(prefix: str, before: Mapping[str, Entry], after: Mapping[str, Entry]) -> dict[str, Entry | None]:
    if before is after:
        return {}
    changed: dict[str, Entry | None] = {prefix + k: v for k, v in after.items() if before.get(k) is not v}
    changed.update({prefix + k: None for k in before.keys() - after.keys()})
    return changed


def with_entries(state: RoomState | None, entries: Entries, seq: int) -> RoomState:
    """The state after these entries were written at `seq`. Without a state, `entries` must be all of one.

    Seats written for the first time learn here from which event on the room is theirs (`admitted_seq`, `role_seq`)."""
    core = entries.get(CORE) or (state.core if state else None)
    agenda = entries.get(AGENDA) or (state.agenda if state else NO_AGENDA)
    floor = entries.get(FLOOR) or (state.floor if state else NOBODY)
    poll = entries.get(POLL) or (state.poll if state else NO_POLL)
    assert isinstance(core, Core)
    assert isinstance(agenda, Agenda)
    assert isinstance(floor, Floor)
    assert isinstance(poll, Poll)
    seats: dict[str, Seat] = dict(state.seats) if state else {}
    names: dict[str, str] = dict(state.names) if state else {}
    tokens: dict[bytes, str] = dict(state.tokens) if state else {}
    calls: dict[str, Call] = dict(state.calls) if state else {}
    reports: dict[str, Report] = dict(state.reports) if state else {}
    for key, entry in entries.items():
        if key.startswith(SEAT):
            old = seats.get(key[len(SEAT) :])
            if old is not None:
                tokens.pop(old.token, None)
            if isinstance(entry, Seat):
                seats[entry.id] = written_at(entry, seq)  # in its place: who is listed does not jump about
                tokens[entry.token] = entry.id
            else:
                seats.pop(key[len(SEAT) :], None)
        elif key.startswith(NAME):
            if isinstance(entry, str):
                names[key[len(NAME) :]] = entry
            else:
                names.pop(key[len(NAME) :], None)
        elif key.startswith(CALL):
            calls.pop(key[len(CALL) :], None)
            if isinstance(entry, Call):
                calls[entry.id] = entry
        elif key.startswith(REPORT):
            reports.pop(key[len(REPORT) :], None)
            if isinstance(entry, Report):
                reports[entry.id] = entry
    return RoomState(core, seats, names, tokens, agenda, floor, poll, calls, reports)


_ALL_BUT_THOSE = attrgetter(*(f.name for f in fields(Seat)[:-2]))


def written_at(seat: Seat, seq: int) -> Seat:
    admitted, role = seat.admitted_seq, seat.role_seq
    if admitted is not None and role is not None:
        return seat
    # The two are the last of the fields. `replace` asks for each by its name, at three times the cost, for everybody who comes.
    values: tuple[Any, ...] = (*_ALL_BUT_THOSE(seat), seq if admitted is None else admitted, seq if role is None else role)
    return Seat(*values)


HOLDS = (
    Holding(
        "room", "room", CORE, "room-closes",
        (
            "slug", "title", "group", "group_name", "format", "guidelines", "opening", "opened_at", "closes_at", "capacity", "grace_ms",
            "away_ms", "by_invite", "lobby", "locked", "frozen", "slow_seconds", "closing_said", "closed", "starts_at", "unled_ms",
            "first_messages", "led", "held_until", "overtime_until", "wave_joins", "wave_ms", "wave_at", "wave_from",
        ),
    ),
    Holding("call", "room", CALL, "seat-ends", ("id", "seat", "since", "taken_by"), setting="rooms.grace_seconds", identifies="seat"),
    Holding("report", "room", REPORT, "room-closes", ("id", "seat", "about", "message_id", "since", "taken_by"), identifies="seat"),
    Holding("room-keys", "room", CORE, "room-closes", ("tag_key", "proof_key"), identifies="secret"),
    Holding("links-held", "room", CORE, "room-closes", ("links",), identifies="secret"),
    Holding("bans", "room", CORE, "room-closes", ("bans",), identifies="network"),
    Holding("removed", "room", CORE, "room-closes", ("removed",), identifies="secret"),
    Holding(
        "seat", "room", SEAT, "seat-ends",
        ("id", "name", "role", "standing", "worker", "attach", "since", "admitted_at", "new", "away_since", "admitted_seq", "role_seq"),
        setting="rooms.grace_seconds", identifies="seat",
    ),
    Holding("seat-hats", "room", SEAT, "seat-ends", ("hats", "stands_in"), setting="rooms.grace_seconds", identifies="seat"),
    Holding("seat-token", "room", SEAT, "seat-ends", ("token",), setting="rooms.grace_seconds", identifies="secret"),
    Holding("seat-network", "room", SEAT, "seat-ends", ("tag", "marked"), setting="rooms.grace_seconds", identifies="network"),
    Holding(
        "seat-conduct", "room", SEAT, "seat-ends", ("muted_until", "held", "spoken_to", "vouched"),
        setting="rooms.grace_seconds", identifies="seat",
    ),
    Holding(
        "seat-turns", "room", SEAT, "seat-ends", ("hand", "hand_at", "called", "heard", "welcomes", "turned", "passed"),
        setting="rooms.grace_seconds", identifies="seat",
    ),
    Holding("seat-voted", "room", SEAT, "seat-ends", ("voted",), setting="rooms.grace_seconds", identifies="seat"),
    Holding("name", "room", NAME, "seat-ends", setting="rooms.grace_seconds", identifies="seat"),
)  # fmt: skip
