"""Getting level with the room again, whatever became of the backplane: deliveries lost on the way, everything lost, an older copy.

consistency.md, "When Redis is gone, and when it comes back empty". One look after the other, until the replica and the room agree.
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from typing import Protocol

from chatserver.backplane.base import Backplane, BackplaneUnavailable, Loaded, Missed, OtherLine, Position, Settling
from chatserver.backplane.union import as_held, next_line, opening_of
from chatserver.clock import Clock, pause
from chatserver.engine.replica import Replica
from chatserver.store.base import StoreUnavailable

_log = logging.getLogger(__name__)

LOOK_AGAIN_MS = 250
AT_ONCE_MS = 20  # never in no time: a room that does not come right must not keep the worker busy


class Served(Protocol):
    """What a room looks like from here."""

    slug: str
    replica: Replica

    @property
    def holds_back(self) -> bool:
        """Whether deliveries wait to be adopted."""
        ...

    def hold_back(self) -> None:
        """From now on they do."""

    def adopt(self, loaded: Loaded, kept: Missed) -> None:
        """The room as it is now; then what was held back, as far as it follows."""

    def gone(self) -> None:
        """It is closed, or another by now."""


class Recovery:
    def __init__(
        self, room: Served, backplane: Backplane, clock: Clock, *, call_ms: int, still_open: Callable[[], Awaitable[bool]]
    ) -> None:
        """`still_open` asks the store, and raises `StoreUnavailable`."""
        self._room = room
        self._backplane = backplane
        self._clock = clock
        self._call_ms = call_ms
        self._still_open = still_open
        self._task: asyncio.Task[None] | None = None
        self._look = asyncio.Event()
        self._level = asyncio.Event()
        self._over = False

    def doubt(self) -> None:
        """The replica may not be what the room is. Returns at once."""
        self._look.set()
        if self._task is None and not self._over:
            self._level.clear()
            self._task = asyncio.create_task(self._run())

    async def level(self) -> None:
        """Until the doubt is over, or the room. The wait is bounded by whoever calls."""
        if self._task is not None:
            await self._level.wait()

    def cancel(self) -> None:
        self._over = True
        if self._task is not None and self._task is not asyncio.current_task():
            self._task.cancel()
        self._level.set()

    async def _run(self) -> None:
        try:
            while not self._over:
                self._look.clear()
                wait: int | None = LOOK_AGAIN_MS
                try:
                    async with asyncio.timeout(self._call_ms / 1_000):
                        wait = await self._level_out()
                except (BackplaneUnavailable, StoreUnavailable, TimeoutError):
                    pass  # whoever waits is refused in time; the room is looked for until it is there
                except Exception:
                    _log.exception("recovery failed")
                if wait is None and not self._look.is_set():
                    return
                if wait:
                    await self._until_looked_for(wait)
        finally:
            self._task = None
            self._level.set()

    async def _until_looked_for(self, ms: int) -> None:
        timer = self._clock.call_later(ms, self._look.set)
        await self._look.wait()
        timer.cancel()

    async def _level_out(self) -> int | None:
        """One look. None: replica and room agree, or the room is over. Otherwise for how long to wait before the next look."""
        room, replica = self._room, self._room.replica
        line, seq = replica.line, replica.seq
        position = (await self._backplane.touch([room.slug])).get(room.slug)
        if position is None or position.strange or position.wait_ms or is_behind(position, line, seq):
            if not await self._still_open():
                room.gone()
                return None
            result = await self._backplane.restore(room.slug, next_line(line, secrets.token_hex(4)), replica.held())
            if isinstance(result, Settling):
                await pause(self._clock, result.wait_ms + 1)  # whoever looks for it meanwhile has to wait as well
                return AT_ONCE_MS
        elif position.line == replica.line and position.seq <= replica.seq and not room.holds_back:
            return None
        return await self._load_again()

    async def _load_again(self) -> int | None:
        room = self._room
        room.hold_back()
        loaded = await self._backplane.load(room.slug)
        if isinstance(loaded, Settling):
            return loaded.wait_ms + 1
        if loaded is None:
            return AT_ONCE_MS
        if opening_of(loaded.line) != opening_of(room.replica.line):
            room.gone()
            return None
        kept = await self._backplane.since(room.slug, loaded.line, 0)
        if isinstance(kept, Settling):
            return kept.wait_ms + 1
        if isinstance(kept, OtherLine):  # where it is strange, and newer than what we hold: then the copy itself is what there is
            await self._backplane.restore(room.slug, next_line(loaded.line, secrets.token_hex(4)), as_held(loaded))
            return AT_ONCE_MS
        room.adopt(loaded, kept)
        return None


def is_behind(position: Position, line: str, seq: int) -> bool:
    """Whether the room has fallen back behind what a replica was when the position was asked for."""
    return position.line == line and position.seq < seq
