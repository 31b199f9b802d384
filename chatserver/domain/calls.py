"""Calls for help, their private line, and reports: what opens them, who takes them, and when they wait again.

A call can always be made: muted, listening, in the lobby, in a freeze. It is taken by one host at a time; when that one gives it back, is
gone, or away for `TAKER_AWAY_MS`, it waits again. The words go as posts, to that seat and those who hear calls; the state has none of them.
docs/decisions/0021-a-call-is-state-its-words-are-not.md.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterator

from chatserver.domain.call import Call, Report
from chatserver.domain.commands import CloseCall, CloseReport, Help, HelpSay, HostSay, TakeCall, TakeReport
from chatserver.domain.commands import Report as AskReport
from chatserver.domain.events import (
    CallClosed,
    CallOpened,
    CallTaken,
    CallWaits,
    Event,
    FactEvent,
    HelpWords,
    HostWords,
    PostEvent,
    ReportClosed,
    Reported,
    ReportTaken,
    ReportWaits,
)
from chatserver.domain.posts import MESSAGE_ID, PUBLIC_ID, author_of, proof_of
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.roles import Action, may
from chatserver.domain.state import RoomState, Seat, Standing
from chatserver.domain.text import MAX_REASON, MAX_TEXT, checked, has_lone_surrogate, optional

TAKER_AWAY_MS = 30_000  # so long somebody stays with a caller after their connection dropped
MAX_REPORTS = 10  # open ones of one seat
MAX_REPORTS_OF_ALL = 200
FULL_RETRY_MS = 30_000
OUTCOMES = ("acted", "no_action")


def call_of(state: RoomState, seat: str) -> Call | None:
    """The open call of a seat. It has one at most."""
    return next((call for call in state.calls.values() if call.seat == seat), None)


def help_(state: RoomState, actor: Seat, command: Help, now: int) -> tuple[Event, ...] | Refused:
    """Opens the line; where it is open, what is said is added to it."""
    text = optional(command.text, MAX_TEXT)
    if isinstance(text, Refused):
        return text
    call = call_of(state, actor.id)
    opened = () if call is not None else (CallOpened(Call(command.help, actor.id, now)),)
    if text is None:
        return opened
    return (*opened, HelpWords(call.id if call else command.help, actor.id, f"{actor.id}.{command.help}", actor.id, actor.name, text))


def say(state: RoomState, actor: Seat, command: HelpSay, now: int) -> tuple[PostEvent, ...] | Refused:
    call = _mine_to_hear(state, actor, command.call)
    if call is None:
        return Refused(Code.NO_SUCH_CALL)
    text = checked(command.text, MAX_TEXT)
    if isinstance(text, Refused):
        return text
    if not MESSAGE_ID.fullmatch(command.id):
        return Refused(Code.BAD_PAYLOAD)
    return (HelpWords(call.id, call.seat, f"{actor.id}.{command.id}", actor.id, actor.name, text),)


def take(state: RoomState, actor: Seat, command: TakeCall, now: int) -> tuple[FactEvent, ...] | Refused:
    call = state.calls.get(command.call)
    if call is None or call.seat == actor.id:
        return Refused(Code.NO_SUCH_CALL)
    if call.taken_by not in (None, actor.id):
        return Refused(Code.TAKEN)
    if command.take is (call.taken_by == actor.id):
        return ()
    return (CallTaken(call.id, actor.id) if command.take else CallWaits(call.id),)


def close(state: RoomState, actor: Seat, command: CloseCall, now: int) -> tuple[FactEvent, ...] | Refused:
    call = _mine_to_hear(state, actor, command.call)
    return Refused(Code.NO_SUCH_CALL) if call is None else (CallClosed(call.id),)


def _mine_to_hear(state: RoomState, actor: Seat, call_id: str) -> Call | None:
    """To the one who called, and to those who hear calls; to everybody else it is as if there were none."""
    call = state.calls.get(call_id)
    return call if call is not None and (call.seat == actor.id or _hears(actor)) else None


def _hears(seat: Seat) -> bool:
    return seat.standing is Standing.SEATED and may(seat, Action.HEAR_CALLS)


def host_say(state: RoomState, actor: Seat, command: HostSay, now: int) -> tuple[PostEvent, ...] | Refused:
    text = checked(command.text, MAX_TEXT)
    if isinstance(text, Refused):
        return text
    if not MESSAGE_ID.fullmatch(command.id):
        return Refused(Code.BAD_PAYLOAD)
    return (HostWords(f"{actor.id}.{command.id}", actor.id, actor.name, text),)


# --- reports


def report(state: RoomState, actor: Seat, command: AskReport, now: int) -> tuple[FactEvent, ...] | Refused:
    if not PUBLIC_ID.fullmatch(command.id):
        return Refused(Code.NO_SUCH_MESSAGE)
    text = command.known_text
    if command.text is not None or command.proof is not None:
        given = command.text or ""
        proof = command.proof or ""
        expected = "" if has_lone_surrogate(given) else proof_of(state.core.proof_key, state.core.opening, command.id, given)
        if not (expected and proof.isascii() and hmac.compare_digest(proof, expected)):
            return Refused(Code.BAD_PROOF)
        text = given
    if text is None:
        return Refused(Code.NO_SUCH_MESSAGE)
    reason = optional(command.reason, MAX_REASON)
    if isinstance(reason, Refused):
        return reason
    own = [one for one in state.reports.values() if one.seat == actor.id]
    again = next((one for one in own if one.message_id == command.id), None)
    if again is None and (len(own) >= MAX_REPORTS or len(state.reports) >= MAX_REPORTS_OF_ALL):
        return Refused(Code.TOO_FAST, FULL_RETRY_MS)
    about = author_of(command.id)
    made = again or Report(command.report, actor.id, about, command.id, now)
    author = state.seats.get(about)
    return (Reported(made, author.name if author else None, text, reason),)


def take_report(state: RoomState, actor: Seat, command: TakeReport, now: int) -> tuple[FactEvent, ...] | Refused:
    one = _told_of(state, actor, command.report)
    if one is None:
        return Refused(Code.NO_SUCH_REPORT)
    if one.taken_by not in (None, actor.id):
        return Refused(Code.TAKEN)
    if command.take is (one.taken_by == actor.id):
        return ()
    return (ReportTaken(one.id, actor.id) if command.take else ReportWaits(one.id),)


def close_report(state: RoomState, actor: Seat, command: CloseReport, now: int) -> tuple[FactEvent, ...] | Refused:
    one = _told_of(state, actor, command.report)
    if one is None:
        return Refused(Code.NO_SUCH_REPORT)
    return (ReportClosed(one.id, command.outcome),) if command.outcome in OUTCOMES else Refused(Code.BAD_PAYLOAD)


def _told_of(state: RoomState, actor: Seat, report_id: str) -> Report | None:
    """Whoever it is about does not even learn that it exists."""
    one = state.reports.get(report_id)
    return None if one is None or one.about == actor.id else one


# --- what follows


def follows(state: RoomState, now: int) -> tuple[FactEvent, ...]:
    """From how things stand: who called has gone, or who was with them has."""
    return tuple(_follows(state, now))


def _follows(state: RoomState, now: int) -> Iterator[FactEvent]:
    for call in state.calls.values():
        if call.seat not in state.seats:
            yield CallClosed(call.id)
        elif call.taken_by is not None and not _is_with_them(state, call.taken_by, now):
            yield CallWaits(call.id)
    for one in state.reports.values():
        if one.taken_by is not None and not _is_with_them(state, one.taken_by, now):
            yield ReportWaits(one.id)


def _is_with_them(state: RoomState, host: str, now: int) -> bool:
    seat = state.seats.get(host)
    return seat is not None and _hears(seat) and (seat.away_since is None or now < seat.away_since + TAKER_AWAY_MS)


def deadlines(state: RoomState) -> list[int]:
    """When `follows` will have something to say that it has not now."""
    if not (state.calls or state.reports):
        return []
    due = [0 for call in state.calls.values() if call.seat not in state.seats]  # decided on two workers at once
    takers = {call.taken_by for call in state.calls.values()} | {report.taken_by for report in state.reports.values()}
    for taker in takers - {None}:
        seat = state.seats.get(taker or "")
        if seat is None or not _hears(seat):
            due.append(0)
        elif seat.away_since is not None:
            due.append(seat.away_since + TAKER_AWAY_MS)
    return due
