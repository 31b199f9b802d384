"""Everybody at once: all workers die, and thousands come back."""

from __future__ import annotations

import asyncio
import random
import resource
import signal
from dataclasses import dataclass
from pathlib import Path

from tests.faults.checker import Verdict, check
from tests.faults.history import Kind
from tests.faults.house import House, send_signal
from tests.redis import RunningRedis

ENTER_SECONDS = 120.0
BOUND_SECONDS = 60.0  # after which those who are not back are counted


@dataclass
class Stampede:
    count: int
    entered: float  # seconds until all were in the room
    back: list[float]  # seconds from the death of the workers until each was back
    verdict: Verdict

    @property
    def told(self) -> str:
        times = sorted(self.back)
        half, last = times[len(times) // 2], times[-1]
        return (
            f"{self.count:,} members came in within {self.entered:.1f} s. All workers killed: "
            f"half of the members were back after {half:.1f} s, the last after {last:.1f} s."
        )

    def __str__(self) -> str:
        return f"{self.told}\n{self.verdict}"


async def stampede(count: int, folder: Path, redis: RunningRedis, seed: int, workers: int = 3) -> Stampede:
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    chance = random.Random(seed)
    environ = {"CHATSERVER_ROOMS__CAPACITY": str(count + 10)}
    async with House(folder, redis, workers=workers, environ=environ) as house:
        clock = asyncio.get_running_loop().time
        start = clock()
        members = await house.enter(count, chance, ENTER_SECONDS)
        entered = clock() - start
        await members[0].send("Before.")
        killed, died = len(house.history.records), house.history.now()
        for pid in house.workers():
            send_signal(pid, signal.SIGKILL)
        back: dict[str, float] = {}
        async with asyncio.timeout(BOUND_SECONDS):
            while len(back) < count:
                await asyncio.sleep(0.05)
                records = house.history.records
                for record in records[killed:]:
                    if record.kind in (Kind.BACK, Kind.ADMITTED):
                        back.setdefault(record.member, record.at - died)
                killed = len(records)
        last = await members[0].send("Afterwards.")
        async with asyncio.timeout(BOUND_SECONDS):
            while not all(last in member.seen for member in members):  # noqa: ASYNC110 (they set nothing)
                await asyncio.sleep(0.05)
        return Stampede(count, entered, list(back.values()), check(house.history.records))
