"""What every store must do, whatever database is behind it."""

from __future__ import annotations

import asyncio
from dataclasses import replace

import pytest

from chatserver.store.base import AlreadyThere, Group, Key, Meeting, NotThere, Store
from chatserver.store.sql import open_store

GROUP = Group("tuesday", "Tuesday group", "unlisted", "counsellor", "group therapy", ("Speak from “I”.", "Ask before advising."))
MEETING = Meeting(
    "evening", GROUP, "Evening circle", "open-circle", "Europe/Berlin", "2026-11-24T19:00", "FREQ=WEEKLY;BYDAY=TU", 60, 40, True
)
HASH = bytes(range(32))


@pytest.fixture
async def meeting(store: Store) -> Meeting:
    await store.add_group(GROUP)
    await store.add_meeting(MEETING)
    return MEETING


async def test_a_new_store_is_empty(store: Store) -> None:
    await store.check()
    assert await store.is_empty()
    assert await store.groups() == []
    assert await store.meetings() == []
    assert await store.openings() == []


async def test_a_group_comes_back_as_it_was_given(store: Store) -> None:
    await store.add_group(GROUP)
    assert await store.group("tuesday") == GROUP
    assert await store.groups() == [GROUP]
    assert not await store.is_empty()
    assert await store.group("monday") is None


async def test_a_meeting_comes_back_as_it_was_given(store: Store, meeting: Meeting) -> None:
    assert await store.meeting("evening") == meeting
    assert await store.meeting("morning") is None


async def test_a_meeting_may_have_no_schedule(store: Store, meeting: Meeting) -> None:
    bare = replace(meeting, slug="bare", start=None, rrule=None, capacity=None, lobby=False)
    await store.add_meeting(bare)
    assert await store.meeting("bare") == bare


async def test_meetings_are_listed_of_all_groups_or_of_one(store: Store, meeting: Meeting) -> None:
    other = replace(meeting, slug="other", group=Group("friday", "Friday group"))
    await store.add_group(other.group)
    await store.add_meeting(other)
    assert await store.meetings() == [meeting, other]
    assert await store.meetings("friday") == [other]
    assert await store.meetings("monday") == []


async def test_hyphens_come_first_in_every_list(store: Store) -> None:
    for slug in ("ab", "a-c", "a", "a-b-c", "a1"):
        group = Group(slug, slug)
        await store.add_group(group)
        await store.add_meeting(replace(MEETING, slug=slug, group=group))
    in_order = ["a", "a-b-c", "a-c", "a1", "ab"]
    assert [group.slug for group in await store.groups()] == in_order
    assert [meeting.slug for meeting in await store.meetings()] == in_order


async def test_a_slug_is_taken_once(store: Store, meeting: Meeting) -> None:
    with pytest.raises(AlreadyThere, match="tuesday"):
        await store.add_group(replace(GROUP, name="Another"))
    with pytest.raises(AlreadyThere, match="evening"):
        await store.add_meeting(replace(meeting, title="Another"))
    assert await store.meetings() == [meeting]


async def test_a_meeting_needs_its_group(store: Store) -> None:
    with pytest.raises(NotThere, match="tuesday"):
        await store.add_meeting(MEETING)


async def test_a_format_of_a_group_comes_back_as_it_was_given(store: Store, meeting: Meeting) -> None:
    toml = '# Ours – “quiet”\r\ntitle = "Ours"\n\n' + "x" * 60_000 + "\n"
    await store.put_format("tuesday", "ours", toml)
    assert await store.format("tuesday", "ours") == toml
    assert await store.formats("tuesday") == {"ours": toml}


async def test_formats_are_a_group_s_own(store: Store, meeting: Meeting) -> None:
    await store.add_group(Group("friday", "Friday group"))
    for group, name in (("tuesday", "ab"), ("friday", "ab"), ("tuesday", "a-c"), ("tuesday", "a1")):
        await store.put_format(group, name, f"{name} of {group}")
    assert list((await store.formats("tuesday")).items()) == [("a-c", "a-c of tuesday"), ("a1", "a1 of tuesday"), ("ab", "ab of tuesday")]
    assert await store.formats("friday") == {"ab": "ab of friday"}
    assert await store.formats("monday") == {}
    assert await store.format("friday", "a1") is None


async def test_a_format_is_replaced(store: Store, meeting: Meeting) -> None:
    await store.put_format("tuesday", "ours", "first")
    await store.put_format("tuesday", "theirs", "other")
    await store.put_format("tuesday", "ours", "second")
    assert await store.formats("tuesday") == {"ours": "second", "theirs": "other"}


