"""One limit for many: who takes too long is cut off, and only they."""

from __future__ import annotations

import asyncio

import pytest

from chatserver.engine.time_limit import TimeLimit
from tests.waiting import until

SHORT_MS = 30


class Waiting:
    """Tasks that wait within one limit."""

    def __init__(self, ms: int) -> None:
        self.limit = TimeLimit(ms)
        self.ends: dict[str, str] = {}
        self.go = asyncio.Event()

    async def wait(self, name: str) -> None:
        try:
            with self.limit:
                await self.go.wait()
            self.ends[name] = "done"
            await asyncio.sleep(0)  # which is not within it any more
        except TimeoutError:
            self.ends[name] = "too long"
        except asyncio.CancelledError:
            self.ends[name] = "cancelled"
            raise

    def begin(self, *names: str) -> list[asyncio.Task[None]]:
        return [asyncio.create_task(self.wait(name)) for name in names]


async def test_who_waits_too_long_is_cut_off_and_the_next_is_not() -> None:
    waiting = Waiting(SHORT_MS)
    tasks = waiting.begin("a", "b")
    await until(lambda: len(waiting.ends) == 2)
    assert waiting.ends == {"a": "too long", "b": "too long"}
    assert [task.cancelling() for task in tasks] == [0, 0], "nothing of it is left on them"
    tasks += waiting.begin("c")
    await asyncio.sleep(0)
    waiting.go.set()
    await asyncio.wait_for(asyncio.gather(*tasks), 5)
    assert waiting.ends["c"] == "done"


async def test_who_comes_later_has_their_own_time() -> None:
    waiting = Waiting(SHORT_MS)
    first = waiting.begin("first")
    order = []
    first[0].add_done_callback(lambda _: order.append("first"))
    await until(lambda: order)
    second = waiting.begin("second")
    await asyncio.sleep(0)
    assert not second[0].done()
    await until(lambda: waiting.ends.get("second") == "too long")


async def test_who_is_cancelled_by_somebody_else_is_cancelled() -> None:
    waiting = Waiting(60_000)
    (task,) = waiting.begin("a")
    await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert waiting.ends == {"a": "cancelled"}


async def test_a_fault_within_it_comes_out_as_it_is() -> None:
    limit = TimeLimit(60_000)
    with pytest.raises(KeyError), limit:
        raise KeyError
    with limit:  # and it can be entered again
        pass
