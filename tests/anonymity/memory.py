"""What can be reached from an object in this process, in search of words that should not be there."""

from __future__ import annotations

import asyncio
import gc
import types
from collections.abc import Iterator
from typing import Any

# Through these everything is reached, the test itself included.
_BOUNDS = (types.ModuleType, types.FrameType, types.TracebackType)


def inside(thing: Any) -> Iterator[Any]:
    """What it holds, one step on."""
    if isinstance(thing, types.FunctionType):  # all but its module's globals
        yield from (thing.__closure__, thing.__defaults__, thing.__kwdefaults__, thing.__dict__)
    elif isinstance(thing, type):
        yield from (value for value in vars(thing).values() if isinstance(value, (list, dict, set, str, bytes)))
    elif not isinstance(thing, _BOUNDS):
        yield from gc.get_referents(thing)


def holders(root: Any, backwards: str, *, beyond: tuple[type, ...] = ()) -> list[str]:
    """The ways from `root` to every text or bytes that holds the needle, which is given spelt backwards so as not to be found here.

    Objects of the types in `beyond` are the test's, and not looked into."""
    needle = backwards[::-1]
    needles = (needle, needle.encode(), needle.encode("utf-16-le"), needle.encode().hex())
    found: list[str] = []
    seen: dict[int, Any] = {id(root): root}
    way: dict[int, tuple[int, str]] = {id(root): (0, type(root).__name__)}
    # The task that searches, and the test that it runs, are reached by way of the loop.
    ours = {id(asyncio.current_task()), id(needle), *map(id, needles), id(needles), id(seen), id(way), id(found)}
    queue = [root]
    while queue:
        thing = queue.pop()
        if isinstance(thing, (str, bytes, bytearray, memoryview)):
            held = bytes(thing) if isinstance(thing, (bytearray, memoryview)) else thing
            if any(n in held for n in needles if type(n) is type(held)):  # type: ignore[operator]
                found.append(_path(id(thing), way))
            continue
        for inner in inside(thing):
            if id(inner) in seen or id(inner) in ours or isinstance(inner, beyond):
                continue
            seen[id(inner)] = inner  # which also keeps it, and its id, alive
            way[id(inner)] = (id(thing), type(inner).__name__)
            queue.append(inner)
    return found


def _path(at: int, way: dict[int, tuple[int, str]]) -> str:
    names = []
    while at:
        at, name = way[at]
        names.append(name)
    return " > ".join(reversed(names))
