"""What a run happens to: supervisors with their workers, one Redis behind lines that can be made bad, and who is in the room."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections.abc import Mapping
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import aiohttp

from tests.faults.history import History
from tests.faults.member import Member
from tests.faults.proxy import Proxy
from tests.redis import RunningRedis
from tests.running import RunningServer

# So many members from one address, who say so much, are none of a server's daily life.
NO_LIMITS = {f"CHATSERVER_LIMITS__{key}": "0" for key in ("MESSAGES_PER_SECOND", "COMMANDS_PER_SECOND", "JOINS_PER_MINUTE")}
NO_LIMITS |= {"CHATSERVER_RAID__WAVE_JOINS": "0", "CHATSERVER_RAID__REPEATS": "true"}

# How a supervisor's rolling restart ends, in its words.
_RELOADED, _REFUSED = "All workers are new.", "The new workers cannot start"


class House:
    """Use as an async context. `machines` supervisors, each with that many workers, its own line to Redis and its own front door.

    Several machines need `store`, the URL of a database that they share. With `backplane`, another URL, there are no lines to make bad."""

    def __init__(
        self,
        folder: Path,
        redis: RunningRedis,
        *,
        machines: int = 1,
        workers: int = 3,
        store: str = "",
        backplane: str = "",
        environ: Mapping[str, str] | None = None,
    ) -> None:
        assert machines == 1 or store, "machines share a database"
        self.redis = redis
        self.redis_lines: list[Proxy] = []
        self.doors: list[Proxy] = []  # lines of members, for those who are told to come through them
        self.servers: list[RunningServer] = []
        self.members: list[Member] = []
        self.history = History()
        self.through_doors = False
        self._folder = folder
        self._machines = machines
        self._workers = workers
        self._backplane = backplane
        self._environ = NO_LIMITS | {"CHATSERVER_SERVER__WORKERS": str(workers)} | dict(environ or {})
        if store:
            self._environ["CHATSERVER_STORE__URL"] = store
        self._stack = AsyncExitStack()
        self._session: aiohttp.ClientSession

    async def __aenter__(self) -> House:
        async with AsyncExitStack() as stack:
            self._session = await stack.enter_async_context(aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)))
            for n in range(self._machines):
                line = await stack.enter_async_context(Proxy(lambda: self.redis.port))
                self.redis_lines.append(line)
                folder = self._folder / f"machine{n}"
                folder.mkdir(exist_ok=True)
                environ = self._environ | {"CHATSERVER_BACKPLANE__URL": self._backplane or f"redis://127.0.0.1:{line.port}"}
                server = RunningServer(folder, environ)
                await asyncio.to_thread(server.__enter__)
                stack.callback(server.__exit__)
                self.servers.append(server)
                port = int(server.url.rpartition(":")[2])
                self.doors.append(await stack.enter_async_context(Proxy(port)))
            stack.push_async_callback(self._everyone_stops)
            self._stack = stack.pop_all()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._stack.aclose()

    async def _everyone_stops(self) -> None:
        await asyncio.gather(*(member.stop() for member in self.members))

    # --- who is there

    @property
    def room(self) -> str:
        return self.servers[0].room

    @property
    def urls(self) -> list[str]:
        return [door.url for door in self.doors] if self.through_doors else [server.url for server in self.servers]

    async def host(self, seconds: float = 20.0) -> Member:
        """A facilitator, who is in the room."""
        host = Member("host", self.history, self._session, self.urls, self.room, key=self.servers[0].facilitator_key)
        await self._enter([host], seconds)
        return host

    async def enter(self, count: int, chance: random.Random, seconds: float = 20.0) -> list[Member]:
        """That many more members, who are in the room."""
        start = len(self.members)
        new = [
            Member(f"m{n:02}", self.history, self._session, self.urls, self.room, chance=random.Random(chance.random()))
            for n in range(start, start + count)
        ]
        await self._enter(new, seconds)
        return new

    async def _enter(self, members: list[Member], seconds: float) -> None:
        self.members += members
        for member in members:
            member.start()
        async with asyncio.timeout(seconds):
            await asyncio.gather(*(member.seated() for member in members))

    # --- processes

    def workers(self, machine: int | None = None) -> list[int]:
        """Process ids of the workers, of one machine or all."""
        servers = self.servers if machine is None else [self.servers[machine]]
        return [pid for server in servers for pid in server.worker_pids()]


def reload(server: RunningServer) -> None:
    """A rolling restart, to its end."""
    done = server.output.count(_RELOADED), server.output.count(_REFUSED)
    server.process.send_signal(signal.SIGHUP)
    while done == (server.output.count(_RELOADED), server.output.count(_REFUSED)):
        server._next_line()


def send_signal(pid: int, number: int) -> None:
    """To a process that may have ended."""
    with suppress(ProcessLookupError):
        os.kill(pid, number)
