"""Two faults at a time."""

from __future__ import annotations

from pathlib import Path

from tests.faults.faults import BY_NAME
from tests.faults.promises import BUSY_SECONDS, broken
from tests.faults.run import SHORT_SECONDS, Plan, run
from tests.redis import RunningRedis


async def test_a_worker_is_stopped_while_redis_is_lost(tmp_path: Path, redis: RunningRedis) -> None:
    """When it wakes up, it holds a room that has gone on without it, on another line."""
    faults = BY_NAME["worker stopped 5 s"], BY_NAME["redis killed, back after 3 s, empty"]
    result = await run(Plan(4, faults, messages=500, pace=100), tmp_path, redis, SHORT_SECONDS)
    assert broken(result, BUSY_SECONDS) == [], str(result.verdict)
