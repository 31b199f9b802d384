"""A rehearsal over two workers, which are replaced in the middle of it: nobody misses a word, and no turn is lost."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.processes.conftest import environ
from tests.redis import RunningRedis
from tests.rehearsal.conftest import Json, played, wanted
from tests.running import RunningServer

SPEED = 25  # nine minutes in some twenty seconds: longer than it takes to replace a worker


@pytest.mark.timeout(180)
async def test_the_workers_are_replaced_in_the_middle(tmp_path: Path, redis: RunningRedis) -> None:
    with RunningServer(tmp_path, environ(redis, LIMITS__MESSAGES_PER_SECOND="0"), ["--workers", "2"]) as server:
        before = server.worker_pids()

        def reload(part: Json) -> None:
            if part["title"] == "Opening":
                server.process.send_signal(signal.SIGHUP)

        sentence, told = await played(server, wanted(server, speed=SPEED), part=reload)
        assert sentence == ""
        assert set(before) - set(server.worker_pids()), "one of them at least has gone while it went on"
        assert told.of("summary")[0]["finished"]
