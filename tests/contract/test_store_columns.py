"""What is kept on disk: these tables and columns, and nothing else. A new one is a promise to think about (docs: what we keep)."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect

from chatserver.store.migrate import migrate
from chatserver.store.tables import metadata
from tests.anonymity.declared import declared
from tests.contract.reading import read


def columns(connection: Connection) -> set[tuple[str, str]]:
    found = inspect(connection)
    return {(table, column["name"]) for table in found.get_table_names() for column in found.get_columns(table)}


async def test_the_database_has_the_declared_tables_and_columns_only(store_url: str) -> None:
    await migrate(store_url)
    assert await read(store_url, columns) == declared("database")


async def test_the_migrations_make_what_the_tables_say(store_url: str) -> None:
    await migrate(store_url)
    assert await read(store_url, lambda connection: compare_metadata(MigrationContext.configure(connection), metadata)) == []
