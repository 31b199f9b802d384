"""Work that is done as far as it goes at once."""

from __future__ import annotations

import asyncio

import pytest

from chatserver.engine.begun import Begun
from tests.waiting import settled


async def test_what_waits_for_nothing_is_done() -> None:
    async def work() -> int:
        return 7

    begun = Begun(work())
    assert begun.done
    assert (begun.result, await begun) == (7, 7)


async def test_what_it_raises_at_once_is_raised_at_once() -> None:
    async def work() -> None:
        raise KeyError

    with pytest.raises(KeyError):
        Begun(work())


async def test_the_rest_is_done_in_another_task() -> None:
    first, second = (asyncio.get_running_loop().create_future() for _ in range(2))
    tasks: list[object] = []

    async def work() -> list[int]:
        tasks.append(asyncio.current_task())
        gathered = [await first]
        tasks.append(asyncio.current_task())
        await asyncio.sleep(0)
        try:
            await second
        except KeyError:
            gathered.append(2)
        return gathered

    async def rest() -> list[int]:
        async with asyncio.timeout(5):
            return await begun

    begun = Begun(work())
    assert not begun.done
    task = asyncio.create_task(rest())
    first.set_result(1)
    await settled()
    second.set_exception(KeyError())
    assert await task == [1, 2]
    assert tasks == [asyncio.current_task(), task]


async def test_it_is_cancelled_with_its_task() -> None:
    ended: list[bool] = []

    async def work() -> None:
        try:
            await asyncio.get_running_loop().create_future()
        finally:
            ended.append(True)

    async def rest() -> None:
        async with asyncio.timeout(0.01):
            await begun

    begun = Begun(work())
    with pytest.raises(TimeoutError):
        await rest()
    assert ended == [True]
