"""The store's port: what outlives a meeting. Groups, their formats, meetings, openings, and keys as hashes; nothing about people.

Implementations raise `StoreUnavailable` for whatever the database does wrong (locked, read-only, gone, slow), never its own errors.
Times are milliseconds since 1970 UTC. Slugs are 1-64 of `a-z 0-9 -`. What is kept
was checked before (`domain/schedule_faults.py` and its like).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, Protocol

from chatserver.domain.schedule import Change, Schedule, read_local

KeyRole = Literal["facilitator", "moderator", "member", "greeter", "timekeeper", "reader", "mentor"]
Visibility = Literal["listed", "unlisted", "invite"]
Revision = tuple[int, int]  # of a meeting: another one where anything of it was changed


class StoreUnavailable(Exception):
    """The database did not answer in time, or would not take the change. Nothing was changed; trying again makes sense.

    Only where the database went away in the very moment of a change, nobody knows whether it was made."""


class AlreadyThere(Exception):
    """A group or meeting of that slug exists. `args[0]` is the slug."""


class NotThere(Exception):
    """No group or meeting of that slug. `args[0]` is the slug."""


class StillOpen(Exception):
    """The meeting of slug `args[0]` is open: what was asked can be done when it is closed."""


@dataclass(frozen=True, slots=True)
class Group:
    slug: str
    name: str
    visibility: Visibility = "listed"
    led_by: str = "peer"  # peer, volunteer, counsellor, licensed therapist: said at the door
    kind: str = "peer support"  # or "group therapy"
    guidelines: tuple[str, ...] = ()  # empty: the defaults of domain/guidelines.py
    # For directories, each empty where the group does not say.
    address: str = ""  # approximate: "Berlin, Germany"
    region: str = ""
    website: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    slug: str  # also the room's slug
    group: Group
    title: str
    format: str
    timezone: str  # IANA
    start: str | None  # local wall time, ISO 8601 to the minute; None: opened by hand, or always open
    rrule: str | None
    minutes: int
    capacity: int | None = None  # None: the config's rooms.capacity
    lobby: bool = False
    doors_minutes: int | None = None  # how long before its start it opens; None: the config's rooms.doors_minutes
    always_open: bool = False
    changes: tuple[Change, ...] = ()  # by their originals
    types: tuple[str, ...] = ()  # codes of the Meeting Guide's list
    language: str = ""  # BCP 47, "de"; empty: not said
    notes: str = ""
    updated_at: int = 0  # 0: not known
    sequence: int = 0  # how often it was changed; the store counts

    @property
    def schedule(self) -> Schedule:
        start = None if self.start is None else read_local(self.start)
        return Schedule(self.timezone, start, self.rrule, self.minutes, self.changes, self.always_open)


@dataclass(frozen=True, slots=True)
class Opening:
    """One time a room is open: written here before the backplane knows of it, closed here before the backplane forgets it."""

    id: str  # random; the first half of the epoch
    meeting: Meeting
    line: int  # how many times the room's live state was begun anew within this opening; the second half of the epoch
    opened_at: int
    closes_at: int
    closed_at: int | None = None
    occurrence: str | None = None  # the `Occurrence.key` of which it is; None: opened by hand, at no time of the schedule


class Ending(NamedTuple):
    """When an opening that is not closed is to be."""

    meeting: str  # slug
    closes_at: int
    occurrence: str | None


@dataclass(frozen=True, slots=True)
class Key:
    """A facilitator's, moderator's or invite ("member") key, or one that gives a hat; known by its SHA-256 only.

    Bound to a group, or to one meeting of it, as those of hats are."""

    hash: bytes
    group: str  # slug
    role: KeyRole
    meeting: str | None = None  # slug
    uses_left: int | None = None  # None: any number


class Store(Protocol):
    async def close(self) -> None: ...

    async def check(self) -> None:
        """Raises `StoreUnavailable` unless the database answers. For /readyz."""

    async def is_empty(self) -> bool:
        """True where there is no group."""
        ...

    async def groups(self) -> list[Group]: ...

    async def group(self, slug: str) -> Group | None: ...

    async def meetings(self, group: str | None = None) -> list[Meeting]: ...

    async def meeting(self, slug: str) -> Meeting | None: ...

    async def revisions(self) -> dict[str, Revision]:
        """Of every meeting, by its slug. Every worker asks twice a minute, and before it opens a room."""
        ...

    async def add_group(self, group: Group) -> None:
        """Raises `AlreadyThere`."""

    async def add_meeting(self, meeting: Meeting) -> None:
        """`meeting.group.slug` names the group. Raises `AlreadyThere`, `NotThere`."""

    async def update_group(self, group: Group) -> None:
        """Replaces all but the slug. Raises `NotThere`."""

    async def update_meeting(self, meeting: Meeting, *, if_sequence: int | None = None) -> bool:
        """Replaces all but slug, group and `sequence`, to which it adds one; the changes too. A room that is open stays as it is.

        `if_sequence`: only while it is that. False, and nothing changed, where it is another. Raises `NotThere`."""
        ...

    async def put_change(self, meeting: str, change: Change, updated_at: int) -> None:
        """Adds a change to the meeting's, or replaces the one of the same occurrence. Raises `NotThere`."""

    async def remove_change(self, meeting: str, original: datetime, updated_at: int) -> bool:
        """That occurrence is as always again. True where there was a change."""
        ...

    async def remove_meeting(self, slug: str) -> None:
        """With its changes, keys and openings. Raises `NotThere`, and `StillOpen`, and then nothing is removed."""

    async def remove_group(self, slug: str) -> None:
        """With its meetings, keys and formats. Raises `NotThere`, and `StillOpen` where one of its meetings is; then nothing is removed."""

    async def format(self, group: str, name: str) -> str | None:
        """The text (TOML) of the group's own format of that name; None where it has none. See `chatserver.formats.resolve`."""
        ...

    async def formats(self, group: str) -> dict[str, str]:
        """The texts of all of the group's own formats, by name and in its order."""
        ...

    async def put_format(self, group: str, name: str, toml: str) -> None:
        """Adds the format to the group's own, or replaces the one of that name. The text is kept as it is: the caller has checked it.

        Raises `NotThere` for an unknown group."""

    async def remove_format(self, group: str, name: str) -> bool:
        """True where there was one. Meetings that name it stay as they are."""
        ...

    async def add_key(self, key: Key) -> None:
        """Raises `NotThere` for an unknown group, or a meeting that is not of that group."""

    async def revoke_keys(self, group: str, role: KeyRole, meeting: str | None = None, *, but: bytes | None = None) -> int:
        """Every key of that role for that group (and meeting, where named) stops working at once, but the one of that hash. Returns how
        many did."""
        ...

    async def revoke_key(self, hash: bytes) -> bool:
        """It stops working at once. True where it was there."""
        ...

    async def key(self, hash: bytes) -> Key | None:
        """The key as it stands, revoked ones excluded; one that is used up comes with `uses_left == 0`."""
        ...

    async def use_key(self, hash: bytes) -> bool:
        """Takes one use, atomically: of two who present the last use at once, one gets True. True for keys without a count."""
        ...

    async def open_meeting(self, slug: str, opening_id: str, opened_at: int, closes_at: int, occurrence: str | None = None) -> Opening:
        """Records an opening and returns it; it is this call's if its id is `opening_id`. Raises `NotThere`.

        If the meeting has one that is not closed, returns that one and records nothing; if it had one of that `occurrence`
        (`Occurrence.key`), which is closed by now, that one likewise. So at most one opening is open a meeting, and each occurrence is
        opened once, also with several processes at once and after a restart."""
        ...

    async def extend_opening(self, opening_id: str, closes_at: int) -> int | None:
        """Lets it be open until then, if it is not to be open longer anyway. Returns when it is to close now; None: it is closed."""
        ...

    async def opening(self, slug: str) -> Opening | None:
        """The meeting's latest opening, closed or not."""
        ...

    async def openings(self) -> list[Opening]:
        """All that are not closed."""
        ...

    async def ends(self) -> dict[str, Ending]:
        """Of each that is not closed, by its id. Every worker asks every two seconds."""
        ...

    async def next_line(self, opening_id: str) -> int:
        """Adds one to the opening's line and returns it. A new opening has line 0: the first call gives 1."""
        ...

    async def close_opening(self, opening_id: str, closed_at: int) -> bool:
        """True for the one call that closed it."""
        ...
