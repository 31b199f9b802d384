"""Rooms and what is asked of them, for property tests.

A `Move` names its seats by number, so that it means something in whatever room it meets; `resolved` turns it into an actor and a command.
Time moves on with every move.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.poll import PollKind
from chatserver.domain.refusals import Refused
from chatserver.domain.roles import PERMISSIONS, Hat, Role
from chatserver.domain.room import RULES, decide, evolved
from chatserver.domain.seats import next_deadline
from chatserver.domain.state import RoomState, Seat, Standing
from tests.domain.rooms import NOW, SEGMENTS, after, at, circle, empty, token

# The same examples in every run: a failure is of the change at hand, and no slow machine trips a health check.
modest = settings(max_examples=100, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
thorough = settings(modest, max_examples=400)

WORDS = (
    "Ann",
    "ANN",
    "Аnn",
    "Αnn",
    "Ａｎｎ",
    "A\u200bnn",
    "Bo",
    "B0",
    "8o",
    "Rnary",
    "Mary",
    "lily",
    "Iily",
    "1ily",
    "нина",
    "Нина",
    "НИНА",
    "νίκη",
    "Νίκη",
)
NAMES = st.one_of(
    st.sampled_from(WORDS),
    st.text("aAbBnNvVyYuUoO0l1I|mrnАаВвНнοОоνΝυΥιΙ\u0301\u200d -", min_size=1, max_size=4),
    st.sampled_from(["Host", "Moderator", "Fay the facilitator", "\u202eevil", "", "\u200b", "x" * 33]),
)
TEXTS = st.sampled_from(
    [
        "hello",
        "I made it to thirty days",
        "🌊" * 2_000,
        "x" * 2_001,
        "",
        "\u200b\u2800",
        "e" + "\u0301" * 9,
        "half \ud83d",
        *["plain words"] * 8,
    ]
)
SPANS = st.sampled_from([0, 0, 1, 1, 500, 500, 500, 2_000, 2_000, 2_000, 30_000, 30_000, 60_000, 600_000])
LINK = b"l" * 32
SECONDS = st.sampled_from([1, 30, 600, 86_400])


@dataclass(frozen=True, slots=True)
class Move:
    kind: type
    actor: int
    subject: int
    flag: bool
    flag2: bool
    name: str
    text: str
    role: Role
    granted: Role | None
    tag: int | None
    seconds: int
    span: int  # ms since the move before


def moves(*kinds: type) -> st.SearchStrategy[Move]:
    return st.builds(
        Move,
        kind=st.sampled_from(kinds),
        actor=st.integers(0, 40),
        subject=st.integers(0, 40),
        flag=st.booleans(),
        flag2=st.booleans(),
        name=NAMES,
        text=TEXTS,
        role=st.sampled_from([Role.MEMBER, Role.MEMBER, *Role]),
        granted=st.sampled_from([None, *Role]),
        tag=st.sampled_from([None, 1, 7, 9]),
        seconds=SECONDS,
        span=SPANS,
    )


def _join(n: int, m: Move, subject: str) -> c.Join:
    seat = f"n{n}"
    join = c.Join(seat, token(seat), m.name if m.flag else None, (f"Guest {n}", m.name), m.role, m.granted, m.tag, m.flag2)
    return replace(join, granted=Role.MEMBER, role=Role.MEMBER, link=LINK, hat=Hat.GREETER) if m.subject % 8 == 0 else join


def _message(m: Move, subject: str) -> str:
    return f"{subject}.m{m.seconds}" if m.flag else "nonsense"


MAKERS: dict[type, Callable[[int, Move, str], c.Command]] = {
    c.Join: _join,
    c.Return: lambda n, m, s: c.Return(token(s)),
    c.LinkTried: lambda n, m, s: c.LinkTried(LINK),
    c.Leave: lambda n, m, s: c.Leave(),
    c.GoneAway: lambda n, m, s: c.GoneAway(s, 1 + m.flag2),
    c.StillHere: lambda n, m, s: c.StillHere(s, 1 + m.flag2, "worker"),
    c.Tick: lambda n, m, s: c.Tick(),
    c.LastsUntil: lambda n, m, s: c.LastsUntil(NOW + m.seconds * 60_000),
    c.Send: lambda n, m, s: c.Send(f"m{n}", m.text, f"{s}.m1" if m.flag else None, m.name if m.flag2 else None, NOW if m.flag else None),
    c.ShowFirst: lambda n, m, s: c.ShowFirst(c.Send(f"m{n}", m.text)),
    c.SendBack: lambda n, m, s: c.SendBack(s, f"m{n}"),
    c.FirstMessages: lambda n, m, s: c.FirstMessages(m.flag, (s, "gone") if m.flag2 else ()),
    c.LetThrough: lambda n, m, s: c.LetThrough(s),
    c.Milestone: lambda n, m, s: c.Milestone(
        f"m{n}", "again" if m.flag else "days", m.seconds if m.flag2 else None, NOW if m.flag else None
    ),
    c.React: lambda n, m, s: c.React(_message(m, s), "hug" if m.flag2 else "slap"),
    c.Retract: lambda n, m, s: c.Retract(_message(m, s)),
    c.Report: lambda n, m, s: c.Report(f"r{n}", _message(m, s), m.text, None, None, "what was said" if m.flag2 else None),
    c.Ask: lambda n, m, s: c.Ask(f"q{n}", m.text),
    c.Help: lambda n, m, s: c.Help(f"h{n}", m.text if m.flag else None),
    c.HelpSay: lambda n, m, s: c.HelpSay("none", f"m{n}", m.text),
    c.LobbySay: lambda n, m, s: c.LobbySay(f"m{n}", m.text, s if m.flag else None),
    c.SpeakTo: lambda n, m, s: c.SpeakTo(s),
    c.HostSay: lambda n, m, s: c.HostSay(f"m{n}", m.text),
    c.TakeCall: lambda n, m, s: c.TakeCall("none", m.flag),
    c.CloseCall: lambda n, m, s: c.CloseCall("none"),
    c.TakeReport: lambda n, m, s: c.TakeReport("none", m.flag),
    c.CloseReport: lambda n, m, s: c.CloseReport("none", "acted" if m.flag else "no_action"),
    c.Mute: lambda n, m, s: c.Mute(s, m.seconds),
    c.Unmute: lambda n, m, s: c.Unmute(s),
    c.Remove: lambda n, m, s: c.Remove(s, m.flag, m.text, (f"{s}.m1", f"{s}.m2") if m.flag2 else ()),
    c.Rename: lambda n, m, s: c.Rename(s, f"Quiet River {n}" if m.flag else m.name),
    c.Warn: lambda n, m, s: c.Warn(s, m.text),
    c.ToListener: lambda n, m, s: c.ToListener(s, m.text if m.flag else None),
    c.ToMember: lambda n, m, s: c.ToMember(s),
    c.Appoint: lambda n, m, s: c.Appoint(s, Role.MODERATOR if m.flag else m.role),
    c.AppointHat: lambda n, m, s: c.AppointHat(s, Hat.SUCCESSOR if m.flag2 else list(Hat)[m.seconds % len(Hat)], m.flag),
    c.StepIn: lambda n, m, s: c.StepIn(),
    c.Lock: lambda n, m, s: c.Lock(m.flag),
    c.Freeze: lambda n, m, s: c.Freeze(m.flag),
    c.Lobby: lambda n, m, s: c.Lobby(m.flag),
    c.Sweep: lambda n, m, s: c.Sweep(
        None if m.flag2 else 1 + n % 31, ((s, (f"{s}.m1",)),) if m.flag else (), (s, "gone") if m.flag2 else ()
    ),
    c.Admit: lambda n, m, s: c.Admit(s if m.flag else None, (s, "gone") if m.flag2 else ()),
    c.Deny: lambda n, m, s: c.Deny(s if m.flag else None, (s, "gone") if m.flag2 else ()),
    c.Slow: lambda n, m, s: c.Slow(m.seconds if m.flag else 0),
    c.Extend: lambda n, m, s: c.Extend(1 + m.seconds % 240, NOW + 9_000_000 if m.flag else None),
    c.Close: lambda n, m, s: c.Close(),
    c.Hand: lambda n, m, s: c.Hand(m.flag or m.flag2, "question" if m.flag2 else "share"),
    c.Done: lambda n, m, s: c.Done(),
    c.Pass: lambda n, m, s: c.Pass(),
    c.Welcome: lambda n, m, s: c.Welcome(m.flag),
    c.GiveFloor: lambda n, m, s: c.GiveFloor(s if m.flag else None),
    c.ExtendShare: lambda n, m, s: c.ExtendShare(m.seconds),
    c.GiveSign: lambda n, m, s: c.GiveSign("soft" if m.flag else "clear"),
    c.ExtendSegment: lambda n, m, s: c.ExtendSegment(m.seconds),
    c.MoveHand: lambda n, m, s: c.MoveHand(s, "first" if m.flag else "down" if m.flag2 else "last"),
    c.Go: lambda n, m, s: c.Go("next" if m.flag else "back" if m.flag2 else n % 9, m.seconds if m.flag2 else 0),
    c.SetTopic: lambda n, m, s: c.SetTopic(m.text if m.flag else None),
    c.OpenPoll: lambda n, m, s: c.OpenPoll(
        PollKind.CHOICE if m.flag else PollKind.SCALE if m.flag2 else PollKind.AGREE,
        m.text if m.flag else None,
        ("Tea", m.name) if m.flag else (),
        m.seconds if m.flag2 else 0,
    ),
    c.Vote: lambda n, m, s: c.Vote(1 + (m.flag and m.flag2), n % 3),
    c.ClosePoll: lambda n, m, s: c.ClosePoll(1 + (m.flag and m.flag2)),
    c.ClearPoll: lambda n, m, s: c.ClearPoll(1 + (m.flag and m.flag2)),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One command that was asked, and what came of it."""

    before: RoomState
    actor: str | None
    command: c.Command
    now: int
    decision: tuple[e.Event, ...] | Refused
    after: RoomState


