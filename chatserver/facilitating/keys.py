"""Keys: made, shown once, and ended. Only their hashes are kept, so nobody can list them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatserver.domain.faults import Fault, shown
from chatserver.engine.tokens import hash_token, new_token
from chatserver.facilitating.faulty import none_of
from chatserver.facilitating.fields import Given, Rules, one_of, read, whole
from chatserver.facilitating.groups import find
from chatserver.store.base import Group, Key, KeyRole, Meeting, Store

# Links that give one hat, held by one seat at a time.
HATS: tuple[KeyRole, ...] = ("greeter", "timekeeper", "reader", "mentor")
# What a key is called, and the role that it gives.
KINDS: dict[str, KeyRole] = {"facilitator": "facilitator", "moderator": "moderator", "invite": "member", **{hat: hat for hat in HATS}}
MAX_USES = 100_000
FIELDS: Rules = {"kind": one_of(list(KINDS)), "uses": whole(1, MAX_USES, or_none="any number")}


@dataclass(frozen=True, slots=True)
class Made:
    """A new key. Its text is nowhere else."""

    text: str
    path: str  # of its link: where it opens something, with the key behind the `#`
    ended: int = 0  # how many others stopped working


async def make(store: Store, group: str, given: Given, found: Sequence[Fault] = ()) -> Made:
    """A new key. `given`: its `kind`, of `KINDS`; `meeting`, where it is for one of the group alone; `uses`, where they are counted.

    `found`: what was wrong with that already, to be told together. Raises `Faulty`, `NotThere`."""
    made, _ = await _make(store, group, given, found)
    return made


async def rotate(store: Store, group: str, given: Given, found: Sequence[Fault] = ()) -> Made:
    """A new key, as `make`; all others of that kind for that group (for that meeting, where one is named) stop working.

    The new one is there before the others end: nobody is locked out by a database that goes away in between."""
    made, key = await _make(store, group, given, found)
    return Made(made.text, made.path, await store.revoke_keys(group, key.role, key.meeting, but=key.hash))


async def revoke(store: Store, group: str, text: str, meeting: str | None = None) -> None:
    """Ends the key that is shown (or the link that it stands in), if it is one of that group (of that meeting, where one is named).

    Raises `Faulty`."""
    hash = hash_token(key_in(text))
    key = await store.key(hash)
    if key is None or key.group != group or meeting not in (None, key.meeting) or not await store.revoke_key(hash):
        none_of([Fault("key", "no key like this works here; it may have ended already, or be another group's.")])


def key_in(text: str) -> str:
    """The key of a link, or what was shown itself."""
    found = re.search(r"#(?:key|invite)=([A-Za-z0-9_-]+)", text)
    return found[1] if found else text.strip()


async def _make(store: Store, group: str, given: Given, found: Sequence[Fault]) -> tuple[Made, Key]:
    of_group = await find(store, group)
    meetings = await store.meetings(group)
    kept, faults = read(given, FIELDS)
    none_of([*found, *faults, *_meeting_faults(given, [one.slug for one in meetings])])
    kind, meeting, text = kept["kind"], given.get("meeting"), new_token()
    key = Key(hash_token(text), group, KINDS[kind], meeting, kept.get("uses"))
    await store.add_key(key)
    return Made(text, f"{_page(of_group, meeting, meetings)}#{'invite' if kind == 'invite' else 'key'}={text}"), key


def _meeting_faults(given: Given, there: list[str]) -> list[Fault]:
    meeting = given.get("meeting")
    if meeting is None:
        kind = given.get("kind")
        what = "an invite" if kind == "invite" else f"a {kind}'s link"
        return [Fault("meeting", f"{what} is for one meeting; name it.")] if kind == "invite" or kind in HATS else []
    known = ", ".join(there) or "none yet"
    return [] if meeting in there else [Fault("meeting", f"{shown(meeting)} was given; it may be one of the group's: {known}.")]


def _page(group: Group, meeting: str | None, meetings: list[Meeting]) -> str:
    """A group that meets by invitation has no page: its key opens any of its rooms, and the first is as good a place as another."""
    to_room = len(meetings) == 1 or (group.visibility == "invite" and meetings)
    room = meeting or (meetings[0].slug if to_room else None)
    return f"/r/{room}" if room else f"/g/{group.slug}"
