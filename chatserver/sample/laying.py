"""Puts the sample into a store, and takes it away again."""

from __future__ import annotations

from dataclasses import dataclass

from chatserver.facilitating import changes, groups, meetings, rooms
from chatserver.sample.week import SampleGroup, week
from chatserver.store.base import Opening, Store


class OthersThere(Exception):
    """There are groups that are none of the sample's, and that is not said to be right. `args[0]` names them."""


@dataclass(frozen=True, slots=True)
class Laid:
    made: tuple[str, ...]  # slugs of groups
    there: tuple[str, ...]  # those that were there already, and stay as they are


async def lay(store: Store, now: int, *, anyway: bool = False) -> Laid:
    """Makes the groups that are not there. `anyway`: also beside others. Raises `OthersThere`, and `AlreadyThere` where a meeting of
    somebody else has a name that the sample needs."""
    sample = week(now)
    there = {group.slug: group.name for group in await store.groups()}
    others = [slug for slug, name in there.items() if (slug, name) not in {(each.slug, each.given["name"]) for each in sample}]
    if others and not anyway:
        raise OthersThere(", ".join(others))
    missing = [each for each in sample if each.slug not in there]
    for each in missing:
        await _make(store, each, now)
    return Laid(tuple(each.slug for each in missing), tuple(each.slug for each in sample if each.slug in there))


async def take_away(store: Store, now: int) -> tuple[str, ...]:
    """Removes the sample's groups, known by slug and name, with all that they have by now; their rooms are closed first.

    Returns their slugs."""
    there = {(group.slug, group.name) for group in await store.groups()}
    mine = [each.slug for each in week(now) if (each.slug, each.given["name"]) in there]
    opened = await store.openings()
    for slug in mine:
        for opening in _of(opened, slug):
            await rooms.close(store, slug, opening.meeting.slug, now)
        await store.remove_group(slug)
    return tuple(mine)


def _of(openings: list[Opening], group: str) -> list[Opening]:
    return [opening for opening in openings if opening.meeting.group.slug == group]


async def _make(store: Store, sample: SampleGroup, now: int) -> None:
    await groups.add(store, sample.given)
    for meeting in sample.meetings:
        await meetings.add(store, sample.slug, meeting.given, now)
        for original, change in meeting.changes.items():
            await changes.put(store, sample.slug, str(meeting.given["slug"]), original, now, **change)
