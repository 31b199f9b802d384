"""What the objects of a server that runs hold, by class and field."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Iterator
from typing import Any

import pytest

from tests.anonymity.memory import inside
from tests.clients import Client
from tests.transport.conftest import House
from tests.transport.raw import Raw

_OF_THE_TEST = (Client, House, Raw, pytest.Item, asyncio.Task)
_TEXT = (str, bytes, bytearray)
_DATA = (*_TEXT, dict, list, set, frozenset, tuple, deque)


def _fields(thing: Any) -> Iterator[str]:
    for kind in type(thing).__mro__:
        slots = vars(kind).get("__slots__", ())
        yield from (name for name in ((slots,) if isinstance(slots, str) else slots) if not name.startswith("__"))
    yield from getattr(thing, "__dict__", ())


def held_in_memory(root: Any, layers: tuple[str, ...]) -> set[tuple[str, str]]:
    """The class and the name of each field that has text, bytes or a collection, of every object of these packages that can be reached."""
    found: dict[str, set[str]] = defaultdict(set)
    seen = {id(root): root}
    queue = [root]
    while queue:
        thing = queue.pop()
        package, _, place = type(thing).__module__.partition(".")
        if package == "chatserver" and place.startswith(layers):
            found[f"{place}.{type(thing).__qualname__}"] |= {
                name for name in _fields(thing) if isinstance(getattr(thing, name, None), _DATA)
            }
        if isinstance(thing, _TEXT):
            continue
        for inner in inside(thing):
            if id(inner) not in seen and not isinstance(inner, _OF_THE_TEST):
                seen[id(inner)] = inner  # which also keeps it, and its id, alive
                queue.append(inner)
    return {(at, name) for at, names in found.items() for name in names}
