"""A backplane that fails, loses answers, or never returns: refused in time, nothing lost, nobody left waiting, and well again after."""

from __future__ import annotations

import asyncio

import pytest

from chatserver.domain.refusals import Code, Refused
from tests.engine.house import House, Person, Worker
from tests.waiting import settled, until

SOON_MS = 50  # what real time a call may take here
HOW = ["fails", "hangs", "loses"]


def broken(worker: Worker, how: str, *names: str) -> None:
    getattr(worker.backplane, how).update(names)


def others() -> set[asyncio.Task[object]]:
    return asyncio.all_tasks() - {asyncio.current_task()}


async def unavailable(person: Person, event: str, **payload: object) -> None:
    """In time, which here is real time."""
    async with asyncio.timeout(20 * SOON_MS / 1_000):
        answer = await person.raw(event, **payload)
    assert isinstance(answer, Refused), answer
    assert answer.code is Code.UNAVAILABLE
    assert answer.retry_after_ms


@pytest.mark.parametrize("how", HOW)
async def test_a_post(house: House, how: str) -> None:
    worker = house.worker(call_ms=SOON_MS)
    one, other = await worker.join(), await worker.join()
    broken(worker, how, "post")
    await unavailable(one, "send", id="1", text="kept by the page")
    worker.backplane.heal()
    await one.ok("send", id="1", text="kept by the page")
    assert other.texts() == ["kept by the page"], "once, also where only the answer was lost"
    await until(lambda: not others(), "no task is left")


@pytest.mark.parametrize("how", HOW)
async def test_a_command(house: House, how: str) -> None:
    worker = house.worker(call_ms=SOON_MS)
    host, one = await worker.host(), await worker.join()
    broken(worker, how, "commit")
    await unavailable(host, "mute", seat=one.seat)
    worker.backplane.heal()
    await host.ok("mute", seat=one.seat)
    assert await one.refused("send", id="1", text="x") == "muted"
    await until(lambda: not others(), "no task is left")
    assert worker.backplane.hanging == 0


@pytest.mark.parametrize("how", HOW)
async def test_a_join_that_was_refused_leaves_nobody_there(house: House, how: str) -> None:
    worker = house.worker(call_ms=SOON_MS)
    one = await worker.join()
    house.clock.advance(100)
    new = worker.connect()
    broken(worker, how, "commit")
    await unavailable(new, "join", room="room", name="Anna")
    worker.backplane.heal()
    await house.passes(2_000)
    answer = await new.ok("join", room="room", name="Anna")
    assert answer["room"]["seat_count"] == 2
    assert set(worker.state.seats) == {one.seat, answer["you"]["seat"]}


@pytest.mark.parametrize("how", HOW)
async def test_coming_in_where_the_room_cannot_be_loaded(house: House, how: str) -> None:
    worker = house.worker(call_ms=SOON_MS)
    broken(worker, how, "load")
    one = worker.connect()
    await unavailable(one, "join", room="room")
    await until(lambda: not others(), "no task is left")
    worker.backplane.heal()
    await one.ok("join", room="room")


@pytest.mark.parametrize("name", ["subscribe", "load"])
@pytest.mark.parametrize("how", ["fails", "hangs"])
async def test_a_room_that_could_not_be_started_gathers_nothing(house: House, name: str, how: str) -> None:
    healthy, worker = house.worker(), house.worker(call_ms=SOON_MS)
    speaker = await healthy.join()
    broken(worker, how, name)
    await unavailable(worker.connect(), "join", room="room")
    await settled()
    await speaker.say("not for those who could not come in")
    assert len(house.memory._sinks["room"]) == 1, "only the worker that serves it is subscribed"


async def test_those_who_ask_meanwhile_are_answered_too(house: House) -> None:
    worker = house.worker(call_ms=SOON_MS)
    host, one = await worker.host(), await worker.join()
    broken(worker, "hangs", "commit")
    asked = [asyncio.create_task(host.raw("mute", seat=one.seat))]
    await settled()
    asked += [asyncio.create_task(host.raw("lock", on=True)), asyncio.create_task(host.raw("slow", seconds=5))]
    async with asyncio.timeout(1):
        answers = await asyncio.gather(*asked)
    assert [a.code for a in answers if isinstance(a, Refused)] == [Code.UNAVAILABLE] * 3
    await until(lambda: not others(), "no task is left")


async def test_away_happens_once_the_backplane_is_back(house: House) -> None:
    worker = house.worker(call_ms=SOON_MS)
    one, other = await worker.join(), await worker.join()
    one.drop()
    broken(worker, "fails", "commit")
    await house.passes(20_000)
    assert worker.state.seats[one.seat].away_since is None
    worker.backplane.heal()
    await house.passes(2_000)
    assert worker.state.seats[one.seat].away_since is not None
    assert other.events("presence")[-1]["changed"][0]["away"] is True


async def test_what_was_due_happens_once_the_backplane_is_back(house: House) -> None:
    worker = house.worker(call_ms=SOON_MS)
    host, one = await worker.host(), await worker.join()
    await host.ok("mute", seat=one.seat, seconds=10)
    broken(worker, "fails", "commit")
    await house.passes(20_000)
    worker.backplane.heal()
    await house.passes(2_000)
    assert one.events("muted")[-1]["muted"] is False


async def test_a_fault_of_ours_answers_everyone(house: House, worker: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    """What nobody thought of, in one batch; and those who come meanwhile are served."""
    host, one = await worker.host(), await worker.join()

    both_asked = asyncio.Event()

    async def faulty(*_: object, **__: object) -> None:
        await both_asked.wait()
        monkeypatch.undo()
        raise KeyError("what was said")

    monkeypatch.setattr(worker.backplane, "commit", faulty)
    first = asyncio.create_task(host.raw("mute", seat=one.seat))
    await settled()
    second = asyncio.create_task(host.raw("lock", on=True))
    await settled()
    both_asked.set()
    await settled()
    assert first.done()
    assert second.done()
    answer = first.result()
    assert isinstance(answer, Refused)
    assert answer.code is Code.UNAVAILABLE
    assert second.result() == {}


async def test_opening_does_not_wait_for_ever(house: House) -> None:
    await house.meeting("later", opened=False)
    worker = house.worker(call_ms=SOON_MS)
    broken(worker, "hangs", "touch")
    key = await house.key("facilitator")
    await unavailable(worker.connect(), "open", room="later", key=key)
    worker.backplane.heal()
    assert await worker.connect().ok("open", room="later", key=key)


async def test_a_store_that_is_not_there(house: House, worker: Worker) -> None:
    house.store.down = {"meeting", "opening", "key"}
    one = worker.connect()
    for event in ("door", "join"):
        assert await one.refused(event, room="room") == "unavailable"
    house.store.down.clear()
    await one.ok("join", room="room")
    house.store.down = {"meeting", "opening", "key"}
    assert await one.say("A room that runs needs no store")
    assert await worker.connect().ok("join", room="room")


async def test_after_a_restart_the_room_is_there_and_the_seats_are_not(house: House, worker: Worker) -> None:
    one = await worker.join()
    await one.say("before")
    again = House(clock=house.clock, store=house.store, shared=False)  # the same database, another process
    new = again.worker()
    back = new.connect()
    assert await back.refused("join", **one.to_return()) == "seat_gone"
    fresh = await back.ok("join", room="room")
    opening, _, line = one.answer["epoch"].partition(".")
    assert fresh["epoch"] == f"{opening}.{int(line) + 1}"
    assert fresh["missed"] == []
    assert fresh["room"]["seat_count"] == 1
