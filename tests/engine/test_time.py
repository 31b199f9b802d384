"""What time brings about: away, gone, unmuted."""

from __future__ import annotations

import asyncio

from tests.engine.house import House, Person, Worker


def changes(person: Person, seat: str) -> list[bool]:
    """Whether the seat was away, each time it changed."""
    return [s["away"] for e in person.events("presence") for s in e["changed"] if s["seat"] == seat]


async def test_away_after_five_seconds(house: House, worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    one.drop()
    await house.passes(4_900)
    assert changes(other, one.seat) == []
    await house.passes(200)
    assert changes(other, one.seat) == [True]


async def test_back_in_time_is_never_away(house: House, worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    one.drop()
    await house.passes(4_000)
    await one.comes_back()
    await house.passes(10_000)
    assert changes(other, one.seat) == []


async def test_each_loss_counts_from_itself(house: House, worker: Worker) -> None:
    """The first connection's `away` names a taking of the seat that is no more."""
    one, other = await worker.join(), await worker.join()
    one.drop()
    await house.passes(3_000)
    back = await one.comes_back()
    back.drop()
    await house.passes(3_000)
    assert changes(other, one.seat) == []
    await house.passes(3_000)
    assert changes(other, one.seat) == [True]


async def test_back_from_away(house: House, worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    one.drop()
    await house.passes(60_000)
    back = await one.comes_back()
    assert back.seat == one.seat
    assert changes(other, one.seat) == [True, False]
    await house.passes(700_000)
    assert one.seat in worker.state.seats


async def test_gone_after_ten_minutes(house: House, worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    one.drop()
    await house.passes(6_000)
    await house.passes(598_000)
    assert one.seat in worker.state.seats
    await house.passes(5_000)
    assert one.seat not in worker.state.seats
    assert other.events("presence")[-1]["left"] == [one.seat]
    assert await worker.connect().refused("join", **one.to_return()) == "seat_gone"


async def test_a_connection_lost_while_joining_leaves_no_ghost(house: House, worker: Worker) -> None:
    other, lost = await worker.join(), worker.connect()
    joining = asyncio.create_task(lost.raw("join", room="room"))
    await asyncio.sleep(0)
    lost.drop()
    await house.passes(100)
    assert joining.done()
    await house.passes(6_000)
    (seat,) = [s for s in worker.state.seats.values() if s.id != other.seat]
    assert seat.away_since is not None


async def test_a_cancelled_join_leaves_no_ghost(house: House, worker: Worker) -> None:
    other = await worker.join()
    for steps in range(12):
        joining = asyncio.create_task(worker.connect().raw("join", room="room"))
        for _ in range(steps):
            await asyncio.sleep(0)
        house.clock.advance(60)
        joining.cancel()
        await house.passes(200)
        await house.passes(7_000)
        sitting = {s.id for s in worker.state.seats.values() if s.away_since is None}
        held = {a.seat for a in worker.live().presence.everyone()}
        assert sitting == held, f"cancelled after {steps} steps"
        assert other.seat in held


async def test_a_cancelled_return_leaves_no_ghost(house: House, worker: Worker) -> None:
    for steps in range(12):
        one = await worker.join()
        one.drop()
        back = worker.connect()
        returning = asyncio.create_task(back.raw("join", **one.to_return()))
        for _ in range(steps):
            await asyncio.sleep(0)
        returning.cancel()
        await asyncio.gather(returning, return_exceptions=True)
        back.drop()
        await house.passes(7_000)
        assert worker.state.seats[one.seat].away_since is not None, f"cancelled after {steps} steps"


async def test_a_mute_ends_by_itself_and_everyone_is_told(house: House, worker: Worker) -> None:
    host, one, other = await worker.host(), await worker.join(), await worker.join()
    answer = await host.ok("mute", seat=one.seat, seconds=60)
    assert answer["until"] == other.events("muted")[0]["until"]
    assert await one.refused("send", id="1", text="x") == "muted"
    await house.passes(59_000)
    assert len(other.events("muted")) == 1
    await house.passes(2_000)
    for person in (host, one, other):
        assert person.events("muted")[-1] | {"seq": 0, "at": 0, "epoch": ""} == {
            "type": "muted",
            "seat": one.seat,
            "muted": False,
            "until": None,
            "seq": 0,
            "at": 0,
            "epoch": "",
        }
    assert await one.say("Thank you")
