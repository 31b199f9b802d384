"""A limit of time that is the same for all: one timer for thousands, where `asyncio.timeout` sets and cancels one for each."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any


class TimeLimit:
    """`with limit:` within a task raises `TimeoutError` from what it waits for there when that takes too long, like `asyncio.timeout`.

    A task enters it once at a time. Belongs to the loop in which it was first entered."""

    def __init__(self, ms: int) -> None:
        self._seconds = ms / 1_000
        self._until: dict[asyncio.Task[Any], float] = {}  # who is inside; the first to come is the first whose time is over
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def __enter__(self) -> None:
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
        self._until[self._task()] = self._loop.time() + self._seconds
        if self._timer is None:
            self._timer = self._loop.call_later(self._seconds, self._look)

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        task = self._task()
        # Not inside any more: it was cancelled by us. Where somebody else has, too, that is not ours to take away.
        if self._until.pop(task, None) is None and task.uncancel() == 0 and kind is asyncio.CancelledError:
            raise TimeoutError from fault

    def _task(self) -> asyncio.Task[Any]:
        task = asyncio.current_task(self._loop)
        assert task is not None
        return task

    def _look(self) -> None:
        assert self._loop is not None
        self._timer = None
        now = self._loop.time()
        for task, until in list(self._until.items()):
            if until > now:
                self._timer = self._loop.call_at(until, self._look)
                break
            del self._until[task]
            task.cancel()
