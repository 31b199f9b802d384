"""A call for help and a report, as the room knows them: who, since when, and who has taken it. What was said is in neither.

What is held: kind "calls and reports" (seat ids, a message's id, times), where: memory, of the workers and of Redis, how long: until they
are closed, or the one who called has gone, or the room closes. The words go as posts: the window's time, and no longer.
"""

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


# Beside the code that holds it, for the list of what is held.
HELD = {
    "kind": "open calls for help and reports: who, whose message, since when, taken by whom; never the words",
    "where": "memory of the workers, and of Redis",
    "how_long": "until closed, or the room closes; a call also ends when the one who called goes",
}
