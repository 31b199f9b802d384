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

from chatserver.store import sqlite
from chatserver.store.base import StoreUnavailable
from chatserver.store.faults import as_unavailable

RETRY_SECONDS = 0.05


async def migrate(url: str) -> None:
    """Raises `StoreUnavailable` with a sentence for the operator, also where the database cannot be written."""
    where = make_url(url)
    until = time.monotonic() + sqlite.MIGRATION_SECONDS
    with as_unavailable():
        sqlite.make_file(where)
        while True:
            try:
                return await _migrate(where)
            except OperationalError as fault:
                # Turning a new file to WAL does not wait for its turn, however long SQLite is told to wait: of several programs that
                # start together, about one start in ten was told at once that the file is locked.
                if not sqlite.is_locked(fault) or time.monotonic() >= until:
                    raise
                await asyncio.sleep(RETRY_SECONDS)


async def _migrate(where: URL) -> None:
    engine = sqlite.make_engine(where, to_migrate=True)
    try:
        async with engine.begin() as connection:
            await connection.run_sync(_upgrade)
    except CommandError:
        raise StoreUnavailable("The database was made by a newer version of this program, or is not one of ours.") from None
    finally:
        await engine.dispose()


def _upgrade(connection: Connection) -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    connection.execute(text("UPDATE alembic_version SET version_num = version_num"))  # or a read-only database is only noticed later
