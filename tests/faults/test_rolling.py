"""A rolling restart under load is seen by nobody in the room."""

from __future__ import annotations

from pathlib import Path

from tests.faults.faults import BY_NAME
from tests.faults.promises import BUSY_SECONDS, broken
from tests.faults.run import SHORT_SECONDS, Plan, run
from tests.redis import RunningRedis


async def test_a_rolling_restart_is_seen_by_nobody(tmp_path: Path, redis: RunningRedis) -> None:
    """Nobody is shown as away, nobody leaves, no send is refused, no gap is told, no line is lost but for a new one."""
    result = await run(Plan(3, (BY_NAME["rolling restart"],), passers=0, messages=500, pace=100), tmp_path, redis, SHORT_SECONDS)
    assert broken(result, BUSY_SECONDS) == [], str(result.verdict)
