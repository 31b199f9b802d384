"""The work that a newcomer does while a wave lasts, and no other: forged, used, foreign, too easy and too late are refused."""

from __future__ import annotations

import dataclasses
from typing import Any

import pytest

from chatserver.domain.raids import GATHERING_MS
from chatserver.domain.refusals import Code, Refused
from chatserver.domain.work import EXPIRES_MS, HARDEST, Work, difficulty
from tests.engine.house import House, Person, Worker, done


@pytest.fixture
async def house() -> House:
    """In which a wave has just begun."""
    house = House(wave_joins=3, capacity=500)
    await house.meeting()
    house.clock.advance(GATHERING_MS)
    return house


@pytest.fixture
async def wave(house: House, worker: Worker) -> Worker:
    await worker.host()
    for _ in range(4):
        await worker.join()
    assert worker.state.core.wave_at is not None
    return worker


async def asked(person: Person, **more: Any) -> Work:
    answer = await person.ask("join", room="room", **more)
    assert isinstance(answer, Refused), answer
    assert answer.code is Code.WORK_NEEDED
    assert answer.work is not None
    return answer.work


async def test_who_has_done_it_comes_in(wave: Worker) -> None:
    one = wave.connect()
    work = done(await asked(one))
    assert (await one.ok("join", room="room", work=work))["waiting"]


async def test_forged_used_foreign_too_easy_or_too_late_it_is_refused_and_asked_for_anew(house: House, wave: Worker) -> None:
    one, other = wave.connect(), wave.connect()
    forged = Work("forged", 0, 16, house.clock.now() + EXPIRES_MS)
    await asked(one, work=done(forged))
    first = done(await asked(one))
    await asked(one)
    await asked(one, work=first)  # of an older challenge
    theirs = done(await asked(other))
    await asked(one, work=theirs)
    too_easy = done(dataclasses.replace(await asked(one), difficulty=2))
    await asked(one, work=too_easy)
    few = done(await asked(one))
    await asked(one, work={**few, "numbers": few["numbers"][:-1]})
    the_same = done(await asked(one))
    await asked(one, work={**the_same, "numbers": the_same["numbers"][:1] * 16})
    late = done(await asked(one))
    await house.passes(EXPIRES_MS)
    house.clock.advance(10)
    for _ in range(5):  # another wave
        await wave.join()
    await asked(one, work=late)


async def test_it_is_good_for_one_seat(wave: Worker) -> None:
    one = wave.connect()
    work = done(await asked(one))
    await one.ok("join", room="room", work=work)
    await one.ok("leave")
    assert (await asked(one, work=work)).salt != work["salt"]


async def test_a_name_that_is_taken_does_not_cost_it_again(wave: Worker) -> None:
    name = next(iter(wave.state.seats.values())).name
    one = wave.connect()
    work = done(await asked(one, name=name))
    assert await one.refused("join", room="room", name=name, work=work) is Code.NAME_TAKEN
    await one.ok("join", room="room")


async def test_whoever_has_a_key_or_a_seat_needs_none(house: House, wave: Worker) -> None:
    for role in ("member", "moderator", "facilitator"):
        assert "waiting" not in await wave.connect().ok("join", room="room", key=await house.key(role))
    seat = await wave.join(key=await house.key("member"))
    seat.drop()
    await seat.comes_back()


async def test_when_the_wave_is_over_nobody_does(house: House, wave: Worker) -> None:
    await house.passes(61_000)
    assert "waiting" not in await wave.connect().ok("join", room="room")


def test_it_grows_with_the_wave_and_no_further_than_a_telephone_can() -> None:
    assert [difficulty(n, 15) for n in (0, 15, 30, 60, 120, 5_000)] == [8, 8, 9, 10, 10, 10]
    assert HARDEST == 10
