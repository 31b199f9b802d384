"""The servers that are measured, each in processes of its own, as somebody would start it. All of them listen on the loopback."""

from __future__ import annotations

import asyncio
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.cores import Cores, started_on
from bench.load import Target
from bench.programs import PEERS, Missing, node, raw_program
from chatserver.domain.formats import DEFAULT_FORMAT
from chatserver.engine.tokens import new_opening_id
from chatserver.store.base import Group, Meeting
from chatserver.store.sql import open_store
from tests.redis import NoRedis, RunningRedis, executable, free_port
from tests.running import RunningServer

PRODUCT, STOCK, NODE, RAW = "chatserver", "python-socketio", "Node socket.io", "raw limit"
PRODUCT_REDIS, NODE_REDIS = "chatserver, 2 workers, Redis", "Node socket.io, 2 processes, Redis adapter"

ROOMS = 700
MINUTES = 24 * 60
READY_SECONDS = 20.0
# All rules are on. How fast one person, or one network, may be is looked at for each message and each join, and allows this much.
ENVIRON = {
    "CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "100000",
    "CHATSERVER_LIMITS__MESSAGE_BURST": "100000",
    "CHATSERVER_LIMITS__COMMANDS_PER_SECOND": "100000",
    "CHATSERVER_LIMITS__COMMAND_BURST": "100000",
    "CHATSERVER_LIMITS__JOINS_PER_MINUTE": "1000000",
    "CHATSERVER_RAID__WAVE_JOINS": "100000",
    "CHATSERVER_ROOMS__CAPACITY": "2000",
    "CHATSERVER_STORE__URL": "sqlite+aiosqlite:///rooms.sqlite3",
}


def missing(server: str) -> str | None:
    """Why this server cannot be measured here, if it cannot."""
    try:
        if server in (NODE, NODE_REDIS):
            node()
        if server in (PRODUCT_REDIS, NODE_REDIS):
            executable()
        if server == RAW:
            raw_program()
    except (Missing, NoRedis) as fault:
        return str(fault)
    return None


@contextmanager
def running(server: str, cores: Cores) -> Iterator[Target]:
    """The server, empty, with rooms r0 to r699 open. Raises what is missing as `Missing` or `NoRedis`."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="chatserver-bench-")))
        redis: RunningRedis | None = None
        if server in (PRODUCT_REDIS, NODE_REDIS):
            with started_on(cores.redis):
                redis = stack.enter_context(RunningRedis(folder))
        with started_on(cores.server if redis is None else cores.workers):
            if server in (PRODUCT, PRODUCT_REDIS):
                yield stack.enter_context(_product(folder, redis))
            elif server in (NODE, NODE_REDIS):
                yield stack.enter_context(_of_node(redis))
            else:
                port = free_port()
                command = [str(raw_program())] if server == RAW else [sys.executable, str(PEERS / "stock.py")]
                yield Target([port], [stack.enter_context(_ready([*command, str(port)]))])


@contextmanager
def _product(folder: Path, redis: RunningRedis | None) -> Iterator[Target]:
    shutil.copy(rooms_database(), folder / "rooms.sqlite3")
    environ = ENVIRON if redis is None else ENVIRON | {"CHATSERVER_BACKPLANE__URL": redis.url, "CHATSERVER_SERVER__WORKERS": "2"}
    with RunningServer(folder, environ) as server:
        port = int(server.url.rpartition(":")[2])
        yield Target([port], [server.process.pid, *server.worker_pids()], chatserver=True, redis=_pids(redis))


@contextmanager
def _of_node(redis: RunningRedis | None) -> Iterator[Target]:
    ports = [free_port() for _ in range(1 if redis is None else 2)]
    with ExitStack() as stack:
        commands = [[node(), str(PEERS / "node.js"), str(port), *([] if redis is None else [redis.url])] for port in ports]
        yield Target(ports, [stack.enter_context(_ready(command)) for command in commands], redis=_pids(redis))


def _pids(redis: RunningRedis | None) -> Sequence[int]:
    return () if redis is None else (redis.process.pid,)


@contextmanager
def _ready(command: Sequence[str]) -> Iterator[int]:
    """The process id of a program that has said that it is ready. It is killed at the end."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        if not select.select([process.stdout], [], [], READY_SECONDS)[0] or "ready" not in process.stdout.readline():
            raise Missing(f"{command[0]} did not begin within {READY_SECONDS:.0f} s")
        yield process.pid
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


_kept = ExitStack()


@lru_cache(maxsize=1)
def rooms_database() -> Path:
    """A database in which all rooms are open, made once and copied for each start."""
    path = Path(_kept.enter_context(TemporaryDirectory(prefix="chatserver-bench-"))) / "rooms.sqlite3"
    asyncio.run(_make_rooms(path))
    return path


async def _make_rooms(path: Path) -> None:
    store = await open_store(f"sqlite+aiosqlite:///{path}")
    try:
        group = Group("bench", "Bench")
        await store.add_group(group)
        now = int(time.time() * 1000)
        for number in range(ROOMS):
            meeting = Meeting(f"r{number}", group, f"Room {number}", DEFAULT_FORMAT, "UTC", None, None, MINUTES)
            await store.add_meeting(meeting)
            await store.open_meeting(meeting.slug, new_opening_id(), now, now + MINUTES * 60_000)
    finally:
        await store.close()
