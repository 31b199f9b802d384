"""One server in a process of its own, with all that it writes: its data, temporary files, its log at DEBUG, its database."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.anonymity.canary import MARKED, close_and_go, files_holding, from_marked, new_canary, say_everywhere, temporary_files
from tests.running import RunningServer


@pytest.fixture
def running(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RunningServer]:
    (tmp_path / "data").mkdir()
    (tmp_path / "tmp").mkdir()
    environ = {"CHATSERVER_LOG__LEVEL": "debug", "TMPDIR": str(tmp_path / "tmp"), "PYTHONASYNCIODEBUG": "1"}
    with RunningServer(tmp_path, environ) as server:
        yield server


async def test_no_word_and_no_address_is_in_a_file_a_log_or_the_database_during_a_meeting_and_after(running: RunningServer) -> None:
    canary = new_canary()
    raws = await say_everywhere(running.url, running.room, running.facilitator_key, canary)
    before = temporary_files()
    assert files_holding(running.folder, canary) == [], "while the meeting runs"
    await close_and_go(raws)
    assert files_holding(running.folder, canary) == []
    assert await asyncio.to_thread(running.stop) == 0
    assert " DEBUG " in running.output, "the log was as talkative as it gets"
    for trace in (canary, MARKED):
        assert trace not in running.output
        assert files_holding(running.folder, trace) == []
    (database,) = running.folder.rglob("*.sqlite3")
    with closing(sqlite3.connect(database)) as connection:
        dump = "\n".join(connection.iterdump())
    assert "CREATE TABLE groups" in dump, "the search finds what is there"
    assert canary not in dump
    assert MARKED not in dump
    assert [path for path in temporary_files() - before if path.is_file() and canary.encode() in path.read_bytes()] == []


async def test_the_log_at_debug_holds_no_address_token_seat_or_name(running: RunningServer) -> None:
    """No address, no token, no session or seat."""
    raw = await from_marked(running.url, {})
    joined = await raw.join(running.room)
    opened = next(p for p in raw.packets if p.startswith("40"))
    await raw.close()
    assert await asyncio.to_thread(running.stop) == 0
    log = "\n".join(line for line in running.output.splitlines() if re.match(r"\d{4}-\d\d-\d\dT", line))
    assert log.count("\n") > 20
    assert MARKED not in log
    assert "127.0.0.1" not in log
    for private in (joined["seat_token"], joined["you"]["seat"], joined["you"]["name"], opened.split('"')[3], running.facilitator_key):
        assert private not in log


async def test_a_server_that_is_killed_leaves_nothing_on_disk(running: RunningServer) -> None:
    canary = new_canary()
    await say_everywhere(running.url, running.room, running.facilitator_key, canary)
    running.process.kill()
    await asyncio.to_thread(running.process.wait)
    assert files_holding(running.folder, canary) == []
