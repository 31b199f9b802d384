"""The declarations of what is held, as tests compare them with what is there."""

from __future__ import annotations

from chatserver.config import Settings
from chatserver.held import held
from chatserver.holding import Holding, Where

EVERYTHING = tuple(dict.fromkeys((*held(redis=False), *held(redis=True))))
_ROOMS = Settings().rooms
SECONDS = {"rooms.window_seconds": _ROOMS.window_seconds, "rooms.grace_seconds": _ROOMS.grace_seconds}

Pairs = set[tuple[str, str]]


def declared(where: Where, among: tuple[Holding, ...] = EVERYTHING) -> Pairs:
    """Each place with each name in it; a place without names has an empty one."""
    return {(one.at, name) for one in among if one.where == where for name in one.named or ("",)}
