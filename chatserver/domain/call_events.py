"""What happened to calls for help and reports, and the words that went with it. `events.py` has them all."""

from __future__ import annotations

from dataclasses import dataclass

from chatserver.domain.call import Call, Report


@dataclass(frozen=True, slots=True)
class CallOpened:
    call: Call


@dataclass(frozen=True, slots=True)
class CallTaken:
    call: str
    host: str


@dataclass(frozen=True, slots=True)
class CallWaits:
    """Again: who had taken it has gone."""

    call: str


@dataclass(frozen=True, slots=True)
class CallClosed:
    call: str


@dataclass(frozen=True, slots=True)
class Reported:
    """The words travel with it and stay nowhere. A second report of one message by one seat is the same, with another reason."""

    report: Report
    name: str | None  # of the seat it is about
    text: str
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReportTaken:
    report: str
    host: str


@dataclass(frozen=True, slots=True)
class ReportWaits:
    report: str


@dataclass(frozen=True, slots=True)
class ReportClosed:
    report: str
    outcome: str


@dataclass(frozen=True, slots=True)
class HelpWords:
    """On the private line of a call: to the one who called and to those who hear calls."""

    call: str
    caller: str
    id: str  # public, as a message's
    seat: str  # who says it
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class HostWords:
    id: str  # public, as a message's
    seat: str
    name: str
    text: str
