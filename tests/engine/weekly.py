"""A house whose meetings have schedules, and its time as people read it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from chatserver.domain.schedule import Change
from chatserver.store.base import Group, Meeting, Opening
from tests.engine.house import House, Worker
from tests.fakes import FakeClock

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
GROUP = Group("group", "A group")


def ms(text: str) -> int:
    """`2027-03-26T19:00`, in UTC."""
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp() * 1_000)


def shown(at: int | None) -> str | None:
    """To the minute, in UTC."""
    return None if at is None else datetime.fromtimestamp(at / 1_000, UTC).isoformat(timespec="minutes")[:16]


def house_at(text: str, **more: Any) -> House:
    return House(clock=FakeClock(ms(text)), **more)


def meet(house: House, slug: str, zone: str, start: str | None, rrule: str | None = None, minutes: int = 60, **more: Any) -> Meeting:
    """Adds the meeting, or replaces it."""
    house.store.all_groups.setdefault("group", GROUP)
    meeting = Meeting(slug, GROUP, "A meeting", more.pop("format", "open-circle"), zone, start, rrule, minutes, **more)
    old = house.store.all_meetings.get(slug)
    house.store.all_meetings[slug] = meeting if old is None else replace(meeting, sequence=old.sequence + 1)
    return meeting


def change(original: str, start: str | None = None, **more: Any) -> Change:
    return Change(datetime.fromisoformat(original), start=None if start is None else datetime.fromisoformat(start), **more)


def beating(house: House) -> Worker:
    worker = house.worker()
    worker.service.rooms.beat()
    return worker


async def until(house: House, text: str, step: int = MINUTE) -> None:
    """Time, up to then, in such steps."""
    end = ms(text)
    while house.clock.now() < end:
        house.clock.advance(min(step, end - house.clock.now()))
        await house.quiet()


def opened(house: House, slug: str | None = None) -> list[tuple[str | None, str | None, str | None]]:
    """Every opening that there was: of which occurrence, when it was opened, and when it was closed."""
    found: list[Opening] = [o for o in house.store.all_openings if slug in (None, o.meeting.slug)]
    return [(o.occurrence, shown(o.opened_at), shown(o.closed_at)) for o in found]


async def opened_by_hand(house: House, worker: Worker) -> str:
    """By a facilitator's key. The epoch."""
    return str((await worker.connect().ok("open", room="room", key=await house.key("facilitator")))["epoch"])


async def door(worker: Worker) -> dict[str, Any]:
    return await worker.connect().ok("door", room="room")
