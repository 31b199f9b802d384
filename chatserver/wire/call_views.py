"""How calls for help and reports look: to those who hear them, and to the one who called. No words are in any of it."""

from __future__ import annotations

from typing import Any

from chatserver.domain.call import Call, Report
from chatserver.domain.calls import call_of
from chatserver.domain.state import RoomState, Seat, Standing

CLOSED = "closed"
OUTCOME_SENTENCES = {
    "acted": "Thank you. A moderator has looked at what you reported, and has acted on it.",
    "no_action": "Thank you. A moderator has looked at what you reported, and has left it as it is. You can mute the person for yourself, "
    "or ask for help privately.",
}


def _state(one: Call | Report) -> str:
    return "waiting" if one.taken_by is None else "taken"


def own_call(state: RoomState, seat: str) -> dict[str, Any] | None:
    """What the one who called sees of it; None: no call of theirs is open."""
    call = call_of(state, seat)
    return None if call is None else {"call": call.id, "state": _state(call), "since": call.since}


def call_record(state: RoomState, call: Call) -> dict[str, Any]:
    seat = state.seats[call.seat]
    return {
        "call": call.id,
        "seat": call.seat,
        "name": seat.name,
        "lobby": seat.standing is Standing.WAITING,
        "state": _state(call),
        "taken_by": call.taken_by,
        "since": call.since,
    }


def calls_list(state: RoomState) -> list[dict[str, Any]]:
    """The open ones, for those who hear them, the oldest first."""
    there = (call for call in state.calls.values() if call.seat in state.seats)
    return [call_record(state, call) for call in sorted(there, key=lambda call: (call.since, call.id))]


def report_record(report: Report) -> dict[str, Any]:
    return {
        "report": report.id,
        "seat": report.seat,
        "id": report.message_id,
        "about": report.about,
        "state": _state(report),
        "taken_by": report.taken_by,
        "since": report.since,
    }


def reports_list(state: RoomState, viewer: str) -> list[dict[str, Any]]:
    """Never those that are about the viewer."""
    told = (report for report in state.reports.values() if report.about != viewer)
    return [report_record(report) for report in sorted(told, key=lambda report: (report.since, report.id))]


def for_host(state: RoomState, viewer: Seat) -> dict[str, Any]:
    """What a snapshot has for those who hear calls."""
    return {"calls": calls_list(state), "reports": reports_list(state, viewer.id)}
