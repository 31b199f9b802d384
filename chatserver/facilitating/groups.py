"""Groups: what they say of themselves, and of what they consist."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

from chatserver.domain.faults import Fault
from chatserver.facilitating.faulty import none_of
from chatserver.facilitating.fields import Given, Rules, line, list_of, one_of, read, slug, website
from chatserver.store.base import Group, NotThere, Store, Visibility

LED_BY = ("peer", "volunteer", "counsellor", "licensed therapist")
KINDS = ("peer support", "group therapy")
MAX_GUIDELINES = 30

FIELDS: Rules = {
    "name": line(200),
    "visibility": one_of(get_args(Visibility)),
    "led_by": one_of(LED_BY),
    "kind": one_of(KINDS),
    "guidelines": list_of(line(200), MAX_GUIDELINES, each="each"),
    "address": line(200, least=0),
    "region": line(200, least=0),
    "website": website(),
}


NEW: Rules = {"slug": slug(), **FIELDS}


async def find(store: Store, slug: str) -> Group:
    """Raises `NotThere`."""
    group = await store.group(slug)
    if group is None:
        raise NotThere(slug)
    return group


async def add(store: Store, given: Given) -> Group:
    """Makes a group; `given` has its slug and name at least. Raises `Faulty`, `AlreadyThere`."""
    kept, faults = read(given, NEW)
    none_of(faults)
    made = Group(**kept)
    await store.add_group(made)
    return made


async def edit(store: Store, slug: str, given: Given, found: Sequence[Fault] = ()) -> Group:
    """Changes what is given. `found`: what was wrong with it already, to be told together. Raises `Faulty`, `NotThere`.

    Rooms that are open stay as they are."""
    before = await find(store, slug)
    kept, faults = read(given, FIELDS)
    none_of([*found, *faults])
    after = replace(before, **kept)
    if after != before:
        await store.update_group(after)
    return after
