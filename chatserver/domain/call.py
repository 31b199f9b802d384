"""A call for help and a report, as the room knows them: who, since when, and who has taken it. What was said is in neither."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Call:
    """Somebody has asked for help. It is open as long as it is here."""

    id: str
    seat: str
    since: int
    taken_by: str | None = None  # the seat of the host who is with them


@dataclass(frozen=True, slots=True)
class Report:
    """A message was reported, and nobody has said yet what came of it."""

    id: str
    seat: str  # who reports
    about: str  # whose message it is: never told
    message_id: str  # public
    since: int
    taken_by: str | None = None
