"""A first message on its way: to those who lead, kept nowhere, and out under its own id once it was let through."""

from __future__ import annotations

from chatserver.engine.seat_requests import SHOWN_AGAIN_MS
from tests.engine.house import House


async def test_a_first_message_is_let_through_and_another_is_not(house: House) -> None:
    first, second = house.worker(lag=1), house.worker(lag=2)
    host, one, other = await first.host(), await second.join(name="Grey Heron"), await first.join(name="Wide River")
    await other.say("I was here before")
    await host.ok("first_messages", on=True)
    await house.passes(100)
    assert one.events("room")[-1]["first_messages"] is True
    assert await one.refused("send", id="a", text="My first words") == "first_message"
    assert await one.refused("send", id="a", text="My first words") == "first_message"
    await house.passes(100)
    (shown,) = host.events("first_message")
    assert (shown["seat"], shown["id"], shown["name"], shown["text"]) == (one.seat, "a", "Grey Heron", "My first words")
    assert other.events("first_message") == one.events("first_message") == []
    assert "My first words" not in str(second.live().replica.since(0)), "its page keeps it, and nobody else"
    await other.say("And I can still write")

    later = await first.host("moderator")
    await house.passes(SHOWN_AGAIN_MS)
    assert await one.refused("send", id="a", text="My first words") == "first_message"
    await house.passes(100)
    assert [e["text"] for e in later.events("first_message")] == ["My first words"], "who leads from now on sees it too"

    await host.ok("first_answer", seat=one.seat, id="a", let_through=False)
    await house.passes(100)
    for each in (one, later):
        assert each.events("first_answered")[-1] | {"epoch": 0, "seq": 0, "at": 0} == {
            "type": "first_answered",
            "epoch": 0,
            "seq": 0,
            "at": 0,
            "seat": one.seat,
            "id": "a",
            "let_through": False,
        }
    assert await one.refused("send", id="b", text="Hello, everyone") == "first_message"
    await host.ok("first_answer", seat=one.seat, id="b", let_through=True)
    await house.passes(100)
    assert one.events("first_answered")[-1]["let_through"] is True
    await one.ok("send", id="b", text="Hello, everyone")
    await one.say("And my second words")
    await house.passes(100)
    assert other.texts()[-2:] == ["Hello, everyone", "And my second words"]
    assert other.events("message")[-2]["id"] == f"{one.seat}.b"


async def test_with_nobody_left_who_leads_it_goes_out(house: House) -> None:
    worker = house.worker()
    host, one = await worker.host(), await worker.join(name="Grey Heron")
    await host.ok("first_messages", on=True)
    assert await one.refused("send", id="a", text="Hello") == "first_message"
    await host.ok("leave")
    await one.ok("hand", up=True)  # in turn, as where nobody leads any more
    await one.ok("send", id="a", text="Hello")
