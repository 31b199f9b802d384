"""Beginning a room's live state, and ending it when it is due. The store hears of both before the backplane does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from chatserver.backplane.base import Backplane, BackplaneUnavailable, Loaded
from chatserver.clock import Clock
from chatserver.domain.guidelines import DEFAULT_GUIDELINES
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import CORE, Core
from chatserver.engine.tokens import new_opening_id
from chatserver.store.base import Meeting, Opening, Store
from chatserver.wire.entries import pack
from chatserver.wire.events import of_closing

ATTEMPTS = 3


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
        self._closing: dict[str, str] = {}  # opening -> slug: recorded as closed, or about to be; not known to be erased

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
        slug = opening.meeting.slug
        for _ in range(ATTEMPTS):
            loaded = await self._backplane.load(slug)
            if loaded is not None and _is_of(loaded, opening.id):
                return loaded.line
            latest = await self._store.opening(slug)
            if latest is None or latest.id != opening.id:
                break  # closed and opened again meanwhile: what is there is none of ours
            if loaded is not None:  # of an opening before this one, which was closed and yet not erased
                await self._backplane.erase(slug, loaded.line, of_closing())
            line = f"{opening.id}.{await self._store.next_line(opening.id)}"
            if await self._backplane.open(slug, line, {CORE: pack(self._core(opening))}):
                return line
        raise BackplaneUnavailable

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

    async def record_closing(self, slug: str, opening_id: str) -> None:
        """The store's part of closing. Until the backplane has done its own, `finish` sees to it."""
        self._closing[opening_id] = slug
        await self._store.close_opening(opening_id, self._clock.now())

    async def close(self, opening: Opening) -> None:
        """Closes an opening that no live room of this worker closes by itself. Idempotent."""
        await self.record_closing(opening.meeting.slug, opening.id)
        await self._erase(opening.meeting.slug, opening.id)

    async def _erase(self, slug: str, opening_id: str) -> None:
        loaded = await self._backplane.load(slug)
        if loaded is not None and _is_of(loaded, opening_id):
            await self._backplane.erase(slug, loaded.line, of_closing())
        self._closing.pop(opening_id, None)

    async def finish(self) -> None:
        """Ends what is due, whether or not anybody is in it, and erases what was recorded as closed and could not be erased then."""
        still_open = await self._store.openings()
        for opening in still_open:
            if opening.closes_at <= self._clock.now():
                await self.close(opening)
        for opening_id in self._closing.keys() - {opening.id for opening in still_open}:
            await self._erase(self._closing[opening_id], opening_id)


def _is_of(loaded: Loaded, opening_id: str) -> bool:
    return loaded.line.partition(".")[0] == opening_id
