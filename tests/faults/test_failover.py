"""A master dies, and a copy takes over that had not heard everything: what the workers hold counts."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.backplane_redis.sentinel import Watched, knows_its_copy, watching
from tests.faults.checker import check
from tests.faults.history import Kind
from tests.faults.house import House
from tests.faults.member import Member
from tests.faults.run import quiet


@pytest.fixture
def watched(tmp_path: Path) -> Iterator[Watched]:
    with watching(tmp_path) as watched:
        yield watched


async def test_a_copy_that_lags_takes_over(tmp_path: Path, watched: Watched) -> None:
    await knows_its_copy(watched)
    folder = tmp_path / "servers"
    folder.mkdir()
    async with House(folder, watched.master, workers=2, backplane=watched.url) as house:
        members = await house.enter(12, random.Random(3))
        talking = [asyncio.create_task(talk(member, 40)) for member in members[:4]]
        async with asyncio.timeout(30):
            while house.history.count(Kind.OK) < 20:  # noqa: ASYNC110 (the log sets nothing)
                await asyncio.sleep(0.02)
            watched.copy.pause()
            watched.master.call("CLIENT", "KILL", "TYPE", "replica")
            while house.history.count(Kind.OK) < 60:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        watched.master.kill()
        watched.copy.resume()
        async with asyncio.timeout(40):
            await asyncio.gather(*talking)
        await quiet(members[0], members)
        verdict = check(house.history.records)
        assert verdict.holds, str(verdict)
        assert verdict.gaps == 0, str(verdict)
        assert verdict.acknowledged == 4 * 40 + 1
        assert watched.sentinel.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "room")[1] == str(watched.copy.port).encode()


async def talk(member: Member, times: int) -> None:
    for n in range(times):
        await member.send(f"{member.name} says this as number {n}.")
        await asyncio.sleep(0.03)  # an ordinary pace: what is said must reach over the whole of it
