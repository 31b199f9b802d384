"""The wire events of calls for help and reports: what has changed of them, each to those who may know of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from chatserver.backplane.base import Event
from chatserver.domain import events as e
from chatserver.domain.events import HOSTS, Audience, Hears, only
from chatserver.domain.state import RoomState
from chatserver.wire.bodies import wire
from chatserver.wire.call_views import CLOSED, OUTCOME_SENTENCES, call_record, own_call, report_record


def words(event: e.HelpWords) -> Event:
    said = {"call": event.call, "id": event.id, "seat": event.seat, "name": event.name, "text": event.text}
    return wire(e.audience_of_post(event), "help_message", said, kept=True)


def of_calls(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> Iterator[Event]:
    """In the order in which a client applies them: a call is there before its first words."""
    yield from _changed_calls(before, after)
    yield from (words(fact) for fact in facts if isinstance(fact, e.HelpWords))
    yield from _changed_reports(before, after, facts)


def _changed_calls(before: RoomState, after: RoomState) -> Iterator[Event]:
    if not (before.calls or after.calls):
        return
    for key in dict.fromkeys((*before.calls, *after.calls)):
        old, new = before.calls.get(key), after.calls.get(key)
        if new is None:
            if old is not None:
                yield wire(HOSTS, "call", {"call": key, "state": CLOSED, "seat": old.seat})
        elif old is None or call_record(before, old) != call_record(after, new):
            yield wire(HOSTS, "call", call_record(after, new))
        caller = (new or old).seat  # type: ignore[union-attr]  # one of both is there
        if caller in after.seats and own_call(before, caller) != (own := own_call(after, caller)):
            yield wire(only(caller), "your_call", {"call": own})


def _changed_reports(before: RoomState, after: RoomState, facts: Sequence[e.Event]) -> Iterator[Event]:
    if not (before.reports or after.reports):
        return
    told: set[str] = set()
    for fact in facts:
        match fact:
            case e.Reported(report=report):
                told.add(report.id)
                now = after.reports.get(report.id, report)
                said: dict[str, Any] = {"name": fact.name, "text": fact.text, "reason": fact.reason}
                yield wire(_of(report.about), "report", report_record(now) | said, kept=True)
            case e.ReportClosed(report=key) if key in before.reports:
                outcome = {"report": key, "outcome": fact.outcome, "message": OUTCOME_SENTENCES[fact.outcome]}
                yield wire(only(before.reports[key].seat), "report_outcome", outcome, kept=True)
            case _:
                pass
    for key in dict.fromkeys((*before.reports, *after.reports)):
        old, new = before.reports.get(key), after.reports.get(key)
        if new is None and old is not None:
            yield wire(_of(old.about), "report_changed", {"report": key, "state": CLOSED})
        elif new is not None and new != old and (old is not None or key not in told):
            yield wire(_of(new.about), "report_changed", report_record(new))


def _of(about: str) -> Audience:
    return Audience(Hears.HOSTS, but=about)
