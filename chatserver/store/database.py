"""One database: how statements get to it, one at a time or several together, each call within its time."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext, suppress
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Delete, Executable, Insert, Row, Select, Update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import ReturningUpdate

from chatserver.store.in_time import Calls, to_its_end

CALL_SECONDS = 2.0

R = TypeVar("R")


class Database:
    """Lets SQLAlchemy's exceptions through."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine
        self.sqlite = engine.dialect.name == "sqlite"
        self.calls = Calls()
        # SQLite has one writer at a time. Taking turns here costs nothing; waiting for each other in the database is done by
        # trying again, and who is unlucky, or on a busy machine, tries until the call's time is up.
        self._writer: AbstractAsyncContextManager[None] = asyncio.Lock() if self.sqlite else nullcontext()

    async def close(self) -> None:
        await self.calls.end(CALL_SECONDS)
        with suppress(TimeoutError):  # a server that does not answer does not hear us go
            await self.calls.within(CALL_SECONDS, self._engine.dispose())

    async def all(self, query: Select[Any]) -> Sequence[Row[Any]]:
        async with self._at_work() as connection:
            return (await self._execute(connection, query)).all()

    async def first(self, query: Select[Any], **values: Any) -> Row[Any] | None:
        async with self._at_work() as connection:
            return (await self._execute(connection, query, values)).first()

    async def updated(self, statement: ReturningUpdate[Any], **values: Any) -> Row[Any] | None:
        """What it returned of the row that it changed."""
        async with self._writer, self._at_work() as connection:
            return (await self._execute(connection, statement, values)).first()

    async def write(self, statement: Insert | Update | Delete) -> int:
        """How many rows it changed."""
        async with self._writer, self._at_work() as connection:
            return (await self._execute(connection, statement)).rowcount

    async def together(self, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
        """What `work` gives. Its statements are done all, or, where it raises, none."""
        async with self._writer, self._at_work() as connection:
            # As with a statement alone: of SQLite it is not given up in the middle, or the lock would stay.
            return await (to_its_end(_in_transaction(connection, work)) if self.sqlite else work(connection))

    def _at_work(self) -> AbstractAsyncContextManager[AsyncConnection]:
        """A connection. Of SQLite, each statement is a transaction by itself."""
        return self._engine.connect() if self.sqlite else self._engine.begin()

    async def _execute(self, connection: AsyncConnection, statement: Executable, values: dict[str, Any] | None = None) -> CursorResult[Any]:
        work = connection.execute(statement, values)
        # A statement of SQLite goes on in its thread when it is given up. Left alone, it gets the lock in the end, and keeps it.
        # Of PostgreSQL the connection is thrown away with it, and the server ends what it cannot be told to end.
        return await (to_its_end(work) if self.sqlite else work)


async def _in_transaction(connection: AsyncConnection, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
    await connection.exec_driver_sql("BEGIN IMMEDIATE")
    try:
        done = await work(connection)
        await connection.exec_driver_sql("COMMIT")
    except BaseException:
        await connection.exec_driver_sql("ROLLBACK")
        raise
    return done
