"""The rooms that this worker serves. Each is started once, when somebody comes to it first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from chatserver.backplane.base import Backplane, BackplaneUnavailable
from chatserver.clock import Clock
from chatserver.domain.refusals import Code, Refused
from chatserver.engine.committer import UNAVAILABLE
from chatserver.engine.fanout import Fanout
from chatserver.engine.live_room import LiveRoom
from chatserver.engine.openings import Openings
from chatserver.engine.presence import Attached
from chatserver.store.base import StoreUnavailable

OVERDUE_MS = 2_000


class Rooms:
    def __init__(
        self,
        backplane: Backplane,
        openings: Openings,
        fanout: Fanout,
        clock: Clock,
        detached: Callable[[Attached], None],
        call_ms: int,
    ) -> None:
        self._backplane = backplane
        self._openings = openings
        self._fanout = fanout
        self._clock = clock
        self._detached = detached
        self._call_ms = call_ms
        self._live: dict[str, LiveRoom] = {}
        self._starting: dict[str, asyncio.Task[LiveRoom | Refused]] = {}
        self._overdue: asyncio.Task[None] | None = None
        self._stopped = False

    def __len__(self) -> int:
        return len(self._live)

    def live(self, slug: str) -> LiveRoom | None:
        return self._live.get(slug)

    async def serve(self, slug: str) -> LiveRoom | Refused:
        """The room, or why it is not open."""
        room = self._live.get(slug)
        if room is not None:
            return room
        task = self._starting.get(slug)
        if task is None:
            task = self._starting[slug] = asyncio.create_task(self._start(slug))
            task.add_done_callback(lambda _: self._starting.pop(slug, None))
        return await asyncio.shield(task)

    async def _start(self, slug: str) -> LiveRoom | Refused:
        room = LiveRoom(
            slug,
            self._backplane,
            self._fanout,
            self._clock,
            call_ms=self._call_ms,
            before_close=self._record_closing,
            ended=self._ended,
            detached=self._detached,
        )
        started = False
        try:
            async with asyncio.timeout(self._call_ms / 1_000):
                epoch = await self._openings.ensure(slug)
                if isinstance(epoch, Refused):
                    return epoch
                started = await room.start()
                if not started:
                    return UNAVAILABLE
        except (StoreUnavailable, BackplaneUnavailable, TimeoutError):
            return UNAVAILABLE
        finally:
            if not started:
                room.stop_later()  # it may have subscribed already
        if room.over:  # erased while it was being loaded
            return Refused(Code.CLOSED)
        self._live[slug] = room
        return room

    async def _record_closing(self, room: LiveRoom) -> bool:
        try:
            await self._openings.record_closing(room.slug, room.state.core.opening)
        except StoreUnavailable:
            return False
        return True

    def _ended(self, room: LiveRoom) -> None:
        if self._live.get(room.slug) is room:
            del self._live[room.slug]
        room.stop_later()

    def watch_overdue(self) -> None:
        """From now on, every two seconds, ends what is due whether or not this worker serves it."""
        if not self._stopped:
            self._overdue = asyncio.create_task(self._close_overdue())

    async def _close_overdue(self) -> None:
        try:
            async with asyncio.timeout(OVERDUE_MS / 1_000):
                await self._openings.finish()
        except (StoreUnavailable, BackplaneUnavailable, TimeoutError):
            pass  # the next round is as good: closing is idempotent, and nobody comes into a room that is overdue
        finally:
            self._clock.call_later(OVERDUE_MS, self.watch_overdue)

    async def stop(self) -> None:
        self._stopped = True
        if self._overdue is not None:
            self._overdue.cancel()
            await asyncio.wait([self._overdue])  # or the store is closed under its hands
        for room in list(self._live.values()):
            await room.stop()
