"""What is kept on disk: these tables and columns, and nothing else. A new one is a promise to think about (docs: what we keep)."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from chatserver.store.migrate import migrate
from chatserver.store.tables import metadata

ALLOWED = {
    "alembic_version": {"version_num"},
    "groups": {"slug", "name", "visibility", "led_by", "kind", "guidelines"},
    "meetings": {"slug", "group_slug", "title", "format", "timezone", "start", "rrule", "minutes", "capacity", "lobby"},
    "keys": {"hash", "group_slug", "meeting_slug", "role", "uses_left"},
    "openings": {"number", "id", "meeting_slug", "line", "opened_at", "closes_at", "closed_at"},
}


async def test_the_database_has_the_allowed_tables_and_columns_only(tmp_path: Path) -> None:
    await migrate(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite3")
    connection = sqlite3.connect(tmp_path / "a.sqlite3")
    tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    found = {table: {row[1] for row in connection.execute(f"PRAGMA table_info({table})")} for table in tables}
    connection.close()
    assert found == ALLOWED


def test_the_migrations_make_what_the_tables_say(tmp_path: Path) -> None:
    asyncio.run(migrate(f"sqlite+aiosqlite:///{tmp_path}/a.sqlite3"))
    with create_engine(f"sqlite:///{tmp_path}/a.sqlite3").connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
