"""A room decides and evolves. Both are tables: command -> who may ask, and the rule; event -> how the state follows.

What may live here: the tables and their two doors. Rules live by subject, in the files that are imported here.
A rule neither reads a clock nor draws a random number nor changes anything; refused means that nothing has happened.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from chatserver.domain import calls, first_messages, floor, lobby, lobby_talk, moderation, polls, posts, raids, seats, stewardship
from chatserver.domain import commands as c
from chatserver.domain import events as e
from chatserver.domain.agenda import Floor, begun
from chatserver.domain.call import Call, Report
from chatserver.domain.formats import Mode
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, Hat, Holder, Role, may
from chatserver.domain.state import RoomState, Standing, with_core, with_seat, without_seat

Decision = tuple[e.Event, ...] | Refused
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """One command: its rule, and who may ask for it."""

    rule: Callable[..., Decision]
    needs: Action | None = None  # the permission; None: none beyond a seat
    seatless: bool = False  # asked by no seat: somebody at the door, or the engine
    from_lobby: bool = False  # one who waits may ask for it too


RULES: dict[type, Row] = {
    # at the door, or the engine
    c.Join: Row(lobby.join, seatless=True),
    c.Return: Row(lobby.return_, seatless=True),
    c.GoneAway: Row(seats.gone_away, seatless=True),
    c.StillHere: Row(seats.still_here, seatless=True),
    c.Tick: Row(seats.tick, seatless=True),
    c.LinkTried: Row(lobby.link_tried, seatless=True),
    c.LastsUntil: Row(stewardship.lasts_until, seatless=True),
    # anybody seated
    c.Leave: Row(seats.leave, from_lobby=True),
    c.Send: Row(posts.send),  # its refusals say why: listening, muted, frozen, slow
    c.ShowFirst: Row(posts.show_first),  # as Send
    c.Milestone: Row(posts.milestone),  # as Send
    c.React: Row(posts.react, Action.REACT),
    c.Retract: Row(posts.retract, Action.RETRACT_OWN),
    c.Ask: Row(posts.ask),  # as Send
    # calls for help, and reports
    c.Help: Row(calls.help_, Action.HELP, from_lobby=True),
    c.HelpSay: Row(calls.say, Action.HELP, from_lobby=True),
    c.CloseCall: Row(calls.close, Action.HELP, from_lobby=True),
    c.Report: Row(calls.report, Action.REPORT),
    c.TakeCall: Row(calls.take, Action.HEAR_CALLS),
    c.TakeReport: Row(calls.take_report, Action.HEAR_CALLS),
    c.CloseReport: Row(calls.close_report, Action.HEAR_CALLS),
    c.HostSay: Row(calls.host_say, Action.HEAR_CALLS),
    c.LobbySay: Row(lobby_talk.say, from_lobby=True),  # by those who see the lobby, or who waits
    # hosts
    c.Mute: Row(moderation.mute, Action.MUTE),
    c.Unmute: Row(moderation.unmute, Action.MUTE),
    c.Remove: Row(moderation.remove, Action.REMOVE),
    c.Rename: Row(moderation.rename, Action.RENAME),
    c.Warn: Row(moderation.warn, Action.WARN),
    c.ToListener: Row(moderation.to_listener, Action.TO_LISTENER),
    c.ToMember: Row(moderation.to_member, Action.TO_LISTENER),
    c.Appoint: Row(moderation.appoint, Action.APPOINT),
    c.AppointHat: Row(moderation.appoint_hat, Action.APPOINT),
    c.StepIn: Row(stewardship.step_in, Action.STEP_IN),
    c.Lock: Row(moderation.lock, Action.LOCK),
    c.Freeze: Row(moderation.freeze, Action.FREEZE),
    c.Lobby: Row(moderation.lobby, Action.LOBBY),
    c.FirstMessages: Row(first_messages.set_, Action.FIRST_MESSAGES),
    c.LetThrough: Row(first_messages.let_through, Action.FIRST_MESSAGES),
    c.SendBack: Row(first_messages.send_back, Action.FIRST_MESSAGES),
    c.Sweep: Row(raids.sweep, Action.SWEEP),
    c.Admit: Row(lobby.admit, Action.ADMIT),
    c.Deny: Row(lobby.deny, Action.ADMIT),
    c.SpeakTo: Row(lobby_talk.speak_to, Action.SEE_LOBBY),
    c.Slow: Row(moderation.slow, Action.SLOW),
    c.Extend: Row(stewardship.extend, Action.EXTEND),
    c.Close: Row(moderation.close, Action.CLOSE),
    # taking turns
    c.Hand: Row(floor.hand, Action.POST),
    c.Done: Row(floor.done, Action.POST),
    c.Pass: Row(floor.pass_, Action.POST),
    c.Welcome: Row(floor.welcome, Action.POST),
    c.GiveFloor: Row(floor.give, Action.LEAD),
    c.ExtendShare: Row(floor.extend_share, Action.KEEP_TIME),
    c.GiveSign: Row(floor.give_sign, Action.KEEP_TIME),
    c.ExtendSegment: Row(floor.extend_segment, Action.KEEP_TIME),
    c.MoveHand: Row(floor.move_hand, Action.LEAD),
    c.Go: Row(floor.go, Action.LEAD),
    # asking everybody
    c.SetTopic: Row(floor.set_topic, Action.LEAD),
    c.OpenPoll: Row(polls.open_, Action.LEAD),
    c.Vote: Row(polls.vote, Action.VOTE),
    c.ClosePoll: Row(polls.close, Action.LEAD),
    c.ClearPoll: Row(polls.clear, Action.LEAD),
}


def decide(state: RoomState, actor: str | None, command: c.Command, now: int) -> Decision:
    """What happens when the seat `actor` asks for this at `now` (ms since 1970), or why it does not.

    `actor` is None for what no seat asks: somebody at the door, and the engine."""
    decision = _decided(state, actor, command, now)
    if isinstance(decision, Refused) or isinstance(command, c.Post) or not _has_consequences(state, command, now):
        return decision
    then = evolved(state, decision)
    if then.core.closed:
        return decision
    led = (*stewardship.follows(then, now), *calls.follows(then, now))
    return (*decision, *led, *floor.settled(evolved(then, led), now, evolve))


def _has_consequences(state: RoomState, command: c.Command, now: int) -> bool:
    """Whether anything can follow. Before the agenda, where nearly everybody comes in, mostly not: then nothing has to be computed."""
    if state.calls or state.reports:
        return True
    return state.agenda.index >= 0 or isinstance(command, c.Go) or stewardship.looks_on(state, cast(c.Fact, command), now)


def _decided(state: RoomState, actor: str | None, command: c.Command, now: int) -> Decision:
    if state.core.closed:
        return Refused(Code.CLOSED)
    row = RULES[type(command)]
    if row.seatless:
        return row.rule(state, None, command, now)
    seat = state.seats.get(actor) if actor is not None else None
    if seat is None:
        return Refused(Code.NOT_JOINED)
    if seat.standing is Standing.WAITING and not row.from_lobby:
        return Refused(Code.WAITING)
    if row.needs is not None and not may(seat, row.needs):
        return Refused(Code.NOT_ALLOWED)
    return row.rule(state, seat, command, now)


# --- evolve


def _change(state: RoomState, seat_id: str, **changes: Any) -> RoomState:
    return with_seat(state, replace(state.seats[seat_id], **changes))


def _seated(state: RoomState, event: e.Seated) -> RoomState:
    seated = _with_link(with_seat(state, event.seat), event)
    return with_core(seated, led=True) if may(event.seat, Action.LEAD) and not state.core.led else seated


def _with_link(state: RoomState, event: e.Seated | e.Knocked) -> RoomState:
    return state if event.link is None else with_core(state, links={**state.core.links, event.link: event.seat.id})


def _admitted(state: RoomState, event: e.Admitted) -> RoomState:
    # From the admission on, not from the knock: what was said while they waited was not said to them.
    talk_over = {"held": False, "spoken_to": False}
    return _change(state, event.seat, standing=Standing.SEATED, **talk_over, admitted_at=event.at, admitted_seq=None, role_seq=None)


def _removed(state: RoomState, event: e.Removed) -> RoomState:
    token = state.seats[event.seat].token
    return with_core(without_seat(state, event.seat), removed=state.core.removed | {token})


def _swept(state: RoomState, event: e.Swept) -> RoomState:
    return _change(state, event.seat, standing=Standing.WAITING, held=False, hand=None, called=False, welcomes=False)


def _first_messages_set(state: RoomState, event: e.FirstMessagesSet) -> RoomState:
    for seat in event.known:
        if seat in state.seats:  # decided before it went
            state = _change(state, seat, vouched=True)
    return with_core(state, first_messages=event.on)


def _wave_ended(state: RoomState, event: e.WaveEnded) -> RoomState:
    """Where a host is there, whoever waits for it waits for that host from now on."""
    if state.hosts():
        for seat in state.waiting():
            if seat.held:
                state = with_seat(state, replace(seat, held=False))
    return with_core(state, wave_at=None, wave_from=event.at)


def _denied(state: RoomState, event: e.Denied) -> RoomState:
    return without_seat(state, event.seat)


def _tag_blocked(state: RoomState, event: e.TagBlocked) -> RoomState:
    for seat in state.waiting():
        if seat.tag == event.tag and not seat.marked:
            state = with_seat(state, replace(seat, marked=True))
    until = max(event.until, state.core.bans.get(event.tag, 0))  # a second ban does not end the pause after a knock
    return with_core(state, bans={**state.core.bans, event.tag: until})


def _role_given(state: RoomState, event: e.RoleGiven) -> RoomState:
    """Who is asked to listen has no hand up, and no hat on."""
    lowered = {"hand": None, "called": False, "hats": frozenset[Hat]()} if event.role is Role.LISTENER else {}
    return _change(state, event.seat, role=event.role, role_seq=None, stands_in="", **lowered)


def _hat_given(state: RoomState, event: e.HatGiven) -> RoomState:
    seat = state.seats[event.seat]
    given = replace(seat, hats=seat.hats | {event.hat} if event.on else seat.hats - {event.hat})
    if may(given, Action.SEE_LOBBY) and not may(seat, Action.SEE_LOBBY):
        given = replace(given, role_seq=None)  # what was said in the lobby before is not theirs
    return with_seat(state, given)


def _stepped_in(state: RoomState, event: e.SteppedIn) -> RoomState:
    return _change(state, event.seat, role=Role.MODERATOR, role_seq=None, stands_in=state.seats[event.seat].role.value)


def _stepped_back(state: RoomState, event: e.SteppedBack) -> RoomState:
    return _change(state, event.seat, role=Role(state.seats[event.seat].stands_in), role_seq=None, stands_in="")


def _floor_given(state: RoomState, event: e.FloorGiven) -> RoomState:
    state = _change(state, event.seat, hand=None, called=False, welcomes=False)
    return replace(state, floor=Floor(event.seat, state.floor.turn + 1, event.at, event.ends_at))


def _floor_ended(state: RoomState, event: e.FloorEnded) -> RoomState:
    """In a round a turn is over once it was used, or given up twice; only shares from the queue count as being heard."""
    free = replace(state, floor=replace(state.floor, seat=None, ends_at=None, sign=""))
    if event.seat not in free.seats:
        return free
    if event.passed:
        return _passed(free, event)
    if floor.mode_of(state) is Mode.QUEUE:
        return _change(free, event.seat, heard=free.seats[event.seat].heard + 1)
    return _change(free, event.seat, turned=state.agenda.visit)


def _passed(state: RoomState, event: e.FloorEnded | e.Passed) -> RoomState:
    visit = state.agenda.visit
    return _change(state, event.seat, **{"turned" if state.seats[event.seat].passed == visit else "passed": visit}, called=False, hand=None)


def _segment_begun(state: RoomState, event: e.SegmentBegun) -> RoomState:
    """The result of a poll belongs to the part in which it was asked; one that is open goes on."""
    poll = state.poll if polls.is_open(state.poll) or not state.poll.kind else polls.put_away(state.poll)
    return replace(state, agenda=begun(state.agenda, event.index, event.at), poll=poll)


def _with_call(state: RoomState, call: Call) -> RoomState:
    return replace(state, calls={**state.calls, call.id: call})


def _with_report(state: RoomState, report: Report) -> RoomState:
    return replace(state, reports={**state.reports, report.id: report})


def _without(entries: Mapping[str, T], key: str) -> dict[str, T]:
    return {k: v for k, v in entries.items() if k != key}


def _voted(state: RoomState, event: e.Voted) -> RoomState:
    poll = state.poll
    return replace(_change(state, event.seat, voted=poll.number), poll=polls.with_vote(poll, event.choice))


def _overtime(state: RoomState, event: e.Overtime) -> RoomState:
    core = state.core
    held_until = None if core.held_until is None else max(core.held_until, event.until)
    return with_core(state, closes_at=max(core.closes_at, event.until), held_until=held_until, overtime_until=event.latest)


EVOLVE: dict[type, Callable[[RoomState, Any], RoomState]] = {
    e.Seated: _seated,
    e.Knocked: lambda s, x: _with_link(with_seat(s, x.seat), x),
    e.Admitted: _admitted,
    e.Denied: _denied,
    e.SpokenTo: lambda s, x: _change(s, x.seat, spoken_to=True),
    e.Returned: lambda s, x: _change(s, x.seat, attach=x.attach, worker=x.worker, away_since=None),
    e.WentAway: lambda s, x: _change(s, x.seat, away_since=x.at),
    e.FoundHere: lambda s, x: _change(s, x.seat, away_since=None, worker=x.worker),
    e.Left: lambda s, x: without_seat(s, x.seat),
    e.Muted: lambda s, x: _change(s, x.seat, muted_until=x.until),
    e.Unmuted: lambda s, x: _change(s, x.seat, muted_until=None),
    e.Removed: _removed,
    e.TagBlocked: _tag_blocked,
    e.Renamed: lambda s, x: _change(s, x.seat, name=x.name),
    e.RoleGiven: _role_given,
    e.HatGiven: _hat_given,
    e.SteppedIn: _stepped_in,
    e.SteppedBack: _stepped_back,
    e.Locked: lambda s, x: with_core(s, locked=x.on),
    e.Frozen: lambda s, x: with_core(s, frozen=x.on),
    e.LobbySet: lambda s, x: with_core(s, lobby=x.on),
    e.FirstMessagesSet: _first_messages_set,
    e.Vouched: lambda s, x: _change(s, x.seat, vouched=True),
    e.WaveBegun: lambda s, x: with_core(s, wave_at=x.at),
    e.WaveEnded: _wave_ended,
    e.Swept: _swept,
    e.Slowed: lambda s, x: with_core(s, slow_seconds=x.seconds),
    e.HandRaised: lambda s, x: _change(s, x.seat, hand=x.kind, hand_at=x.at),
    e.HandLowered: lambda s, x: _change(s, x.seat, hand=None, called=False),
    e.HandMoved: lambda s, x: _change(s, x.seat, called=x.called, hand_at=x.at),
    e.RepliesWelcomed: lambda s, x: _change(s, x.seat, welcomes=x.on),
    e.FloorGiven: _floor_given,
    e.FloorExtended: lambda s, x: replace(s, floor=replace(s.floor, ends_at=x.ends_at, sign="")),
    e.ShareSign: lambda s, x: replace(s, floor=replace(s.floor, sign=x.sign)),
    e.FloorEnded: _floor_ended,
    e.Passed: _passed,
    e.SegmentBegun: _segment_begun,
    e.SegmentExtended: lambda s, x: replace(s, agenda=replace(s.agenda, ends_at=x.ends_at)),
    e.TopicSet: lambda s, x: replace(s, agenda=replace(s.agenda, topic=x.text)),
    e.PollOpened: lambda s, x: replace(s, poll=x.poll),
    e.Voted: _voted,
    e.PollClosed: lambda s, x: replace(s, poll=polls.counted(s.poll)),
    e.PollPutAway: lambda s, x: replace(s, poll=polls.put_away(s.poll)),
    e.Held: lambda s, x: with_core(s, held_until=x.until),
    e.HoldEnded: lambda s, x: with_core(s, held_until=None, overtime_until=None, closing_said=False),
    e.CallOpened: lambda s, x: _with_call(s, x.call),
    e.CallTaken: lambda s, x: _with_call(s, replace(s.calls[x.call], taken_by=x.host)),
    e.CallWaits: lambda s, x: _with_call(s, replace(s.calls[x.call], taken_by=None)),
    e.CallClosed: lambda s, x: replace(s, calls=_without(s.calls, x.call)),
    e.Reported: lambda s, x: _with_report(s, x.report),
    e.ReportTaken: lambda s, x: _with_report(s, replace(s.reports[x.report], taken_by=x.host)),
    e.ReportWaits: lambda s, x: _with_report(s, replace(s.reports[x.report], taken_by=None)),
    e.ReportClosed: lambda s, x: replace(s, reports=_without(s.reports, x.report)),
    e.ClosesLater: lambda s, x: with_core(s, closes_at=x.closes_at, overtime_until=None, closing_said=False),
    e.Overtime: _overtime,
    e.ClosingSoon: lambda s, x: with_core(s, closing_said=True),
    e.Closed: lambda s, x: with_core(s, closed=True),
}


def evolve(state: RoomState, event: e.FactEvent) -> RoomState:
    return EVOLVE[type(event)](state, event)


def evolved(state: RoomState, events: tuple[e.Event, ...]) -> RoomState:
    """The state after all of them. Posts change nothing."""
    for event in events:
        if type(event) in EVOLVE:
            state = evolve(state, cast(e.FactEvent, event))
    return state


def seat_may(seat: Holder) -> tuple[str, ...]:
    """What the holder of a seat is told of their permissions, in the table's order."""
    return tuple(a.value for a in Action if may(seat, a))
