"""One way for every event, back from the backplane; the answer comes after it."""

from __future__ import annotations

import asyncio
import json

from chatserver.engine.answers import join_answer
from tests.engine.house import House, Worker
from tests.waiting import settled


async def test_the_event_comes_before_the_answer(worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    answer = await one.ok("send", id="1", text="Hello")
    assert one.events()[-1]["seq"] == answer["seq"]
    assert one.events("message") == other.events("message")


async def test_no_answer_before_the_event_is_back(house: House) -> None:
    worker = house.worker(lag=1)
    one = await worker.join()
    for n in range(50):
        answer = await one.raw("send", id=str(n), text="Hello")
        assert isinstance(answer, dict)
        assert one.events()[-1]["seq"] == answer["seq"]


async def test_the_same_id_again_answers_the_first_seq(worker: Worker) -> None:
    one = await worker.join()
    first = await one.ok("send", id="1", text="Hello")
    assert await one.ok("send", id="1", text="Hello, differently") == first
    assert one.texts() == ["Hello"]


async def test_two_may_use_the_same_id(worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    await one.ok("send", id="1", text="One")
    await other.ok("send", id="1", text="Other")
    assert [e["id"] for e in one.events("message")] == [f"{one.seat}.1", f"{other.seat}.1"]


async def test_what_was_taken_once_is_not_refused_to_the_muted(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    first = await one.ok("send", id="1", text="Hello")
    await host.ok("mute", seat=one.seat)
    assert await one.ok("send", id="1", text="Hello") == first


async def test_the_answer_has_what_the_next_event_changes(worker: Worker) -> None:
    """Nothing twice and nothing left out between a join answer and the first event."""
    one = await worker.join()
    joins = [asyncio.create_task(worker.connect().raw("join", room="room")) for _ in range(5)]
    for n in range(20):
        await one.raw("send", id=f"x{n}", text=str(n))
    await settled()
    worker.house.clock.advance(50)
    await settled()
    assert all(j.done() for j in joins)
    room = worker.live()
    seat = room.seat(one.seat)
    assert seat is not None
    assert json.loads(join_answer(room.replica, seat, "", 0)["room"])["seat_count"] == 6


async def test_who_comes_in_while_others_speak_misses_nothing(house: House) -> None:
    """From the event of their own coming on, each word came in the answer or after it, once."""
    for lag in range(25):
        worker = house.worker(lag=lag)
        speaker = await worker.join()
        newcomer = worker.connect()
        coming = asyncio.create_task(newcomer.raw("join", room="room"))
        while not coming.done():
            await speaker.raw("send", id=f"m{len(speaker.events())}", text="x")
            house.clock.advance(10)
        answer = coming.result()
        assert isinstance(answer, dict)
        await speaker.say("end")
        await settled()
        came = next(e["seq"] for e in speaker.events("presence") if answer["you"]["seat"] in [s["seat"] for s in e["joined"]])
        said = [e["seq"] for e in speaker.events("message") if e["seq"] > came]
        heard = [e["seq"] for e in answer["missed"]] + [e["seq"] for e in newcomer.events("message")]
        assert heard == said, lag


async def test_after_leaving_nothing_more_comes(worker: Worker) -> None:
    one, other = await worker.join(), await worker.join()
    await one.ok("leave")
    before = len(one.events())
    await other.say("Has everyone gone?")
    assert len(one.events()) == before
    assert await one.refused("send", id="1", text="x") == "not_joined"
    assert await one.ok("join", room="room")


async def test_only_one_seat_a_connection(worker: Worker) -> None:
    one = await worker.join()
    assert await one.refused("join", room="room") == "already_joined"
