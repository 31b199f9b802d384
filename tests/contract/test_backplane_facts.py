"""The backplane's contract: opening, facts, and what is read back."""

from __future__ import annotations

import pytest

from chatserver.backplane.base import AtMost, Conflict, Late, Loaded, Numbered, OtherLine
from tests.contract.backplanes import Bench, Line, event


async def test_a_room_that_is_not_there(bench: Bench) -> None:
    absent = Line(bench)
    assert await bench.backplane.load("room") is None
    assert await absent.commit() == OtherLine(None)
    assert await absent.post(event()) == OtherLine(None)
    assert await bench.backplane.since("room", "a.1", 0) == OtherLine(None)
    assert await bench.backplane.erase("room", "a.1", event()) == OtherLine(None)


async def test_opening_begins_at_one(bench: Bench) -> None:
    await Line(bench).open({"core": b"c", "seat/x": b"s"})
    assert await bench.backplane.load("room") == Loaded("a.1", 1, 1, {"core": (1, b"c"), "seat/x": (1, b"s")}, {})


async def test_a_room_is_opened_once(bench: Bench) -> None:
    await Line(bench).open({"core": b"first"})
    assert await bench.backplane.open("room", "a.2", {"core": b"second"}) is False
    loaded = await Line(bench).loaded()
    assert (loaded.line, loaded.entries) == ("a.1", {"core": (1, b"first")})


async def test_rooms_have_nothing_in_common(bench: Bench) -> None:
    one, two = await Line(bench, "one").open(), await Line(bench, "two").open()
    heard = await two.hear()
    await one.commit({}, {"seat/x": b"s"}, [event()])
    assert await one.seq() == 2
    assert await two.commit() == Numbered(2)
    await heard.reaches(2)
    assert heard.seqs == [2]
    assert "seat/x" not in await two.entries()


async def test_a_commit_is_taken_where_its_entries_are_as_expected(line: Line) -> None:
    assert await line.commit({"core": 1, "seat/x": 0}, {"seat/x": b"1"}, [event()]) == Numbered(2)
    assert await line.commit({"core": 1, "seat/x": 2}, {"seat/x": b"2"}, [event()]) == Numbered(3)
    assert await line.entries() == {"core": (1, b"c"), "seat/x": (3, b"2")}


@pytest.mark.parametrize("expected", [{"seat/x": 1}, {"core": 0}, {"core": 2}, {"core": 1, "seat/y": 9}])
async def test_a_commit_conflicts_where_one_entry_is_not_as_expected(line: Line, expected: dict[str, int]) -> None:
    assert await line.commit(expected, {"name/a": b"x"}, [event()]) == Conflict(1)
    assert await line.entries() == {"core": (1, b"c")}
    assert await line.seq() == 1


async def test_a_stale_entry_conflicts_and_says_how_far_to_come(line: Line) -> None:
    await line.commit({"core": 1}, {"core": b"newer"}, [event()])
    await line.posted(event())
    assert await line.commit({"core": 1}, {"core": b"mine"}, [event()]) == Conflict(3)


async def test_an_entry_that_is_only_read_can_conflict(line: Line) -> None:
    await line.commit({}, {"seat/host": b"h"}, [])
    await line.commit({"seat/host": 2}, {"seat/host": None}, [])
    assert await line.commit({"seat/host": 2}, {"seat/x": b"muted"}, []) == Conflict(3)
    assert "seat/x" not in await line.entries()


async def test_a_deleted_entry_is_absent(line: Line) -> None:
    await line.commit({"seat/x": 0}, {"seat/x": b"1"}, [event()])
    assert await line.commit({"seat/x": 2}, {"seat/x": None}, [event()]) == Numbered(3)
    assert await line.entries() == {"core": (1, b"c")}
    assert await line.commit({"seat/x": 0}, {"seat/x": b"again"}, [event()]) == Numbered(4)


async def test_commits_of_different_entries_do_not_collide(line: Line) -> None:
    assert await line.commit({"core": 1, "seat/x": 0}, {"seat/x": b"x"}, [event()]) == Numbered(2)
    assert await line.commit({"core": 1, "seat/y": 0}, {"seat/y": b"y"}, [event()]) == Numbered(3)


