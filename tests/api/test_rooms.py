"""The room of a meeting: opened and closed from outside, while people are in it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from chatserver.transport.api.codes import Code
from tests.api.conftest import Api

GROUP = "/groups/group"


async def test_a_room_is_opened_once(api: Api) -> None:
    await api.meeting(minutes=30)
    opened = await api.done("POST", f"{GROUP}/meetings/evening/open")
    assert opened["room"]["closes_at"] - opened["room"]["opened_at"] == 30 * 60_000
    again = await api.done("POST", f"{GROUP}/meetings/evening/open")
    assert again.data == opened.data
    member = await (await api.house.connect()).join("evening")
    assert member.joined["room"]["title"] == "Evening"
    assert (await api.done("GET", f"{GROUP}/meetings/evening"))["meeting"]["room"] == opened["room"]


async def test_a_room_is_open_longer_for_those_inside_at_once(api: Api) -> None:
    member = await api.house.member()
    before = member.joined["room"]["closes_at"]
    extended = await api.done("POST", f"{GROUP}/meetings/room/extend", {"minutes": 15})
    assert extended["room"]["closes_at"] == before + 15 * 60_000
    told = await member.event("room")
    assert told["closes_at"] == before + 15 * 60_000
    assert (await api.done("GET", f"{GROUP}/meetings/room"))["meeting"]["room"] == extended["room"]


async def test_a_room_that_nobody_serves_is_open_longer_too(api: Api) -> None:
    closes_at = (await api.done("POST", f"{GROUP}/meetings/room/extend", {"minutes": 1}))["room"]["closes_at"]
    assert (await api.house.member()).joined["room"]["closes_at"] == closes_at


async def test_not_into_the_next_meeting(api: Api) -> None:
    now = datetime.now(UTC).replace(second=0, microsecond=0)
    start = f"{now - timedelta(minutes=1):%Y-%m-%dT%H:%M}"
    seven = "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU"
    await api.meeting(timezone="UTC", start=start, rrule=seven, minutes=1_439)
    await api.done("POST", f"{GROUP}/meetings/evening/open")
    path = f"{GROUP}/meetings/evening/extend"
    assert (await api.done("POST", path, {"minutes": 30}))["room"]["original"] == start
    answer = (await api.ask("POST", path, {"minutes": 30})).refused(Code.NEXT_MEETING)
    assert answer["message"] == "The next meeting in this room begins then, so this one cannot last longer."


@pytest.mark.parametrize("minutes", [0, 241, -5, "15", None, 1.5])
async def test_an_extension_that_can_not_be(api: Api, minutes: Any) -> None:
    assert "minutes" in (await api.ask("POST", f"{GROUP}/meetings/room/extend", {"minutes": minutes})).faults
    await api.meeting()
    (await api.ask("POST", f"{GROUP}/meetings/evening/extend", {"minutes": 15})).refused(Code.NOT_OPEN)


async def test_a_room_opened_shortly_before_its_time_is_that_of_the_occurrence(api: Api) -> None:
    """So the schedule does not open it once more."""
    soon = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=90)
    await api.meeting(timezone="UTC", start=f"{soon:%Y-%m-%dT%H:%M}", rrule=None)
    opened = await api.done("POST", f"{GROUP}/meetings/evening/open")
    assert opened["room"]["original"] == f"{soon:%Y-%m-%dT%H:%M}"
    assert opened["room"]["closes_at"] >= int(soon.timestamp()) * 1_000 + 3_600_000


async def test_closing_reaches_who_is_inside(api: Api) -> None:
    member = await api.house.member()
    await member.taken("send", {"id": "m1", "text": "Hello."})
    assert (await api.done("POST", f"{GROUP}/meetings/room/close"))["room"] is None
    await member.event("closed")
    assert await (await api.house.connect()).refused("join", {"room": "room"}) == "closed"
    (await api.ask("POST", f"{GROUP}/meetings/room/close")).refused(Code.NOT_OPEN)
    opening = await api.house.store.opening("room")
    assert opening is not None
    assert opening.closed_at is not None


async def test_a_room_that_nobody_serves_is_closed_too(api: Api) -> None:
    await api.done("POST", f"{GROUP}/meetings/room/close")
    assert await (await api.house.connect()).refused("join", {"room": "room"}) == "closed"


async def test_what_was_closed_opens_again_and_is_another_room(api: Api) -> None:
    first = await api.house.member(name="ann")
    await api.done("POST", f"{GROUP}/meetings/room/close")
    await first.event("closed")
    await api.done("POST", f"{GROUP}/meetings/room/open")
    second = await api.house.member(name="ann")
    assert second.joined["epoch"] != first.joined["epoch"]
    assert len(second.joined["room"]["seats"]) == 1


async def test_edits_and_exceptions_leave_an_open_room_as_it_is(api: Api) -> None:
    member = await api.house.member()
    await api.done("PATCH", f"{GROUP}/meetings/room", {"title": "Another title", "minutes": 5})
    await api.done("PATCH", GROUP, {"name": "Another name"})
    await member.taken("send", {"id": "m1", "text": "Still here."})
    other = await api.house.member()
    assert other.joined["room"]["title"] == "A meeting"
