"""The command as it is typed, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import re
import signal
import subprocess
import sys

import pytest

from chatserver.rehearsal.play import look_at_door
from tests.commands import refused
from tests.rehearsal.conftest import SHORT, Json, store_of
from tests.running import RunningServer

SECONDS = 30.0


def command(server: RunningServer, *words: str) -> subprocess.Popen[str]:
    """In the server's folder, where its store is."""
    return subprocess.Popen(
        [sys.executable, "-m", "chatserver", "rehearse", "--url", server.url, *words],
        cwd=server.folder,
        env={name: value for name, value in os.environ.items() if not name.startswith("CHATSERVER_")} | {"PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


async def put_short(server: RunningServer) -> None:
    store = await store_of(server)()
    try:
        await store.put_format("demo", "short", SHORT)
    finally:
        await store.close()


async def test_a_group_s_own_format_is_rehearsed_and_shown(running: RunningServer) -> None:
    await put_short(running)
    process = command(running, "--format", "short", "--group", "demo", "--members", "3", "--speed", "600")
    out, err = await asyncio.to_thread(process.communicate, timeout=SECONDS)
    assert (process.returncode, err) == (0, "")
    assert "\x1b" not in out, "this is no terminal"
    assert "Rehearsal: Short\n  9 minutes, 600 times as fast · 3 pretend members" in out
    assert f"To watch or take part   {running.url}/r/rehearsal-short-" in out
    for heading in ("── Before the start", "── 1 of 5 · Quiet", "── 4 of 5 · Sharing", "── Closed"):
        assert heading in out
    assert re.search(r"^ +0:0\d ◆ [A-Z]\w+ [A-Z]\w+ +Welcome\.$", out, re.MULTILINE)
    assert "✓  4 people heard the same" in out
    assert "✗" not in out


async def test_ctrl_c_closes_the_room(running: RunningServer) -> None:
    process = command(running, "--format", "smart", "--speed", "20", "--json")
    assert process.stdout is not None
    told: list[Json] = []
    while not told or told[-1]["type"] != "part":
        line = await asyncio.to_thread(process.stdout.readline)
        told.append(json.loads(line))
    process.send_signal(signal.SIGINT)
    out, err = await asyncio.to_thread(process.communicate, timeout=SECONDS)
    told += [json.loads(line) for line in out.splitlines()]
    assert (process.returncode, err) == (0, "")
    assert [each["type"] for each in told[-2:]] == ["stopped", "summary"]
    assert told[-1]["ok"]
    assert not told[-1]["finished"]
    room = told[0]["page"].rpartition("/")[2]
    assert (await look_at_door(running.url, room))["code"] == "unknown_room"


async def test_no_server_is_a_sentence_and_one(running: RunningServer) -> None:
    process = command(running, "--format", "smart", "--url", "http://127.0.0.1:9")
    out, err = await asyncio.to_thread(process.communicate, timeout=SECONDS)
    assert (process.returncode, out) == (1, "")
    assert err.startswith("Error: No server answers at http://127.0.0.1:9. Start it in another terminal with `chatserver serve`")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--format", "smrt"], 'There is no format "smrt" here; did you mean smart?'),
        (["--format", "smart", "--group", "nobody"], 'There is no group or meeting "nobody" here.'),
        (["--format", "smart", "--speed", "0"], "1<=x<=600"),
        (["--format", "smart", "--members", "2"], "3<=x<=100"),
        (["--format", "smart", "--url", "localhost"], "it may be an address like http://127.0.0.1:8000."),
        ([], "Missing option '--format'"),
    ],
)
def test_what_is_asked_wrongly(words: list[str], told: str, tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    assert told in refused("rehearse", *words)


def test_a_port_that_is_not_known(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(str(tmp_path))
    monkeypatch.setenv("CHATSERVER_SERVER__PORT", "0")
    assert "name its address with --url" in refused("rehearse", "--format", "smart")
