"""Two supervisors on two ports, with one Redis and one PostgreSQL: what one machine's people say, those of the other have."""

from __future__ import annotations

from pathlib import Path

from tests.faults.faults import BY_NAME
from tests.faults.promises import BUSY_SECONDS, broken
from tests.faults.run import SHORT_SECONDS, Plan, run
from tests.redis import RunningRedis


async def test_a_machine_loses_its_line_to_redis(tmp_path: Path, redis: RunningRedis, postgres_url: str) -> None:
    plan = Plan(5, (BY_NAME["lines to redis swallow 4 s"],), messages=500, pace=100, machines=2, workers=2, store=postgres_url)
    result = await run(plan, tmp_path, redis, SHORT_SECONDS)
    assert broken(result, BUSY_SECONDS) == [], str(result.verdict)
