"""The backplane's contract: what a room holds stays in its window beyond its time."""

from __future__ import annotations

import pytest

from chatserver.backplane.base import Kept, Missed, Numbered, OtherLine
from chatserver.backplane.window import Window
from tests.contract.backplanes import Bench, Heard, Line, event, words

MIB = 1 << 20
MINUTE = 60_000


async def beat_for(line: Line, ms: int) -> None:
    """Time in which the room is only touched."""
    for _ in range(ms // 10_000):
        await line.bench.advance(10_000)
        await line.bench.backplane.touch([line.room])


async def test_what_is_held_stays_and_all_else_goes_in_its_time(line: Line) -> None:
    await line.hold(7)
    await line.posted(words("3", "s.1", held=7), "s.1")
    await line.posted(words("a reply", "t.1"), "t.1")
    await line.posted(event("a reaction", kept=True))
    await line.posted(words("6", "s.2", held=7), "s.2")
    assert await line.bodies_since(1) == [b"3", b"a reply", b"a reaction", b"6"]
    await beat_for(line, 5 * MINUTE)
    assert await line.since(1) == Missed(6, False, tuple((await line.since(1)).events), floor=5)
    assert await line.kept_since(1) == [(3, b"3"), (6, b"6")]
    assert await line.kept_since(3) == [(6, b"6")]
    assert (await line.since(4)).complete is False, "the reaction has gone"
    assert (await line.since(5)).complete is True


async def test_where_nothing_else_was_said_nothing_is_missing(line: Line) -> None:
    await line.hold(7)
    await line.posted(words("3", "s.1", held=7), "s.1")
    await beat_for(line, 5 * MINUTE)
    assert (await line.since(2)).complete is True
    assert (await line.since(1)).complete is True
    await line.posted(words("4", "s.2", held=7), "s.2")
    assert await line.kept_since(1) == [(3, b"3"), (4, b"4")]


async def test_it_is_kept_as_it_was_delivered(line: Line) -> None:
    heard = await line.hear()
    await line.hold(7)
    await line.posted(words("3", "s.1", held=7), "s.1")
    await heard.reaches(3)
    await beat_for(line, 2 * MINUTE)
    (kept,) = (await line.since(1)).events
    delivery = heard.deliveries[-1]
    assert (kept.seq, kept.at, kept.event) == (3, delivery.at, delivery.events[0])
    assert kept.event == words("3", "s.1", held=7)


@pytest.mark.parametrize("then", [0, 8])
async def test_let_go_of_what_is_old_goes_at_once_and_the_rest_in_its_time(line: Line, then: int) -> None:
    await line.hold(7)
    await line.posted(words("old", "s.1", held=7), "s.1")
    await line.bench.advance(2 * MINUTE)
    await line.posted(words("older", "s.2", held=7), "s.2")
    await line.bench.advance(10_000)
    await line.posted(words("young", "s.3", held=7), "s.3")
    await line.bench.advance(10_000)
    assert await line.hold(then) == 6
    assert await line.kept_since(1) == [(4, b"older"), (5, b"young")]
    assert (await line.since(3)).complete is True
    assert (await line.since(2)).complete is False
    await line.bench.advance(40_000)
    assert await line.kept_since(1) == [(5, b"young")]
    await line.bench.advance(10_000)
    assert await line.since(1) == Missed(6, False, (), floor=5)


async def test_a_number_that_is_not_the_one_held_holds_nothing(line: Line) -> None:
    await line.posted(words("before", "s.1", held=7), "s.1")
    await line.hold(7)
    await line.posted(words("of another", "s.2", held=6), "s.2")
    await line.posted(event("no message", kept=True, held=7))
    await line.posted(words("held", "s.3", held=7), "s.3")
    await beat_for(line, MINUTE)
    assert await line.bodies_since(1) == [b"held"]
    await line.hold(8)
    await line.posted(words("late", "s.4", held=7), "s.4")
    assert await line.bodies_since(1) == [b"late"]
    await line.bench.advance(MINUTE)
    assert await line.bodies_since(1) == []


async def test_the_events_of_the_commit_that_begins_to_hold_are_held(line: Line) -> None:
    await line.hold(7, [words("2", "s.1", held=7), event("3")])
    await line.hold(8, [words("4", "s.2", held=7), words("5", "s.3", held=8)])
    await beat_for(line, 2 * MINUTE)
    assert await line.kept_since(1) == [(5, b"5")]


async def test_commits_that_say_nothing_of_it_change_nothing(line: Line) -> None:
    await line.hold(7)
    await line.posted(words("held", "s.1", held=7), "s.1")
    await line.commit({}, {"seat/x": b""}, [event()], narrows=True)
    await line.commit({"core": 9}, {}, [], holding=0)  # a conflict
    await line.commit({}, {}, [], holding=0, not_after=line.bench.now() - 10_000)
    assert await line.commit({}, {}, [], holding=0, line="x") == OtherLine("a.1")
    await line.hold(7)
    await beat_for(line, 2 * MINUTE)
    assert (await line.loaded()).holding == 7
    assert await line.bodies_since(1) == [b"held"]
    await line.hold(0)
    assert (await line.loaded()).holding == 0
    assert await line.bodies_since(1) == []


async def test_retracted_words_are_gone_from_it_however_old_they_are(line: Line) -> None:
    await line.hold(7)
    for n in range(3):
        await line.posted(words(str(n), f"s.{n}", held=7), f"s.{n}")
    await line.posted(event("r0", kept=True, retracts="s.0"))
    await beat_for(line, 5 * MINUTE)  # the ids of the messages are forgotten, too
    await line.posted(event("r1", kept=True, retracts="s.1"))
    assert await line.bodies_since(1) == [b"2", b"r1"]
    await line.commit({}, {}, [event("r2", kept=True, retracts="s.2"), event("r3", kept=True, retracts="s.3")])
    assert await line.bodies_since(1) == [b"r1", b"r2", b"r3"]


async def test_retracted_after_it_was_let_go_of(line: Line) -> None:
    await line.hold(7)
    await line.posted(words("0", "s.0", held=7), "s.0")
    await line.posted(words("1", "s.1", held=7), "s.1")
    await line.hold(0)
    await line.posted(event("r", kept=True, retracts="s.0"))
    assert await line.bodies_since(1) == [b"1", b"r"]


async def test_a_message_that_is_said_again_has_one_place(line: Line) -> None:
    await line.hold(7)
    await line.posted(words("said", "s.1", held=7), "s.1")
    await line.posted(words("between", "s.2", held=7), "s.2")
    await beat_for(line, 3 * MINUTE)
    await line.posted(words("said", "s.1", held=7), "s.1")  # its id is forgotten
    assert await line.kept_since(1) == [(4, b"between"), (5, b"said")]
    await line.posted(event("r", kept=True, retracts="s.1"))
    assert await line.kept_since(1) == [(4, b"between"), (6, b"r")]


async def test_one_mebibyte_ends_it(line: Line) -> None:
    body = "x" * (MIB // 4)
    await line.hold(7)
    for n in range(4):
        await line.posted(words(body, f"s.{n}", held=7), f"s.{n}")
    await beat_for(line, 2 * MINUTE)
    assert len((await line.since(1)).events) == 4, "a mebibyte is not too much"
    await line.posted(words("y", "s.5", held=7), "s.5")
    missed = await line.since(2)
    assert ([k.seq for k in missed.events], missed.floor) == ([4, 5, 6, 7], 3)


async def test_one_mebibyte_of_it_and_all_else_together_of_which_the_oldest_goes(line: Line) -> None:
    body = "x" * (MIB // 4)
    await line.hold(7)
    for n in range(3, 9):
        await line.posted(words(body, f"s.{n}", held=7 if n % 2 else 0), f"s.{n}")
    assert [k.seq for k in (await line.since(1)).events] == [5, 6, 7, 8]
    assert (await line.since(1)).floor == 4
    await line.posted(event("r", kept=True, retracts="s.5"))
    await line.posted(words(body, "s.10"), "s.10")
    assert [k.seq for k in (await line.since(1)).events] == [7, 8, 9, 10], "what was taken back takes no place"
    assert (await line.since(1)).floor == 6
    await line.bench.advance(MINUTE)
    assert [k.seq for k in (await line.since(1)).events] == [7]
    for n in range(11, 14):
        await line.posted(words(body, f"s.{n}", held=7), f"s.{n}")
    assert [k.seq for k in (await line.since(1)).events] == [7, 11, 12, 13], "what has gone takes none either"


@pytest.mark.parametrize("window_seconds", [0.0])
async def test_without_a_window_nothing_is_held(bench: Bench) -> None:
    line = await Line(bench).open()
    await line.hold(7, [words("2", "s.1", held=7)])
    await line.posted(words("3", "s.2", held=7), "s.2")
    assert await line.since(1) == Missed(3, False, (), floor=3)
    await line.hold(0)
    assert await line.since(3) == Missed(4, True, (), floor=3)


async def test_who_follows_the_deliveries_holds_the_same(line: Line) -> None:
    heard = await line.hear()
    await line.hold(7)
    await line.posted(words("old", "s.1", held=7), "s.1")
    await line.bench.advance(2 * MINUTE)
    await line.posted(words("young", "s.2", held=7), "s.2")
    await line.commit({}, {}, [event("fact")], narrows=True)
    await line.posted(words("held", "s.3", held=7), "s.3", guard=5)
    await heard.reaches(6)
    held, _ = followed(heard)
    assert held.after(0) == (await line.since(0)).events
    await line.hold(8, [words("next", "t.1", held=8)])
    await heard.reaches(7)
    window, holding = followed(heard)
    missed = await line.since(0)
    assert (window.after(0), window.floor, window.holding) == (missed.events, missed.floor, 8)
    assert holding == [7, None, None, None, None, 8]


def followed(heard: Heard) -> tuple[Window, list[int | None]]:
    """A worker's window, and what each delivery said of holding."""
    window = Window(MINUTE, floor=1)
    for delivery in heard.deliveries:
        if delivery.holding is not None:
            window.hold(delivery.holding, delivery.at)
        for n, each in enumerate(delivery.events):
            window.add(Kept(delivery.seq - len(delivery.events) + 1 + n, delivery.at, each))
    return window, [delivery.holding for delivery in heard.deliveries]


async def test_nothing_of_it_is_in_the_next_room_of_that_name(line: Line) -> None:
    await line.hold(7)
    await line.posted(words("held", "s.1", held=7), "s.1")
    assert await line.bench.backplane.erase("room", "a.1", event()) == Numbered(4)
    again = await Line(line.bench, line="b.1").open()
    assert (await again.loaded()).holding == 0
    await again.hold(7)
    assert await again.bodies_since(0) == []
