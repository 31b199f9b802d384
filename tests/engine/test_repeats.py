"""The same again and again: by one, and by many who have just come; never an honest word said twice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chatserver.domain.raids import GATHERING_MS
from chatserver.domain.refusals import Code, Refused
from chatserver.engine.repeats import Repeats, _Said
from tests.engine.house import UNLIMITED, House, Person, Worker

HOSTILE = "Nobody wants you here, go away"
MINUTE, SECOND = 60_000, 1_000


@pytest.fixture
async def house() -> House:
    house = House(rates=replace(UNLIMITED, repeats=False))
    await house.meeting()
    return house


async def newcomers(worker: Worker, count: int) -> list[Person]:
    return [await worker.join() for _ in range(count)]


async def test_by_one_within_a_minute(house: House, worker: Worker) -> None:
    one = await worker.join()
    await one.say(HOSTILE)
    for again in (HOSTILE, HOSTILE.upper() + "!!", "N o b o d y wants you here. Go away", HOSTILE.replace("o", "о")):
        assert await one.refused("send", id=f"again{len(again)}", text=again) is Code.REPEATED
    house.clock.advance(MINUTE // 2)
    left = await one.ask("send", id="m1", text=HOSTILE)
    assert isinstance(left, Refused)
    assert left.retry_after_ms is not None
    assert 0 < left.retry_after_ms <= MINUTE // 2
    house.clock.advance(left.retry_after_ms)
    await one.say(HOSTILE)


async def test_by_many_newcomers_in_a_wave(house: House) -> None:
    house.wave_joins = 5
    house.clock.advance(GATHERING_MS)
    worker = house.worker()
    crowd = await newcomers(worker, 5)
    assert (await worker.join()).answer["waiting"]
    for one in crowd[:2]:
        await one.say(HOSTILE)
        house.clock.advance(SECOND)
    for one in crowd[2:]:
        assert await one.raw("send", id="m1", text=HOSTILE.title()) == Refused(Code.REPEATED, MINUTE - 2 * SECOND)
        await one.say(f"something else {one.seat}")


async def test_three_newcomers_thank_somebody_in_the_same_words(worker: Worker) -> None:
    for one in await newcomers(worker, 3):
        await one.say("Thank you for sharing, Maria")


async def test_taken_back_it_may_be_said_again_with_a_warning_though_not_where_a_host_took_it_away(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    await one.say(HOSTILE, "m1")
    await one.ok("retract", id=f"{one.seat}.m1")
    await one.ok("send", id="m2", text=HOSTILE, warning="harsh words")
    await host.ok("retract", id=f"{one.seat}.m2")
    assert await one.refused("send", id="m3", text=HOSTILE) is Code.REPEATED


async def test_two_long_texts_that_begin_alike_are_two(worker: Worker) -> None:
    one, start = await worker.join(), " ".join(f"Step {n} took me some time." for n in range(40))
    await one.say(f"{start} This is the first half.")
    await one.say(f"{start} This is the second half.")
    assert await one.refused("send", id="m1", text=f"{start} This is the second half!") is Code.REPEATED


async def test_those_who_have_been_here_say_a_prayer_together(house: House, worker: Worker) -> None:
    group = await newcomers(worker, 5)
    house.clock.advance(10 * MINUTE)
    for one in group:
        await one.say("Keep coming back, it works if you work it")


async def test_who_was_invited_is_no_newcomer_here(house: House, worker: Worker) -> None:
    await worker.join()
    key = await house.key("member")
    for one in [await worker.join(key=key) for _ in range(5)]:
        await one.say("Keep coming back, it works if you work it")


async def test_short_words_are_said_as_often_as_one_likes(worker: Worker) -> None:
    for one in await newcomers(worker, 4):
        for word in ("Thank you!", "Welcome", "Me too", "yes", "🌱🌱🌱"):
            await one.say(word)
            await one.say(word)
        await one.say("Hello everybody!")


async def test_who_leads_may_say_it_twice(worker: Worker) -> None:
    host = await worker.host()
    await host.say("The topic today is asking for help")
    await host.say("The topic today is asking for help")


async def test_what_was_refused_was_not_said(worker: Worker) -> None:
    host, one = await worker.host(), await worker.join()
    await host.ok("mute", seat=one.seat)
    assert await one.refused("send", id="m1", text=HOSTILE) is Code.MUTED
    await host.ok("unmute", seat=one.seat)
    await one.say(HOSTILE)


async def test_sent_again_after_a_lost_answer_it_is_the_same_message(worker: Worker) -> None:
    one = await worker.join()
    assert await one.say(HOSTILE, "m1") == await one.say(HOSTILE, "m1")


async def test_a_wall(worker: Worker) -> None:
    one = await worker.join()
    assert await one.refused("send", id="m1", text="get out, all of you. " * 60) is Code.WALL
    assert one.texts() == []


async def test_nothing_of_it_is_kept_longer_than_a_minute(house: House, worker: Worker) -> None:
    one = await worker.join()
    await one.say(HOSTILE)
    repeats = worker.live().repeats
    assert HOSTILE not in repr(kept(repeats))
    assert kept(repeats)
    await house.passes(MINUTE)
    assert not kept(repeats)


async def test_a_flood_does_not_fill_the_memory(house: House, worker: Worker) -> None:
    one = await worker.join()
    for n in range(2_100):
        await one.raw("send", id=f"m{n}", text=f"number {n} of the words that flood this room")
    assert len(worker.live().repeats._said) <= 2_000


def kept(repeats: Repeats) -> dict[bytes, list[_Said]]:
    return repeats._said
