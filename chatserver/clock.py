"""Time is a parameter: whoever needs it is given a clock, and tests give one that they move by hand."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from typing import Protocol

NOISE_SECONDS = 0.02  # what an answer over a network is late by, more or less


_monotonic = time.monotonic  # now() is asked for several times a message


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
    """A clock carried on the monotonic one, so that a corrected wall clock moves no deadline.

    At first this machine's; then, where several share a backplane, the backplane's: all of them have to agree when a turn is over."""

    __slots__ = ("_last", "_offset")

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()
        self._last = 0

    def now(self) -> int:
        now = int((_monotonic() + self._offset) * 1_000)
        if now < self._last:
            return self._last
        self._last = now
        return now

    def follow(self, now: int) -> None:
        """Says from here on what another clock says. Where that is behind, this one stands until it is reached."""
        offset = now / 1_000 - time.monotonic()
        if abs(offset - self._offset) > NOISE_SECONDS:
            self._offset = offset

    def call_later(self, delay_ms: float, call: Callable[[], None]) -> Timer:
        return asyncio.get_running_loop().call_later(max(0.0, delay_ms / 1_000), call)
