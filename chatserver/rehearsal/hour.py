"""The meeting's time in a rehearsal: the server's clock, and how fast the hour goes by."""

from __future__ import annotations

from chatserver.clock import Clock, pause


class Hour:
    def __init__(self, clock: Clock, speed: int) -> None:
        self.speed = speed
        self._clock = clock
        self._offset = 0

    def follow(self, server_now: int) -> None:
        """Says from here on what the server's clock says."""
        self._offset = server_now - self._clock.now()

    def now(self) -> int:
        """Milliseconds since 1970 UTC, by the server's clock."""
        return self._clock.now() + self._offset

    def left(self, at: int) -> float:
        """Seconds of the meeting until then; less than none when it is over."""
        return (at - self.now()) * self.speed / 1_000

    async def pause(self, seconds: float) -> None:
        """So many seconds of the meeting."""
        await pause(self._clock, max(0.0, seconds) * 1_000 / self.speed)

    async def pause_ms(self, ms: float) -> None:
        """Of real time, as when a server says when to try again."""
        await pause(self._clock, ms)
