"""A master dies, and its sentinel has a copy take over that had not heard everything."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from chatserver.backplane.base import SETTLING_MS, BackplaneUnavailable, Held, Loaded, Numbered, OtherLine, Position, Repeated, Settling
from tests.backplane_redis.conftest import Doubts, connected
from tests.backplane_redis.sentinel import FAILOVER_SECONDS, Watched, knows_its_copy, watching
from tests.contract.backplanes import Line, event, words
from tests.waiting import LOOKS_AGAIN, until


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with watching(tmp_path) as watched:
        yield watched


async def position_on_another(line: Line, strange: bool) -> Position:
    async with asyncio.timeout(FAILOVER_SECONDS):
        while True:
            try:
                position = (await line.bench.backplane.touch(["room"])).get("room")
                if position is not None and position.strange is strange:
                    return position
            except BackplaneUnavailable:
                await asyncio.sleep(LOOKS_AGAIN)


async def test_a_copy_that_lags_is_strange_until_it_was_restored(watched: Watched) -> None:
    await knows_its_copy(watched)
    async with connected(watched.url) as bench:
        line = await Line(bench).open()
        heard = await line.hear()
        doubts = bench.backplane.doubt = Doubts()
        await line.posted(words("2", "x.2"), "x.2")
        await until(lambda: watched.copy.call("HGET", "chatserver:{room}:line", "seq") == b"2", "not copied")
        watched.copy.pause()
        watched.master.call("CLIENT", "KILL", "TYPE", "replica")
        await line.posted(words("3", "x.3"), "x.3")
        await heard.reaches(3)
        window = (await line.since(1)).events
        watched.master.kill()
        watched.copy.resume()
        assert await position_on_another(line, strange=True) == Position("a.1", 2, strange=True)

        assert await line.post(words("4"), "x.2") == OtherLine("a.1")
        assert await line.commit() == OtherLine("a.1")
        assert await bench.backplane.since("room", "a.1", 1) == OtherLine("a.1")
        assert (await line.loaded()).seq == 2
        held = Held("a.1", 3, 1, {"core": (1, b"c")}, window, 1, {"x.2": 2, "x.3": 3})
        assert isinstance(await bench.backplane.restore("room", "a.2-x", held), Settling)
        await bench.advance(SETTLING_MS)
        after = Line(bench, line="a.2-x")
        assert await after.loaded() == Loaded("a.2-x", 7, 1, {"core": (1, b"c")}, {"x.2": 2, "x.3": 3}, {"a.1": 3})
        assert await after.bodies_since(1) == [b"2", b"3"]
        assert await after.post(words("3", "x.3"), "x.3") == Repeated(3)
        await until(lambda: doubts.count >= 2)
        assert await after.posted(words("8")) == 8
        await heard.reaches(8)
        assert (await bench.backplane.touch(["room"]))["room"] == Position("a.2-x", 8)


async def test_a_strange_room_is_one_of_those_that_are_united(watched: Watched) -> None:
    """Also by somebody who holds less than it, and it can be erased as it is."""
    await knows_its_copy(watched)
    async with connected(watched.url) as bench:
        line = await Line(bench).open()
        other = await Line(bench, "other").open()
        await line.posted(words("2", "x.2"), "x.2")
        await line.posted(words("3", "x.3"), "x.3")
        await until(lambda: watched.copy.call("HGET", "chatserver:{room}:line", "seq") == b"3", "not copied")
        watched.master.kill()
        await position_on_another(line, strange=True)
        assert isinstance(await bench.backplane.restore("room", "a.2-x", Held("a.1", 1, 1, {}, (), 1, {})), Settling)
        await bench.advance(SETTLING_MS)
        after = Line(bench, line="a.2-x")
        assert await after.loaded() == Loaded("a.2-x", 7, 1, {"core": (1, b"c")}, {"x.2": 2, "x.3": 3}, {"a.1": 3})
        assert await after.bodies_since(1) == [b"2", b"3"]
        assert await bench.backplane.erase("other", "a.1", event()) == Numbered(2)
        assert await bench.backplane.load("other") is None
        assert await other.post(event()) == OtherLine(None)


async def test_an_old_master_that_still_answers_is_left(watched: Watched) -> None:
    """As where the network is in two: the sentinel has turned away from it, and it does not know."""
    await knows_its_copy(watched)
    async with connected(watched.url) as bench:
        line = await Line(bench).open()
        heard = await line.hear()
        await until(lambda: watched.copy.call("EXISTS", "chatserver:{room}:line") == 1, "not copied")
        watched.sentinel.call("SENTINEL", "REMOVE", "room")
        watched.copy.call("REPLICAOF", "NO", "ONE")
        watched.sentinel.call("SENTINEL", "MONITOR", "room", "127.0.0.1", watched.copy.port, 1)
        assert watched.master.call("ROLE")[0] == b"master"
        assert await position_on_another(line, strange=True) == Position("a.1", 1, strange=True)
        held = Held("a.1", 1, 1, {"core": (1, b"c")}, (), 1, {})
        assert isinstance(await bench.backplane.restore("room", "a.2-x", held), Settling)
        await bench.advance(SETTLING_MS)
        # Deliveries come from there, too, before long.
        after = Line(bench, line="a.2-x")
        await until(lambda: watched.copy.call("PUBSUB", "NUMSUB", "chatserver:{room}")[1] == 1, "still subscribed to the old one", 10.0)
        await heard.reaches(await after.posted(words("6")))
