"""Time is a parameter: whoever needs it is given a clock, and tests give one that they move by hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol


class Timer(Protocol):
    def cancel(self) -> None: ...


class Clock(Protocol):
    def now(self) -> int:
        """Milliseconds since 1970 UTC; never runs backwards."""
        ...

    def call_later(self, delay_ms: float, call: Callable[[], None]) -> Timer:
        """Calls once, on the event loop, after the delay."""
        ...


async def pause(clock: Clock, ms: float) -> None:
    """Waits so long by this clock."""
    over = asyncio.Event()
    timer = clock.call_later(ms, over.set)
    try:
        await over.wait()
    finally:
        timer.cancel()


class LoopClock:
    """The machine's clock as it was at the start, carried on the monotonic one: a corrected wall clock moves no deadline."""

    __slots__ = ("_offset",)

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()

    def now(self) -> int:
        return int((time.monotonic() + self._offset) * 1_000)

    def call_later(self, delay_ms: float, call: Callable[[], None]) -> Timer:
        return asyncio.get_running_loop().call_later(max(0.0, delay_ms / 1_000), call)
