"""An SQLite database that is locked, read-only, broken or not ours: the port's own exception, in time, with a sentence for the operator."""

from __future__ import annotations

import asyncio
import sqlite3
import stat
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from alembic import op
from sqlalchemy import make_url

from chatserver.domain.schedule import Change
from chatserver.store import migrate as migrations
from chatserver.store.base import Group, Key, Meeting, NotThere, Store, StoreUnavailable
from chatserver.store.sql import SqlStore, open_store
from chatserver.store.sqlite import make_engine

GROUP = Group("tuesday", "Tuesday group")
MEETING = Meeting("evening", GROUP, "Evening", "open-circle", "UTC", "2026-11-24T19:00", "FREQ=WEEKLY", 60)
SKIPPED = Change(datetime.fromisoformat("2026-12-01T19:00"), skipped=True)


@pytest.fixture
def store_url(sqlite_url: str) -> str:
    return sqlite_url


def path_of(url: str) -> str:
    return url.removeprefix("sqlite+aiosqlite:///")


@contextmanager
def locked(url: str, *, against_readers: bool = False) -> Iterator[None]:
    with closing(sqlite3.connect(path_of(url), isolation_level=None)) as other:
        if against_readers:
            other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("BEGIN EXCLUSIVE")
        if against_readers:
            other.execute("CREATE TABLE theirs (x)")
        yield


async def test_a_locked_database_takes_no_change_and_says_so_in_time(store: Store, store_url: str) -> None:
    started = time.monotonic()
    with locked(store_url), pytest.raises(StoreUnavailable, match="locked by another program"):
        await store.add_group(GROUP)
    assert time.monotonic() - started < 2.5
    assert await store.groups() == []
    await store.add_group(GROUP)


async def test_a_change_of_several_rows_in_a_locked_database_says_so_in_time_and_leaves_no_lock(store: Store, store_url: str) -> None:
    await store.add_group(GROUP)
    await store.add_meeting(MEETING)
    started = time.monotonic()
    with locked(store_url):
        with pytest.raises(StoreUnavailable):
            await store.put_change("evening", SKIPPED, 1)
        assert time.monotonic() - started < 2.5
        assert await store.meeting("evening") == MEETING
    await store.put_change("evening", replace(SKIPPED, title="again"), 2)
    kept = await store.meeting("evening")
    assert kept is not None
    assert (kept.changes, kept.updated_at) == ((replace(SKIPPED, title="again"),), 2)


async def test_callers_that_go_away_in_the_middle_leave_no_lock_and_nothing_half_done(store: Store, store_url: str) -> None:
    await store.add_group(GROUP)
    await store.add_meeting(MEETING)
    other = await open_store(store_url)
    for turns in range(30):
        call = asyncio.create_task(store.put_change("evening", replace(SKIPPED, title=str(turns)), turns))
        for _ in range(turns):
            await asyncio.sleep(0)
        call.cancel()
        await asyncio.gather(call, return_exceptions=True)
        await other.update_group(GROUP)  # waits for whoever still writes
        kept = await other.meeting("evening")
        assert kept is not None
        assert [change.title for change in kept.changes] == ([str(kept.updated_at)] if kept.sequence else [])
    await other.close()


async def test_a_locked_database_can_be_read(store: Store, store_url: str) -> None:
    await store.add_group(GROUP)
    with locked(store_url):
        assert await store.groups() == [GROUP]


async def test_many_callers_of_a_locked_database_all_hear_in_time(store: Store, store_url: str) -> None:
    started = time.monotonic()
    with locked(store_url):
        answers = await asyncio.gather(*(store.add_group(Group(f"g{n}", "G")) for n in range(12)), return_exceptions=True)
        assert time.monotonic() - started < 2.5
        assert {type(answer) for answer in answers} == {StoreUnavailable}
    assert await store.groups() == []
    await store.add_group(GROUP)  # behind whoever still writes
    assert await store.groups() == [GROUP], "who was told that nothing was changed was told the truth"


async def test_a_database_locked_against_readers_at_start(store_url: str) -> None:
    await (await open_store(store_url)).close()
    with locked(store_url, against_readers=True), pytest.raises(StoreUnavailable, match="locked by another program"):
        await open_store(store_url)


def read_only(url: str) -> str:
    return f"sqlite+aiosqlite:///file:{path_of(url)}?mode=ro&uri=true"


async def test_a_read_only_database_at_start(store: Store, store_url: str) -> None:
    with pytest.raises(StoreUnavailable, match="read-only"):
        await open_store(read_only(store_url))


async def test_a_read_only_database_can_be_read(store: Store, store_url: str) -> None:
    await store.add_group(GROUP)
    await store.add_meeting(Meeting("evening", GROUP, "Evening", "open-circle", "UTC", None, None, 60))
    await store.add_key(Key(b"k" * 32, "tuesday", "facilitator"))
    reader = SqlStore(make_engine(make_url(read_only(store_url))))
    await reader.check()
    assert await reader.use_key(b"k" * 32)
    with pytest.raises(StoreUnavailable, match="read-only"):
        await reader.open_meeting("evening", "first", 1, 2)
    with pytest.raises(StoreUnavailable, match="read-only"):
        await reader.add_group(Group("friday", "Friday"))
    await reader.close()


async def test_a_file_that_is_no_database(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite3").write_text("this is a letter, not a database " * 100)
    with pytest.raises(StoreUnavailable, match="not an SQLite database"):
        await open_store(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite3")


async def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match=r"file/data: Not a directory\."):
        await open_store(f"sqlite+aiosqlite:///{tmp_path}/file/data/a.sqlite3")


async def test_a_database_of_a_newer_version(store: Store, store_url: str) -> None:
    with closing(sqlite3.connect(path_of(store_url))) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match="newer version"):
        await open_store(store_url)


async def test_folder_and_file_are_for_this_user_only(store: Store, store_url: str) -> None:
    await store.add_group(GROUP)
    file = Path(path_of(store_url))
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert {stat.S_IMODE(each.stat().st_mode) for each in file.parent.iterdir()} == {0o600}


async def test_readers_do_not_wait_for_writers(store: Store, store_url: str) -> None:
    with closing(sqlite3.connect(path_of(store_url))) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)


async def test_a_migration_that_fails_leaves_nothing(store_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    make_index = op.create_index
    monkeypatch.setattr(op, "create_index", lambda *args, **more: op.execute("CREATE NONSENSE"))
    with pytest.raises(StoreUnavailable):
        await open_store(store_url)
    with closing(sqlite3.connect(path_of(store_url))) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == []
    monkeypatch.setattr(op, "create_index", make_index)
    await (await open_store(store_url)).close()


async def test_programs_that_start_together_migrate_once(store_url: str) -> None:
    for n in range(20):  # a race: one try would seldom meet it
        url = store_url.replace("store.sqlite3", f"store{n}.sqlite3")
        await asyncio.gather(*(migrations.migrate(url) for _ in range(3)))
        store = await open_store(url)
        assert await store.is_empty()
        await store.close()


async def test_a_fault_tells_nothing_of_what_was_asked(store: Store, store_url: str) -> None:
    with pytest.raises(NotThere) as caught:
        await store.add_key(Key(b"canary" * 6, "nowhere", "member"))
    assert "canary" not in repr(caught.value)
    with locked(store_url), pytest.raises(StoreUnavailable) as unavailable:
        await store.add_group(Group("canary", "canary"))
    assert "canary" not in str(unavailable.value)
