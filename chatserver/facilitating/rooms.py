"""The room of a meeting: opened now, let be open longer, and closed. What the store says of it is what holds; workers follow it within
some seconds, wherever it was said."""

from __future__ import annotations

from collections.abc import Sequence

from chatserver.clock import Clock
from chatserver.domain.faults import Fault
from chatserver.domain.stewardship import MAX_EXTENSION_MINUTES, extended
from chatserver.engine.opener import Opener
from chatserver.engine.timetable import Timetable
from chatserver.facilitating.faulty import NextMeeting, NotOpen, none_of
from chatserver.facilitating.fields import Given, Rules, read, whole
from chatserver.facilitating.meetings import find
from chatserver.store.base import Opening, Store

EXTENSION: Rules = {"minutes": whole(1, MAX_EXTENSION_MINUTES)}


def opener_of(store: Store, clock: Clock, doors_minutes: int) -> Opener:
    """For who has none: where no worker runs. `doors_minutes`: the server's setting."""
    return Opener(store, clock, Timetable(store, doors_minutes))


async def open_now(store: Store, opener: Opener, group: str, slug: str) -> Opening:
    """Opens the room, as `Opener.open_now` does; one that is open stays as it is. Raises `NotThere`."""
    return await opener.open_now(await find(store, slug, group))


async def opening(store: Store, group: str, slug: str) -> Opening | None:
    """That of the room, while it is open. Raises `NotThere`."""
    await find(store, slug, group)
    latest = await store.opening(slug)
    return None if latest is None or latest.closed_at is not None else latest


async def extend(
    store: Store, opener: Opener, group: str, slug: str, given: Given, now: int, found: Sequence[Fault] = ()
) -> tuple[Opening, int]:
    """Lets the room be open so many `minutes` longer, up to the next meeting in it. Returns its opening, and when it is to close now.

    `found`: what was wrong with what is given already. Raises `Faulty`, `NotOpen`, `NextMeeting`, `NotThere`."""
    kept, faults = read(given, EXTENSION)
    none_of([*found, *faults])
    latest = await opening(store, group, slug)
    if latest is None:
        raise NotOpen(slug)
    until = extended(latest.closes_at, kept["minutes"], await opener.latest_end(slug), now)
    if until is None:
        raise NextMeeting(slug)
    closes_at = await store.extend_opening(latest.id, until)
    if closes_at is None:
        raise NotOpen(slug)
    return latest, closes_at


async def close(store: Store, group: str, slug: str, now: int) -> Opening:
    """Closes the room: everybody is told, and nothing of it is kept. Returns its opening. Raises `NotOpen`, `NotThere`."""
    latest = await opening(store, group, slug)
    if latest is None or not await store.close_opening(latest.id, now):
        raise NotOpen(slug)
    return latest
