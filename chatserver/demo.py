"""What a newcomer finds on a server that has nothing yet: one group with a room that is open."""

from __future__ import annotations

from chatserver.domain.formats import DEFAULT_FORMAT
from chatserver.engine.tokens import hash_token, new_opening_id, new_token
from chatserver.store.base import Group, Key, Meeting, Store

HOURS = 24


async def make_demo(store: Store, now_ms: int, base_url: str) -> str | None:
    """Makes the group "demo" with the meeting "evening", open from now on, and returns its facilitator's link.

    None where the store is not empty. Raises `StoreUnavailable`.
    """
    if not await store.is_empty():
        return None
    group = Group("demo", "Demo group")
    meeting = Meeting("evening", group, "Evening circle", DEFAULT_FORMAT, "UTC", None, None, HOURS * 60)
    key = new_token()
    await store.add_group(group)
    await store.add_meeting(meeting)
    await store.add_key(Key(hash_token(key), group.slug, "facilitator"))
    await store.open_meeting(meeting.slug, new_opening_id(), now_ms, now_ms + HOURS * 3_600_000)
    return f"{base_url}/r/{meeting.slug}#key={key}"
