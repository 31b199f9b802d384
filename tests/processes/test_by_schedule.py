"""A meeting of the schedule, over several real workers and one database: its room is opened once, whatever becomes of them."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

from chatserver.domain.schedule import written
from chatserver.store.base import Group, Meeting
from chatserver.store.sql import open_store
from tests.processes.conftest import WORKERS, asked, environ, status
from tests.redis import RunningRedis
from tests.running import RunningServer
from tests.transport.raw import connected


async def test_opened_once_and_open_still_when_all_workers_were_killed(tmp_path: Path, redis: RunningRedis) -> None:
    url = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    store = await open_store(url)
    began = (datetime.now(UTC) - timedelta(minutes=2)).replace(second=0, microsecond=0, tzinfo=None)
    await store.add_group(Group("group", "A group"))
    await store.add_meeting(Meeting("now", Group("group", "A group"), "Now", "open-circle", "UTC", written(began), None, 60))
    with RunningServer(tmp_path, environ(redis, STORE__URL=url), ["--workers", str(WORKERS)]) as server:
        await asked(f"{server.url}/g/group", 200, "Open now, until")
        (opening,) = await store.openings()
        raw = await connected(server.url)
        door = await raw.ask("door", {"room": "now"})
        assert (door["state"], door["starts_at"]) == ("open", int(began.replace(tzinfo=UTC).timestamp()) * 1_000)
        await raw.close()
        for pid in server.worker_pids():
            os.kill(pid, signal.SIGKILL)
        await asked(server.metrics, 200, f"chatserver_worker_restarts_total {WORKERS}.0")
        await asked(status(server, "readyz"), 200, f"{WORKERS} of {WORKERS} workers are ready")
        raw = await connected(server.url)
        joined = await raw.ask("join", {"room": "now"})
        assert (joined["ok"], joined["waiting"], joined["room"]["held"]) == (True, True, True), "nobody leads"
        await raw.close()
        assert [each.id for each in await store.openings()] == [opening.id]
    await store.close()
