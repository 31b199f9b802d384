"""A master, a copy of it, and a sentinel that lets the copy take over."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.redis import RunningRedis, needed
from tests.waiting import until

FAILOVER_SECONDS = 20.0


@dataclass
class Watched:
    master: RunningRedis
    copy: RunningRedis
    sentinel: RunningRedis

    @property
    def url(self) -> str:
        return f"redis+sentinel://127.0.0.1:1,127.0.0.1:{self.sentinel.port}/room"  # the first one is never there


@contextmanager
def watching(tmp_path: Path) -> Iterator[Watched]:
    needed()
    with ExitStack() as stack:
        folders = [tmp_path / name for name in ("master", "copy", "sentinel")]
        for folder in folders:
            folder.mkdir()
        master = stack.enter_context(RunningRedis(folders[0]))
        replication = ["--replicaof", f"127.0.0.1 {master.port}", "--repl-diskless-load", "swapdb"]
        copy = stack.enter_context(RunningRedis(folders[1], replication))
        conf = folders[2] / "sentinel.conf"  # it writes into it
        conf.write_text(
            f"sentinel monitor room 127.0.0.1 {master.port} 1\n"
            "sentinel down-after-milliseconds room 500\n"
            "sentinel failover-timeout room 2000\n"
        )
        sentinel = stack.enter_context(RunningRedis(folders[2], ["--sentinel"], conf=conf))
        yield Watched(master, copy, sentinel)


async def knows_its_copy(watched: Watched) -> None:
    await until(lambda: b"master_link_status:up" in watched.copy.call("INFO", "replication"), "no replication", FAILOVER_SECONDS)
    await until(lambda: watched.sentinel.call("SENTINEL", "REPLICAS", "room"), "the sentinel knows no copy", FAILOVER_SECONDS)
