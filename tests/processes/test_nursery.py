"""Processes that are forked: each tells how it ended, none of them what somebody said, and none is left."""

from __future__ import annotations

import json
import subprocess
import sys

CANARY = "somebody's words"

# In a process of its own: what parts in two here would be the tests themselves.
PROGRAM = """
import asyncio, json, os, socket, sys, time
from chatserver import logs
from chatserver.supervisor.nursery import Nursery

def work(descriptors):
    channel, *rest = descriptors
    told = channel.recv(100).decode()
    if told == "raises":
        raise KeyError("somebody's words")
    if told == "asks to end":
        sys.exit(4)
    if told == "stays":
        channel.sendall(b"here")
        time.sleep(60)
    return len(rest)

async def begun(nursery, order, more=()):
    ours, theirs = socket.socketpair()
    pid = await nursery.begin([theirs.fileno(), *more])
    theirs.close()
    ours.sendall(order.encode())
    return pid, ours

async def main(nursery):
    codes = {}
    listening = [socket.socket() for _ in range(3)]
    for order in ("returns", "raises", "asks to end"):
        pid, _ = await begun(nursery, order, [each.fileno() for each in listening])
        codes[order] = await nursery.ended(pid)
        nursery.forget(pid)
    pid, ours = await begun(nursery, "stays")
    assert ours.recv(10) == b"here"
    nursery.kill(pid)
    codes["stays"] = await nursery.ended(pid)
    several = [(await begun(nursery, "returns"))[0] for _ in range(20)]
    codes["several"] = [await nursery.ended(each) for each in several]
    print(json.dumps(codes))

logs.install("info")
asyncio.run(main(Nursery.open(work)))
"""


def test_each_tells_how_it_ended_and_nothing_else() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, timeout=30, check=True)
    codes = {"returns": 3, "raises": 1, "asks to end": 4, "stays": -9, "several": [0] * 20}
    assert json.loads(done.stdout) == codes
    assert "exception=KeyError at=nursery:" in done.stderr, "where it was, for whoever mends it"
    assert "nursery lost" not in done.stderr, "it ended with the program"
    assert CANARY not in done.stdout + done.stderr
