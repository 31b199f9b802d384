"""Each format that comes along, played from the greeting to the end by twelve members and a facilitator over two workers, in memory and
over a real Redis.

Who may write when is written out here from design/meetings.md ("Floor modes", "Formats"), by letters, and read from no format file:
O open, Q queue, R round, S speaker, M meditation or another silence."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest

from chatserver.domain.refusals import Code, Refused
from tests.engine.house import House, Person
from tests.engine.redis_house import RedisHouse

MODES = {
    "aa-discussion": "MSOSQSSO",
    "aa-speaker": "SSQS",
    "aa-step": "SRQS",
    "na": "MSORQS",
    "smart": "SROOSRS",
    "recovery-dharma": "SRMRQS",
    "refuge-recovery": "SRMRQS",
    "celebrate-recovery": "SRQS",
    "facilitated-group": "SOROSR",
    "open-circle": "OOO",
    "free": "O",
}
MEMBERS = 12
HANDS = (7, 2, 9)  # in this order
_ids = itertools.count()


class Meeting:
    def __init__(self, house: House, host: Person, members: list[Person]) -> None:
        self.house, self.host, self.members = house, host, members

    async def able(self) -> set[str]:
        """The seats of those whose words are taken now: each tries."""
        able = set()
        for person in (self.host, *self.members):
            answer = await person.raw("send", id=f"try{next(_ids)}", text="I am here")
            if not isinstance(answer, Refused):
                able.add(person.seat)
        return able

    @property
    def everybody(self) -> set[str]:
        return {self.host.seat} | {person.seat for person in self.members}

    async def by(self, seat: str) -> Person:
        return next(person for person in (self.host, *self.members) if person.seat == seat)

    async def holder(self) -> str | None:
        await self.house.passes(10)
        told = [event["seat"] for event in self.host.events("floor")]
        return told[-1] if told else None

    # --- what each mode allows

    async def open(self) -> None:
        assert await self.able() == self.everybody

    async def speaker(self) -> None:
        assert await self.able() == {self.host.seat}
        named = self.members[4]
        await self.host.ok("floor", seat=named.seat)
        assert await self.able() == {self.host.seat, named.seat}
        await named.ok("done")
        assert await self.able() == {self.host.seat}

    async def silence(self) -> None:
        """It ends by itself."""
        assert await self.able() == set()
        segment = self.host.events("room")[-1]["segment"]
        until_over = segment["ends_at"] - self.house.clock.now()
        assert 60_000 <= until_over <= 20 * 60_000
        await self.house.passes(until_over - 100)
        assert await self.able() == set()
        await self.house.passes(200)
        assert self.host.events("room")[-1]["segment"]["index"] == segment["index"] + 1

    async def queue(self) -> None:
        assert await self.able() == set()
        for number in HANDS:
            await self.members[number].ok("hand", up=True)
            await self.house.passes(10)  # or they would go up in the same millisecond
        for number in HANDS:
            assert await self.able() == {self.members[number].seat}
            await self.nobody_answers(self.members[number])
            await self.members[number].say("done")
            await self.house.passes(10)
        assert await self.able() == set()

    async def nobody_answers(self, sharer: Person) -> None:
        """No segment of these in which people take turns has cross-talk: not even to a share that welcomes it."""
        await sharer.ok("replies", welcome=True)
        await sharer.say("my share", "share")
        await self.house.passes(10)
        other = next(person for person in self.members if person is not sharer)
        code = await other.refused("send", id=f"reply{next(_ids)}", text="thank you", reply_to=f"{sharer.seat}.share")
        assert code is Code.NOT_YOUR_TURN

    async def round(self) -> None:
        turns = []
        while (seat := await self.holder()) is not None:
            assert await self.able() == {seat}
            turns.append(seat)
            assert len(turns) <= MEMBERS + 2
            person = await self.by(seat)
            if len(turns) == 2:
                await self.nobody_answers(person)
            # One passes, and is offered a turn at the end.
            await person.ok("pass" if turns.count(seat) == 1 and person is self.members[5] else "done")
        assert turns[-1] == self.members[5].seat
        assert sorted(turns) == sorted([*self.everybody, self.members[5].seat])


@asynccontextmanager
async def over(backplane: str) -> AsyncIterator[House]:
    if backplane == "memory":
        yield House()
        return
    house = RedisHouse()
    try:
        yield house
    finally:
        await house.stop()


@pytest.mark.parametrize("backplane", ["memory", "redis"])
@pytest.mark.parametrize("name", MODES)
async def test_who_may_write_in_each_part(name: str, backplane: str) -> None:
    async with over(backplane) as house:
        await house.meeting(format=name, minutes=300)
        await played(house, name)


async def played(house: House, name: str) -> None:
    here, there = house.worker(), house.worker()
    if isinstance(house, RedisHouse):
        await house.start()
    host = await here.host()
    members = [await (here if n % 2 else there).join() for n in range(MEMBERS)]
    await house.passes(10)
    meeting = Meeting(house, host, members)
    assert await meeting.able() == meeting.everybody, "before the start people greet each other"
    await host.ok("agenda", go="next")
    play = {"O": meeting.open, "S": meeting.speaker, "M": meeting.silence, "Q": meeting.queue, "R": meeting.round}
    for number, mode in enumerate(MODES[name]):
        await house.passes(10)
        assert host.events("room")[-1]["segment"]["index"] == number
        await play[mode]()
        if mode != "M" and number + 1 < len(MODES[name]):
            await host.ok("agenda", go="next")
    await host.ok("close")
    await house.passes(10)
    assert all(person.events("closed") for person in (host, *members))
