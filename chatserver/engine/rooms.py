"""The rooms that this worker serves. Each is started once, when somebody comes to it first."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress

from chatserver.backplane.base import BEAT_MS, Backplane, BackplaneUnavailable, Event
from chatserver.clock import Clock
from chatserver.domain import commands as c
from chatserver.domain.refusals import Code, Refused
from chatserver.engine.committer import UNAVAILABLE
from chatserver.engine.fanout import Fanout
from chatserver.engine.live_room import LiveRoom
from chatserver.engine.openings import Openings
from chatserver.engine.presence import Attached
from chatserver.engine.unhurried import Unhurried
from chatserver.holding import Holding
from chatserver.store.base import StoreUnavailable

_log = logging.getLogger(__name__)


class Rooms:
    def __init__(
        self,
        backplane: Backplane,
        openings: Openings,
        fanout: Fanout,
        clock: Clock,
        detached: Callable[[Attached], None],
        call_ms: int,
        worker: str,
    ) -> None:
        """`worker` is this one's name among all."""
        self._backplane = backplane
        self._openings = openings
        self._fanout = fanout
        self._clock = clock
        self._detached = detached
        self._call_ms = call_ms
        self._worker = worker
        self._unhurried = Unhurried()
        self._live: dict[str, LiveRoom] = {}
        self._starting: dict[str, asyncio.Task[LiveRoom | Refused]] = {}
        self._beating: asyncio.Task[None] | None = None
        self._stopped = False
        self._ends: dict[str, int] = {}  # opening -> when it was to close, a beat ago
        self._open_now: dict[str, str | None] = {}  # meeting -> of what occurrence its room is: as far as is known
        backplane.doubt = self._doubt

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
        room: LiveRoom | None = None
        started = False
        try:
            async with asyncio.timeout(self._call_ms / 1_000):
                epoch = await self._openings.ensure(slug)
                if isinstance(epoch, Refused):
                    return epoch
                room = self._room(slug)
                started = await room.start()
                if not started:
                    return UNAVAILABLE
        except (StoreUnavailable, BackplaneUnavailable, TimeoutError):
            return UNAVAILABLE
        finally:
            if room is not None and not started:
                room.stop_later()  # it may have subscribed already
        if room.over:  # erased while it was being loaded
            return Refused(Code.CLOSED)
        self._live[slug] = room
        return room

    def _room(self, slug: str) -> LiveRoom:
        return LiveRoom(
            slug,
            self._backplane,
            self._fanout,
            self._clock,
            worker=self._worker,
            unhurried=self._unhurried,
            call_ms=self._call_ms,
            still_open=lambda room: self._openings.is_open(room.slug, room.state.core.opening),
            before_close=self._record_closing,
            before_longer=self._record_longer,
            ended=self._ended,
            detached=self._detached,
        )

    async def _record_closing(self, room: LiveRoom) -> Event | None:
        try:
            return await self._openings.record_closing(room.slug, room.state.core.opening)
        except StoreUnavailable:
            return None

    async def _record_longer(self, room: LiveRoom, closes_at: int) -> bool:
        try:
            return await self._openings.opener.extend(room.state.core.opening, closes_at)
        except StoreUnavailable:
            return False

    def _ended(self, room: LiveRoom) -> None:
        if self._live.get(room.slug) is room:
            del self._live[room.slug]
        room.stop_later()

    async def close(self, slug: str, opening_id: str) -> None:
        """Closes an opening for everybody in it, wherever they are connected. Raises `StoreUnavailable`.

        Where the backplane does not answer, it is recorded, and a later round tells them."""
        with suppress(BackplaneUnavailable, TimeoutError):
            async with asyncio.timeout(self._call_ms / 1_000):
                await self._openings.close(slug, opening_id)

    async def lasts_until(self, slug: str, closes_at: int) -> None:
        """Lets a room know that it was recorded so, if this worker serves it. The others look with their next beats."""
        room = self._live.get(slug)
        if room is not None:
            await room.submit(None, c.LastsUntil(closes_at))

    async def latest_end(self, slug: str) -> int | None:
        """Up to when the room can be open longer; None: without an end. Raises `StoreUnavailable`."""
        return await self._openings.opener.latest_end(slug)

    def _doubt(self) -> None:
        for room in list(self._live.values()):
            room.doubt()

    def beat(self) -> None:
        """From now on, every two seconds: says that this worker lives, looks whether what it serves is as it stands on the backplane, and
        ends and opens what is due whether or not this worker serves it."""
        if not self._stopped:
            self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        try:
            for part in (self._look_after_seats, self._compare, self._end_what_is_over, self._open_what_is_due):
                try:
                    async with asyncio.timeout(self._call_ms / 1_000):
                        await part()
                except (StoreUnavailable, BackplaneUnavailable, TimeoutError):
                    pass  # the next round is as good
                except Exception:
                    _log.exception("a part of the beat failed")
        finally:
            self._clock.call_later(BEAT_MS, self.beat)

    async def _compare(self) -> None:
        then = {slug: (room.replica.line, room.replica.seq) for slug, room in self._live.items()}
        positions = await self._backplane.touch(list(then))
        for slug, seen in then.items():
            room = self._live.get(slug)
            if room is not None:
                room.compare(positions.get(slug), *seen)

    async def _look_after_seats(self) -> None:
        alive = await self._backplane.beat(self._worker)
        for room in list(self._live.values()):
            room.seating.look_after(alive)

    async def _end_what_is_over(self) -> None:
        """Also what another worker has recorded as closed, and then could not erase."""
        still_open = await self._openings.finish()
        self._open_now = {ending.meeting: ending.occurrence for ending in still_open.values()}
        for room in list(self._live.values()):
            ending = still_open.get(room.state.core.opening)
            if ending is None:
                await self._openings.end(room.slug, room.state.core.opening)
                room.doubt()
            elif ending.closes_at > room.state.core.closes_at and self._ends.get(room.state.core.opening) == ending.closes_at:
                # Extended by somebody who is not in it. In the first moment it may be one who is, and who has yet to tell the room.
                room.submit_later(None, c.LastsUntil(ending.closes_at))
        self._ends = {opening: ending.closes_at for opening, ending in still_open.items()}

    async def _open_what_is_due(self) -> None:
        """After what had to end, which may have been in the way."""
        await self._openings.opener.open_what_is_due(self._open_now)

    async def stop(self) -> None:
        self._stopped = True
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.wait([self._beating])  # or the store is closed under its hands
        for room in list(self._live.values()):
            with suppress(BackplaneUnavailable):
                await room.stop()


_AT = "engine.rooms.Rooms"
HOLDS = (
    Holding("rooms-open", "memory", _AT, "room-closes", ("_live", "_starting", "_open_now", "_ends")),
    Holding("worker-name", "memory", _AT, "process-ends", ("_worker",)),
)
