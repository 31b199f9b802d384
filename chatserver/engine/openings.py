"""Beginning a room's live state, and ending it when it is due. The store hears of both before the backplane does."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from chatserver.backplane.base import Backplane, BackplaneUnavailable, Event, Position
from chatserver.clock import Clock, pause
from chatserver.domain.agenda import NOBODY, Agenda
from chatserver.domain.doors import change_of, start_of
from chatserver.domain.guidelines import DEFAULT_GUIDELINES
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.state import AGENDA, CORE, FLOOR, Core
from chatserver.engine.opener import Opener
from chatserver.engine.timetable import Timetable
from chatserver.formats import resolve
from chatserver.holding import Holding
from chatserver.store.base import Ending, Meeting, Opening, Store, StoreUnavailable
from chatserver.wire.entries import pack
from chatserver.wire.events import of_closing

ATTEMPTS = 3
LOOK_AGAIN_MS = 100
OTHERS_MS = 5_000  # for so long a room that was open and is not there is left to a worker that holds it
LEFT_MS = 10_000  # for so long the end of a room is left to whoever serves it, who may see that it is not to close just then


@dataclass(frozen=True, slots=True)
class RoomDefaults:
    capacity: int
    grace_ms: int
    away_ms: int
    doors_minutes: int
    unled_ms: int
    wave_joins: int = 0
    wave_ms: int = 60_000
    first_messages: bool = False


class Openings:
    """Raises `StoreUnavailable` and `BackplaneUnavailable` where those do."""

    def __init__(self, store: Store, backplane: Backplane, clock: Clock, defaults: RoomDefaults) -> None:
        self._store = store
        self._backplane = backplane
        self._clock = clock
        self._defaults = defaults
        self.timetable = Timetable(store, defaults.doors_minutes)
        self.opener = Opener(store, clock, self.timetable)
        self._absent: dict[str, tuple[int, int]] = {}  # opening -> since when its room was not there, and when that was seen last
        self._closing: dict[str, str] = {}  # opening -> slug: recorded as closed, or about to be; not known to be erased

    async def open_now(self, meeting: Meeting) -> str:
        """Opens the meeting's room, if it is not open (`Opener.open_now`), and begins its live state. Returns the epoch.

        The caller bounds the time that it takes; it may be some seconds after the backplane has lost everything."""
        return await self._line(await self.opener.open_now(meeting))

    async def ensure(self, slug: str) -> str | Refused:
        """The epoch of the room, whose live state is begun where nothing of it is there; or why it is not open."""
        opening = await self._store.opening(slug)
        if opening is None:
            return Refused(Code.UNKNOWN_ROOM if await self._store.meeting(slug) is None else Code.NOT_OPEN)
        if opening.closed_at is not None:
            return Refused(Code.CLOSED)
        if await self._is_to_be_ended(slug, opening.id, opening.closes_at):
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
                await self._backplane.erase(slug, position.line, of_closing(opening.opened_at))
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
        change = change_of(meeting.schedule, opening.occurrence)
        return Core(
            slug=meeting.slug,
            title=(change and change.title) or meeting.title,
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
            first_messages=self._defaults.first_messages,
            wave_joins=self._defaults.wave_joins,
            wave_ms=self._defaults.wave_ms,
            starts_at=start_of(meeting.schedule, opening.occurrence),
            unled_ms=0 if meeting.always_open else self._defaults.unled_ms,
        )

    async def is_open(self, slug: str, opening_id: str) -> bool:
        """Whether that is the meeting's opening still, and it is not closed."""
        latest = await self._store.opening(slug)
        return latest is not None and latest.id == opening_id and latest.closed_at is None

    async def record_closing(self, slug: str, opening_id: str) -> Event:
        """The store's part of closing. Until the backplane has done its own, `finish` sees to it. Returns what is the room's last event."""
        self._closing[opening_id] = slug
        await self._store.close_opening(opening_id, self._clock.now())
        return await self._last_event(slug)

    async def _last_event(self, slug: str) -> Event:
        """That it is over, and when the next one begins, as the schedule is now."""
        try:
            opening = await self._store.opening(slug)
        except StoreUnavailable:
            return of_closing()
        following = None if opening is None else self.timetable.coming_after(opening, self._clock.now())
        return of_closing(None if following is None else following.starts_at)

    async def close(self, slug: str, opening_id: str) -> None:
        """Closes an opening that no live room of this worker closes by itself. Idempotent."""
        await self.record_closing(slug, opening_id)
        await self._erase(slug, opening_id)

    async def _erase(self, slug: str, opening_id: str) -> None:
        position = await self._position(slug)
        if position is not None and _is_of(position, opening_id):
            await self._backplane.erase(slug, position.line, await self._last_event(slug))
        self._absent.pop(opening_id, None)
        self._closing.pop(opening_id, None)

    async def end(self, slug: str, opening_id: str) -> None:
        """Erases the room of an opening, if that is not open any more."""
        if not await self.is_open(slug, opening_id):
            await self._erase(slug, opening_id)

    async def finish(self) -> dict[str, Ending]:
        """Ends what is due, whether or not anybody is in it, and erases what was recorded as closed and could not be erased then.

        Returns what was open before, by the openings' ids."""
        still_open = await self._store.ends()
        for opening_id, ending in still_open.items():
            if await self._is_to_be_ended(ending.meeting, opening_id, ending.closes_at):
                await self.close(ending.meeting, opening_id)
        for opening_id in self._closing.keys() - still_open.keys():
            await self._erase(self._closing[opening_id], opening_id)
        return still_open

    async def _is_to_be_ended(self, slug: str, opening_id: str, closes_at: int) -> bool:
        """Whether it is overdue, and not to be left to whoever serves it."""
        overdue = self._clock.now() - closes_at
        if 0 <= overdue < LEFT_MS:
            position = await self._position(slug)
            return position is None or not _is_of(position, opening_id)  # nobody serves what is not there
        return overdue >= 0


def _is_of(position: Position, opening_id: str) -> bool:
    return position.line.partition(".")[0] == opening_id


HOLDS = (Holding("rooms-open", "memory", "engine.openings.Openings", "room-closes", ("_absent", "_closing")),)
