"""Beginning a room's live state, and ending it when it is due. The store hears of both before the backplane does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from chatserver.backplane.base import Backplane
from chatserver.clock import Clock
from chatserver.domain.guidelines import DEFAULT_GUIDELINES
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import CORE, Core
from chatserver.engine.tokens import new_opening_id
from chatserver.store.base import Meeting, Opening, Store
from chatserver.wire.entries import pack
from chatserver.wire.events import of_closing


@dataclass(frozen=True, slots=True)
class RoomDefaults:
    capacity: int
    grace_ms: int
    away_ms: int


class Openings:
    """Raises `StoreUnavailable` and `BackplaneUnavailable` where those do."""

    def __init__(self, store: Store, backplane: Backplane, clock: Clock, defaults: RoomDefaults) -> None:
        self._store = store
        self._backplane = backplane
        self._clock = clock
        self._defaults = defaults

    async def open_now(self, meeting: Meeting) -> str:
        """Opens the meeting's room, if it is not open, for as long as the meeting lasts. Returns the epoch."""
        now = self._clock.now()
        opening = await self._store.open_meeting(meeting.slug, new_opening_id(), now, now + meeting.minutes * 60_000)
        return await self._line(opening)

    async def ensure(self, slug: str) -> str | Refused:
        """The epoch of the room, whose live state is begun where nothing of it is there; or why it is not open."""
        opening = await self._store.opening(slug)
        if opening is None:
            return Refused(Code.UNKNOWN_ROOM if await self._store.meeting(slug) is None else Code.NOT_OPEN)
        if opening.closed_at is not None:
            return Refused(Code.CLOSED)
        if opening.closes_at <= self._clock.now():
            await self.close(opening)
            return Refused(Code.CLOSED)
        return await self._line(opening)

    async def _line(self, opening: Opening) -> str:
        loaded = await self._backplane.load(opening.meeting.slug)
        if loaded is not None and loaded.line.partition(".")[0] == opening.id:
            return loaded.line
        line = f"{opening.id}.{await self._store.next_line(opening.id)}"
        await self._backplane.open(opening.meeting.slug, line, {CORE: pack(self._core(opening))})
        return line

    def _core(self, opening: Opening) -> Core:
        meeting, group = opening.meeting, opening.meeting.group
        return Core(
            slug=meeting.slug,
            title=meeting.title,
            group=group.slug,
            group_name=group.name,
            format=meeting.format,
            guidelines=group.guidelines or DEFAULT_GUIDELINES,
            opening=opening.id,
            opened_at=opening.opened_at,
            closes_at=opening.closes_at,
            capacity=meeting.capacity or self._defaults.capacity,
            grace_ms=self._defaults.grace_ms,
            away_ms=self._defaults.away_ms,
            tag_key=secrets.token_bytes(16),
            proof_key=secrets.token_bytes(32),
            by_invite=group.visibility == "invite",
            lobby=meeting.lobby,
        )

    async def close(self, opening: Opening) -> None:
        """Closes an opening that no live room of this worker closes by itself. Idempotent."""
        await self._store.close_opening(opening.id, self._clock.now())
        loaded = await self._backplane.load(opening.meeting.slug)
        if loaded is not None and loaded.line.partition(".")[0] == opening.id:
            await self._backplane.erase(opening.meeting.slug, loaded.line, of_closing())

    async def close_overdue(self) -> None:
        """Whether or not anybody is in them."""
        for opening in await self._store.openings():
            if opening.closes_at <= self._clock.now():
                await self.close(opening)
