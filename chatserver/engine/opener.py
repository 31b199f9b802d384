"""Opening rooms: by their schedules, and by those who lead; and letting them be open longer. All of it is recorded in the store."""

from __future__ import annotations

from collections.abc import Mapping

from chatserver.clock import Clock
from chatserver.domain.doors import EARLY_MS, fellowship_minutes, planned
from chatserver.engine.timetable import READ_AGAIN_MS, Timetable
from chatserver.engine.tokens import new_opening_id
from chatserver.formats import resolve
from chatserver.store.base import Meeting, NotThere, Opening, Store


class Opener:
    """Raises `StoreUnavailable` where the store does."""

    def __init__(self, store: Store, clock: Clock, timetable: Timetable) -> None:
        self._store = store
        self._clock = clock
        self._timetable = timetable

    async def open_now(self, meeting: Meeting) -> Opening:
        """Opens the meeting's room, if it is not open: that of its next occurrence, where that runs or begins soon, so that the schedule
        does not open it once more; else by hand, for as long as the meeting lasts, and up to its next occurrence."""
        now, after = self._clock.now(), await self._after_minutes(meeting)
        closes_at = now + (meeting.minutes + after) * 60_000
        for one in planned(meeting.schedule, now, self._timetable.doors_minutes(meeting), after):
            if one.starts_at > now + EARLY_MS:
                closes_at = min(closes_at, one.starts_at)
                break
            opening = await self._store.open_meeting(meeting.slug, new_opening_id(), now, one.closes_at, one.key)
            if opening.closed_at is None:
                return opening
        return await self._store.open_meeting(meeting.slug, new_opening_id(), now, closes_at)

    async def open_what_is_due(self, open_already: Mapping[str, str | None]) -> None:
        """By their schedules, whether or not this worker serves them. Every worker does so: an occurrence is opened once all the same.

        `open_already`: of what occurrence the rooms are that are known to be open, by the meeting's slug. They need not be asked for."""
        now = self._clock.now()
        for meeting in await self._timetable.due(now):
            try:
                again = await self._open_if_due(meeting, now, open_already.get(meeting.slug))
            except NotThere:
                again = None  # removed just now
            self._timetable.look_again(meeting.slug, again)

    async def _open_if_due(self, meeting: Meeting, now: int, open_now: str | None) -> int | None:
        """Returns when to look again at this meeting; None: never, as its schedule is."""
        doors = self._timetable.doors_minutes(meeting)
        one = next(planned(meeting.schedule, now, doors), None)
        if one is None or one.opens_at > now:
            return None if one is None else one.opens_at
        if one.key != open_now:
            one = next(planned(meeting.schedule, now, doors, await self._after_minutes(meeting)))
            opening = await self._store.open_meeting(meeting.slug, new_opening_id(), now, one.closes_at, one.key)
            if opening.occurrence != one.key:  # another one is open still
                return min(max(now + 1, opening.closes_at), now + READ_AGAIN_MS)
        return self._timetable.opens_next(meeting, now, one.key)

    async def _after_minutes(self, meeting: Meeting) -> int:
        format_ = resolve(meeting.format, await self._store.format(meeting.group.slug, meeting.format))
        return fellowship_minutes(format_, meeting.minutes)

    async def latest_end(self, slug: str) -> int | None:
        """Up to when the room that is open can be open longer: the next meeting in it begins then. None: without an end."""
        opening = await self._store.opening(slug)
        following = None if opening is None else self._timetable.coming_after(opening, self._clock.now())
        return None if following is None else following.starts_at

    async def extend(self, opening_id: str, closes_at: int) -> bool:
        """Records that it closes then, and not before. False: it is closed."""
        return await self._store.extend_opening(opening_id, closes_at) is not None
