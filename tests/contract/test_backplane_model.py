"""Random interleavings of calls, held against a model simple enough to be believed."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from hypothesis import given, settings
from hypothesis import strategies as st

from chatserver.backplane.base import Conflict, Event, Loaded, Numbered, OtherLine, Repeated, Stale
from tests.contract.backplanes import BACKPLANES, Bench, Heard, Line, event
from tests.waiting import until

KEYS = ("core", "seat/1", "seat/2", "name/1")
Step = tuple[str, int, int]
WHAT = ("commit", "narrow", "hold", "post", "post", "held", "held", "retract", "wait", "erase", "open")
STEPS = st.lists(st.tuples(st.sampled_from(WHAT), st.integers(0, 7), st.integers(0, 7)))
LONG = 300_000


@dataclass
class Model:
    there: bool = False
    line: int = 0
    seq: int = 0
    guard: int = 0
    entries: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    ids: dict[str, tuple[int, int]] = field(default_factory=dict)
    kept: list[tuple[int, Event, int]] = field(default_factory=list)
    share: list[tuple[int, Event, int]] = field(default_factory=list)
    holding: int = 0
    held: int = 0  # how many numbers were ever held
    gone: int = 1
    now: int = 0
    published: list[tuple[str, int, int]] = field(default_factory=list)  # line, seq, events

    @property
    def name(self) -> str:
        return f"o.{self.line}"

    def pass_time(self, ms: int) -> None:
        self.now += ms
        while self.kept and self.kept[0][2] + 60_000 <= self.now:
            self.gone = max(self.gone, self.kept.pop(0)[0])
        self.ids = {k: v for k, v in self.ids.items() if v[1] + 120_000 > self.now}

    def hold(self, number: int) -> None:
        if number != self.holding:
            self.kept = sorted((*self.kept, *self.share), key=lambda k: k[0])
            self.holding, self.share = number, []
            self.pass_time(0)

    def publish(self, events: list[Event]) -> int:
        self.seq += max(1, len(events))
        for n, e in enumerate(events):
            if e.retracts is not None:
                self.kept = [k for k in self.kept if k[1].message != e.retracts]
                self.share = [k for k in self.share if k[1].message != e.retracts]
            if e.kept and e.held == self.holding != 0:
                self.share = [k for k in self.share if k[1].message != e.message]
                self.share.append((self.seq - len(events) + 1 + n, e, self.now))
            elif e.kept:
                self.kept.append((self.seq - len(events) + 1 + n, e, self.now))
        self.published.append((self.name, self.seq, len(events)))
        return self.seq

    def since(self, seq: int) -> tuple[int, bool, int, list[tuple[int, Event]]]:
        there = sorted((*self.kept, *self.share), key=lambda k: k[0])
        return (self.seq, self.gone <= seq <= self.seq, self.gone, [(s, e) for s, e, _ in there if s > seq])


async def _step(model: Model, line: Line, step: Step) -> None:
    """Does the step on both, and holds the answers against one another."""
    what, a, b = step
    backplane, not_after = line.bench.backplane, line.bench.now() + LONG
    line.line = model.name
    if what == "open":
        assert await backplane.open("room", f"o.{model.line + 1}", {"core": b"0"}) is not model.there
        if not model.there:
            model.there, model.line, model.seq, model.guard, model.gone = True, model.line + 1, 1, 1, 1
            model.entries, model.ids, model.kept, model.share, model.holding = {"core": (1, b"0")}, {}, [], [], 0
    elif what == "wait":
        await line.bench.advance(10_000 * a)
        model.pass_time(10_000 * a)
    elif what == "erase":
        result = await backplane.erase("room", model.name, event("end"))
        assert result == (Numbered(model.seq + 1) if model.there else OtherLine(None))
        if model.there:
            model.there = False
            model.published.append((model.name, model.seq + 1, 1))
    elif not model.there:
        assert await line.post(event(), "x.1", not_after=not_after) == OtherLine(None)
    elif what in ("commit", "narrow"):
        key, read = KEYS[a % 4], KEYS[b % 4]
        expected = {key: model.entries.get(key, (0, b""))[0] if a < 6 else 1, read: model.entries.get(read, (0, b""))[0]}
        ok = all(model.entries.get(k, (0, b""))[0] == v for k, v in expected.items())
        value = None if b > 5 else bytes([b])
        events = [event(kept=n % 2 == 0) for n in range(b % 3)]
        result2 = await line.commit(expected, {key: value}, events, narrows=what == "narrow", not_after=not_after)
        if not ok:
            assert result2 == Conflict(model.seq)
            return
        seq = model.publish(events)
        assert result2 == Numbered(seq)
        model.entries.pop(key, None)
        if value is not None:
            model.entries[key] = (seq, value)
        model.guard = seq if what == "narrow" else model.guard
    elif what == "hold":
        number = model.held + 1 if a < 5 else 0
        model.held = max(model.held, number)
        model.hold(number)
        events = [event(kept=True, message=f"h.{n}", held=model.holding) for n in range(b % 3)]
        assert await line.commit({}, {}, events, holding=number, not_after=not_after) == Numbered(model.publish(events))
    else:
        mid = None if what == "retract" else f"s.{a}"
        held = model.holding if what == "held" else 0
        e = event(str(b), kept=True, message=mid, held=held) if mid else event("r", kept=True, retracts=f"{'sh'[b % 2]}.{a}")
        guard = model.guard if b < 6 else model.guard - 1
        result3 = await line.post(e, mid, guard=guard, not_after=not_after)
        if mid in model.ids:
            assert result3 == Repeated(model.ids[mid][0])
        elif guard != model.guard:
            assert result3 == Stale(model.guard)
        else:
            assert result3 == Numbered(model.publish([e]))
            if mid is not None:
                model.ids[mid] = (model.seq, model.now)


async def _compare(model: Model, line: Line, heard: tuple[Heard, ...]) -> None:
    loaded = await line.bench.backplane.load("room")
    assert (loaded is not None) is model.there
    if isinstance(loaded, Loaded):
        assert (loaded.line, loaded.seq, loaded.guard, loaded.holding) == (model.name, model.seq, model.guard, model.holding)
        assert dict(loaded.entries) == model.entries
        assert dict(loaded.message_ids) == {k: seq for k, (seq, _) in model.ids.items()}
        line.line = model.name
        for seq in range(model.seq + 2):
            missed = await line.since(seq)
            assert (missed.upto, missed.complete, missed.floor, [(k.seq, k.event) for k in missed.events]) == model.since(seq)
    for one in heard:
        await until(lambda one=one: len(one.deliveries) >= len(model.published))  # type: ignore[misc]
        assert [(d.line, d.seq, len(d.events)) for d in one.deliveries] == model.published


async def _run(make_name: str, steps: list[Step]) -> None:
    async with BACKPLANES[make_name](60.0) as bench:
        await _all(bench, steps)


async def _all(bench: Bench, steps: list[Step]) -> None:
    model, line = Model(), Line(bench)
    heard = (await line.hear(), await line.hear())
    for step in [("open", 0, 0), *steps]:
        await _step(model, line, step)
    await _compare(model, line, heard)


def test_any_interleaving(make_name: str) -> None:
    @settings(max_examples=150, deadline=None)
    @given(STEPS)
    def check(steps: list[Step]) -> None:
        asyncio.run(_run(make_name, steps))

    check()
