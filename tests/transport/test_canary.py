"""A random word is said in every place where something can be said; afterwards it is nowhere."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import secrets
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tests.clients import Client
from tests.running import RunningServer
from tests.transport.conftest import House
from tests.transport.memory import holders
from tests.transport.raw import Raw, connected, frame
from tests.waiting import until


def new_canary() -> str:
    """In letters that no filter of names or texts touches."""
    return "".join(secrets.choice("bcdfghjkmnpqrstvwxz") for _ in range(24))


async def say_everywhere(url: str, room: str, key: str, canary: str) -> list[Raw]:
    """A meeting in which every field that takes words holds the canary, refusals and broken packets included."""
    headers = {"User-Agent": canary, "Cookie": f"c={canary}", "X-Forwarded-For": canary, "Referer": f"http://x/{canary}"}
    host, member, troll = [await connected(url, headers) for _ in range(3)]
    await host.join(room, key=key, name=f"H {canary}"[:30])
    seat = (await member.join(room, name=canary))["you"]["seat"]
    trolls = (await troll.join(room))["you"]["seat"]
    asked: list[tuple[Raw, str, Any]] = [
        (member, "send", {"id": "m1", "text": f"I say {canary}"}),
        (member, "send", {"id": canary, "text": canary, "warning": canary}),
        (member, "send", {"id": "bad id", "text": canary}),
        (member, "send", {"id": "m3", "text": canary * 100}),
        (member, "help", {"text": f"help {canary}"}),
        (member, canary, {"text": canary}),
        (member, "react", {"to": f"{canary}.{canary}", "kind": "hug"}),
        (member, "mute", {"seat": canary}),
        (member, "door", {"room": canary, "key": canary}),
        (member, "report", {"id": f"{seat}.m1", "text": "altered", "proof": canary}),
        (troll, "report", {"id": f"{seat}.m1", "reason": f"because {canary}"}),
        (troll, "send", {"id": "t1", "text": f"ugly {canary}"}),
        (host, "rename", {"seat": trolls, "name": f"T {canary}"}),
        (host, "lock", {"on": canary}),
        (host, "mute", {"seat": seat}),
        (member, "send", {"id": "m4", "text": f"muted {canary}"}),
        (host, "remove", {"seat": trolls, "reason": f"go {canary}", "ban": True}),
    ]
    for n, (who, name, payload) in enumerate(asked):
        await who.ask(name, payload, ack=n)
    broken = [f'42["{canary}",NaN]', f"7{canary}", f'42/{canary},["x"]', f'45-["{canary}"]']
    bad = [await connected(url, headers) for _ in broken]
    for raw, packet in zip(bad, broken, strict=True):
        raw.text(packet)
        await raw.closed()
    torn = await connected(url, headers)
    torn.put(frame(1, f'421["send",{{"text":"{canary}"}}]'.encode())[:-9])  # never comes to its end
    return [host, member, troll, torn, *bad]


async def close_and_go(raws: list[Raw]) -> None:
    assert (await raws[0].ask("close"))["ok"]
    for raw in raws:
        await raw.close()


# --- in a process of its own: files, output, database


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningServer]:
    (tmp_path / "data").mkdir()
    (tmp_path / "tmp").mkdir()
    environ = {"CHATSERVER_LOG__LEVEL": "debug", "TMPDIR": str(tmp_path / "tmp"), "PYTHONASYNCIODEBUG": "1"}
    with RunningServer(tmp_path, environ) as server:
        yield server


def files_holding(folder: Path, canary: str) -> list[str]:
    needles = [canary.encode(), canary.encode("utf-16-le"), canary.encode().hex().encode()]
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and any(needle in path.read_bytes() for needle in needles):
            found.append(str(path))
    return found


def temporary_files() -> set[Path]:
    return set(Path(tempfile.gettempdir()).iterdir())


async def test_it_is_in_no_file_no_log_and_no_database(running: RunningServer) -> None:
    canary = new_canary()
    raws = await say_everywhere(running.url, running.room, running.facilitator_key, canary)
    before = temporary_files()
    assert files_holding(running.folder, canary) == [], "while the meeting runs"
    await close_and_go(raws)
    assert files_holding(running.folder, canary) == []
    assert await asyncio.to_thread(running.stop) == 0
    assert " DEBUG " in running.output, "the log was as talkative as it gets"
    assert canary not in running.output
    assert files_holding(running.folder, canary) == []
    (database,) = running.folder.rglob("*.sqlite3")
    with closing(sqlite3.connect(database)) as connection:
        assert canary not in "\n".join(connection.iterdump())
    assert [path for path in temporary_files() - before if path.is_file() and canary.encode() in path.read_bytes()] == []


async def test_the_log_at_debug_names_nobody(running: RunningServer) -> None:
    """No address, no token, no session or seat."""
    raw = await connected(running.url)
    joined = await raw.join(running.room)
    opened = next(p for p in raw.packets if p.startswith("40"))
    await raw.close()
    assert await asyncio.to_thread(running.stop) == 0
    log = "\n".join(line for line in running.output.splitlines() if re.match(r"\d{4}-\d\d-\d\dT", line))
    assert log.count("\n") > 20
    assert "127.0.0.1" not in log
    for private in (joined["seat_token"], joined["you"]["seat"], joined["you"]["name"], opened.split('"')[3], running.facilitator_key):
        assert private not in log


async def test_a_killed_server_leaves_nothing(running: RunningServer) -> None:
    canary = new_canary()
    await say_everywhere(running.url, running.room, running.facilitator_key, canary)
    running.process.kill()
    await asyncio.to_thread(running.process.wait)
    assert files_holding(running.folder, canary) == []


# --- in this process: memory


async def all_gone(house: House) -> None:
    """Until the server has seen the last of its connections end."""
    await until(lambda: not house.worker._sockets._opened, "connections that do not end", 10)
    gc.collect()


def found_in(house: House, backwards: str) -> list[str]:
    return holders(house.worker, backwards, beyond=(Client, House, Raw, pytest.Item))


async def meeting(house: House) -> str:
    """Says a canary everywhere, closes and goes; returns it backwards, so that this test does not hold it."""
    canary = new_canary()
    await close_and_go(await say_everywhere(house.url, "room", await house.key("facilitator"), canary))
    return canary[::-1]


async def test_the_search_finds_what_is_there(house: House) -> None:
    backwards = new_canary()
    raw = await connected(house.url)
    await raw.join(name=backwards[::-1])
    assert found_in(house, backwards)
    await raw.close()


async def test_it_is_in_no_object_of_the_server(house: House) -> None:
    backwards = await meeting(house)
    await all_gone(house)
    assert found_in(house, backwards) == []


async def test_it_is_not_held_by_an_exception(house: House, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    """Nor by its traceback, its log record, or what python-socketio makes of it."""

    failed: list[str] = []

    async def fail(here: object, request: Any) -> None:
        words = f"these words: {request.model_dump()}"
        failed.append(type(request).__name__)
        raise RuntimeError(words)

    for name in ("send", "help", "remove"):
        monkeypatch.setitem(house.worker.service._handlers, name, fail)
    caplog.set_level(logging.CRITICAL)  # pytest's own handler keeps records; the server's formatter is tested elsewhere
    backwards = await meeting(house)
    await all_gone(house)
    assert set(failed) == {"Send", "Help", "Remove"}
    assert found_in(house, backwards) == []


async def test_headers_are_dropped_once_connected(house: House) -> None:
    """What a browser says of itself is of no use to anybody after the handshake."""
    backwards = new_canary()
    headers = {"User-Agent": backwards[::-1], "Cookie": f"c={backwards[::-1]}", "Accept-Language": backwards[::-1]}
    raw = await connected(house.url, headers)
    await raw.join()
    del headers
    gc.collect()
    assert found_in(house, backwards) == []
    await raw.close()
    await all_gone(house)
    assert found_in(house, backwards) == []
