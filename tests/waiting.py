"""Waiting for what other tasks bring about, without sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

SECONDS = 5.0
AT_ONCE = 500  # turns of the loop for what this process brings about by itself
LOOKS_AGAIN = 0.005  # s; what is waited for then is another process, which has use for the processor


async def until(holds: Callable[[], object], what: str = "", seconds: float = SECONDS) -> None:
    """Lets the loop run until it holds. Raises `TimeoutError`."""
    looked = 0
    try:
        async with asyncio.timeout(seconds):
            while not holds():
                looked += 1
                await asyncio.sleep(0 if looked < AT_ONCE else LOOKS_AGAIN)
    except TimeoutError:
        raise TimeoutError(what or "what was waited for did not come") from None


async def settled(steps: int = 200) -> None:
    """Lets everything run that can run without time passing."""
    for _ in range(steps):
        await asyncio.sleep(0)
