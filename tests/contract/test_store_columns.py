"""What is kept on disk: these tables and columns, and nothing else. A new one is a promise to think about (docs: what we keep)."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from chatserver.store.migrate import migrate
from chatserver.store.tables import metadata
from tests.contract.reading import read

ALLOWED = {
    "alembic_version": {"version_num"},
    "groups": {"slug", "name", "visibility", "led_by", "kind", "guidelines", "address", "region", "website"},
    "formats": {"group_slug", "name", "toml"},
    "meetings": {"slug", "group_slug", "title", "format", "timezone", "start", "rrule", "minutes", "capacity", "lobby"}
    | {"doors_minutes", "always_open", "types", "language", "notes", "updated_at", "sequence"},
    "changes": {"meeting_slug", "original", "skipped", "start", "minutes", "title"},
    "keys": {"hash", "group_slug", "meeting_slug", "role", "uses_left"},
    "openings": {"number", "id", "meeting_slug", "line", "opened_at", "closes_at", "closed_at", "occurrence"},
}


def columns(connection: Connection) -> dict[str, set[str]]:
    found = inspect(connection)
    return {table: {column["name"] for column in found.get_columns(table)} for table in found.get_table_names()}


async def test_the_database_has_the_allowed_tables_and_columns_only(store_url: str) -> None:
    await migrate(store_url)
    assert await read(store_url, columns) == ALLOWED


async def test_the_migrations_make_what_the_tables_say(store_url: str) -> None:
    await migrate(store_url)
    assert await read(store_url, lambda connection: compare_metadata(MigrationContext.configure(connection), metadata)) == []