def _anybody(seat: Seat) -> bool:
    return True


def _waits(seat: Seat) -> bool:
    return seat.standing is Standing.WAITING


FOR_HOSTS = PERMISSIONS[Role.FACILITATOR] - PERMISSIONS[Role.MEMBER]

# Of whom a command is mostly asked; otherwise hardly any of these would ever succeed.
LIKELY: dict[type, Callable[[Seat], bool]] = {
    c.Unmute: lambda s: s.muted_until is not None,
    c.Return: lambda s: s.away_since is not None,
    c.StillHere: lambda s: s.away_since is not None,
    c.MoveHand: lambda s: s.hand is not None,
    c.ToMember: lambda s: s.role is Role.LISTENER,
    c.Admit: _waits,
    c.Deny: _waits,
    c.SpeakTo: _waits,
    c.LobbySay: _waits,
}


def resolved(n: int, move: Move, state: RoomState) -> tuple[str | None, c.Command]:
    seats = sorted(state.seats) or ["nobody"]
    likely = [s.id for s in state.seats.values() if LIKELY.get(move.kind, _anybody)(s)] if move.subject % 2 else []
    subject = (sorted(likely) or seats)[move.subject // 2 % len(likely or seats)]
    if move.kind in (c.Join, c.Return, c.GoneAway, c.StillHere, c.Tick, c.LastsUntil, c.LinkTried):
        return None, MAKERS[move.kind](n, move, subject)
    if move.kind in (c.Done, c.Pass, c.Welcome) and state.floor.seat in state.seats and move.subject % 4:
        return state.floor.seat, MAKERS[move.kind](n, move, subject)
    successors = [s for s in seats if s in state.seats and Hat.SUCCESSOR in state.seats[s].hats]
    if move.kind is c.StepIn and successors and move.actor % 4:
        return successors[move.actor % len(successors)], c.StepIn()
    leading = (Role.FACILITATOR,) if move.kind in (c.Appoint, c.AppointHat, c.Extend, c.Close) else (Role.FACILITATOR, Role.MODERATOR)
    hosts = [s for s in seats if s in state.seats and state.seats[s].role in leading]
    for_hosts = RULES[move.kind].needs in FOR_HOSTS
    actors = hosts if hosts and move.actor % (5 if for_hosts else 2) else [*seats, "nobody"]  # as often a host as anybody
    command = MAKERS[move.kind](n, move, subject)
    if isinstance(command, c.Vote | c.ClosePoll | c.ClearPoll) and move.subject % 4:
        command = replace(command, poll=state.poll.number)
    if isinstance(command, c.HelpSay | c.TakeCall | c.CloseCall) and state.calls and move.subject % 4:
        waiting = isinstance(command, c.TakeCall) and [call.id for call in state.calls.values() if command.take is (call.taken_by is None)]
        calls = sorted(waiting or state.calls)
        command = replace(command, call=calls[move.subject // 4 % len(calls)])
        if isinstance(command, c.TakeCall) and not command.take and move.actor % 2:
            return state.calls[command.call].taken_by or command.call, command
        if not isinstance(command, c.TakeCall) and move.actor % 2:
            return state.calls[command.call].seat, command
    if isinstance(command, c.TakeReport | c.CloseReport) and state.reports and move.subject % 4:
        command = replace(command, report=sorted(state.reports)[move.subject // 4 % len(state.reports)])
    return actors[move.actor // 2 % len(actors)], command


def steps(state: RoomState, asked: list[Move], keep_time: bool = False) -> Iterator[Step]:
    """What comes of one move after the other. With `keep_time` deadlines are met by ticks on the way, as a server does."""
    now = NOW
    for n, move in enumerate(asked):
        until = now + move.span
        while keep_time and not state.core.closed and next_deadline(state) <= until:
            now = max(now, next_deadline(state))
            step = step_of(state, None, c.Tick(), now)
            yield step
            state = step.after
        now = until
        step = step_of(state, *resolved(n, move, state), now)
        yield step
        state = step.after


def step_of(state: RoomState, actor: str | None, command: c.Command, now: int) -> Step:
    decision = decide(state, actor, command, now)
    after = state if isinstance(decision, Refused) else evolved(state, decision)
    return Step(state, actor, command, now, decision, after)


def _lively(**changes: object) -> RoomState:
    """The circle, with somebody muted and somebody away."""
    return after(after(circle(**changes), "mo", c.Mute("bob", 600)), None, c.GoneAway("ann", 1))


def _with_hands(state: RoomState) -> RoomState:
    """Where people take turns, one has the floor, and another waits for it."""
    return after(after(state, "max", c.Hand(True)), "fay", c.Hand(True))


def _with_calls(state: RoomState) -> RoomState:
    """Somebody inside and somebody at the door call for help, and one is with the first; a moderator was reported."""
    state = after(after(after(state, "bob", c.Help("h-bob", "please")), "wes", c.Help("h-wes", None)), "max", c.TakeCall("h-bob"))
    return after(state, "fay", c.Report("r-mo", "mo.m1", "unkind", None, None, "the words"))


def _without_hosts(state: RoomState, segment: int) -> RoomState:
    """One of those who lead has dropped out, the others have left. bob may step in for them."""
    state = after(state, "fay", c.AppointHat("bob", Hat.SUCCESSOR, True))
    state = _with_hands(state if segment < 0 else at(segment, state))
    return after(after(after(state, "fay", c.Leave()), "max", c.Leave()), None, c.GoneAway("mo", 1))


def rooms() -> st.SearchStrategy[RoomState]:
    """Rooms as meetings have them: empty or with somebody of each role, with or without a lobby, small or large."""
    changes = {
        "lobby": st.booleans(),
        "wave_joins": st.sampled_from([0, 1, 3]),
        "by_invite": st.sampled_from([False, False, True]),
        "closes_at": st.sampled_from([NOW + 7_200_000, NOW + 7_200_000, NOW + 400_000]),
    }
    scheduled = {"starts_at": st.sampled_from([None, NOW - 1, NOW + 30_000]), "unled_ms": st.just(900_000)}
    in_the_open = {"by_invite": st.just(False), "lobby": st.just(False)}
    inside = st.fixed_dictionaries({**changes, **scheduled, **in_the_open}).map(lambda d: _lively(**d))
    bare = st.fixed_dictionaries({**changes, "capacity": st.integers(1, 6)}).map(lambda d: empty(**d))
    called = inside.map(_with_calls)
    asked = inside.map(lambda state: after(after(state, "mo", c.OpenPoll(PollKind.AGREE)), "max", c.Vote(1, 0)))
    counted = asked.map(lambda state: after(state, "mo", c.ClosePoll(1)))
    under_way = st.tuples(inside, st.integers(0, len(SEGMENTS) - 1)).map(lambda both: _with_hands(at(both[1], both[0])))
    unled = st.tuples(inside, st.integers(-1, len(SEGMENTS) - 1)).map(lambda both: _without_hosts(*both))
    held = unled.map(lambda state: after(state, "mo", c.Leave()))
    kinds = [inside] * 2 + [under_way] * 6 + [held] * 2 + [unled, asked] * 2 + [called] * 4 + [counted, bare]
    return st.sampled_from(kinds).flatmap(lambda kind: kind)


def many_moves(*kinds: type) -> st.SearchStrategy[list[Move]]:
    usual = [k for k in MAKERS if k is not c.Close]  # what closes a room leaves nothing to look at
    return st.lists(moves(*(kinds or usual * 3 + [c.Close])), min_size=8, max_size=30)
