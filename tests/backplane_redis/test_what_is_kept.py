"""What stands in Redis, for how long, and that nothing is left."""

from __future__ import annotations

from pathlib import Path

from chatserver.backplane.base import SETTLING_MS, AtMost, Held, Kept, Numbered, Settling
from chatserver.backplane.redis.scripts import HOLDS
from tests.anonymity.declared import SECONDS
from tests.backplane_redis.conftest import Keys, connected
from tests.contract.backplanes import Bench, Line, event, words
from tests.redis import RunningRedis
from tests.waiting import until

CANARY = "canary of a sentence that somebody said"
BOUNDS = {one.at: 1_000 * (SECONDS[one.setting] if one.setting else one.seconds or 0) for one in HOLDS}


def check(ttls: Keys, *kinds: str) -> None:
    found = {key.rpartition(":")[2]: ttl for key, ttl in ttls().items()}
    assert found.keys() == set(kinds)
    for kind, ttl in found.items():
        assert 0 < ttl <= BOUNDS[kind], kind


async def test_every_key_goes_by_itself(bench: Bench, ttls: Keys) -> None:
    line = await Line(bench).open()
    check(ttls, "line", "entries")
    await line.posted(words("1", "x.1"), "x.1")
    check(ttls, "line", "entries", "window", "ids", "idtimes")
    await line.commit({}, {"seat/x": b""}, [event("r", kept=True, retracts="x.1")], at_most=AtMost("seat/", 9))
    await bench.backplane.load("room")
    await bench.backplane.since("room", "a.1", 1)
    await bench.backplane.touch(["room"])
    check(ttls, "line", "entries", "window", "ids", "idtimes")
    await bench.backplane.beat("one")
    check(ttls, "line", "entries", "window", "ids", "idtimes", "workers", "since")
    window = (Kept(8, bench.now() - 300_000, words("8", "x.8", held=7)), Kept(9, bench.now(), words("9", "x.9")))
    held = Held("a.2", 9, 1, {"core": (1, b"c")}, window, 1, {"x.9": 9}, holding=7)
    assert isinstance(await bench.backplane.restore("room", "a.3", held), Settling)
    found = {key.rpartition(":")[2]: ttl for key, ttl in ttls().items()}
    for kind, bound in BOUNDS.items():
        assert 0 < found[kind] <= bound + SETTLING_MS, kind


async def test_what_is_held_goes_with_the_room_and_all_else_by_itself_as_ever(redis: RunningRedis, line: Line, ttls: Keys) -> None:
    await line.hold(7)
    check(ttls, "line", "entries")
    await line.posted(words(CANARY, "x.1", held=7), "x.1")
    await line.posted(words("a reply", "y.1"), "y.1")
    check(ttls, "line", "entries", "window", "share", "ids", "idtimes")
    assert CANARY.encode() not in b"".join(redis.call("ZRANGE", "chatserver:{room}:window", 0, -1))
    for key in ttls():
        redis.call("PEXPIRE", key, 5_000)
    await line.bench.backplane.touch(["room"])
    assert {key.rpartition(":")[2] for key, ttl in ttls().items() if ttl > 5_000} == {"line", "entries", "share"}
    found = {key.rpartition(":")[2]: ttl for key, ttl in ttls().items()}
    assert found["share"] <= found["line"], "where every worker is dead, it is not the last to go"


async def test_what_is_held_no_longer_goes_by_itself(redis: RunningRedis, line: Line, ttls: Keys) -> None:
    await line.hold(7)
    await line.posted(words("young", "x.1", held=7), "x.1")
    await line.hold(8)
    check(ttls, "line", "entries", "window", "ids", "idtimes")
    await line.posted(words(CANARY, "y.1", held=8), "y.1")
    await line.bench.advance(61_000)
    await line.hold(0)
    check(ttls, "line", "entries", "ids", "idtimes")
    await line.hold(9, [words("taken back", "y.2", held=9)])
    await line.posted(event("r", retracts="y.2"))
    check(ttls, "line", "entries", "ids", "idtimes")


