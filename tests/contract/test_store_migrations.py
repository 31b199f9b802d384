"""Every database that ever was becomes one of today, with all that was in it."""

from __future__ import annotations

import asyncio
import sys
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import JSON, Boolean, Connection, Integer, LargeBinary, MetaData, Table, func, insert, select

from chatserver.store import migrate as migrations
from chatserver.store.migrate import migrate
from chatserver.store.sql import open_store
from tests.contract.reading import read

FOLDER = migrations.__file__.removesuffix("migrate.py") + "migrations"
REVISIONS = [script.revision for script in ScriptDirectory(FOLDER).walk_revisions()]

Rows = dict[str, list[dict[str, Any]]]


def tables(connection: Connection) -> list[Table]:
    """As they are in the database, those that are referred to first."""
    found = MetaData()
    found.reflect(connection)
    return [table for table in found.sorted_tables if table.name != "alembic_version"]


def value(column: Any, seed: int) -> Any:
    """Something for a column of any table there ever was. The same for all columns of a type, so that references meet."""
    match column.type:
        case Boolean():
            return bool(seed % 2)
        case Integer():
            return seed
        case LargeBinary():
            return bytes([seed]) * 32
        case JSON():
            return [f"Speak from “{seed}”."]
        case _:
            return f"row-{seed}"


def fill(connection: Connection) -> None:
    for table in tables(connection):
        for seed in (1, 2, 3):
            connection.execute(insert(table).values({column.name: value(column, seed) for column in table.columns}))


def rows(connection: Connection) -> Rows:
    return {table.name: [dict(row) for row in connection.execute(select(table)).mappings()] for table in tables(connection)}


@pytest.mark.parametrize("revision", REVISIONS)
async def test_what_is_in_a_database_of_an_earlier_version_is_still_there(store_url: str, revision: str) -> None:
    await migrate(store_url, revision)
    await read(store_url, fill)
    before = await read(store_url, rows)
    assert all(len(each) == 3 for each in before.values())

    await migrate(store_url)
    after = await read(store_url, rows)
    for table, had in before.items():
        kept = [{name: row[name] for name in had[0]} for row in after[table]]
        assert kept == had, table
    store = await open_store(store_url)
    assert [group.slug for group in await store.groups()] == ["row-1", "row-2", "row-3"]
    await store.close()


async def test_migrating_what_is_up_to_date_changes_nothing(store_url: str) -> None:
    await migrate(store_url)
    await read(store_url, fill)
    before = await read(store_url, rows)
    await migrate(store_url)
    assert await read(store_url, rows) == before


async def test_programs_that_start_together_all_succeed(store_url: str) -> None:
    code = "import asyncio, sys; from chatserver.store.migrate import migrate; asyncio.run(migrate(sys.stdin.read()))"
    programs = [
        await asyncio.create_subprocess_exec(sys.executable, "-c", code, stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE)
        for _ in range(4)
    ]
    ended = await asyncio.gather(*(program.communicate(store_url.encode()) for program in programs))
    assert [(program.returncode, said.decode()) for program, (_, said) in zip(programs, ended, strict=True)] == [(0, "")] * 4
    versions = await read(
        store_url, lambda connection: connection.scalar(select(func.count()).select_from(Table("alembic_version", MetaData())))
    )
    assert versions == 1
    store = await open_store(store_url)
    assert await store.is_empty()
    await store.close()
