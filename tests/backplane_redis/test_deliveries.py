"""Subscribing and leaving at the same time, sinks that fail, and what is none of ours."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatserver.backplane.base import BackplaneUnavailable, Delivery, Numbered
from chatserver.backplane.redis.packing import (
    Unreadable,
    head_of,
    pack_entries,
    pack_event,
    unpack_delivery,
    unpack_entry,
    unpack_kept,
)
from chatserver.domain.events import only
from tests.contract.backplanes import Bench, Heard, Line, event, words
from tests.redis import RunningRedis


async def test_coming_and_going_at_once(line: Line) -> None:
    """Whoever is in when it is quiet again hears, and Redis knows one subscriber of the room."""
    backplane = line.bench.backplane
    stays, goes = Heard(), [Heard() for _ in range(20)]

    async def visit(heard: Heard) -> None:
        await backplane.subscribe("room", heard)
        await backplane.unsubscribe("room", heard)

    for _ in range(10):
        visits = [asyncio.ensure_future(visit(heard)) for heard in goes]
        await asyncio.sleep(0)
        await backplane.subscribe("room", stays)
        await asyncio.gather(*visits)
        last = await line.posted(event())
        await stays.reaches(last)
        assert all(last not in heard.seqs for heard in goes)
        await backplane.unsubscribe("room", stays)


async def test_the_last_goes_while_another_comes(line: Line) -> None:
    goes, stays = await line.hear(), Heard()
    coming = asyncio.ensure_future(line.bench.backplane.subscribe("room", stays))
    await asyncio.sleep(0)  # it is on its way
    await line.bench.backplane.unsubscribe("room", goes)
    await coming
    await stays.reaches(await line.posted(event()))


async def test_a_call_given_up_is_no_subscription(redis: RunningRedis, line: Line) -> None:
    heard = Heard()
    waiting = asyncio.ensure_future(line.bench.backplane.subscribe("room", heard))
    await asyncio.sleep(0)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    other = await line.hear()
    last = await line.posted(event())
    await other.reaches(last)
    assert heard.deliveries == []
    await line.bench.backplane.unsubscribe("room", other)
    await line.hear()  # answered after the word that nobody listens
    assert redis.call("PUBSUB", "NUMSUB", "chatserver:{room}") == [b"chatserver:{room}", 1]


async def test_nobody_in_it_nothing_subscribed(redis: RunningRedis, line: Line) -> None:
    one, two = await line.hear(), await line.hear()
    for heard in (one, two):
        assert redis.call("PUBSUB", "CHANNELS") == [b"chatserver:{room}"]
        await line.bench.backplane.unsubscribe("room", heard)
    await Line(line.bench, "other").hear()
    assert redis.call("PUBSUB", "CHANNELS") == [b"chatserver:{other}"]


async def test_one_that_fails_keeps_nobody_from_hearing(line: Line) -> None:
    def fails(_: Delivery) -> None:
        raise RuntimeError

    await line.bench.backplane.subscribe("room", fails)
    heard = await line.hear()
    await line.posted(event())
    await line.posted(event())
    await heard.reaches(3)
    assert heard.seqs == [2, 3]


GARBAGE = [
    b"",
    b"\n",
    b"hello",
    b"1 0 2 3 a.1\n",
    b"1 0 2 3 a.1\n\x91\x91\x91",
    b"2 0 2 3 a.1\n\x91\x80",
    b"1 0 x 3 a.1\n\x91\x80",
    b"1 0 2 3 a.1\n\x91\xc0",
    b"1 0 2 3 a.1\n\x92\x01\x80",
    b"1 0 2 3 a.1\n" + b"\x91" * 5_000,
    b"1 0 2 3 a.1\n\xdd\xff\xff\xff\xff",
    b"1 0 2 3 \xff\n\x91\x80",
]


@pytest.mark.parametrize("payload", GARBAGE)
def test_what_no_worker_sends_is_unreadable(payload: bytes) -> None:
    with pytest.raises(Unreadable):
        unpack_delivery(payload)


async def test_garbage_on_the_channel_costs_nobody_the_connection(redis: RunningRedis, line: Line) -> None:
    heard = await line.hear()
    for payload in GARBAGE:
        redis.call("PUBLISH", "chatserver:{room}", payload)
    await line.posted(words("fine"))
    await heard.reaches(2)
    assert heard.seqs == [2]


DELIVERY = b"1 1 7 1800000000000 a.1\n" + head_of(2) + pack_event(words("hello", "x.1")) + pack_entries({"core": b"c", "seat/x": None})


def test_a_delivery_as_the_scripts_write_it() -> None:
    expected = Delivery("a.1", 7, 1_800_000_000_000, (words("hello", "x.1"),), {"core": b"c", "seat/x": None}, narrows=True)
    assert unpack_delivery(DELIVERY) == expected


@given(st.integers(0, len(DELIVERY) - 1), st.binary(min_size=1, max_size=4), st.integers(0, 4))
def test_a_delivery_that_was_spoilt_is_read_or_unreadable(place: int, other: bytes, gone: int) -> None:
    spoilt = DELIVERY[:place] + other + DELIVERY[place + gone :]
    try:
        delivery = unpack_delivery(spoilt)
    except Unreadable:
        return
    assert all(type(e.body) is bytes for e in delivery.events)
    assert all(value is None or type(value) is bytes for value in delivery.entries.values())


@given(st.binary(max_size=40))
def test_bytes_are_read_or_unreadable(some: bytes) -> None:
    for read in (unpack_delivery, unpack_kept, unpack_entry):
        try:
            read(some)
        except Unreadable:
            continue


async def test_who_hears_an_event_and_what_is_to_be_done_with_it_arrive(line: Line) -> None:
    heard = await line.hear()
    sent = type(event())(only("x"), b"\x00\xff", answers=True, ends=True)
    assert await line.commit({}, {}, [sent, words("")]) == Numbered(3)
    await heard.reaches(3)
    assert heard.deliveries[0].events == (sent, words(""))


BAD_KEYS = [
    ("SET", "chatserver:{room}:line", "text"),
    ("HSET", "chatserver:{room}:line", "seq", "many"),
    ("HSET", "chatserver:{room}:line", "line", b"\xff"),
    ("HDEL", "chatserver:{room}:line", "guard"),
    ("SET", "chatserver:{room}:entries", "text"),
    ("HSET", "chatserver:{room}:entries", "core", "nothing"),
    ("HSET", "chatserver:{room}:entries", b"\xff", "1|"),
    ("SET", "chatserver:{room}:window", "text"),
    ("ZADD", "chatserver:{room}:window", 2, "text"),
    ("ZADD", "chatserver:{room}:window", 2, "2 3 0 0 0 text"),
    ("SET", "chatserver:{room}:ids", "text"),
    ("HSET", "chatserver:{room}:ids", "x.1", "many"),
    ("SET", "chatserver:{room}:idtimes", "text"),
]


@pytest.mark.parametrize("bad", BAD_KEYS, ids=lambda bad: f"{bad[1].rpartition(':')[2]}-{bad[0]}-{bad[-1]}")
async def test_what_no_worker_writes_is_unavailable(redis: RunningRedis, bench: Bench, bad: tuple[str | bytes | int, ...]) -> None:
    line = await Line(bench).open()
    await line.posted(words("1", "x.1"), "x.1")
    redis.call("DEL", bad[1]) if bad[0] == "SET" else None
    redis.call(*bad)
    refused = 0
    for call in (
        line.post(words("2", "x.2"), "x.1"),
        line.commit({"core": 1}, {"core": b"n"}, [event("r", kept=True, retracts="x.1")]),
        bench.backplane.since("room", "a.1", 1),
        bench.backplane.load("room"),
        bench.backplane.touch(["room"]),
    ):
        try:
            await call
        except BackplaneUnavailable:
            refused += 1
    assert refused
    other = await Line(bench, "other").open()
    assert await other.posted(event()) == 2
