"""What a rehearsal needs in the store: a group, a copy of the format with a fast clock, a meeting that is open, and a key to lead it."""

from __future__ import annotations

import re
import secrets
from contextlib import suppress
from dataclasses import dataclass, replace

from chatserver.domain.formats import Format, read
from chatserver.engine.tokens import hash_token, new_opening_id, new_token
from chatserver.store.base import AlreadyThere, Group, Key, Meeting, NotThere, Opening, StillOpen, Store

GROUP = Group("rehearsal", "Rehearsals", visibility="unlisted")
SPARE_MINUTES = 30  # real ones: for coming in, and for an hour that takes longer
LONGEST_NAME = 40  # of a format, in the room's name


@dataclass(frozen=True, slots=True)
class Stage:
    meeting: Meeting
    opening: Opening
    format: Format
    key: str  # the facilitator's
    invite: str  # the members'


def with_speed(name: str, toml: str, speed: int) -> str:
    """The text of the format with that speed instead of its own. `toml` has no faults."""
    before = read(name, toml)
    assert isinstance(before, Format)
    given = re.sub(r"(?m)^speed *=.*$", "", toml, count=1) if before.speed != 1 else toml
    fast = f"speed = {speed}\n{given}"
    assert read(name, fast) == replace(before, speed=speed)
    return fast


async def set_up(store: Store, name: str, toml: str, speed: int, now: int) -> Stage:
    """Makes it all, and opens the room. Raises `StoreUnavailable`."""
    slug = f"rehearsal-{name[:LONGEST_NAME]}-{secrets.token_hex(2)}"
    fast = with_speed(name, toml, speed)
    format_ = read(slug, fast)
    assert isinstance(format_, Format)
    with suppress(AlreadyThere):
        await store.add_group(GROUP)
    await store.put_format(GROUP.slug, slug, fast)
    minutes = sum(segment.minutes for segment in format_.segments)
    meeting = Meeting(slug, GROUP, f"Rehearsal: {format_.title}", slug, "UTC", None, None, minutes)
    await store.add_meeting(meeting)
    key, invite = new_token(), new_token()
    await store.add_key(Key(hash_token(key), GROUP.slug, "facilitator", slug))
    await store.add_key(Key(hash_token(invite), GROUP.slug, "member", slug))
    opening = await store.open_meeting(slug, new_opening_id(), now, now + (minutes + SPARE_MINUTES) * 60_000)
    return Stage(meeting, opening, format_, key, invite)


async def strike(store: Store, stage: Stage, now: int) -> None:
    """Takes all of it away again, the group with the last of its rehearsals. Its server closes a room that is open yet.

    Raises `StoreUnavailable`."""
    await store.close_opening(stage.opening.id, now)
    with suppress(NotThere):  # somebody else has tidied up
        await store.remove_meeting(stage.meeting.slug)
    await store.remove_format(GROUP.slug, stage.meeting.format)
    ours = await store.group(GROUP.slug) == GROUP
    if ours and not await store.meetings(GROUP.slug) and not await store.formats(GROUP.slug):
        with suppress(NotThere, StillOpen):  # another rehearsal has begun, or ended, in this moment
            await store.remove_group(GROUP.slug)
