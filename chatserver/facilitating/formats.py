"""Formats: those that come along, and a group's own, which go before them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from chatserver.domain.faults import Fault, shown
from chatserver.domain.formats import Format, read
from chatserver.facilitating.faulty import Faulty, TooMany
from chatserver.formats import built_in, toml_of
from chatserver.store.base import NotThere, Store

MAX_OWN = 50  # of one group


class NoSuchFormat(Exception):
    """`args[0]` is a sentence with what there is."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A format that a group may hold its meetings in. `read` has the faults instead where its file cannot be read any more."""

    name: str
    own: bool
    read: Format | tuple[Fault, ...]


async def listed(store: Store, group: str) -> list[Listed]:
    """Those that come along and the group's own, by name. Raises `NotThere`."""
    found = {name: Listed(name, False, made) for name, made in built_in().items()}
    found |= {name: Listed(name, True, read(name, toml)) for name, toml in (await own(store, group)).items()}
    return [found[name] for name in sorted(found)]


async def own(store: Store, group: str) -> dict[str, str]:
    """The group's own, as text (TOML), by name. Raises `NotThere`."""
    if await store.group(group) is None:
        raise NotThere(group)
    return await store.formats(group)


async def text(store: Store, group: str, name: str) -> str:
    """The file (TOML) of the format of that name: the group's own, or one that comes along. Raises `NotThere`, `NoSuchFormat`."""
    of_group = await own(store, group)
    toml = of_group.get(name) or toml_of(name)
    if toml is None:
        raise NoSuchFormat(no_such(name, [*of_group, *built_in()]))
    return toml


async def put(store: Store, group: str, name: str, toml: str) -> Format:
    """Adds a format to the group's own, or replaces the one of that name: for rooms that open from then on.

    Raises `Faulty`, `TooMany`, `NotThere`."""
    made = read(name, toml)
    if not isinstance(made, Format):
        raise Faulty(made)
    there = await own(store, group)
    if name not in there and len(there) >= MAX_OWN:
        raise TooMany(f"There are {MAX_OWN} formats of this group's own already. Remove one first.")
    if there.get(name) != toml:
        await store.put_format(group, name, toml)
    return made


async def remove(store: Store, group: str, name: str) -> None:
    """Raises `NotThere`, `NoSuchFormat`."""
    there = await own(store, group)
    if not await store.remove_format(group, name):
        raise NoSuchFormat(no_such(name, there, f"of {group}'s own"))


async def named_by(store: Store, group: str, name: str) -> list[str]:
    """The slugs of the meetings that are held in that format."""
    return [meeting.slug for meeting in await store.meetings(group) if meeting.format == name]


def no_such(name: str, there: Iterable[str], which: str = "here") -> str:
    """A sentence for who asked for another one than those."""
    names = sorted({*there})
    near = get_close_matches(name[:64], names, n=1, cutoff=0.6)
    listed = f"There are: {', '.join(names)}." if names else "There are none."
    return f"There is no format {shown(name)} {which}{f'; did you mean {near[0]}?' if near else '.'} {listed}"
