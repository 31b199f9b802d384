"""The server talks to nobody. It runs in a network of its own, in which the system counts who dials, asks for names, finds no way out."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.running import RunningServer

# Brings up the loopback of the new network (SIOCSIFFLAGS: UP and RUNNING), then becomes the server.
INSIDE = """
import fcntl, os, socket, struct, sys
fcntl.ioctl(socket.socket(), 0x8914, struct.pack("16sh14x", b"lo", 0x41))
os.execv(sys.argv[1], sys.argv[1:])
"""
# What a visitor in there does. How many connections that took is what is told.
VISIT = """
import asyncio, json, sys
from tests.anonymity.canary import close_and_go, say_everywhere

async def visit():
    raws = await say_everywhere(*sys.argv[1:], "canary")
    await close_and_go(raws)
    return len(raws)

print(json.dumps(asyncio.run(visit())))
"""


@pytest.fixture
def secluded(tmp_path: Path) -> Iterator[RunningServer]:
    if subprocess.run(["unshare", "--net", "true"], check=False, capture_output=True).returncode:
        assert not os.environ.get("CI"), "only root may make a network of its own, and in CI nothing is skipped"
        pytest.skip("only root may make a network of its own")
    with RunningServer(tmp_path, through=["unshare", "--net", sys.executable, "-c", INSIDE]) as server:
        yield server


def counted(server: RunningServer) -> dict[str, int]:
    """What the system counts in the server's network, by protocol and name."""
    counts: dict[str, int] = {}
    lines = Path(f"/proc/{server.process.pid}/net/snmp").read_text().splitlines()
    for names, values in zip(lines[::2], lines[1::2], strict=True):
        protocol, *words = names.split()
        counts |= {f"{protocol}{word}": int(value) for word, value in zip(words, values.split()[1:], strict=True)}
    return counts


def test_no_connection_goes_out_of_the_server_over_a_whole_meeting(secluded: RunningServer) -> None:
    inside = ["nsenter", f"--net=/proc/{secluded.process.pid}/ns/net", sys.executable, "-c", VISIT]
    visit = [*inside, secluded.url, secluded.room, secluded.facilitator_key]
    said = subprocess.run(visit, check=True, capture_output=True, text=True, timeout=50).stdout
    counts = counted(secluded)
    assert counts["Tcp:ActiveOpens"] == json.loads(said) > 0, "the visitors' own, and no others"
    assert counts["Udp:OutDatagrams"] == 0, "no name was looked up"
    assert counts["Ip:OutNoRoutes"] == 0, "nobody tried to get out"
