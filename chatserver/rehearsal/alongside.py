"""Doing something for as long as something else holds."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from chatserver.rehearsal.player import Player
from chatserver.rehearsal.room_view import RoomView


async def as_long_as(player: Player, holds: Callable[[RoomView], bool], doing: Awaitable[None]) -> None:
    """Returns when it is done, or when that holds no longer: then it is given up. Raises what it raises, and what `Player.until` does."""
    task = asyncio.ensure_future(doing)
    over = asyncio.ensure_future(player.until(lambda view: not holds(view)))
    try:
        await asyncio.wait({task, over}, return_when=asyncio.FIRST_COMPLETED)
        for each in (task, over):
            if each.done():
                each.result()
    finally:
        for each in (task, over):
            each.cancel()
        await asyncio.gather(task, over, return_exceptions=True)
