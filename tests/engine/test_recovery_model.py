"""Random cuts, absences and losses of everything, while people speak: afterwards everybody has all that was acknowledged, once."""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from typing import Any

import pytest

from chatserver.domain.refusals import Refused
from tests.engine.house import House, Person, Worker
from tests.waiting import settled


class Speaking:
    """One message, sent again under the same id until it is taken, as the page does."""

    def __init__(self, person: Person, id: str) -> None:
        self.person = person
        self.id = id
        self.public = f"{person.seat}.{id}"
        self.task = asyncio.create_task(self._send())

    async def _send(self) -> dict[str, Any] | Refused:
        return await self.person.raw("send", id=self.id, text=self.id)

    def again(self) -> bool:
        """True where it was taken; otherwise it is on its way again, or still."""
        if not self.task.done():
            return False
        if isinstance(self.task.result(), dict):
            return True
        self.task = asyncio.create_task(self._send())
        return False


async def run(seed: int, *, absences: bool) -> None:
    rng, house = random.Random(seed), House()
    await house.meeting()
    workers = [house.worker(lag=seed), house.worker(lag=seed + 1), house.worker()]
    people = [await worker.join() for worker in workers for _ in range(2)]
    for worker in workers:
        worker.service.rooms.beat()
    spoken: list[Speaking] = []
    for n in range(40):
        if absences and rng.random() < 0.15:
            late = rng.choice(workers)
            spoken.append(await only_one_has_it(house, workers, late, next(p for p in people if p.worker is late), f"only{n}"))
        await one_thing(rng, house, workers, absences)
        spoken += [Speaking(person, f"m{n}-{k}") for k, person in enumerate(rng.sample(people, 2))]
        await settled(rng.choice((3, 30, 100)))
        await house.passes(rng.choice((0, 10, 300, 1_500)), 5)
        for one in spoken:
            one.again()
    for worker in workers:
        worker.backplane.heal()
        worker.backplane.doubt()
    for _ in range(200):
        await house.passes(100, 2)
        taken = [one.again() for one in spoken]
        if all(taken):
            break
    await house.passes(4_000, 20)
    acknowledged = {one.public for one in spoken}
    for person in people:
        check_one(person, acknowledged)
    check_order(people)
    assert len({(w.live().replica.line, w.live().replica.seq) for w in workers}) == 1


async def one_thing(rng: random.Random, house: House, workers: list[Worker], absences: bool) -> None:
    worker = rng.choice(workers)
    what = rng.random()
    if what < 0.1:
        worker.backplane.cut = True
    elif what < 0.2 and absences:
        worker.backplane.down = worker.backplane.cut = True
    elif what < 0.3:
        if "room" in house.memory._rooms:
            house.memory.forget("room")
        for other in workers:
            if not other.backplane.down:
                other.backplane.doubt()
    elif what < 0.6:
        worker.backplane.heal()
        worker.backplane.doubt()


async def only_one_has_it(house: House, workers: list[Worker], late: Worker, person: Person, id: str) -> Speaking:
    """Said where only one worker hears it, which then is not there while the others bring the room back."""
    for worker in workers:
        worker.backplane.cut = worker is not late
    late.backplane.heal()
    late.backplane.doubt()
    speaking = Speaking(person, id)
    await settled(100)
    late.backplane.down = late.backplane.cut = True
    if "room" in house.memory._rooms:
        house.memory.forget("room")
    for worker in workers:
        if worker is not late:
            worker.backplane.heal()
            worker.backplane.doubt()
    await house.passes(1_500, 10)
    return speaking


def check_one(person: Person, acknowledged: set[str]) -> None:
    got = Counter(e["id"] for e in person.events("message"))
    assert set(got) == acknowledged, "all that was acknowledged"
    assert max(got.values()) == 1, "nothing twice"
    assert person.events("gap") == []
    assert not person.disconnected
    last: dict[str, int] = {}
    for event in person.events():
        assert event["seq"] > last.get(event["epoch"], 0), "seq rises within an epoch"
        last[event["epoch"]] = event["seq"]


def check_order(people: list[Person]) -> None:
    """What was numbered again, since nobody who brought the room back had it, comes late to some; nothing else may change places."""
    numbered = sum((worker.backplane.numbered for worker in {person.worker for person in people}), Counter[str]())
    said_again = {id for id, times in numbered.items() if times > 1}
    orders = {tuple(e["id"] for e in person.events("message") if e["id"] not in said_again) for person in people}
    assert len(orders) == 1, "one order"


@pytest.mark.parametrize("seed", range(30))
async def test_losses_on_the_way_and_of_everything(seed: int) -> None:
    await run(seed, absences=False)


@pytest.mark.parametrize("seed", range(30))
async def test_workers_that_come_late(seed: int) -> None:
    await run(seed + 1_000, absences=True)
