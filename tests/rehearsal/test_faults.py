"""What can go wrong with a rehearsal: each is told in a sentence, and nothing is left behind."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from pathlib import Path

from chatserver.rehearsal.run import rehearsed
from chatserver.store.sql import open_store
from tests.rehearsal.conftest import Heard, Json, Told, played, store_of, wanted
from tests.running import RunningServer

NOBODY = "http://127.0.0.1:9"  # the port of a service that throws away what it gets, and that nobody runs


async def test_no_server(running: RunningServer) -> None:
    sentence, told = await played(running, wanted(running, url=NOBODY))
    assert sentence.startswith(f"No server answers at {NOBODY}. Start it in another terminal with `chatserver serve`")
    assert told == []


async def test_a_server_of_another_store(running: RunningServer, tmp_path: Path) -> None:
    file = tmp_path / "other.sqlite3"
    sentence = await rehearsed(wanted(running), lambda: open_store(f"sqlite+aiosqlite:///{file}"), Heard(Told(), {}))
    assert "does not know the room that was made for it: it has another store." in sentence
    with closing(sqlite3.connect(file)) as database:
        for table in ("groups", "meetings", "formats", "keys", "openings"):
            assert database.execute(f"SELECT count(*) FROM {table}").fetchone() == (0,), table


async def test_the_server_goes_away_in_the_middle(server: RunningServer) -> None:
    def kill(_: Json) -> None:
        server.process.kill()

    sentence, told = await played(server, wanted(server), turn=kill)
    assert "The server went away in the middle of the rehearsal" in sentence
    (summary,) = told.of("summary")
    assert summary["finished"] is False


async def test_the_room_is_closed_by_somebody_else(server: RunningServer) -> None:
    async def close() -> None:
        store = await store_of(server)()
        try:
            for opening in await store.openings():
                await store.close_opening(opening.id, 1)
        finally:
            await store.close()

    closing_it: list[asyncio.Task[None]] = []

    def on_said(_: Json) -> None:
        if not closing_it:
            closing_it.append(asyncio.create_task(close()))

    sentence, told = await played(server, wanted(server, speed=10), said=on_said)
    await closing_it[0]
    assert len(told.of("closed")) == 1
    assert sentence == ""
