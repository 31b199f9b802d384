"""The backplane's contract: what becomes of a room that was lost, as each worker brings what it holds."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from chatserver.backplane.base import (
    BEAT_MS,
    MESSAGE_IDS_MS,
    SETTLING_MS,
    SETTLING_NUMBERS,
    AtMost,
    Conflict,
    Event,
    Held,
    Kept,
    Loaded,
    Missed,
    Numbered,
    OtherLine,
    Position,
    Repeated,
    Settling,
    Stale,
)
from chatserver.backplane.union import next_line
from tests.contract.backplanes import BACKPLANES, Bench, Line, event, pair, words

NEXT = "a.2-x"


def held(
    seq: int,
    line: str = "a.1",
    *,
    said: Mapping[int, Event] | None = None,
    at: int = 0,
    floor: int = 1,
    entries: Mapping[str, tuple[int, bytes]] | None = None,
    guard: int = 1,
    ids: Mapping[str, int] | None = None,
    before: Mapping[str, int] | None = None,
    holding: int = 0,
) -> Held:
    window = tuple(Kept(n, at, e) for n, e in sorted((said or {}).items()))
    return Held(line, seq, guard, entries or {"core": (1, b"c")}, window, floor, ids or {}, before or {}, holding)


class Lost:
    """A room on a bench that has lost it, and what the workers bring."""

    def __init__(self, bench: Bench, room: str = "room") -> None:
        self.bench = bench
        self.room = room

    async def restore(self, brought: Held, line: str = NEXT) -> Settling | OtherLine:
        return await self.bench.backplane.restore(self.room, line, brought)

    async def brings(self, brought: Held, line: str = NEXT) -> None:
        result = await self.restore(brought, line)
        assert isinstance(result, Settling), result
        assert 0 < result.wait_ms <= SETTLING_MS

    async def settled(self, line: str = NEXT) -> Line:
        await self.bench.advance(SETTLING_MS)
        return Line(self.bench, self.room, line)


@pytest.fixture
def lost(bench: Bench) -> Lost:
    return Lost(bench)


async def test_what_one_worker_held_goes_on_as_a_new_line(lost: Lost) -> None:
    entries = {"core": (1, b"c"), "seat/x": (7, b"s")}
    now = lost.bench.now()
    await lost.brings(held(9, said={8: words("hello", "x.1")}, at=now, entries=entries, guard=7, floor=3, ids={"x.1": 8}))
    line = await lost.settled()
    assert await line.loaded() == Loaded(NEXT, 9 + SETTLING_NUMBERS, 7, entries, {"x.1": 8}, {"a.1": 9})
    assert await line.since(3) == Missed(9 + SETTLING_NUMBERS, True, (Kept(8, now, words("hello", "x.1")),), floor=3)
    assert (await line.since(2)).complete is False
    assert await line.post(words("on", "x.2"), "x.2", guard=7) == Numbered(10 + SETTLING_NUMBERS)
    assert await line.post(words("hello", "x.1"), "x.1", guard=7) == Repeated(8)
    assert await line.post(event(), guard=1) == Stale(7)
    assert await line.commit({"seat/x": 7}, {"seat/x": None}) == Numbered(11 + SETTLING_NUMBERS)
    assert await line.commit({"seat/x": 7}, {"seat/x": None}) == Conflict(11 + SETTLING_NUMBERS)


async def test_while_it_settles_it_takes_nothing(lost: Lost) -> None:
    await lost.brings(held(9))
    await lost.bench.advance(SETTLING_MS - 100)
    for name in (NEXT, "a.1"):
        line = Line(lost.bench, line=name)
        results = [
            await line.commit(),
            await line.post(event()),
            await lost.bench.backplane.load("room"),
            await lost.bench.backplane.since("room", name, 1),
        ]
        for result in results:
            assert isinstance(result, Settling)
            assert 0 < result.wait_ms <= 100
    assert await lost.bench.backplane.open("room", "a.9", {}) is False
    positions = await lost.bench.backplane.touch(["room"])
    assert (positions["room"].line, positions["room"].strange) == (NEXT, False)
    assert 0 < positions["room"].wait_ms <= 100


async def test_who_comes_later_does_not_make_it_longer(lost: Lost) -> None:
    await lost.brings(held(9))
    await lost.bench.advance(SETTLING_MS - 100)
    result = await lost.restore(held(10))
    assert isinstance(result, Settling)
    assert 0 < result.wait_ms <= 100
    await lost.bench.advance(100)
    assert await Line(lost.bench, line=NEXT).seq() == 10 + SETTLING_NUMBERS


@pytest.mark.parametrize("order", [(0, 1, 2), (2, 1, 0), (1, 2, 0)])
async def test_the_facts_of_the_highest_seq_win(lost: Lost, order: Sequence[int]) -> None:
    brought = [
        held(4, entries={"core": (1, b"c"), "seat/x": (4, b"old")}, guard=2),
        held(9, entries={"core": (8, b"new"), "seat/x": (7, b"s"), "seat/y": (9, b"y")}, guard=8),
        held(6, entries={"core": (1, b"c"), "seat/x": (4, b"old"), "seat/gone": (6, b"g")}, guard=3),
    ]
    for n in order:
        await lost.brings(brought[n], f"a.2-{n}")
    loaded = await (await lost.settled(f"a.2-{order[0]}")).loaded()
    assert loaded == Loaded(f"a.2-{order[0]}", 9 + SETTLING_NUMBERS, 8, brought[1].entries, {}, {"a.1": 9})


@pytest.mark.parametrize("first", [0, 1])
async def test_windows_and_ids_are_united(lost: Lost, first: int) -> None:
    now = lost.bench.now()
    brought = [
        held(5, said={3: words("three", "x.3"), 5: words("five", "x.5")}, at=now, floor=2, ids={"x.3": 3, "x.5": 5}),
        held(7, said={5: words("five", "x.5"), 7: words("seven", "y.7")}, at=now, floor=4, ids={"x.5": 5, "y.7": 7}),
    ]
    await lost.brings(brought[first])
    await lost.brings(brought[1 - first])
    line = await lost.settled()
    assert await line.kept_since(2) == [(3, b"three"), (5, b"five"), (7, b"seven")]
    assert (await line.since(2)).complete is True
    assert (await line.since(1)).complete is False
    assert (await line.loaded()).message_ids == {"x.3": 3, "x.5": 5, "y.7": 7}


@pytest.mark.parametrize("first", [0, 1])
async def test_a_hole_between_two_windows_is_told(lost: Lost, first: int) -> None:
    now = lost.bench.now()
    brought = [held(4, said={4: words("4")}, at=now, floor=2), held(9, said={9: words("9")}, at=now, floor=8)]
    await lost.brings(brought[first])
    await lost.brings(brought[1 - first])
    missed = await (await lost.settled()).since(4)
    assert (missed.complete, missed.floor) == (False, 8)


@pytest.mark.parametrize("first", [0, 1])
async def test_what_anybody_knows_to_be_retracted_is_gone(lost: Lost, first: int) -> None:
    now = lost.bench.now()
    brought = [
        held(5, said={3: words("ugly", "x.3"), 4: words("fine", "x.4")}, at=now),
        held(6, said={4: words("fine", "x.4"), 6: event("retracted", kept=True, retracts="x.3")}, at=now),
    ]
    await lost.brings(brought[first])
    await lost.brings(brought[1 - first])
    assert await (await lost.settled()).kept_since(1) == [(4, b"fine"), (6, b"retracted")]


async def test_what_is_said_after_it_can_be_taken_back(lost: Lost) -> None:
    now = lost.bench.now()
    await lost.brings(held(5, said={3: words("ugly", "x.3"), 4: words("fine", "x.4")}, at=now))
    line = await lost.settled()
    await line.posted(event("retracted", kept=True, retracts="x.3"))
    assert await line.bodies_since(1) == [b"fine", b"retracted"]


async def test_what_was_held_too_long_does_not_come_back(lost: Lost) -> None:
    now = lost.bench.now()
    await lost.brings(held(5, said={3: words("old")}, at=now - 59_500))
    line = await lost.settled()
    assert await line.since(1) == Missed(5 + SETTLING_NUMBERS, False, (), floor=3)
    assert (await line.since(3)).complete is True


async def test_what_the_room_holds_comes_back_however_old_it_is(lost: Lost) -> None:
    said = {3: words("held", "x.3", held=2), 4: words("reply", "y.4"), 5: words("of another", "x.5", held=1)}
    await lost.brings(held(5, said=said, at=lost.bench.now() - 300_000, holding=2))
    line = await lost.settled()
    assert (await line.loaded()).holding == 2
    assert await line.since(2) == Missed(5 + SETTLING_NUMBERS, False, tuple((await line.since(0)).events), floor=5)
    assert await line.kept_since(1) == [(3, b"held")]
    await line.posted(words("on", "x.6", held=2), "x.6")
    await lost.bench.advance(120_000)
    assert await line.bodies_since(1) == [b"held", b"on"]
    await line.posted(event("r", kept=True, retracts="x.3"))
    assert await line.bodies_since(1) == [b"on", b"r"]
    await line.hold(3)
    assert await line.bodies_since(1) == [b"r"]


@pytest.mark.parametrize("first", [0, 1])
@pytest.mark.parametrize(("later", "left"), [(0, []), (2, [b"three", b"five"]), (3, [b"seven"])])
async def test_what_the_highest_seq_holds_is_held(lost: Lost, first: int, later: int, left: list[bytes]) -> None:
    old = lost.bench.now() - 300_000
    brought = [
        held(5, said={3: words("three", "x.3", held=2), 5: words("five", "x.5", held=2)}, at=old, holding=2),
        held(8, said={5: words("five", "x.5", held=2), 7: words("seven", "y.7", held=3)}, at=old, holding=later),
    ]
    await lost.brings(brought[first])
    await lost.brings(brought[1 - first])
    line = await lost.settled()
    assert (await line.loaded()).holding == later
    assert await line.bodies_since(0) == left


@pytest.mark.parametrize("first", [0, 1])
async def test_held_words_that_anybody_knows_to_be_retracted_are_gone(lost: Lost, first: int) -> None:
    now = lost.bench.now()
    brought = [
        held(5, said={3: words("ugly", "x.3", held=2), 4: words("fine", "x.4", held=2)}, at=now, holding=2),
        held(6, said={6: event("retracted", kept=True, retracts="x.3")}, at=now, holding=2),
    ]
    await lost.brings(brought[first])
    await lost.brings(brought[1 - first])
    line = await lost.settled()
    await lost.bench.advance(120_000)
    assert await line.bodies_since(0) == [b"fine"]


@pytest.mark.parametrize("window_seconds", [0.0])
async def test_without_a_window_nothing_is_held_when_it_has_come_back(lost: Lost) -> None:
    await lost.brings(held(5, said={3: words("held", "x.3", held=2)}, at=lost.bench.now(), holding=2))
    assert (await (await lost.settled()).since(0)).events == ()


async def test_a_room_that_is_behind_brings_what_it_holds(line: Line) -> None:
    await line.hold(2)
    await line.posted(words("3", "x.3", held=2), "x.3")
    await line.bench.advance(300_000)
    await line.bench.backplane.touch(["room"])
    lost = Lost(line.bench)
    await lost.brings(held(5, said={5: words("5", "x.5", held=2)}, at=line.bench.now(), floor=4, holding=2))
    after = await lost.settled()
    assert await after.kept_since(0) == [(3, b"3"), (5, b"5")]
    await after.hold(0)
    assert await after.kept_since(0) == [(5, b"5")]


async def test_ids_are_known_for_their_time_again(lost: Lost) -> None:
    await lost.brings(held(5, ids={"x.1": 4}))
    line = await lost.settled()
    assert (await line.loaded()).message_ids == {"x.1": 4}
    await lost.bench.advance(MESSAGE_IDS_MS - 1_000)
    assert await line.post(event(), "x.1") == Repeated(4)
    await lost.bench.advance(2_000)
    assert await line.post(event(), "x.1") == Numbered(6 + SETTLING_NUMBERS)


async def test_places_are_counted_in_what_was_brought(lost: Lost) -> None:
    await lost.brings(held(5, entries={"core": (1, b"c"), "seat/1": (2, b""), "seat/2": (3, b""), "seat/3": (4, b"")}))
    await lost.brings(held(6, entries={"core": (1, b"c"), "seat/1": (2, b""), "seat/2": (3, b"")}))
    line = await lost.settled()
    assert await line.commit({}, {"seat/9": b""}, at_most=AtMost("seat/", 3)) == Numbered(7 + SETTLING_NUMBERS)
    assert await line.commit({}, {"seat/8": b""}, at_most=AtMost("seat/", 3)) == Conflict(7 + SETTLING_NUMBERS, full=True)


async def test_who_comes_when_it_has_settled_is_told_to_load(lost: Lost) -> None:
    await lost.brings(held(9))
    line = await lost.settled()
    assert await lost.restore(held(20), "a.2-y") == OtherLine(NEXT)
    assert await line.seq() == 9 + SETTLING_NUMBERS


async def test_a_higher_line_begins_the_settling_again_with_its_own(lost: Lost) -> None:
    await lost.brings(held(50, said={3: words("of a.1")}, at=lost.bench.now(), ids={"x.1": 3}))
    await lost.bench.advance(SETTLING_MS - 100)
    await lost.brings(held(9, "a.3-q", entries={"core": (8, b"later")}), "a.4-x")
    assert await lost.restore(held(51)) == OtherLine("a.4-x")
    await lost.bench.advance(SETTLING_MS - 100)
    await lost.brings(held(10, "a.3-q", entries={"core": (8, b"latest")}), "a.4-y")
    line = await lost.settled("a.4-x")
    assert await line.loaded() == Loaded("a.4-x", 10 + SETTLING_NUMBERS, 1, {"core": (8, b"latest")}, {}, {"a.3-q": 10})
    assert await line.bodies_since(1) == []


async def test_a_higher_line_wins_over_one_that_runs(bench: Bench) -> None:
    await Line(bench).open()
    await Lost(bench).brings(held(9, "a.3-q"), "a.4-x")
    assert await (await Lost(bench).settled("a.4-x")).seq() == 9 + SETTLING_NUMBERS


async def test_a_room_that_is_behind_is_one_of_those_that_are_united(line: Line) -> None:
    await line.posted(words("2", "x.2"), "x.2")
    brought = held(
        4, said={4: words("4", "x.4")}, at=line.bench.now(), floor=3, ids={"x.4": 4}, entries={"core": (3, b"later")}, before={"a.0": 7}
    )
    lost = Lost(line.bench)
    await lost.brings(brought)
    after = await lost.settled()
    expected = Loaded(NEXT, 4 + SETTLING_NUMBERS, 1, {"core": (3, b"later")}, {"x.2": 2, "x.4": 4}, {"a.1": 4, "a.0": 7})
    assert await after.loaded() == expected
    assert await after.kept_since(1) == [(2, b"2"), (4, b"4")]
    assert (await after.since(1)).complete is False, "what was 3 nobody has"


async def test_a_room_that_is_not_behind_is_loaded(line: Line) -> None:
    await line.posted(words("2"))
    assert await Lost(line.bench).restore(held(2)) == OtherLine("a.1")
    assert await Lost(line.bench).restore(held(1)) == OtherLine("a.1")
    assert await line.seq() == 2


async def test_each_line_knows_those_before_it(lost: Lost) -> None:
    await lost.brings(held(9))
    second = await lost.settled()
    await second.posted(event())
    loaded = await second.loaded()
    await lost.bench.backplane.erase("room", NEXT, event())
    await lost.brings(held(loaded.seq, NEXT, before=loaded.before), "a.3-y")
    assert (await (await lost.settled("a.3-y")).loaded()).before == {"a.1": 9, NEXT: 10 + SETTLING_NUMBERS}


async def test_erased_while_it_settles(lost: Lost) -> None:
    heard = await Line(lost.bench).hear()
    await lost.brings(held(9))
    assert await lost.bench.backplane.erase("room", "a.1", event()) == OtherLine(NEXT)
    result = await lost.bench.backplane.erase("room", NEXT, event("end"))
    assert isinstance(result, Numbered)
    await heard.reaches(result.seq)
    assert heard.deliveries[-1].erased
    assert await lost.bench.backplane.load("room") is None
    assert await lost.bench.backplane.touch(["room"]) == {}


async def test_where_rooms_stand(bench: Bench) -> None:
    await Line(bench, "one").open()
    await Line(bench, "two", "b.1").open()
    await Line(bench, "two", "b.1").posted(event())
    expected = {"one": Position("a.1", 1), "two": Position("b.1", 2)}
    assert await bench.backplane.touch(["one", "none", "two"]) == expected
    assert await bench.backplane.touch([]) == {}


async def test_words_go_on_time_while_a_room_is_only_touched(line: Line) -> None:
    await line.posted(words("2"))
    await line.bench.advance(60_000)
    await line.bench.backplane.touch(["room"])
    assert await line.since(1) == Missed(2, False, (), floor=2)


async def test_who_beats_lives(bench: Bench) -> None:
    backplane = bench.backplane
    await backplane.beat("one")
    await backplane.beat("two")
    await bench.advance(2 * BEAT_MS)
    assert await backplane.beat("one") == frozenset({"one", "two"})


# --- the same as in memory, whatever is brought

SEQS = st.integers(1, 8)
MESSAGES = st.sampled_from(["x.1", "x.2", "y.1", "y.2"])
NUMBERS = st.integers(0, 2)
EVENTS = st.one_of(
    st.builds(words, st.sampled_from("abc"), st.one_of(st.none(), MESSAGES), NUMBERS),
    st.builds(lambda message: event("r", kept=True, retracts=message), MESSAGES),
)
LINES = st.sampled_from(["a.1", "a.1", "a.1", "a.2-m", "a.3-n"])
KEYS = st.sampled_from(["core", "seat/1", "seat/2", "name/1"])


def _not_taken_back(said: dict[int, Event]) -> dict[int, Event]:
    """No worker holds words and their retraction."""
    retracted = {e.retracts for e in said.values()} - {None}
    return {n: e for n, e in said.items() if e.message not in retracted}


BROUGHT = st.builds(
    lambda seq, line, said, floor, entries, guard, ids, before, age, holding: held(
        seq,
        line,
        said=_not_taken_back({n: e for n, e in said.items() if floor < n <= seq}),
        at=-age,
        floor=min(floor, seq),
        entries={key: (min(n, seq), value) for key, (n, value) in entries.items()},
        guard=min(guard, seq),
        ids={message: min(n, seq) for message, n in ids.items()},
        before=before,
        holding=holding,
    ),
    SEQS,
    LINES,
    st.dictionaries(SEQS, EVENTS),
    SEQS,
    st.dictionaries(KEYS, st.tuples(SEQS, st.binary(max_size=2))),
    SEQS,
    st.dictionaries(MESSAGES, SEQS),
    st.dictionaries(st.sampled_from(["a.0", "a.00"]), SEQS),
    st.sampled_from([0, 30_000, 58_700, 61_000]),
    NUMBERS,
)
RESTORES = st.tuples(
    st.integers(0, 3),  # what was said in the room before, where it is still there
    NUMBERS,  # and what it held
    st.lists(st.tuples(BROUGHT, st.sampled_from([0, 400, SETTLING_MS])), min_size=1, max_size=5),
    st.lists(st.tuples(EVENTS, st.booleans())),
    st.sampled_from([0, 30_000, 70_000]),
    st.one_of(st.none(), NUMBERS),  # what it holds in the end
)
Story = tuple[int, int, list[tuple[Held, int]], list[tuple[Event, bool]], int, int | None]


async def _story(make_name: str, story: Story) -> list[object]:
    """All that can be seen while a room is brought back and goes on, without times."""
    there, holding, brought, posts, later, finally_ = story
    seen: list[object] = []
    async with BACKPLANES[make_name](60.0) as bench:
        lost = Lost(bench)
        if there:
            line = await Line(bench).open()
            await line.hold(holding)
            for n in range(there - 1):
                await line.posted(words(str(n), f"x.{n}", held=holding), f"x.{n}")
        start = bench.now()
        for n, (each, wait) in enumerate(brought):
            window = tuple(Kept(k.seq, start + k.at, k.event) for k in each.window)
            mine = Held(each.line, each.seq, each.guard, each.entries, window, each.floor, each.message_ids, each.before, each.holding)
            result = await lost.restore(mine, next_line(each.line, str(n)))
            seen.append(type(result) if isinstance(result, Settling) else result)
            await bench.advance(wait)
        await bench.advance(SETTLING_MS)
        await _look(lost, seen)
        loaded = await bench.backplane.load("room")
        assert isinstance(loaded, Loaded)
        line = Line(bench, line=loaded.line)
        for said, named in posts:
            seen.append(await line.post(said, said.message if named else None, guard=loaded.guard))
        await bench.advance(later)
        await _look(lost, seen)
        seen.append(await line.commit(holding=finally_))
        await _look(lost, seen)
    return seen


async def _look(lost: Lost, seen: list[object]) -> None:
    loaded = await lost.bench.backplane.load("room")
    assert isinstance(loaded, Loaded)
    seen.append(loaded)
    for seq in range(loaded.seq + 1):
        missed = await lost.bench.backplane.since("room", loaded.line, seq)
        assert isinstance(missed, Missed)
        seen.append((missed.upto, missed.complete, missed.floor, [pair(kept) for kept in missed.events]))


@pytest.mark.parametrize("name", [name for name in BACKPLANES if name != "memory"])
def test_any_room_is_brought_back_as_it_is_in_memory(name: str) -> None:
    @settings(max_examples=200, deadline=None, phases=[Phase.generate])  # to shrink takes longer than a test may
    @given(RESTORES)
    def check(story: Story) -> None:
        assert asyncio.run(_story(name, story)) == asyncio.run(_story("memory", story))

    check()
