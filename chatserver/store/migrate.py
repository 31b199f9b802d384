"""Brings a database to the tables of this version, at start: all of it or nothing."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.util.exc import CommandError
from sqlalchemy import URL, Connection, make_url, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.ext.asyncio import AsyncEngine

from chatserver.store import postgresql, sqlite
from chatserver.store.base import StoreUnavailable
from chatserver.store.faults import as_unavailable
from chatserver.store.in_time import Calls

RETRY_SECONDS = 0.05


async def migrate(url: str, to: str = "head") -> None:
    """Raises `StoreUnavailable` with a sentence for the operator, also where the database cannot be written."""
    where = make_url(url)
    with as_unavailable():
        if where.get_backend_name() == "sqlite":
            await _migrate_sqlite(where, to)
        else:
            calls = Calls()
            await calls.within(postgresql.MIGRATION_SECONDS, _migrate(postgresql.make_engine(where, to_migrate=True), to))


async def _migrate_sqlite(where: URL, to: str) -> None:
    until = time.monotonic() + sqlite.MIGRATION_SECONDS
    sqlite.make_file(where)
    while True:
        try:
            return await _migrate(sqlite.make_engine(where, to_migrate=True), to)
        except OperationalError as fault:
            # Turning a new file to WAL does not wait for its turn, however long SQLite is told to wait: of several programs that
            # start together, about one start in ten was told at once that the file is locked.
            if not sqlite.is_locked(fault) or time.monotonic() >= until:
                raise
            await asyncio.sleep(RETRY_SECONDS)


async def _migrate(engine: AsyncEngine, to: str) -> None:
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade, to)
    except CommandError:
        raise StoreUnavailable("The database was made by a newer version of this program, or is not one of ours.") from None
    finally:
        await engine.dispose()


def _upgrade(connection: Connection, to: str) -> None:
    if connection.dialect.name == "postgresql":
        postgresql.lock_migrations(connection)
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, to)
    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))  # or a read-only database is only noticed later
