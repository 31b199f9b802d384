"""One run: a room under load, faults at random times, then a quiet end, a verdict and figures."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, dataclass, field
from pathlib import Path

from tests.faults.checker import Verdict, check
from tests.faults.faults import Fault
from tests.faults.figures import Figures, measure
from tests.faults.history import History, Kind
from tests.faults.house import House
from tests.faults.line import NoLine
from tests.faults.member import Member
from tests.faults.schedule import Happening, schedule
from tests.redis import RunningRedis

AFTERWARDS = 3.0  # seconds of load after the last fault
LONGEST = 45.0  # seconds of load, whatever is still missing of the messages
QUIET_SECONDS = 30.0  # until everybody has everything
ERASED_SECONDS = 5.0
SHORT_SECONDS = 50.0  # for a run in a test
STAYS = 1.0, 5.0  # seconds that a passer stays


@dataclass(frozen=True)
class Plan:
    seed: int
    faults: tuple[Fault, ...] = ()
    _: KW_ONLY
    members: int = 30
    senders: int = 10
    passers: int = 2  # who come, stay a moment, and leave, again and again
    messages: int = 1_000  # acknowledged, at least
    pace: float = 200.0  # messages a second of all senders together; 0: as fast as they are acknowledged
    machines: int = 1
    workers: int = 3
    store: str = ""

    @property
    def name(self) -> str:
        return " + ".join(fault.name for fault in self.faults) or "none"


@dataclass
class Result:
    plan: Plan
    verdict: Verdict
    figures: Figures
    history: History
    happened: list[str] = field(default_factory=list)  # what was done when
    left_over: list[str] = field(default_factory=list)  # keys of the room in Redis after its end


async def run(plan: Plan, folder: Path, redis: RunningRedis, seconds: float | None = None) -> Result:
    """Raises `TimeoutError` where it takes longer than `seconds`: pytest's own limit would leave the loop in pieces."""
    async with asyncio.timeout(seconds):
        return await _run(plan, folder, redis)


async def _run(plan: Plan, folder: Path, redis: RunningRedis) -> Result:
    chance = random.Random(plan.seed)
    async with House(folder, redis, machines=plan.machines, workers=plan.workers, store=plan.store) as house:
        house.through_doors = any(fault.target == "members" for fault in plan.faults)
        host = await house.host()
        members = await house.enter(plan.members, chance)
        happened, healed = await under_load(house, members[: plan.senders], plan, chance)
        await quiet(members[0], house.members)
        verdict, figures = check(house.history.records), measure(house.history.records, healed)
        left_over = await closed(house, host)
        return Result(plan, verdict, figures, house.history, happened, left_over)


async def under_load(house: House, senders: Sequence[Member], plan: Plan, chance: random.Random) -> tuple[list[str], float]:
    """Lets them talk while things happen. Returns what happened, and when the last of it was over."""
    enough = asyncio.Event()
    talking = [
        asyncio.create_task(_talk(sender, plan.senders / plan.pace if plan.pace else 0.0, enough, random.Random(chance.random())))
        for sender in senders
    ]
    passing = [asyncio.create_task(_pass_by(house, enough, random.Random(chance.random()))) for _ in range(plan.passers)]
    try:
        happened = await _happen(house, schedule(plan.faults, chance))
        healed = house.history.now()
        with suppress(TimeoutError):
            async with asyncio.timeout(LONGEST):
                await asyncio.sleep(AFTERWARDS if plan.faults else 0)
                while house.history.count(Kind.OK) < plan.messages:  # noqa: ASYNC110 (the log sets nothing)
                    await asyncio.sleep(0.1)
        enough.set()
        with suppress(TimeoutError):  # then what they were about is unknown
            async with asyncio.timeout(QUIET_SECONDS):
                await asyncio.gather(*talking, *passing)
    finally:
        for task in (*talking, *passing):
            task.cancel()
        await asyncio.gather(*talking, *passing, return_exceptions=True)
    return happened, healed


async def _talk(member: Member, pause: float, enough: asyncio.Event, chance: random.Random) -> None:
    """One after the other, each when the one before has its answer, as a page does it."""
    n = 0
    while not enough.is_set() and not member.over:
        n += 1
        await member.send(f"{member.name} says this as number {n}, and it is of an ordinary length for such a room.")
        if pause:
            with suppress(TimeoutError):
                await asyncio.wait_for(enough.wait(), pause * chance.uniform(0.5, 1.5))


async def _pass_by(house: House, enough: asyncio.Event, chance: random.Random) -> None:
    """Newcomers, who are due what is said while they are there, and nothing from before."""
    while not enough.is_set():
        with suppress(TimeoutError):  # they are still at the door, and come in later
            (newcomer,) = await house.enter(1, chance, 2 * STAYS[1])
            await newcomer.send(f"Hello from {newcomer.name}.")
            with suppress(TimeoutError):
                await asyncio.wait_for(enough.wait(), chance.uniform(*STAYS))
            await newcomer.leave()


async def _happen(house: House, happenings: Sequence[Happening]) -> list[str]:
    started = house.history.now()
    told: list[str] = []

    async def happen(happening: Happening) -> None:
        await asyncio.sleep(happening.begins)
        fault = happening.fault
        told.append(f"{house.history.now() - started:.1f} s: {fault.name}")
        async with fault.doing(house, random.Random(happening.seed)):
            await asyncio.sleep(fault.seconds)
        told.append(f"{house.history.now() - started:.1f} s: over: {fault.name}")

    async with asyncio.TaskGroup() as group:
        for happening in happenings:
            group.create_task(happen(happening))
    return told


async def quiet(speaker: Member, members: Sequence[Member]) -> None:
    """Until everybody has everything: the last word, or what came behind it. What is missing after that the checker tells."""
    with suppress(TimeoutError):
        async with asyncio.timeout(QUIET_SECONDS):
            last = await speaker.send("That was all.")
            while not all(member.over or (member.is_seated and member.has(last, speaker)) for member in members):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def closed(house: House, host: Member) -> list[str]:
    """Closes the room. Returns which keys of it are still in Redis after the time that is promised."""
    with suppress(TimeoutError):
        async with asyncio.timeout(QUIET_SECONDS):
            while not host.over:
                with suppress(NoLine):
                    await host.ask("close")
    left = await asyncio.to_thread(keys_of, house.redis, house.room)
    with suppress(TimeoutError):
        async with asyncio.timeout(ERASED_SECONDS):
            while left:
                await asyncio.sleep(0.1)
                left = await asyncio.to_thread(keys_of, house.redis, house.room)
    return left


def keys_of(redis: RunningRedis, room: str) -> list[str]:
    return [key.decode() for key in redis.call("KEYS", "*") if room.encode() in key]
