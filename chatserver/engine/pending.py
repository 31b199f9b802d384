"""What a room still has to do by itself: tasks that run, and calls that are due later. It ends with the room."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from chatserver.clock import Clock, Timer
from chatserver.holding import Holding


class Pending:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tasks: set[asyncio.Task[Any]] = set()
        self._timers: dict[object, Timer] = {}
        self._over = False

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        self.keep(asyncio.create_task(work))

    def keep(self, task: asyncio.Task[Any]) -> None:
        self._tasks.add(task)  # the loop itself holds tasks weakly
        task.add_done_callback(self._tasks.discard)

    def after(self, delay_ms: float, call: Callable[[], None]) -> None:
        """Calls once, unless the room ends before."""

        def due() -> None:
            del self._timers[key]
            call()

        if not self._over:
            key = object()
            self._timers[key] = self._clock.call_later(delay_ms, due)

    def cancel(self) -> None:
        """No more calls. Tasks come to their own end."""
        self._over = True
        for timer in self._timers.values():
            timer.cancel()
        self._timers.clear()


HOLDS = (Holding("to-be-done", "memory", "engine.pending.Pending", "room-closes", ("_tasks", "_timers"), identifies="seat"),)
