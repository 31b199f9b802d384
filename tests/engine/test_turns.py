"""Taking turns over two workers: the agenda of a format, the floor, the typed protocol; and that all of it outlives those who serve it."""

from __future__ import annotations

import asyncio

import pytest

from chatserver.domain.refusals import Code
from chatserver.formats import built_in
from tests.engine.house import House, Person, Worker

SHARING = next(n for n, segment in enumerate(built_in()["aa-discussion"].segments) if segment.mode.value == "queue")
SPEAKING = next(n for n, segment in enumerate(built_in()["aa-discussion"].segments) if segment.mode.value == "speaker")
SHARE_MS = built_in()["aa-discussion"].segments[SHARING].share_seconds * 1_000


@pytest.fixture
async def two() -> tuple[House, Worker, Worker]:
    house = House()
    await house.meeting(format="aa-discussion")
    return house, house.worker(), house.worker()


async def sharing(two: tuple[House, Worker, Worker]) -> tuple[House, Person, Person, Person]:
    """A host and two members, on two workers, in the segment of sharing."""
    house, here, there = two
    host, one, other = await here.host(), await here.join(), await there.join()
    await host.ok("agenda", go=SHARING)
    await house.passes(10)
    return house, host, one, other


def floor_of(person: Person) -> tuple[str | None, list[str]]:
    """As the last event told it."""
    last = person.events("floor")[-1]
    return last["seat"], last["hands"]


async def test_everybody_sees_where_the_meeting_is(two: tuple[House, Worker, Worker]) -> None:
    _, host, one, other = await sharing(two)
    segment = built_in()["aa-discussion"].segments[SHARING]
    for person in (one, other, host):
        told = person.events("room")[-1]["segment"]
        assert (told["index"], told["title"], told["mode"]) == (SHARING, segment.title, "queue")
    late = await two[2].join()
    assert late.answer["room"]["segment"]["index"] == SHARING, "who comes late is told where we are"
    assert [step["title"] for step in late.answer["room"]["agenda"]] == [s.title for s in built_in()["aa-discussion"].segments]


async def test_what_is_said_in_a_turn_has_its_number(two: tuple[House, Worker, Worker]) -> None:
    house, host, one, other = await sharing(two)
    await host.ok("agenda", go=SPEAKING)
    await host.ok("floor", seat=one.seat)
    await one.say("my share")
    await host.say("take your time")
    await one.say("and more of it")
    await one.ok("done")
    await host.ok("floor", seat=one.seat)
    await one.say("once more")
    await house.passes(10)
    for person in (host, one, other):
        first, between, second, again = [said.get("share") for said in person.events("message")]
        assert first == second is not None, "one share"
        assert between is None, "not of the share"
        assert again not in (None, first), "another turn"


async def test_the_floor_goes_from_one_to_the_next(two: tuple[House, Worker, Worker]) -> None:
    house, host, one, other = await sharing(two)
    assert await one.refused("send", id="m1", text="hello") is Code.NOT_YOUR_TURN
    assert (await one.ok("hand", up=True))["position"] == 0, "it is their turn"
    assert (await other.ok("hand", up=True))["position"] == 1
    await house.passes(10)
    assert floor_of(host) == floor_of(other) == (one.seat, [other.seat])
    await one.say("my share")
    await one.say("and more of it")
    await one.ok("done")
    await house.passes(10)
    assert floor_of(one) == floor_of(other) == (other.seat, [])
    assert await one.refused("send", id="late", text="one more thing") is Code.NOT_YOUR_TURN
    await other.say("thank you")
    await house.passes(10)
    assert host.texts() == other.texts() == ["my share", "and more of it", "thank you"]


async def test_the_typed_protocol(two: tuple[House, Worker, Worker]) -> None:
    house, host, one, other = await sharing(two)
    await one.say("!")
    await other.say("?")
    await house.passes(10)
    assert floor_of(host) == (one.seat, [other.seat])
    assert host.events("floor")[-1]["questions"] == [other.seat]
    await one.say("Done ")
    await other.say("pass")
    await house.passes(10)
    assert floor_of(host) == (None, [])
    assert host.texts() == [], "commands are no messages"