async def test_a_format_put_by_many_at_once_is_one_of_theirs(store: Store, meeting: Meeting) -> None:
    await asyncio.gather(*(store.put_format("tuesday", "ours", f"text {n}") for n in range(12)))
    assert await store.format("tuesday", "ours") in {f"text {n}" for n in range(12)}
    assert len(await store.formats("tuesday")) == 1


async def test_a_format_is_removed_once(store: Store, meeting: Meeting) -> None:
    await store.put_format("tuesday", "ours", "first")
    assert not await store.remove_format("friday", "ours")
    assert await store.remove_format("tuesday", "ours")
    assert not await store.remove_format("tuesday", "ours")
    assert await store.format("tuesday", "ours") is None
    assert await store.meeting("evening") == meeting


async def test_a_format_needs_its_group(store: Store) -> None:
    with pytest.raises(NotThere, match="monday"):
        await store.put_format("monday", "ours", "first")
    assert await store.formats("monday") == {}


async def test_a_key_comes_back_as_it_was_given(store: Store, meeting: Meeting) -> None:
    keys = [
        Key(b"a" * 32, "tuesday", "facilitator"),
        Key(b"b" * 32, "tuesday", "moderator", "evening"),
        Key(b"c" * 32, "tuesday", "member", "evening", 3),
    ]
    for key in keys:
        await store.add_key(key)
    assert [await store.key(key.hash) for key in keys] == keys
    assert await store.key(b"d" * 32) is None


@pytest.mark.parametrize(
    ("group", "of_meeting", "missing"),
    [("monday", None, "monday"), ("tuesday", "morning", "morning"), ("friday", "evening", "evening"), ("monday", "evening", "monday")],
)
async def test_a_key_needs_its_group_and_a_meeting_of_it(
    store: Store, meeting: Meeting, group: str, of_meeting: str | None, missing: str
) -> None:
    await store.add_group(Group("friday", "Friday group"))
    with pytest.raises(NotThere, match=missing):
        await store.add_key(Key(HASH, group, "member", of_meeting))
    assert await store.key(HASH) is None


async def test_a_key_without_a_count_works_any_number_of_times(store: Store, meeting: Meeting) -> None:
    await store.add_key(Key(HASH, "tuesday", "facilitator"))
    assert [await store.use_key(HASH) for _ in range(3)] == [True] * 3
    assert not await store.use_key(b"unknown")


async def test_a_key_is_used_up(store: Store, meeting: Meeting) -> None:
    key = Key(HASH, "tuesday", "member", "evening", 2)
    await store.add_key(key)
    assert [await store.use_key(HASH) for _ in range(3)] == [True, True, False]
    assert await store.key(HASH) == replace(key, uses_left=0)


async def test_of_many_who_present_the_last_uses_at_once_only_so_many_get_in(store: Store, meeting: Meeting) -> None:
    await store.add_key(Key(HASH, "tuesday", "member", "evening", 5))
    assert sum(await asyncio.gather(*(store.use_key(HASH) for _ in range(20)))) == 5


async def test_the_last_use_is_one_use_for_two_processes(store: Store, store_url: str, meeting: Meeting) -> None:
    await store.add_key(Key(HASH, "tuesday", "member", "evening", 1))
    other = await open_store(store_url)
    try:
        assert sum(await asyncio.gather(*(each.use_key(HASH) for each in (store, other) * 5))) == 1
    finally:
        await other.close()


async def test_revoked_keys_stop_working(store: Store, meeting: Meeting) -> None:
    await store.add_meeting(replace(meeting, slug="morning"))
    for number, of_meeting in enumerate([None, "evening", "morning"]):
        await store.add_key(Key(bytes([number]) * 32, "tuesday", "moderator", of_meeting))
    await store.add_key(Key(HASH, "tuesday", "facilitator"))

    assert await store.revoke_keys("tuesday", "moderator", "evening") == 1
    assert await store.key(b"\x01" * 32) is None
    assert not await store.use_key(b"\x01" * 32)
    assert await store.use_key(b"\x00" * 32)
    assert await store.revoke_keys("tuesday", "moderator") == 2
    assert await store.revoke_keys("tuesday", "moderator") == 0
    assert await store.use_key(HASH)


