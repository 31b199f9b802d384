"""What every store must do for schedules: changes of single occurrences, openings of an occurrence, and what is edited or removed."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import text

from chatserver.domain.schedule import Change, Schedule
from chatserver.store.base import AlreadyThere, Group, Key, Meeting, NotThere, StillOpen, Store, StoreUnavailable
from chatserver.store.migrate import migrate
from chatserver.store.sql import open_store
from tests.contract.reading import read

at = datetime.fromisoformat
GROUP = Group("tuesday", "Tuesday group", address="Berlin, Germany", region="Berlin", website="https://example.org/tuesday")
SKIPPED = Change(at("2026-12-22T19:00"), skipped=True)
MOVED = Change(at("2026-12-29T19:00"), start=at("2026-12-30T20:30"), minutes=90, title="Year’s end 🕯")
MEETING = Meeting(
    "evening",
    GROUP,
    "Evening circle",
    "open-circle",
    "Europe/Berlin",
    "2026-11-24T19:00",
    "FREQ=WEEKLY;BYDAY=TU",
    60,
    doors_minutes=15,
    changes=(SKIPPED, MOVED),
    types=("O", "D"),
    language="de",
    notes="Two lines\nof notes.",
    updated_at=1_795_296_400_000,
)
FIRST, SECOND = "2026-11-24T19:00", "2026-12-01T19:00"
LATER = 1_795_296_500_000


@pytest.fixture
async def meeting(store: Store) -> Meeting:
    await store.add_group(GROUP)
    await store.add_meeting(MEETING)
    return MEETING


async def stored(store: Store, slug: str = "evening") -> Meeting:
    found = await store.meeting(slug)
    assert found is not None
    return found


@asynccontextmanager
async def workers(url: str, count: int) -> AsyncIterator[list[Store]]:
    """Stores of that many processes."""
    async with AsyncExitStack() as stack:
        stores = [await open_store(url, as_it_is=True) for _ in range(count)]
        for each in stores:
            stack.push_async_callback(each.close)
        yield stores


# --- what a meeting has


async def test_a_meeting_comes_back_with_its_changes_wherever_it_is_read(store: Store, meeting: Meeting) -> None:
    await store.add_meeting(replace(meeting, slug="morning", changes=()))
    assert await store.meeting("evening") == meeting
    assert await store.meetings() == [meeting, replace(meeting, slug="morning", changes=())]
    opening = await store.open_meeting("evening", "first", 1, 2)
    assert opening.meeting == meeting
    assert await store.opening("evening") == opening
    assert await store.openings() == [opening]


async def test_a_meeting_s_schedule_is_its_own(meeting: Meeting) -> None:
    start = at("2026-11-24T19:00")
    assert meeting.schedule == Schedule("Europe/Berlin", start, "FREQ=WEEKLY;BYDAY=TU", 60, (SKIPPED, MOVED))
    assert replace(meeting, start=None, rrule=None, changes=(), always_open=True).schedule.kind == "always open"
    assert replace(meeting, start="of an age without checks").schedule.kind == "by hand"


async def test_a_meeting_may_always_be_open(store: Store, meeting: Meeting) -> None:
    always = replace(meeting, slug="always", start=None, rrule=None, changes=(), always_open=True, doors_minutes=None)
    await store.add_meeting(always)
    assert await store.meeting("always") == always


async def test_a_meeting_that_cannot_be_added_leaves_no_changes(store: Store, meeting: Meeting) -> None:
    with pytest.raises(AlreadyThere):
        await store.add_meeting(replace(meeting, changes=(replace(SKIPPED, original=at("2027-01-05T19:00")),)))
    with pytest.raises(NotThere, match="friday"):
        await store.add_meeting(replace(meeting, slug="other", group=Group("friday", "Friday")))
    assert await store.meetings() == [meeting]


# --- editing


async def test_a_group_is_edited(store: Store, meeting: Meeting) -> None:
    edited = Group("tuesday", "Ours", "invite", "volunteer", "group therapy", ("Listen.",), "Hamburg, Germany", "Hamburg", "")
    await store.update_group(edited)
    assert await store.group("tuesday") == edited
    assert (await stored(store)).group == edited
    with pytest.raises(NotThere, match="friday"):
        await store.update_group(replace(edited, slug="friday"))
    assert await store.groups() == [edited]


async def test_a_meeting_is_edited_with_its_changes_and_counted(store: Store, meeting: Meeting) -> None:
    await store.add_group(Group("friday", "Friday group"))
    edited = Meeting(
        "evening",
        Group("friday", "Friday group"),
        "Other",
        "smart",
        "UTC",
        "2027-01-06T18:00",
        "FREQ=WEEKLY",
        90,
        7,
        True,
        None,
        False,
        (Change(at("2027-01-13T18:00"), title="Once"),),
        ("C",),
        "en",
        "",
        LATER,
        99,
    )
    await store.update_meeting(edited)
    assert await stored(store) == replace(edited, group=GROUP, sequence=1)  # its group it keeps, and the store counts by itself
    await store.update_meeting(replace(edited, changes=()))
    assert await stored(store) == replace(edited, group=GROUP, changes=(), sequence=2)
    with pytest.raises(NotThere, match="morning"):
        await store.update_meeting(replace(edited, slug="morning"))
    assert len(await store.meetings()) == 1


async def test_a_meeting_is_edited_only_as_it_was_read(store: Store, meeting: Meeting) -> None:
    """Or what somebody else has changed meanwhile would be as before again."""
    await store.put_change("evening", Change(at("2026-12-01T19:00"), skipped=True), LATER)
    now = await stored(store)
    assert not await store.update_meeting(replace(meeting, minutes=90), if_sequence=meeting.sequence)
    assert await stored(store) == now
    assert await store.update_meeting(replace(now, minutes=90), if_sequence=now.sequence)
    assert await stored(store) == replace(now, minutes=90, sequence=now.sequence + 1)
    with pytest.raises(NotThere):
        await store.update_meeting(replace(meeting, slug="morning"), if_sequence=0)


async def test_a_change_is_put_and_replaced_and_removed(store: Store, meeting: Meeting) -> None:
    new = Change(at("2026-12-01T19:00"), title="Guests")
    await store.put_change("evening", new, LATER)
    assert await stored(store) == replace(meeting, changes=(new, SKIPPED, MOVED), updated_at=LATER, sequence=1)

    again = replace(MOVED, start=None, title=None)
    await store.put_change("evening", again, LATER + 1)
    assert await stored(store) == replace(meeting, changes=(new, SKIPPED, again), updated_at=LATER + 1, sequence=2)

    assert await store.remove_change("evening", SKIPPED.original, LATER + 2)
    assert not await store.remove_change("evening", SKIPPED.original, LATER + 3)
    assert await stored(store) == replace(meeting, changes=(new, again), updated_at=LATER + 2, sequence=3)


@pytest.mark.parametrize("slug", ["morning", "", "a\x00b", "\ud800", "Evening", "e" * 65, "1'; --"])
async def test_what_is_not_there_is_not_edited_or_removed(store: Store, meeting: Meeting, slug: str) -> None:
    with pytest.raises(NotThere):
        await store.put_change(slug, SKIPPED, LATER)
    assert not await store.remove_change(slug, SKIPPED.original, LATER)
    with pytest.raises(NotThere):
        await store.remove_meeting(slug)
    with pytest.raises(NotThere):
        await store.remove_group(slug)
    assert await store.meetings() == [meeting]


async def test_of_changes_by_many_at_once_none_is_lost(store: Store, store_url: str, meeting: Meeting) -> None:
    weeks = [at("2027-01-05T19:00") + timedelta(weeks=n) for n in range(8)]
    async with workers(store_url, 2) as both:
        await asyncio.gather(*(each.put_change("evening", Change(week, skipped=True), LATER) for week in weeks for each in both))
        after = await stored(store)
        assert [change.original for change in after.changes] == [SKIPPED.original, MOVED.original, *weeks]
        assert after.sequence == 16
        removed = await asyncio.gather(*(each.remove_change("evening", week, LATER) for week in weeks for each in both))
    assert sum(removed) == 8
    assert (await stored(store)).changes == meeting.changes
    assert (await stored(store)).sequence == 24


# --- removing


async def test_a_meeting_is_removed_with_all_that_is_its_own(store: Store, meeting: Meeting) -> None:
    await store.add_meeting(replace(meeting, slug="morning"))
    for number, of_meeting in enumerate([None, "evening", "morning"]):
        await store.add_key(Key(bytes([number]) * 32, "tuesday", "moderator", of_meeting))
    await store.open_meeting("evening", "first", 1, 2, FIRST)
    with pytest.raises(StillOpen, match="evening"):
        await store.remove_meeting("evening")
    assert await store.meeting("evening") == meeting
    assert await store.key(b"\x01" * 32) is not None

    await store.close_opening("first", 3)
    await store.remove_meeting("evening")
    assert await store.meeting("evening") is None
    assert await store.opening("evening") is None
    assert [await store.key(bytes([number]) * 32) is not None for number in range(3)] == [True, False, True]
    assert await store.meetings() == [replace(meeting, slug="morning")]
    with pytest.raises(NotThere, match="evening"):
        await store.remove_meeting("evening")

    await store.add_meeting(replace(meeting, changes=()))  # and nothing of it comes back with its slug
    assert await store.meeting("evening") == replace(meeting, changes=())
    assert (await store.open_meeting("evening", "second", 1, 2, FIRST)).id == "second"


async def test_a_group_is_removed_with_all_that_is_its_own(store: Store, meeting: Meeting) -> None:
    friday = Group("friday", "Friday group")
    await store.add_group(friday)
    await store.add_meeting(replace(meeting, slug="other", group=friday))
    await store.add_meeting(replace(meeting, slug="morning"))
    for group in ("tuesday", "friday"):
        await store.add_key(Key(group.encode().ljust(32), group, "facilitator"))
        await store.put_format(group, "ours", "a format")
    await store.open_meeting("morning", "first", 1, 2)
    await store.open_meeting("other", "second", 1, 2)
    with pytest.raises(StillOpen, match="morning"):
        await store.remove_group("tuesday")
    assert len(await store.meetings("tuesday")) == 2
    assert await store.formats("tuesday")

    await store.close_opening("first", 3)
    await store.remove_group("tuesday")
    assert await store.groups() == [friday]
    assert [each.slug for each in await store.meetings()] == ["other"]
    assert await store.formats("tuesday") == {}
    assert await store.key(b"tuesday".ljust(32)) is None
    assert await store.key(b"friday".ljust(32)) is not None
    assert [opening.id for opening in await store.openings()] == ["second"]


async def test_a_meeting_is_removed_or_opened_but_not_both(store: Store, store_url: str, meeting: Meeting) -> None:
    async with workers(store_url, 2) as (one, other):
        for n in range(12):  # a race: one try would seldom meet it
            slug = f"race-{n}"
            await store.add_meeting(replace(meeting, slug=slug))
            removed, opened = await asyncio.gather(
                one.remove_meeting(slug), other.open_meeting(slug, slug, 1, 2, FIRST), return_exceptions=True
            )
            if removed is None:
                assert isinstance(opened, NotThere | StoreUnavailable)
                assert await store.meeting(slug) is None
            else:
                assert isinstance(removed, StillOpen)
                assert await store.opening(slug) == opened


async def test_one_key_is_revoked(store: Store, meeting: Meeting) -> None:
    for byte in (b"a", b"b"):
        await store.add_key(Key(byte * 32, "tuesday", "facilitator"))
    assert await store.revoke_key(b"a" * 32)
    assert not await store.revoke_key(b"a" * 32)
    assert not await store.use_key(b"a" * 32)
    assert await store.use_key(b"b" * 32)


# --- openings of occurrences


async def test_an_occurrence_is_opened_once_also_when_it_was_closed_early(store: Store, meeting: Meeting) -> None:
    opening = await store.open_meeting("evening", "first", 1_000, 2_000, FIRST)
    assert (opening.id, opening.occurrence) == ("first", FIRST)
    assert await store.open_meeting("evening", "second", 1_001, 2_000, FIRST) == opening
    assert await store.opening("evening") == opening

    await store.close_opening("first", 1_500)
    late = await store.open_meeting("evening", "third", 1_600, 2_000, FIRST)
    assert late == replace(opening, closed_at=1_500)
    assert await store.openings() == []

    following = await store.open_meeting("evening", "fourth", 3_000, 4_000, SECOND)
    assert (following.id, following.occurrence) == ("fourth", SECOND)
    await store.close_opening("fourth", 3_500)
    assert (await store.open_meeting("evening", "fifth", 3_600, 4_000, FIRST)).id == "first"
    assert (await store.opening("evening")) == replace(following, closed_at=3_500)


async def test_by_hand_it_is_opened_any_number_of_times(store: Store, meeting: Meeting) -> None:
    await store.open_meeting("evening", "scheduled", 1, 2, FIRST)
    await store.close_opening("scheduled", 2)
    for n in range(3):
        opening = await store.open_meeting("evening", f"by-hand-{n}", n, 99)
        assert (opening.id, opening.occurrence) == (f"by-hand-{n}", None)
        await store.close_opening(opening.id, n)


async def test_an_occurrence_waits_for_the_one_that_is_open(store: Store, meeting: Meeting) -> None:
    by_hand = await store.open_meeting("evening", "by-hand", 1, 99)
    assert await store.open_meeting("evening", "first", 2, 99, FIRST) == by_hand
    await store.close_opening("by-hand", 3)
    assert (await store.open_meeting("evening", "again", 4, 99, FIRST)).id == "again"


async def test_occurrences_are_a_meeting_s_own(store: Store, meeting: Meeting) -> None:
    await store.add_meeting(replace(meeting, slug="morning"))
    for slug in ("evening", "morning"):
        assert (await store.open_meeting(slug, f"of-{slug}", 1, 2, FIRST)).id == f"of-{slug}"


async def test_many_workers_at_the_opening_second_open_each_occurrence_once(store: Store, store_url: str, meeting: Meeting) -> None:
    async with workers(store_url, 4) as stores:
        for n in range(6):  # a race: one try would seldom meet it
            occurrence = (at("2026-11-24T19:00") + timedelta(weeks=n)).isoformat(timespec="minutes")

            async def once(store: Store, id: str, occurrence: str = occurrence) -> tuple[bool, bool]:
                """Opened, and closed, by this worker."""
                opening = await store.open_meeting("evening", id, 1, 2, occurrence)
                return opening.id == id, await store.close_opening(opening.id, 3)

            done = await asyncio.gather(*(once(each, f"{n}-{turn}-{w}") for turn in range(3) for w, each in enumerate(stores)))
            assert [sum(each) for each in zip(*done, strict=True)] == [1, 1]
    openings = await read(store_url, lambda connection: connection.execute(text("SELECT occurrence FROM openings")).scalars().all())
    assert len(openings) == len(set(openings)) == 6


async def test_a_worker_that_was_restarted_in_the_opening_second_finds_it_open(store: Store, store_url: str, meeting: Meeting) -> None:
    await store.open_meeting("evening", "first", 1, 2, FIRST)
    async with workers(store_url, 1) as (again,):
        assert (await again.open_meeting("evening", "second", 1, 2, FIRST)).id == "first"


async def test_an_opening_is_extended_and_never_shortened(store: Store, meeting: Meeting) -> None:
    end = 1_795_300_000_000
    await store.open_meeting("evening", "first", end - 3_600_000, end, FIRST)
    assert await store.extend_opening("first", end + 900_000) == end + 900_000
    assert await store.extend_opening("first", end + 300_000) == end + 900_000
    assert await store.ends() == {"first": ("evening", end + 900_000, FIRST)}
    ends = await asyncio.gather(*(store.extend_opening("first", end + 900_000 + n) for n in range(8)))
    assert max(each or 0 for each in ends) == end + 900_007
    assert await store.ends() == {"first": ("evening", end + 900_007, FIRST)}
    await store.close_opening("first", end)
    assert await store.extend_opening("first", end + 9_000_000) is None
    assert await store.extend_opening("unknown", end) is None


# --- from the version before


async def test_what_was_kept_without_a_schedule_of_its_own_is_read_as_it_was_meant(store_url: str) -> None:
    await migrate(store_url, "0002")
    no = "false" if store_url.startswith("postgres") else "0"
    a_meeting = (
        "INSERT INTO meetings (slug, group_slug, title, format, timezone, start, rrule, minutes, capacity, lobby) "
        f"VALUES ('SLUG', 'tuesday', 'Evening', 'open-circle', 'UTC', '2026-11-24T19:00', 'FREQ=WEEKLY', 60, NULL, {no})"
    )
    for line in (
        "INSERT INTO groups VALUES ('tuesday', 'Tuesday group', 'listed', 'peer', 'peer support', '[]')",
        a_meeting.replace("SLUG", "evening"),
        "INSERT INTO openings VALUES (1, 'before', 'evening', 0, 1, 2, 3)",
        "INSERT INTO openings VALUES (2, 'first', 'evening', 0, 1, 2, NULL)",
    ):
        await read(store_url, lambda connection, line=line: connection.execute(text(line)))  # type: ignore[misc]
    store = await open_store(store_url)
    await read(
        store_url, lambda connection: connection.execute(text(a_meeting.replace("SLUG", "morning")))
    )  # by a worker that is not new yet
    as_meant = Meeting("evening", Group("tuesday", "Tuesday group"), "Evening", "open-circle", "UTC", "2026-11-24T19:00", "FREQ=WEEKLY", 60)
    assert await store.meetings() == [as_meant, replace(as_meant, slug="morning")]
    assert [(opening.id, opening.occurrence) for opening in await store.openings()] == [("first", None)]
    await store.close()


# --- what has changed


async def test_whatever_is_changed_of_a_meeting_gives_it_another_revision(store: Store, meeting: Meeting) -> None:
    await store.add_meeting(replace(meeting, slug="morning", updated_at=7))
    seen = [await store.revisions()]
    assert seen[0].keys() == {"evening", "morning"}
    change = Change(at("2026-11-24T19:00"), skipped=True)
    for changed in (
        store.update_meeting(replace(meeting, minutes=90)),
        store.put_change("evening", change, 8),
        store.remove_change("evening", change.original, 9),
    ):
        await changed
        seen.append(await store.revisions())
    assert len({each["evening"] for each in seen}) == 4
    assert {each["morning"] for each in seen} == {seen[0]["morning"]}
    await store.remove_meeting("morning")
    assert (await store.revisions()).keys() == {"evening"}


async def test_of_what_occurrence_an_opening_is_that_is_to_end(store: Store, meeting: Meeting) -> None:
    await store.open_meeting("evening", "first", 1, 2, FIRST)
    assert await store.ends() == {"first": ("evening", 2, FIRST)}
