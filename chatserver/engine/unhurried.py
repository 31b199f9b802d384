"""What many rooms have to do at the same moment and nobody waits for: some of it in each turn of the loop, so that what somebody does wait
for has its turn in between."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable

AT_A_TIME = 8  # rooms in a turn: each may tell all of its people


class Unhurried:
    def __init__(self) -> None:
        self._calls: deque[Callable[[], None]] = deque()

    def soon(self, call: Callable[[], None]) -> None:
        """Calls once, behind what was put here before."""
        self._calls.append(call)
        if len(self._calls) == 1:
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        for call in [self._calls[n] for n in range(min(AT_A_TIME, len(self._calls)))]:
            try:
                call()
            finally:
                self._calls.popleft()
        if self._calls:
            asyncio.get_running_loop().call_soon(self._turn)