async def test_several_events_are_numbered_in_order(line: Line) -> None:
    heard = await line.hear()
    events = [event("1"), event("2"), event("3")]
    assert await line.commit({}, {"seat/x": b"x", "core": None}, events) == Numbered(4)
    await heard.reaches(4)
    (delivery,) = heard.deliveries
    assert delivery.events == tuple(events)
    assert (delivery.line, delivery.seq, delivery.narrows, delivery.erased) == ("a.1", 4, False, False)
    assert dict(delivery.entries) == {"seat/x": b"x", "core": None}
    assert await line.entries() == {"seat/x": (4, b"x")}


async def test_a_commit_without_events_takes_one_number(line: Line) -> None:
    heard = await line.hear()
    assert await line.commit({}, {"seat/x": b"x"}) == Numbered(2)
    assert await line.posted(event()) == 3
    await heard.reaches(3)
    assert [(d.seq, len(d.events)) for d in heard.deliveries] == [(2, 0), (3, 1)]


async def test_the_store_stamps_the_time(line: Line) -> None:
    heard = await line.hear()
    before = line.bench.now()
    await line.commit({}, {}, [event()])
    await line.bench.advance(5_000)
    await line.posted(event())
    await heard.reaches(3)
    first, second = heard.deliveries
    assert before <= first.at <= before + 2_000
    assert 4_900 <= second.at - first.at <= 7_000


async def test_not_after(line: Line) -> None:
    now = line.bench.now()
    await line.bench.advance(10_000)
    assert await line.commit({}, {"seat/x": b"x"}, [event()], not_after=now + 2_000) == Late()
    assert await line.seq() == 1
    assert await line.commit({}, {}, [event()], not_after=now + 20_000) == Numbered(2)


async def test_another_line(line: Line) -> None:
    assert await line.commit({}, {"seat/x": b"x"}, [event()], line="a.2") == OtherLine("a.1")
    assert await line.post(event(), line="b.1") == OtherLine("a.1")
    assert await line.bench.backplane.since("room", "a.2", 0) == OtherLine("a.1")
    assert await line.bench.backplane.erase("room", "a.2", event()) == OtherLine("a.1")
    assert await line.seq() == 1


async def test_a_fact_that_narrows_is_the_guard(line: Line) -> None:
    heard = await line.hear()
    assert await line.commit({}, {}, [event(), event()], narrows=True) == Numbered(3)
    await line.commit({}, {}, [event()])
    await heard.reaches(4)
    assert [d.narrows for d in heard.deliveries] == [True, False]
    loaded = await line.loaded()
    assert (loaded.guard, loaded.seq) == (3, 4)


SEATS = AtMost("seat/", 2)


async def test_no_more_than_there_is_place_for(line: Line) -> None:
    assert await line.commit({}, {"seat/1": b"", "seat/2": b""}, [event()], at_most=SEATS) == Numbered(2)
    assert await line.commit({}, {"seat/3": b"", "name/3": b""}, [event()], at_most=SEATS) == Conflict(2, full=True)
    assert sorted(await line.entries()) == ["core", "seat/1", "seat/2"]


async def test_other_prefixes_take_no_place(line: Line) -> None:
    entries: dict[str, bytes | None] = {f"name/{n}": b"" for n in range(9)}
    assert await line.commit({}, entries | {"seat/1": b""}, [event()], at_most=SEATS) == Numbered(2)


async def test_who_leaves_in_the_same_commit_makes_place(line: Line) -> None:
    await line.commit({}, {"seat/1": b"", "seat/2": b""}, [event()])
    assert await line.commit({}, {"seat/1": None, "seat/3": b""}, [event()], at_most=SEATS) == Numbered(3)
    assert sorted(await line.entries()) == ["core", "seat/2", "seat/3"]


async def test_a_commit_that_adds_none_is_taken_where_there_are_too_many(line: Line) -> None:
    await line.commit({}, {"seat/1": b"", "seat/2": b"", "seat/3": b""}, [event()])
    assert await line.commit({}, {"seat/1": b"changed"}, [event()], at_most=SEATS) == Numbered(3)


async def test_a_stale_entry_is_looked_at_before_the_place(line: Line) -> None:
    await line.commit({}, {"seat/1": b"", "seat/2": b""}, [event()])
    assert await line.commit({"core": 9}, {"seat/3": b""}, [event()], at_most=SEATS) == Conflict(2)
