"""Thirty members over three workers on one port, with a real Redis: all messages, in one order, none twice, whatever happens meanwhile."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.clients import Client
from tests.faults.checker import check
from tests.faults.faults import BY_NAME
from tests.faults.history import Kind
from tests.faults.house import House
from tests.faults.promises import BUSY_SECONDS, broken
from tests.faults.run import SHORT_SECONDS, Plan, Result, quiet, run, under_load
from tests.redis import RunningRedis
from tests.transport import test_two_languages as two_languages

MEMBERS, SENDERS, MESSAGES = 30, 10, 2_000


def everybody_has_everything(result: Result) -> None:
    assert broken(result, BUSY_SECONDS) == [], str(result.verdict)
    assert result.verdict.acknowledged >= MESSAGES
    assert result.verdict.gaps == 0
    print(result.verdict, result.happened, result.figures.slowest_back, result.figures.slowest_flow)  # noqa: T201 (shown with -s)


@asynccontextmanager
async def follower(url: str, room: str) -> AsyncIterator[two_languages.Follower]:
    """The official JavaScript client, in the room."""
    program = [two_languages.node(), str(two_languages.HERE / "follower.mjs"), url, room]
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(*program, stdin=pipe, stdout=pipe)
    try:
        follower = two_languages.Follower(process)
        assert (await follower.line("joined"))["ok"]
        yield follower
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_all_have_all_of_it_in_one_order(tmp_path: Path, redis: RunningRedis) -> None:
    """The official clients of two languages among them, who are no part of what is tested here."""
    chance = random.Random(1)
    async with House(tmp_path, redis) as house:
        members = await house.enter(MEMBERS, chance)
        python = await (await Client().connect(house.urls[0])).join(house.room)
        async with follower(house.urls[0], house.room) as javascript:
            hearing = asyncio.create_task(javascript.event("That was all."))
            await under_load(house, members[:SENDERS], Plan(1, messages=MESSAGES, pace=0), chance)
            await quiet(members[0], members)
            await hearing
            await python.event("message", lambda event: event["text"] == "That was all.")
            await javascript.end()
        verdict = check(house.history.records)
        assert verdict.holds, str(verdict)
        order = [record.message for record in house.history.of(Kind.RECEIVED) if record.member == members[0].name]
        assert len(order) == len(set(order)) == verdict.acknowledged >= MESSAGES
        for member in members:
            assert [record.message for record in house.history.of(Kind.RECEIVED) if record.member == member.name] == order
        assert said(python.events) == order
        assert said(javascript.events) == order
        assert len(house.workers()) == 3
        await python.close()


def said(events: list[dict[str, object]]) -> list[object]:
    return [event["id"] for event in events if event["type"] == "message"]


@pytest.mark.parametrize("name", ["worker killed", "redis restarted empty"])
async def test_and_meanwhile(name: str, tmp_path: Path, redis: RunningRedis) -> None:
    plan = Plan(2, (BY_NAME[name],), members=MEMBERS, senders=SENDERS, messages=MESSAGES, pace=400)
    everybody_has_everything(await run(plan, tmp_path, redis, SHORT_SECONDS))
