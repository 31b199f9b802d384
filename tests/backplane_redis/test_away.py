"""Redis is killed, stopped, cut off, and comes back."""

from __future__ import annotations

import asyncio
import time

import pytest
import uvloop

from chatserver.backplane.base import BEAT_MS, BackplaneUnavailable, Late, Numbered, OtherLine
from chatserver.backplane.redis.connection import ANSWER_SECONDS
from tests.backplane_redis.conftest import Doubts, connected
from tests.contract.backplanes import Bench, Heard, Line, event, words
from tests.redis import RunningRedis
from tests.waiting import LOOKS_AGAIN, until

BACK_SECONDS = 3.0


async def comes_back(bench: Bench) -> None:
    """Calls and deliveries both. Raises `TimeoutError` where that takes longer than was promised."""
    async with asyncio.timeout(BACK_SECONDS):
        while True:
            try:
                await bench.backplane.touch(["room"])
                heard = Heard()
                await bench.backplane.subscribe("probe", heard)
                await bench.backplane.unsubscribe("probe", heard)
                return
            except BackplaneUnavailable:
                await asyncio.sleep(LOOKS_AGAIN)


async def refuses_at_once(line: Line) -> None:
    started = time.monotonic()
    for _ in range(100):
        with pytest.raises(BackplaneUnavailable):
            await line.post(event())
    assert time.monotonic() - started < 0.1


async def is_away(bench: Bench, line: Line) -> None:
    async def refused() -> None:
        while True:
            try:
                await bench.backplane.touch([])
                await line.post(event(), not_after=0)
                await bench.backplane.unsubscribe("probe", await Line(bench, "probe").hear())
            except BackplaneUnavailable:
                return

    await asyncio.wait_for(refused(), 5.0)


async def test_killed_and_started_again_empty(redis: RunningRedis, line: Line, doubts: Doubts) -> None:
    heard = await line.hear()
    await line.posted(words("1"))
    redis.kill()
    await is_away(line.bench, line)
    await until(lambda: line.bench.backplane._calls.connection is None)  # type: ignore[attr-defined]
    await until(lambda: line.bench.backplane._subscriber.link.connection is None)  # type: ignore[attr-defined]
    await refuses_at_once(line)
    await until(lambda: not line.bench.backplane.answers)
    with pytest.raises(BackplaneUnavailable):
        await line.hear()
    redis.start()
    await comes_back(line.bench)
    await until(lambda: doubts.count >= 2, "each of the two connections was to be doubted")
    await until(lambda: line.bench.backplane.answers)
    assert await line.post(event()) == OtherLine(None)
    assert await line.bench.backplane.touch(["room"]) == {}
    again = await Line(line.bench, line="b.1").open()
    await again.posted(words("2"))
    await until(lambda: [each.line for each in heard.deliveries[-1:]] == ["b.1"], "what was subscribed is subscribed again")


async def test_what_is_in_flight_fails_when_it_dies(redis: RunningRedis, line: Line) -> None:
    redis.pause()
    calls = [asyncio.ensure_future(line.post(words(str(n)))) for n in range(50)]
    await asyncio.sleep(0)
    started = time.monotonic()
    redis.kill()
    results = await asyncio.gather(*calls, return_exceptions=True)
    assert {type(result) for result in results} == {BackplaneUnavailable}
    assert time.monotonic() - started < 1.0


async def test_a_stopped_one_is_noticed_in_two_seconds_and_does_nothing_behind_our_back(redis: RunningRedis, line: Line) -> None:
    heard = await line.hear()
    redis.pause()
    started = time.monotonic()
    with pytest.raises(BackplaneUnavailable):
        await line.post(words("late"), "s.1", not_after=line.bench.now() + 1_500)
    assert time.monotonic() - started < ANSWER_SECONDS + 0.2
    await refuses_at_once(line)
    redis.resume()
    await comes_back(line.bench)
    assert await line.posted(words("after"), "s.2") == 2
    await heard.reaches(2)
    assert [e.body for d in heard.deliveries for e in d.events] == [b"after"]


async def test_a_stopped_one_is_noticed_in_four_seconds_where_nobody_asks(redis: RunningRedis, bench: Bench, doubts: Doubts) -> None:
    redis.pause()
    backplane = bench.backplane
    await until(
        lambda: backplane._calls.connection is None and backplane._subscriber.link.connection is None,  # type: ignore[attr-defined]
        "nobody noticed",
        BEAT_MS / 1_000 + ANSWER_SECONDS + 0.3,
    )
    redis.resume()
    await comes_back(bench)
    await until(lambda: doubts.count >= 2)


