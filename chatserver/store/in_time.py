"""Ends a wait for a database in time, whatever its driver does.

A driver that is cut off may itself wait: to roll back, to ask the server for an end, for a thread. Nobody waits for that with it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Any, TypeVar

R = TypeVar("R")


class Calls:
    """The calls to one database, those included that were given up and are still being cleared away."""

    def __init__(self) -> None:
        self._left: set[asyncio.Task[Any]] = set()

    async def within(self, seconds: float, work: Coroutine[Any, Any, R]) -> R:
        """What `work` gives. Raises `TimeoutError` after `seconds`, and has it cancelled then, as when the caller is cancelled."""
        task = asyncio.ensure_future(work)
        try:
            await asyncio.wait({task}, timeout=seconds)
            if task.done():
                return task.result()
        finally:
            if not task.done():
                self._leave(task)
        raise TimeoutError

    async def end(self, seconds: float) -> None:
        """Gives what was cut off so much time to end."""
        if self._left:
            await asyncio.wait(self._left, timeout=seconds)

    def _leave(self, task: asyncio.Task[Any]) -> None:
        task.cancel()
        self._left.add(task)
        task.add_done_callback(self._forget)

    def _forget(self, task: asyncio.Task[Any]) -> None:
        self._left.discard(task)
        if not task.cancelled():
            task.exception()  # has been looked at, or asyncio complains that nobody did


async def to_its_end(work: Coroutine[Any, Any, R]) -> R:
    """What `work` gives. It is not cancelled with its caller, who waits for its end all the same."""
    task = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        with suppress(Exception):
            await asyncio.wait({task})
            task.result()
        raise
