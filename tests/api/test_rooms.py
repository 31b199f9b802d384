"""The room of a meeting: opened and closed from outside, while people are in it."""

from __future__ import annotations

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
