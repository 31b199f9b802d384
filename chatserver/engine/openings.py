"""Beginning a room's live state, and ending it when it is due. The store hears of both before the backplane does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from chatserver.backplane.base import Backplane, BackplaneUnavailable, Position
from chatserver.clock import Clock, pause
from chatserver.domain.agenda import NOBODY, Agenda
from chatserver.domain.guidelines import DEFAULT_GUIDELINES
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import AGENDA, CORE, FLOOR, Core
from chatserver.engine.tokens import new_opening_id
from chatserver.formats import resolve
from chatserver.store.base import Meeting, Opening, Store
from chatserver.wire.entries import pack
from chatserver.wire.events import of_closing

ATTEMPTS = 3
LOOK_AGAIN_MS = 100
OTHERS_MS = 5_000  # for so long a room that was open and is not there is left to a worker that holds it


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
        self._absent: dict[str, tuple[int, int]] = {}  # opening -> since when its room was not there, and when that was seen last
        self._closing: dict[str, str] = {}  # opening -> slug: recorded as closed, or about to be; not known to be erased

    async def open_now(self, meeting: Meeting) -> str:
        """Opens the meeting's room, if it is not open, for as long as the meeting lasts. Returns the epoch.

        The caller bounds the time that it takes; it may be some seconds after the backplane has lost everything."""
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
            await self.close(slug, opening.id)
            return Refused(Code.CLOSED)
        return await self._line(opening)

    async def _line(self, opening: Opening) -> str:
        slug = opening.meeting.slug
        attempts = 0
        while attempts < ATTEMPTS:
            position = await self._position(slug)
            if position is not None and _is_of(position, opening.id):
                self._absent.pop(opening.id, None)
                return position.line
            # Where nobody else could have begun or ended anything since the opening was read, it is as it was.
            latest = opening if position is None and not attempts and not self._backplane.shared else await self._store.opening(slug)
            if latest is None or latest.id != opening.id:
                break  # closed and opened again meanwhile: what is there is none of ours
            if position is not None:  # of an opening before this one, which was closed and yet not erased
                await self._backplane.erase(slug, position.line, of_closing())
            elif latest.line > 0 and self._backplane.shared and not self._others_had_time(opening.id):
                await pause(self._clock, LOOK_AGAIN_MS)  # until whoever asks has no more time
                continue
            attempts += 1
            line = f"{opening.id}.{await self._store.next_line(opening.id)}"
            entries = {CORE: pack(self._core(opening)), AGENDA: pack(await self._agenda(opening.meeting)), FLOOR: pack(NOBODY)}
            if await self._backplane.open(slug, line, entries):
                return line
        raise BackplaneUnavailable

    async def _agenda(self, meeting: Meeting) -> Agenda:
        """As the format is now: whoever changes it later changes the meetings that open from then on."""
        format_ = resolve(meeting.format, await self._store.format(meeting.group.slug, meeting.format))
        return Agenda(format_.segments, format_.heard_last, title=format_.title, note=format_.note, speed=format_.speed)

    async def _position(self, slug: str) -> Position | None:
        return (await self._backplane.touch([slug])).get(slug)

    def _others_had_time(self, opening_id: str) -> bool:
        """The room is not there. Whoever holds it brings it back within a second or two; a fresh one would forget mutes and bans."""
        now = self._clock.now()
        since, seen = self._absent.get(opening_id, (now, now))
        if now - seen > 2 * OTHERS_MS:
            since = now  # that was another time
        self._absent[opening_id] = (since, now)
        return now - since >= OTHERS_MS

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

    async def is_open(self, slug: str, opening_id: str) -> bool:
        """Whether that is the meeting's opening still, and it is not closed."""
        latest = await self._store.opening(slug)
        return latest is not None and latest.id == opening_id and latest.closed_at is None

    async def record_closing(self, slug: str, opening_id: str) -> None:
        """The store's part of closing. Until the backplane has done its own, `finish` sees to it."""
        self._closing[opening_id] = slug
        await self._store.close_opening(opening_id, self._clock.now())

    async def close(self, slug: str, opening_id: str) -> None:
        """Closes an opening that no live room of this worker closes by itself. Idempotent."""
        await self.record_closing(slug, opening_id)
        await self._erase(slug, opening_id)

    async def _erase(self, slug: str, opening_id: str) -> None:
        position = await self._position(slug)
        if position is not None and _is_of(position, opening_id):
            await self._backplane.erase(slug, position.line, of_closing())
        self._absent.pop(opening_id, None)
        self._closing.pop(opening_id, None)

    async def end(self, slug: str, opening_id: str) -> None:
        """Erases the room of an opening, if that is not open any more."""
        if not await self.is_open(slug, opening_id):
            await self._erase(slug, opening_id)

    async def finish(self) -> set[str]:
        """Ends what is due, whether or not anybody is in it, and erases what was recorded as closed and could not be erased then.

        Returns which openings are open."""
        still_open = await self._store.ends()
        for opening_id, (slug, closes_at) in still_open.items():
            if closes_at <= self._clock.now():
                await self.close(slug, opening_id)
        for opening_id in self._closing.keys() - still_open.keys():
            await self._erase(self._closing[opening_id], opening_id)
        return set(still_open)


def _is_of(position: Position, opening_id: str) -> bool:
    return position.line.partition(".")[0] == opening_id