async def test_all_but_one_key_stop_working(store: Store, meeting: Meeting) -> None:
    for number in range(3):
        await store.add_key(Key(bytes([number]) * 32, "tuesday", "facilitator"))
    assert await store.revoke_keys("tuesday", "facilitator", but=b"\x01" * 32) == 2
    assert [await store.use_key(bytes([number]) * 32) for number in range(3)] == [False, True, False]


async def test_a_meeting_opens_and_closes(store: Store, meeting: Meeting) -> None:
    assert await store.opening("evening") is None
    opening = await store.open_meeting("evening", "first", 1_795_296_400_000, 1_795_300_000_000)
    assert (opening.id, opening.meeting, opening.line, opening.closed_at) == ("first", meeting, 0, None)
    assert (opening.opened_at, opening.closes_at) == (1_795_296_400_000, 1_795_300_000_000)
    assert await store.opening("evening") == opening
    assert await store.openings() == [opening]
    assert await store.ends() == {"first": ("evening", 1_795_300_000_000, None)}

    assert await store.close_opening("first", 1_795_299_000_000)
    assert not await store.close_opening("first", 1_795_299_000_001)
    assert await store.opening("evening") == replace(opening, closed_at=1_795_299_000_000)
    assert await store.openings() == []
    assert await store.ends() == {}


async def test_a_meeting_that_is_open_is_not_opened_again(store: Store, meeting: Meeting) -> None:
    first = await store.open_meeting("evening", "first", 1, 2)
    assert await store.open_meeting("evening", "second", 3, 4) == first
    await store.close_opening("first", 5)
    assert (await store.open_meeting("evening", "third", 1, 2)).id == "third"
    latest = await store.opening("evening")
    assert latest is not None
    assert latest.id == "third"


async def test_two_processes_open_one_meeting_once(store: Store, store_url: str, meeting: Meeting) -> None:
    other = await open_store(store_url)
    try:
        opened = await asyncio.gather(*(each.open_meeting("evening", f"o{n}", n, 99) for n, each in enumerate((store, other) * 5)))
    finally:
        await other.close()
    assert len({opening.id for opening in opened}) == 1
    assert await store.openings() == [opened[0]]


async def test_many_who_start_together_open_one_meeting_once(store: Store, store_url: str, meeting: Meeting) -> None:
    others = await asyncio.gather(*(open_store(store_url) for _ in range(6)))
    try:
        for n in range(10):  # a race: one try would seldom meet it
            opened = await asyncio.gather(*(each.open_meeting("evening", f"{n}.{i}", n, 99) for i, each in enumerate(others)))
            assert len({opening.id for opening in opened}) == 1
            assert await store.opening("evening") == opened[0]
            assert sum(await asyncio.gather(*(each.close_opening(opened[0].id, n) for each in others))) == 1
    finally:
        for each in others:
            await each.close()


@pytest.mark.parametrize("slug", ["", "a\x00b", "\ud800", "Evening", "e" * 65, "e" * 10_000, "1'; --"])
async def test_what_is_no_slug_is_not_there(store: Store, slug: str) -> None:
    assert await store.group(slug) is None
    assert await store.meeting(slug) is None
    assert await store.meetings(slug) == []
    assert await store.opening(slug) is None
    assert await store.formats(slug) == {}
    assert await store.format(slug, "ours") is None
    assert await store.format("tuesday", slug) is None
    assert not await store.remove_format(slug, "ours")
    assert not await store.remove_format("tuesday", slug)
    with pytest.raises(NotThere):
        await store.put_format(slug, "ours", "first")


async def test_an_unknown_meeting_is_not_opened(store: Store) -> None:
    with pytest.raises(NotThere, match="evening"):
        await store.open_meeting("evening", "first", 1, 2)
    assert await store.opening("evening") is None


async def test_lines_count_up(store: Store, meeting: Meeting) -> None:
    await store.open_meeting("evening", "first", 1, 2)
    assert sorted(await asyncio.gather(*(store.next_line("first") for _ in range(5)))) == [1, 2, 3, 4, 5]
    opening = await store.opening("evening")
    assert opening is not None
    assert opening.line == 5
    with pytest.raises(NotThere):
        await store.next_line("second")


async def test_it_is_all_there_after_a_restart(store: Store, store_url: str, meeting: Meeting) -> None:
    await store.open_meeting("evening", "first", 1, 2)
    again = await open_store(store_url)
    try:
        assert await again.meetings() == [meeting]
        assert await again.openings() == await store.openings()
    finally:
        await again.close()
