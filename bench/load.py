"""Runs the load generator (bench/load/), and reads what it says."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from bench.cores import started_on
from bench.programs import load_program


class LoadFault(Exception):
    """The load generator failed. `args[0]` says how."""


@dataclass(frozen=True, slots=True)
class Target:
    """A server that runs: where, and which processes it consists of."""

    ports: Sequence[int]
    pids: Sequence[int]
    chatserver: bool = False  # it speaks docs/protocol.md, and not the plain contract of the peers
    redis: Sequence[int] = ()  # process ids


@dataclass(frozen=True, slots=True)
class Phase:
    """`told` is in the words of the head of load.c; `name` is what its figures are called; empty for a warm-up."""

    name: str
    told: str


def run_load(
    target: Target, phases: Sequence[Phase], rooms: int, senders: int, cores: frozenset[int], seconds: int = 120, text_bytes: int = 200
) -> dict[str, dict[str, float]]:
    """The figures of each phase, by its name. Raises `LoadFault`, `Missing`."""
    command = [
        str(load_program()),
        *("-p", _comma(target.ports)),
        *("-P", _comma(target.pids)),
        *(("-Q", _comma(target.redis)) if target.redis else ()),
        *(("-k",) if target.chatserver else ()),
        *("-r", str(rooms)),
        *("-s", str(senders)),
        *("-b", str(text_bytes)),
        *("-t", str(seconds)),
        *(phase.told for phase in phases),
    ]
    with started_on(cores):
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds + 30)
    lines = [line for line in done.stdout.splitlines() if line.startswith("{")]
    if done.returncode or len(lines) != len(phases):
        raise LoadFault(
            f"the load generator ended with {done.returncode} after {len(lines)} of {len(phases)} phases:\n{done.stderr[-2000:]}"
        )
    figures = {phase.name: dict(read(json.loads(line))) for phase, line in zip(phases, lines, strict=True) if phase.name}
    for each in figures.values():
        if each.get("joined") == 0:
            raise LoadFault(f"nobody was let in:\n{done.stderr[-2000:]}")
    return figures


def _comma(numbers: Sequence[int]) -> str:
    return ",".join(map(str, numbers))


def read(said: dict[str, Any]) -> Iterator[tuple[str, float]]:
    """The figures of one phase, from the line that the load generator wrote about it."""
    seconds, cpu = said["seconds"], said["server_cpu"]
    yield "cpu_s", cpu
    yield "seconds", seconds
    yield "lost", said["lost"]
    yield "rss_mib", said["rss_kib"] / 1024
    yield "load_share", said["load_cpu"] / seconds if seconds else 0.0
    if said["phase"] == "idle":
        yield "share", cpu / seconds
    elif said["phase"] == "come":
        joined = said["joined"]
        yield "joined", joined
        if joined:
            yield "joins_per_s", joined / seconds
            yield "us_per_join", cpu * 1e6 / joined
            yield "kib_per_member", (said["rss_kib"] - said["rss_empty_kib"]) / said["joined_in_all"]
    else:
        yield from _of_messages(said, cpu)


def _of_messages(said: dict[str, Any], cpu: float) -> Iterator[tuple[str, float]]:
    received, sent = said["received"], said["sent"]
    yield "sent", sent
    yield "received", received
    yield "missing", said["expected"] - received
    yield "refused", said["refused"]
    yield "unanswered", said["unanswered"]
    for name in ("visits", "dropped"):
        if said.get(name) is not None:
            yield name, said[name]
    yield "server_share", said["window_cpu"] / said["window"]
    yield "deliveries_per_s", said["received_in_window"] / said["window"]
    yield "bytes", said["bytes"]
    if said["expected"]:
        yield "in_time", said["received_in_window"] / said["expected"]
    if sent:
        yield "redis_us_per_message", said["redis_cpu"] * 1e6 / sent
    if received:
        yield "us_per_delivery", cpu * 1e6 / received
        for name in ("p50_ms", "p99_ms", "max_ms"):
            yield name, said[name]