async def test_touching_renews_a_room_and_nothing_that_was_said(redis: RunningRedis, line: Line, ttls: Keys) -> None:
    await line.posted(words("1", "x.1"), "x.1")
    for key in ttls():
        redis.call("PEXPIRE", key, 5_000)
    await line.bench.backplane.touch(["room"])
    renewed = {key.rpartition(":")[2] for key, ttl in ttls().items() if ttl > 5_000}
    assert renewed == {"line", "entries"}


async def test_words_go_by_themselves_where_every_worker_is_dead(redis: RunningRedis, ttls: Keys) -> None:
    async with connected(redis.url, window_seconds=0.4) as bench:
        line = await Line(bench).open()
        await line.posted(words("1", "x.1"), "x.1")
        await until(lambda: "chatserver:{room}:window" not in ttls())
        missed = await line.since(1)
        assert (missed.complete, missed.events, missed.floor) == (False, (), 2)
        await line.posted(words("2"))
        assert await line.kept_since(2) == [(3, b"2")]


async def test_without_a_window_no_word_is_in_redis(redis: RunningRedis, ttls: Keys) -> None:
    async with connected(redis.url, window_seconds=0) as bench:
        line = await Line(bench).open()
        await line.posted(words(CANARY, "x.1"), "x.1")
        await line.commit({}, {}, [words(CANARY)])
        await line.hold(7, [words(CANARY, "x.2", held=7)])
        await line.posted(words(CANARY, "x.3", held=7), "x.3")
        check(ttls, "line", "entries", "ids", "idtimes")


async def test_nothing_is_left_of_a_meeting(redis: RunningRedis, line: Line, ttls: Keys) -> None:
    await line.posted(words("1", "x.1"), "x.1")
    await line.commit({}, {"seat/x": b""}, [event(), words("2", "x.2", held=7)], holding=7)
    assert "chatserver:{room}:share" in ttls()
    assert await line.bench.backplane.erase("room", "a.1", event()) == Numbered(5)
    assert ttls() == {}


async def test_words_that_were_taken_back_are_in_no_dump_nor_is_anything_after_the_meeting(tmp_path: Path) -> None:
    with RunningRedis(tmp_path, ["--rdbcompression", "no"]) as redis:
        async with connected(redis.url) as bench:
            line = await Line(bench).open({"core": b"c"})

            def dumped() -> bytes:
                redis.call("SAVE")
                return (tmp_path / "dump.rdb").read_bytes()

            await line.posted(words(CANARY, "x.1"), "x.1")
            await line.posted(words("other words", "x.2"), "x.2")
            await line.hold(7, [words(f"held {CANARY}", "x.3", held=7), words("words that are held", "x.4", held=7)])
            before = dumped()
            assert before.count(CANARY.encode()) == 2, "or this test could not fail"
            await line.posted(event("{}", kept=True, retracts="x.1"))
            await line.posted(event("{}", kept=True, retracts="x.3"))
            assert CANARY.encode() not in dumped()
            assert b"other words" in dumped()
            assert b"words that are held" in dumped()
            await bench.backplane.erase("room", "a.1", event())
            after = dumped()
            for trace in (b"other words", b"words that are held", b"room", b"x.1", b"x.4", b"a.1"):
                assert trace not in after


async def test_databases_do_not_hear_one_another(redis: RunningRedis) -> None:
    async with connected(redis.url) as first, connected(f"{redis.url}/3") as second:
        one, two = await Line(first).open(), await Line(second).open()
        heard = await two.hear()
        await one.posted(words("of the first"))
        await two.posted(words("of the second"))
        await heard.reaches(2)
        assert [e.body for d in heard.deliveries for e in d.events] == [b"of the second"]


async def test_a_window_that_went_by_itself_is_not_taken_for_whole(redis: RunningRedis) -> None:
    """By its own time to live, which nobody has to bring about."""
    async with connected(redis.url, window_seconds=0.3) as bench:
        line = await Line(bench).open()
        for n in range(2, 5):
            await line.posted(words(str(n)))
        await until(lambda: not redis.call("EXISTS", "chatserver:{room}:window"), "the window does not go")
        await line.posted(words("5"))
        missed = await line.since(1)
        assert not missed.complete
        assert missed.floor == 4
        assert [kept.seq for kept in missed.events] == [5]
        assert redis.call("HGET", "chatserver:{room}:line", "bytes") == b"1"
