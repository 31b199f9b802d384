"""The backplane's contract: the window."""

from __future__ import annotations

import pytest

from chatserver.backplane.base import Missed
from tests.contract.backplanes import Bench, Line, event, words

MIB = 1 << 20


async def test_what_was_kept_after_a_seq(line: Line) -> None:
    for n in (2, 3, 4):
        assert await line.posted(words(str(n))) == n
    assert await line.kept_since(1) == [(2, b"2"), (3, b"3"), (4, b"4")]
    assert await line.kept_since(3) == [(4, b"4")]
    assert await line.since(4) == Missed(4, True, (), floor=1)


async def test_kept_as_it_was_delivered(line: Line) -> None:
    heard = await line.hear()
    await line.posted(words("1", "s.1"), "s.1")
    await line.commit({}, {}, [event("fact"), words("2")])
    await heard.reaches(4)
    delivered = [(d.seq, d.at, d.events[-1]) for d in heard.deliveries]
    assert [(k.seq, k.at, k.event) for k in (await line.since(1)).events] == delivered


async def test_presence_is_not_in_it(line: Line) -> None:
    await line.commit({}, {"seat/x": b""}, [event("presence")])
    await line.posted(event("help for now only"))
    assert await line.since(1) == Missed(3, True, (), floor=1)


async def test_each_event_of_a_commit_has_its_own_number_there(line: Line) -> None:
    await line.commit({}, {}, [words("2"), event("3"), words("4")])
    assert await line.kept_since(1) == [(2, b"2"), (4, b"4")]
    assert await line.kept_since(2) == [(4, b"4")]


async def test_retracted_words_are_gone_from_it(line: Line) -> None:
    await line.posted(words("mine", "s.1"), "s.1")
    await line.posted(words("theirs", "t.1"), "t.1")
    await line.posted(event("retracted", kept=True, retracts="s.1"))
    missed = await line.since(1)
    assert [k.event.body for k in missed.events] == [b"theirs", b"retracted"]
    assert missed.complete, "nothing that may be had is missing"


async def test_words_retracted_by_a_commit_are_gone_too(line: Line) -> None:
    await line.posted(words("ugly", "s.1"), "s.1")
    await line.posted(words("worse", "s.2"), "s.2")
    await line.commit({}, {}, [event("r1", kept=True, retracts="s.1"), event("r2", kept=True, retracts="s.2")])
    assert await line.bodies_since(1) == [b"r1", b"r2"]


async def test_retracted_is_not_said_again(line: Line) -> None:
    """The id outlives the words."""
    await line.posted(words("ugly", "s.1"), "s.1")
    await line.posted(event("retracted", kept=True, retracts="s.1"))
    await line.post(words("ugly", "s.1"), "s.1")
    assert await line.bodies_since(1) == [b"retracted"]


async def test_a_seq_from_before_the_room_or_after_now_is_not_complete(line: Line) -> None:
    await line.posted(words("1"))
    assert (await line.since(0)).complete is False
    assert (await line.since(1)).complete is True
    assert (await line.since(99)) == Missed(2, False, (), floor=1)


async def test_time_ends_it_in_a_quiet_room_too(line: Line) -> None:
    await line.posted(words("1"))
    await line.bench.advance(40_000)
    await line.posted(words("2"))
    await line.bench.advance(15_000)
    assert await line.bodies_since(1) == [b"1", b"2"]
    await line.bench.advance(10_000)  # nobody posts
    assert await line.since(1) == Missed(3, False, tuple((await line.since(2)).events), floor=2)
    assert await line.kept_since(2) == [(3, b"2")]
    assert (await line.since(2)).complete is True
    await line.bench.advance(60_000)
    assert await line.since(2) == Missed(3, False, (), floor=3)
    assert (await line.since(3)).complete is True


async def test_one_mebibyte_ends_it(line: Line) -> None:
    body = "x" * (MIB // 4)
    for _ in range(4):
        await line.posted(words(body))
    assert len((await line.since(1)).events) == 4, "a mebibyte is not too much"
    await line.posted(words("y"))
    missed = await line.since(1)
    assert [k.seq for k in missed.events] == [3, 4, 5, 6]
    assert missed.complete is False
    assert (await line.since(2)).complete is True


async def test_retracted_words_take_no_place(line: Line) -> None:
    body = "x" * (MIB // 4)
    for n in range(4):
        await line.posted(words(body, f"s.{n}"), f"s.{n}")
    await line.commit({}, {}, [event("r", kept=True, retracts=f"s.{n}") for n in range(4)])
    for _ in range(3):
        await line.posted(words(body))
    assert len((await line.since(5)).events) == 7


@pytest.mark.parametrize("window_seconds", [0.0])
async def test_without_a_window_nothing_is_kept(bench: Bench) -> None:
    line = await Line(bench).open()
    await line.posted(words("1", "s.1"), "s.1")
    assert await line.since(1) == Missed(2, False, (), floor=2)
    assert (await line.since(2)).complete is True
    await line.commit({}, {}, [event("presence")])
    assert (await line.since(2)).complete is True, "presence is not missed"
    loaded = await Line(bench).loaded()
    assert dict(loaded.message_ids) == {"s.1": 2}, "ids are known all the same"
