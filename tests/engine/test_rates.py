"""How often: per seat, per network, per room and per connection; each refusal says when to try again."""

from __future__ import annotations

from chatserver.domain.limits import Rate
from chatserver.domain.refusals import Code, Refused
from chatserver.engine.rates import ROOM_FACTOR, Rates
from tests.engine.house import House, Person

OFF = Rate(0, 0)


async def wait_of(person: Person, event: str, **payload: object) -> int:
    answer = await person.raw(event, **payload)
    assert isinstance(answer, Refused), answer
    assert answer.code is Code.TOO_FAST
    assert answer.retry_after_ms is not None
    return answer.retry_after_ms


async def house_with(messages: Rate = OFF, commands: Rate = OFF, joins: Rate = OFF) -> House:
    house = House(rates=Rates(messages, commands, joins))
    await house.meeting()
    return house


async def test_messages_of_a_seat() -> None:
    house = await house_with(messages=Rate(1, 3))
    worker = house.worker()
    one, other = await worker.join(), await worker.join()
    for n in range(3):
        await one.ok("send", id=f"{n}", text="x")
    wait = await wait_of(one, "send", id="3", text="x")
    assert 900 < wait <= 1_000
    await other.ok("send", id="0", text="x")
    assert await one.ok("send", id="1", text="x"), "what was taken once is not refused now"
    await house.passes(wait)
    await one.ok("send", id="3", text="x")


async def test_a_reconnect_is_no_new_bucket() -> None:
    house = await house_with(messages=Rate(0.1, 2))
    one = await house.worker().join()
    await one.say("1")
    await one.say("2")
    back = await one.comes_back()
    assert await wait_of(back, "send", id="3", text="x") > 5_000


async def test_messages_of_a_room() -> None:
    house = await house_with(messages=Rate(1, 1))
    worker = house.worker()
    people = [await worker.join() for _ in range(ROOM_FACTOR + 2)]
    host = await worker.host()
    waits = []
    for person in people:
        answer = await person.raw("send", id="1", text="x")
        if isinstance(answer, Refused):
            waits.append(answer.retry_after_ms)
    assert len(waits) >= 1
    assert all(0 < (wait or 0) <= 1_000 for wait in waits)
    await host.ok("send", id="1", text="Slowly, please"), "a host is not held up by the room"


async def test_joins_of_a_network() -> None:
    house = await house_with(joins=Rate(0.1, 2))
    worker = house.worker()
    near = [worker.connect(b"\x0a\x00\x00\x01") for _ in range(3)]
    await near[0].ok("join", room="room")
    await near[1].ok("join", room="room")
    wait = await wait_of(near[2], "join", room="room")
    assert 5_000 < wait <= 10_000
    await worker.connect(b"\x0a\x00\x00\x02").ok("join", room="room")
    await house.passes(wait)
    await near[2].ok("join", room="room")


async def test_commands_of_a_connection() -> None:
    house = await house_with(commands=Rate(1, 4))
    worker = house.worker()
    one = worker.connect()
    for _ in range(4):
        await one.ok("door", room="room")
    assert 0 < await wait_of(one, "door", room="room") <= 1_000
    assert isinstance(await worker.connect().ask("door", room="room"), dict)


async def test_nought_is_no_limit() -> None:
    house = await house_with()
    one = await house.worker().join()
    for n in range(500):
        assert isinstance(await one.raw("send", id=str(n), text="x"), dict)
