"""All that is particular to SQLite: the file, and how a connection to it behaves."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from chatserver.store.base import StoreUnavailable

# How long to wait for a connection, and for another writer. Together within the time of a call: one that is cut off
# instead has to wait for its thread, and nobody knows whether its change was made.
POOL_SECONDS = 0.7
BUSY_SECONDS = 1.2
MIGRATION_SECONDS = 5.0  # at start nobody waits for us, and whoever starts beside us may be migrating


def is_locked(fault: OperationalError) -> bool:
    """Another connection is writing."""
    return "database is locked" in str(fault.orig)


async def wait_for_locks(connection: AsyncConnection, seconds: float) -> None:
    """How long a statement on this connection waits from now on while another connection writes."""
    await connection.exec_driver_sql(f"PRAGMA busy_timeout = {round(seconds * 1_000)}")


def make_file(url: URL) -> None:
    """Makes the database's folder and file, for this user only. Raises `StoreUnavailable`."""
    if not url.database or url.database.startswith("file:"):
        return
    path = Path(url.database)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.close(os.open(path, os.O_RDONLY | os.O_CREAT, 0o600))
    except OSError as fault:
        raise StoreUnavailable(f"The database file cannot be opened: {fault.filename}: {fault.strerror}.") from None


def make_engine(url: URL, *, to_migrate: bool = False) -> AsyncEngine:
    """With `to_migrate` a transaction takes the write lock at its start, and the file is made one whose readers never wait for a writer.

    Otherwise there are no transactions: each statement is one by itself, and is spared the beginning and the end of another, which cost
    several turns of the driver's thread each."""
    alone: dict[str, Any] = {} if to_migrate else {"isolation_level": "AUTOCOMMIT", "skip_autocommit_rollback": True}
    engine = create_async_engine(
        url,
        hide_parameters=True,
        poolclass=AsyncAdaptedQueuePool,
        pool_size=4,  # SQLite has one writer at a time: more connections would only wait for each other
        max_overflow=0,
        pool_timeout=POOL_SECONDS,
        connect_args={"timeout": MIGRATION_SECONDS if to_migrate else BUSY_SECONDS},
        **alone,
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # left to itself, Python's driver begins no transaction before a CREATE TABLE
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys = ON")
        if to_migrate:
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.close()

    if to_migrate:

        @event.listens_for(engine.sync_engine, "begin")
        def begin(connection: Connection) -> None:
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
