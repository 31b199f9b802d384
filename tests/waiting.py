"""Waiting for what other tasks bring about, without sleeping."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

SECONDS = 5.0


async def until(holds: Callable[[], object], what: str = "", seconds: float = SECONDS) -> None:
    """Lets the loop run until it holds. Raises `TimeoutError`."""
    try:
        async with asyncio.timeout(seconds):
            while not holds():  # noqa: ASYNC110 (what is waited for knows of no event to set)
                await asyncio.sleep(0)
    except TimeoutError:
        raise TimeoutError(what or "what was waited for did not come") from None


async def settled(steps: int = 200) -> None:
    """Lets everything run that can run without time passing."""
    for _ in range(steps):
        await asyncio.sleep(0)
