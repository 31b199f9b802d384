"""Two weeks of the sample over two workers: every room is opened and closed by itself, exactly once; what is skipped is not."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from chatserver.domain.doors import Planned, fellowship_minutes, planned
from chatserver.domain.schedule import written
from chatserver.formats import built_in
from chatserver.sample.laying import lay
from chatserver.store.base import Meeting
from tests.engine.weekly import HOUR, MINUTE, beating, house_at, ms, until

FROM, TO = "2026-11-26T12:00", "2026-12-10T12:00"
STEP = 5 * MINUTE
DOORS = 15


def rooms(meeting: Meeting) -> list[Planned]:
    """Those that are opened in these weeks."""
    after = fellowship_minutes(built_in()[meeting.format], meeting.minutes)
    found = []
    for one in planned(meeting.schedule, ms(FROM), DOORS, after):
        if one.opens_at > ms(TO) - HOUR:
            break
        if one.opens_at > ms(FROM):
            found.append(one)
    return found


async def test_every_room_of_two_weeks_is_opened_and_closed_exactly_once() -> None:
    house = house_at(FROM, doors_minutes=DOORS)
    laid = await lay(house.store, house.clock.now())
    assert len(laid.made) == 11
    workers = [beating(house), beating(house)]
    await until(house, TO, STEP)

    openings = {(opening.meeting.slug, opening.occurrence): opening for opening in house.store.all_openings}
    assert Counter((opening.meeting.slug, opening.occurrence) for opening in house.store.all_openings).most_common(1)[0][1] == 1
    due = {(meeting.slug, one.key): one for meeting in house.store.all_meetings.values() for one in rooms(meeting)}
    assert len(due) > 80
    assert due.keys() <= openings.keys()
    for which, one in due.items():
        opening = openings[which]
        assert one.opens_at <= opening.opened_at <= one.opens_at + STEP, which
        assert opening.closes_at == one.closes_at
        if one.closes_at < ms(TO) - STEP:
            assert opening.closed_at is not None, which
            assert one.closes_at <= opening.closed_at <= one.closes_at + STEP, which
    changes = [(meeting.slug, change) for meeting in house.store.all_meetings.values() for change in meeting.changes]
    skipped = {(slug, written(change.original)) for slug, change in changes if change.skipped and change.original < datetime(2026, 12, 10)}  # noqa: DTZ001
    assert skipped
    assert not skipped & openings.keys()
    for worker in workers:
        await worker.service.rooms.stop()
