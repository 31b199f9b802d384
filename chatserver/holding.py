"""What is held of people and their meetings is declared beside the code that holds it: as `HOLDS`, a tuple of these.

From the declarations come /.well-known/what-we-hold.json and the page in plain words (`feeds/what_we_hold.py`). Tests compare them with
what is really there, and fail for what is held and not declared as for what is declared and not there (docs/anonymity.md)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Where = Literal["room", "memory", "redis", "database", "log", "metrics", "browser"]
# room: the state of a room that is open, which its workers have in memory, and Redis where there are several; the names are its entries'.

Until = Literal[
    "seat-ends",  # left, was removed, or was away for so long
    "room-closes",
    "turn-ends",  # of whoever has the floor; so long at least
    "time",  # so long
    "untouched",  # with the room; so long after the last worker touched it at the latest
    "connection-ends",
    "process-ends",
    "operator-deletes",
    "leaving",  # the tab leaves the room, or is closed, or the room closes
]

Identifies = Literal[
    "no",
    "seat",  # what one seat of one meeting does, under the name that was chosen for it
    "words",  # what was said
    "network",  # something of the network that somebody comes from
    "secret",  # lets whoever has it act as somebody; held as a hash, but in the browser whose it is
]


@dataclass(frozen=True, slots=True)
class Holding:
    """One kind of thing. Its sentence for people is `holds-<kind>` in web/locales/en.ftl."""

    kind: str
    where: Where
    at: str  # the entry, key, table, class, metric or storage key in which it is
    until: Until
    named: tuple[str, ...] = ()  # its fields, columns or labels
    seconds: int | None = None
    setting: str = ""  # that says how many seconds, in place of a number
    identifies: Identifies = "no"