async def test_signs_come_to_who_shares_alone_and_once(two: tuple[House, Worker, Worker]) -> None:
    house, host, one, other = await sharing(two)
    await one.ok("hand", up=True)
    await other.ok("hand", up=True)
    await house.passes(SHARE_MS * 2 // 3 + 100)
    assert [e["sign"] for e in one.events("sign")] == ["soft"]
    await house.passes(SHARE_MS // 3)
    assert [e["sign"] for e in one.events("sign")] == ["soft", "clear"]
    assert other.events("sign") == host.events("sign") == []
    await house.passes(16_000)
    assert floor_of(one)[0] == other.seat


async def test_a_timekeeper_gives_a_sign_by_hand(two: tuple[House, Worker, Worker]) -> None:
    house, host, one, other = await sharing(two)
    await one.ok("hand", up=True)
    await house.passes(100)
    assert await other.refused("sign", sign="soft") == "not_allowed"
    await host.ok("appoint_hat", seat=other.seat, hat="timekeeper", on=True)
    await house.passes(100)
    await other.ok("sign", sign="soft")
    await house.passes(SHARE_MS * 2 // 3 + 100)
    assert [(e["sign"], e["by_hand"]) for e in one.events("sign")] == [("soft", True)], "and not once more by itself"
    await house.passes(SHARE_MS // 3)
    assert [(e["sign"], e["by_hand"]) for e in one.events("sign")][1:] == [("clear", False)]
    assert other.events("sign") == host.events("sign") == []


async def test_a_reconnect_in_the_middle_of_ones_share(two: tuple[House, Worker, Worker]) -> None:
    house, host, one, other = await sharing(two)
    await one.ok("hand", up=True)
    await other.ok("hand", up=True)
    await one.say("before")
    one.drop()
    await house.passes(8_000)
    back = await one.comes_back(two[2])
    await house.passes(10)
    assert back.answer["room"]["floor"]["seat"] == one.seat
    await back.say("after")
    await house.passes(10)
    assert host.texts() == ["before", "after"]


async def test_a_worker_that_comes_to_the_room_later_knows_whose_turn_it_is(two: tuple[House, Worker, Worker]) -> None:
    house, _, one, _ = await sharing(two)
    await one.ok("hand", up=True)
    third = await house.worker().join()
    assert third.answer["room"]["floor"]["seat"] == one.seat
    assert await third.refused("send", id="m1", text="hello") is Code.NOT_YOUR_TURN


async def test_a_group_s_own_format_counts(two: tuple[House, Worker, Worker]) -> None:
    house = House()
    await house.meeting(format="ours")
    segments = [("Silence", 1, "silence"), ("Talk", 5, "open")]
    steps = [f'[[segments]]\ntitle = "{title}"\nminutes = {minutes}\nmode = "{mode}"\n' for title, minutes, mode in segments]
    own = "\n".join(['title = "Ours"', *steps])
    await house.store.put_format("group", "ours", own)
    worker = house.worker()
    host, one = await worker.host(), await worker.join()
    await host.ok("agenda", go="next")
    assert await one.refused("send", id="m1", text="hello") is Code.SILENCE
    await house.passes(61_000)
    await one.say("hello")
    assert (await host.ok("script", index=0))["script"] == ""
    assert await one.refused("script", index=0) is Code.NOT_ALLOWED
    assert await host.refused("script", index=7) is Code.NO_SUCH_SEGMENT


async def test_a_rehearsal_is_the_meeting_with_a_fast_clock() -> None:
    house = House()
    await house.meeting(format="fast")
    await house.store.put_format(
        "group", "fast", 'title = "Fast"\nspeed = 60\n[[segments]]\ntitle = "Quiet"\nminutes = 15\nmode = "silence"\n'
    )
    host = await house.worker().host()
    assert host.answer["room"]["speed"] == 60
    await host.ok("agenda", go="next")
    assert host.events("room")[-1]["segment"]["ends_at"] == house.clock.now() + 15_000


@pytest.mark.parametrize("lag", range(6))
async def test_hands_that_go_up_on_two_workers_at_once_are_seen_by_all(lag: int) -> None:
    house = House()
    await house.meeting(format="aa-discussion")
    here, there = house.worker(lag=lag), house.worker(lag=lag + 100)
    host, one, other = await here.host(), await here.join(), await there.join()
    await host.ok("agenda", go=SHARING)
    await host.ok("floor", seat=host.seat)
    await house.passes(100)
    await asyncio.gather(*(house.done(person.raw("hand", up=True)) for person in (one, other)))
    await house.passes(3_000)
    for person in (host, one, other):
        assert set(floor_of(person)[1]) == {one.seat, other.seat}
    await asyncio.gather(house.done(host.raw("done")), house.done(one.raw("hand", up=False)))
    await house.passes(3_000)
    assert floor_of(host) == floor_of(other) == floor_of(one)
    assert floor_of(host)[0] in (one.seat, other.seat), "whoever was first; and nobody waits while nobody has it"
