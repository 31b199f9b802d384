"""A meeting over real sockets, with the official Python client."""

from __future__ import annotations

import pytest

from tests.transport.conftest import House
from tests.transport.raw import CLOSE, TEXT, connected, frame


async def test_what_one_sends_everyone_gets_before_the_answer(house: House) -> None:
    first, second = await house.member(name="First"), await house.member()
    sent = await first.taken("send", {"id": "m1", "text": "Hello"})
    assert first.events[-1]["seq"] == sent["seq"], "the sender has its own event before the acknowledgement"
    event = await second.event("message")
    assert (event["id"], event["name"], event["text"], event["seq"]) == (f"{first.seat}.m1", "First", "Hello", sent["seq"])


async def test_the_newer_connection_takes_the_seat(house: House) -> None:
    old = await house.member()
    new = await (await house.connect()).join("room", seat_token=old.joined["seat_token"], epoch=old.joined["epoch"], seq=old.joined["seq"])
    assert new.seat == old.seat
    await old.event("replaced")
    await old.gone()
    await new.taken("send", {"id": "m1", "text": "Still me"})


async def test_what_was_missed_comes_in_order_once(house: House) -> None:
    away, there = await house.member(), await house.member()
    await there.taken("send", {"id": "1", "text": "before"})
    await away.event("message")
    await away.drop()
    for n in range(3):
        await there.taken("send", {"id": f"m{n}", "text": f"while away {n}"})
    back = await (await house.connect()).join(
        "room", seat_token=away.joined["seat_token"], epoch=away.joined["epoch"], seq=away.events[-1]["seq"]
    )
    assert [e["text"] for e in back.joined["missed"]] == ["while away 0", "while away 1", "while away 2"]
    assert "gap" not in back.joined
    await there.taken("send", {"id": "last", "text": "after"})
    await back.event("message", lambda e: e["text"] == "after")
    assert back.texts() == ["after"]


async def test_removed_stays_removed_and_everyone_sees_it(house: House) -> None:
    host, troll, member = await house.moderator(), await house.member(), await house.member()
    await troll.taken("send", {"id": "1", "text": "ugly"})
    answer = await host.taken("remove", {"seat": troll.seat, "retract": True, "reason": "Not here."})
    assert answer["retracted"] == 1
    assert (await troll.event("removed"))["reason"] == "Not here."
    await troll.gone()
    assert (await member.event("retracted"))["id"] == f"{troll.seat}.1"
    assert troll.seat in (await member.event("presence", lambda e: e["left"]))["left"]
    again = await house.connect()
    assert await again.refused("join", {"room": "room", "seat_token": troll.joined["seat_token"]}) == "removed"


async def test_closing_tells_everyone_and_leaves_nothing(house: House) -> None:
    host, member = await house.facilitator(), await house.member()
    await host.taken("close")
    await member.event("closed")
    assert await member.refused("send", {"id": "1", "text": "x"}) == "not_joined"
    assert await member.refused("join", {"room": "room"}) == "closed"
    opening = await house.store.opening("room")
    assert opening is not None
    assert opening.closed_at is not None


async def test_coming_back_to_a_busy_room_brings_everything_in_order(house: House) -> None:
    """More than fits into the join answer, and more than a connection that is far behind may have waiting (window: 1 MiB)."""
    away, there = await house.member(), await house.member()
    await away.drop()
    count = 3_000
    for n in range(count):
        await there.taken("send", {"id": f"m{n}", "text": f"{n}"})
    back = await (await house.connect()).join(
        "room", seat_token=away.joined["seat_token"], epoch=away.joined["epoch"], seq=away.joined["seq"]
    )
    assert "gap" not in back.joined
    await there.taken("send", {"id": "last", "text": "last"})
    await back.event("message", lambda e: e["text"] == "last")
    texts = [e["text"] for e in back.joined["missed"] if e["type"] == "message"] + back.texts()
    assert texts == [*map(str, range(count)), "last"]


@pytest.mark.parametrize(
    ("goodbye", "answer"),
    [(frame(CLOSE, b"\x03\xe9"), (1001, "")), (frame(TEXT, b"41"), (1000, "")), (frame(TEXT, b"1"), (1000, ""))],
    ids=["WebSocket", "Socket.IO", "Engine.IO"],
)
async def test_who_leaves_and_closes_in_one_breath_has_left(house: House, goodbye: bytes, answer: tuple[int, str]) -> None:
    """As by a quick exit: nobody is to see them sitting there as somebody whose line is bad."""
    other, raw = await house.member(), await connected(house.url)
    seat = (await raw.join())["you"]["seat"]
    behind = frame(TEXT, b'42["send",{"id":"m1","text":"not heard any more"}]')
    raw.put(frame(TEXT, b'42["leave",{}]') + goodbye + behind)
    assert await raw.closed() == answer
    assert seat in (await other.event("presence", lambda e: e["left"]))["left"]
    assert other.texts() == []
    await raw.close()
