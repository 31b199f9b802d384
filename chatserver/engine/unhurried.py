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
        self._turning = False

    def soon(self, call: Callable[[], None]) -> None:
        """Calls once, behind what was put here before."""
        self._calls.append(call)
        if not self._turning:
            self._turning = True
            asyncio.get_running_loop().call_soon(self._turn)

    def _turn(self) -> None:
        loop = asyncio.get_running_loop()
        for _ in range(min(AT_A_TIME, len(self._calls))):
            call = self._calls.popleft()
            try:
                call()
            except Exception as fault:  # one room's is none of the others'
                loop.call_exception_handler({"message": "a room failed in its turn", "exception": fault})
        self._turning = bool(self._calls)
        if self._turning:
            loop.call_soon(self._turn)
