"""Which rooms are to be opened next, known without asking the store for every meeting all the time.

All meetings are read once. What has changed since (on another worker, or by the command line in another process) is looked for every half
minute, and each time before a room is opened: so nothing opens by a schedule that does not hold any more.
"""

from __future__ import annotations

import asyncio
from heapq import heapify, heappop, heappush

from chatserver.domain.doors import Last, Planned, coming, planned
from chatserver.holding import Holding
from chatserver.store.base import Meeting, Opening, Revision, Store

READ_AGAIN_MS = 30_000
SINGLY = 50  # of more that have changed, all are read together
AT_A_TIME = 100  # are computed in one turn of the loop


class Timetable:
    """Raises `StoreUnavailable` where the store does, and knows then what it knew before."""

    def __init__(self, store: Store, doors_minutes: int) -> None:
        self._store = store
        self._doors_minutes = doors_minutes
        self._revisions: dict[str, Revision] = {}
        self._read_at: int | None = None
        self._meetings: dict[str, Meeting] = {}
        self._look_at: dict[str, int] = {}  # slug -> when its room may be to open
        self._queue: list[tuple[int, str]] = []  # the same, by time; what is not in there as well is out of date

    def doors_minutes(self, meeting: Meeting) -> int:
        return self._doors_minutes if meeting.doors_minutes is None else meeting.doors_minutes

    async def due(self, now: int) -> list[Meeting]:
        """Those whose room may be to open now. They are due again at each call until `look_again` says otherwise."""
        if self._read_at is None or not self._read_at <= now < self._read_at + READ_AGAIN_MS or self._first() <= now:
            await self._read_what_changed(now)
        due = []
        while self._first() <= now:
            due.append(heappop(self._queue)[1])
        for slug in due:
            heappush(self._queue, (self._look_at[slug], slug))
        return [self._meetings[slug] for slug in dict.fromkeys(due)]

    def look_again(self, slug: str, at: int | None) -> None:
        """The room of that meeting may be to open then, and not before; None: never, as its schedule is."""
        if at is None:
            self._look_at.pop(slug, None)
        elif slug in self._meetings:
            self._look_at[slug] = at
            heappush(self._queue, (at, slug))

    def coming_after(self, opening: Opening, now: int) -> Planned | None:
        """The next room of its meeting; None: there is none."""
        meeting = opening.meeting
        return coming(meeting.schedule, now, self.doors_minutes(meeting), Last(opening.occurrence, opening.opened_at))

    def opens_next(self, meeting: Meeting, now: int, but: str | None = None) -> int | None:
        """When the doors of its next room open, or opened: of the first occurrence that is not over and is not that one."""
        rooms = planned(meeting.schedule, now, self.doors_minutes(meeting))
        return next((one.opens_at for one in rooms if one.key != but), None)

    def _first(self) -> float:
        """The time of the first that is up to date."""
        while self._queue and self._look_at.get(self._queue[0][1]) != self._queue[0][0]:
            heappop(self._queue)
        return self._queue[0][0] if self._queue else float("inf")

    async def _read_what_changed(self, now: int) -> None:
        revisions = await self._store.revisions()
        changed = [slug for slug, revision in revisions.items() if self._revisions.get(slug) != revision]
        if len(changed) > SINGLY:
            read = {meeting.slug: meeting for meeting in await self._store.meetings()}
        else:
            read = {slug: meeting for slug in changed if (meeting := await self._store.meeting(slug)) is not None}
        for slug in self._revisions.keys() - revisions.keys():
            del self._revisions[slug]
            self._meetings.pop(slug, None)
            self._look_at.pop(slug, None)
        for n, slug in enumerate(changed):
            self._revisions[slug] = revisions[slug]  # one by one: whoever has no more time goes on from here the next time
            if slug in read:  # or it was removed in between
                self._meetings[slug] = read[slug]
                self.look_again(slug, self.opens_next(read[slug], now))
            if n % AT_A_TIME == AT_A_TIME - 1:
                await asyncio.sleep(0)
        self._queue = [(at, slug) for slug, at in self._look_at.items()]
        heapify(self._queue)
        self._read_at = now


HOLDS = (Holding("timetable", "memory", "engine.timetable.Timetable", "process-ends", ("_revisions", "_meetings", "_look_at", "_queue")),)