async def test_a_call_that_timed_out_closes_the_connection(redis: RunningRedis, line: Line, doubts: Doubts) -> None:
    redis.call("CLIENT", "PAUSE", 2_500)
    with pytest.raises(BackplaneUnavailable):
        await line.post(words("held up"), "s.1", not_after=line.bench.now() + 1_500)
    await comes_back(line.bench)
    await until(lambda: doubts.count >= 1)
    assert await line.post(words("mine"), "s.1") == Numbered(2)


async def test_one_that_is_too_late_when_it_gets_through(redis: RunningRedis, line: Line) -> None:
    redis.call("CLIENT", "PAUSE", 600)
    assert await line.post(words("late"), "s.1", not_after=line.bench.now() + 300) == Late()


async def test_a_subscription_that_was_cut(redis: RunningRedis, line: Line, doubts: Doubts) -> None:
    heard = await line.hear()
    other = await Line(line.bench, "other").hear()
    redis.call("CLIENT", "KILL", "TYPE", "pubsub")
    await line.posted(words("may be missed"))
    await until(lambda: doubts.count == 1)
    last = await line.posted(words("heard again"))
    await heard.reaches(last)
    await (await Line(line.bench, "other").open()).posted(event())
    await other.reaches(2)


async def test_calls_that_were_cut_leave_deliveries_alone(redis: RunningRedis, line: Line, doubts: Doubts) -> None:
    heard = await line.hear()
    redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    await until(lambda: doubts.count == 1)
    last = await line.posted(words("on"))
    await heard.reaches(last)
    assert doubts.count == 1


async def test_scripts_that_were_flushed_are_loaded_again(redis: RunningRedis, line: Line) -> None:
    redis.call("SCRIPT", "FLUSH")
    with pytest.raises(BackplaneUnavailable):
        await line.post(event())
    await comes_back(line.bench)
    assert await line.posted(event()) == 2


async def test_one_that_begins_to_write_to_disk_is_not_used_until_mended(redis: RunningRedis, line: Line) -> None:
    redis.call("CONFIG", "SET", "save", "60 1")
    redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
    await is_away(line.bench, line)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(1.2):
            await comes_back(line.bench)
    redis.call("CONFIG", "SET", "save", "")
    await comes_back(line.bench)
    assert await line.posted(event()) == 2


async def test_who_has_just_come_back_declares_nobody_dead(redis: RunningRedis, bench: Bench, doubts: Doubts) -> None:
    assert await bench.backplane.beat("one") is None
    await bench.advance(2 * BEAT_MS)
    assert await bench.backplane.beat("one") == frozenset({"one"})
    redis.restart()
    await until(lambda: doubts.count >= 2)
    assert await bench.backplane.beat("one") is None
    await bench.advance(2 * BEAT_MS)
    assert await bench.backplane.beat("one") == frozenset({"one"})
    await bench.backplane.beat("two")
    await bench.advance(5_900)
    assert await bench.backplane.beat("one") == frozenset({"one", "two"})
    await bench.advance(200)
    assert await bench.backplane.beat("one") == frozenset({"one"})


async def test_nobody_is_dead_in_a_redis_that_was_emptied(redis: RunningRedis, bench: Bench) -> None:
    """Its connections have stayed, so that nobody has come back; and the others have not beaten since."""
    await bench.backplane.beat("one")
    await bench.backplane.beat("two")
    await bench.advance(2 * BEAT_MS)
    assert await bench.backplane.beat("one") == frozenset({"one", "two"})
    redis.call("FLUSHALL")
    assert await bench.backplane.beat("one") is None
    await bench.backplane.beat("two")
    await bench.advance(2 * BEAT_MS)
    assert await bench.backplane.beat("one") == frozenset({"one", "two"})


async def test_the_time_is_told(redis: RunningRedis) -> None:
    told: list[int] = []
    async with connected(redis.url) as bench:
        bench.backplane._time_known = told.append  # type: ignore[attr-defined]
        await bench.backplane.beat("one")
        assert abs(told[-1] - bench.now()) < 50
        redis.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")
        await until(lambda: len(told) >= 2)


async def test_stopping_while_it_is_away(redis: RunningRedis) -> None:
    async with connected(redis.url) as bench:
        redis.kill()
        await is_away(bench, Line(bench))
    with pytest.raises(BackplaneUnavailable):
        await bench.backplane.touch(["room"])


def test_under_the_loop_of_the_product(redis: RunningRedis) -> None:
    async def story() -> None:
        async with connected(redis.url) as bench:
            line = await Line(bench).open()
            heard = await line.hear()
            doubts = bench.backplane.doubt = Doubts()
            redis.call("CLIENT", "KILL", "TYPE", "pubsub")
            await until(lambda: doubts.count == 1)
            await asyncio.gather(*(line.posted(words(str(n))) for n in range(100)))
            await heard.reaches(101)
            assert heard.seqs == list(range(2, 102))

    uvloop.run(story())
