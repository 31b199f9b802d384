"""Whatever was asked, in whatever order and however late things come: every worker holds what the backplane holds."""

from __future__ import annotations

import asyncio
import random
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from chatserver.backplane.base import Loaded, Missed
from chatserver.domain.refusals import Refused
from chatserver.domain.state import Seat
from chatserver.wire.entries import unpack_all
from tests.domain.rooms import entries_of
from tests.engine.house import House, Person, Worker
from tests.waiting import settled

SHARING = 4  # a segment of aa-discussion in which people take turns
COMMANDS = (
    "send",
    "send",
    "send",
    "send",
    "mute",
    "unmute",
    "remove",
    "freeze",
    "lock",
    "lobby",
    "slow",
    "appoint",
    "poll",
    "vote",
    "vote",
    "agenda",
    "hand",
    "hand",
    "done",
    "rename",
    "leave",
    "drop",
    "back",
    "join",
)


async def _one(rng: random.Random, people: list[Person], workers: list[Worker]) -> None:
    person, about, what = rng.choice(people), rng.choice(people), rng.choice(COMMANDS)
    on = rng.random() < 0.5
    match what:
        case "send":
            await person.raw("send", id=f"m{rng.randrange(10**9)}", text="x")
        case "mute":
            await person.raw("mute", seat=about.seat, seconds=rng.choice((1, 5, 600)))
        case "unmute":
            await person.raw("unmute", seat=about.seat)
        case "remove":
            await person.raw("remove", seat=about.seat, ban=on, retract=rng.random() < 0.5)
        case "freeze" | "lock" | "lobby":
            await person.raw(what, on=on)
        case "slow":
            await person.raw("slow", seconds=rng.choice((0, 0, 5)))
        case "appoint":
            await person.raw("appoint", seat=about.seat, role="moderator" if on else "member")
        case "poll":
            await person.raw("poll", kind="scale", seconds=rng.choice((0, 1, 6)))
        case "vote":
            poll = about.worker.state.poll.number or 1
            await person.raw("vote", poll=poll, choice=rng.randrange(5))
        case "agenda":
            await person.raw("agenda", go=rng.choice((SHARING, SHARING, "next")))
        case "hand":
            await person.raw("hand", up=True)
        case "done":
            await person.raw("done")
        case "rename":
            await person.raw("rename", seat=about.seat, name=rng.choice(("Anna", "Ben", "Cleo")))
        case "leave":
            await person.raw("leave")
        case "drop":
            person.drop()
        case _:
            new = rng.choice(workers).connect()
            answer = await new.raw(
                "join", **(person.to_return() if what == "back" else {"room": "room", "name": rng.choice(("Anna", None))})
            )
            if not isinstance(answer, Refused):
                new.answer = answer
                people.append(new)


async def _run(seed: int) -> None:
    rng, house = random.Random(seed), House(capacity=8)
    await house.meeting(format="aa-discussion")
    workers = [house.worker(lag=seed), house.worker(lag=seed + 1)]
    people = [await workers[0].host(), await workers[1].host("moderator"), await workers[0].join(), await workers[1].join()]
    if rng.random() < 0.5:
        await people[0].ok("agenda", go=SHARING)
    for _ in range(12):
        asked = [asyncio.create_task(_one(rng, people, workers)) for _ in range(5)]
        await settled(60)
        await house.passes(rng.choice((50, 500, 6_000, 30_000)), 4)
        await house.done(_all(asked))
    await house.passes(200)
    loaded = await house.memory.load("room")
    assert isinstance(loaded, Loaded)
    kept = await house.memory.since("room", loaded.line, 0)
    assert isinstance(kept, Missed)
    for worker in workers:
        replica = worker.live().replica
        replica.forget_old()
        assert replica.window.holding == loaded.holding == replica.state.floor.running
        assert (replica.window.after(0), replica.window.floor) == (kept.events, kept.floor)
        assert (replica.line, replica.seq, replica.guard) == (loaded.line, loaded.seq, loaded.guard)
        assert replica.versions == {key: seq for key, (seq, _) in loaded.entries.items()}
        # What is not known before the commit, its own seq, is filled in by whoever reads.
        assert {k: _known(v) for k, v in entries_of(replica.state).items()} == {
            k: _known(v) for k, v in unpack_all({k: v for k, (_, v) in loaded.entries.items()}).items()
        }
        seats = replica.state.seats
        assert len(seats) <= 8 + 2, "capacity, and hosts above it"
        assert sorted(replica.state.names.values()) == sorted(seats), "a name a seat"
        for attached in worker.live().presence.everyone():
            assert seats[attached.seat].attach == attached.attach, "nobody holds a seat that another connection has taken"
    for person in people:
        _in_order(person)
    await _nobody_is_left_sitting(house, workers)


async def _nobody_is_left_sitting(house: House, workers: list[Worker]) -> None:
    """With every connection gone, the seats go too."""
    for worker in workers:
        for attached in worker.live().presence.everyone():
            worker.service.disconnected(attached.connection)
    await house.passes(6_000)
    assert [s for s in workers[0].state.seats.values() if s.away_since is None] == []
    await house.passes(600_000)
    assert dict(workers[0].state.seats) == dict(workers[1].state.seats) == {}


def _in_order(person: Person) -> None:
    """Strictly, but for the events of one commit, which share nothing but their time."""
    seqs = [e["seq"] for e in person.events()]
    assert seqs == sorted(set(seqs))


def _known(entry: object) -> object:
    return replace(entry, admitted_seq=None, role_seq=None) if isinstance(entry, Seat) else entry


async def _all(tasks: list[asyncio.Task[None]]) -> None:
    await asyncio.gather(*tasks)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10**6))
def test_every_worker_holds_what_the_backplane_holds(seed: int) -> None:
    asyncio.run(_run(seed))
