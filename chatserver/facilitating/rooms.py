"""The room of a meeting: opened now, and closed. What the store says of it is what holds; workers follow it within two seconds."""

from __future__ import annotations

from chatserver.engine.tokens import new_opening_id
from chatserver.facilitating.faulty import NotOpen
from chatserver.facilitating.meetings import find
from chatserver.store.base import Opening, Store


async def open_now(store: Store, group: str, slug: str, now: int) -> Opening:
    """Opens the room for as long as the meeting lasts; one that is open stays as it is. Raises `NotThere`."""
    meeting = await find(store, slug, group)
    return await store.open_meeting(slug, new_opening_id(), now, now + meeting.minutes * 60_000)


async def opening(store: Store, group: str, slug: str) -> Opening | None:
    """That of the room, while it is open. Raises `NotThere`."""
    await find(store, slug, group)
    latest = await store.opening(slug)
    return None if latest is None or latest.closed_at is not None else latest


async def close(store: Store, group: str, slug: str, now: int) -> Opening:
    """Closes the room: everybody is told, and nothing of it is kept. Returns its opening. Raises `NotOpen`, `NotThere`."""
    latest = await opening(store, group, slug)
    if latest is None or not await store.close_opening(latest.id, now):
        raise NotOpen(slug)
    return latest
