"""One database: how statements get to it, one at a time or several together, each call within its time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext, suppress
from typing import Any, TypeVar

from sqlalchemy import CursorResult, Delete, Executable, Insert, Row, Select, Update
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine
from sqlalchemy.sql.dml import ReturningUpdate

from chatserver.store import sqlite
from chatserver.store.in_time import Calls, to_its_end

CALL_SECONDS = 2.0
LAST_SECONDS = 0.1  # of a call: nothing is begun that may take longer than what is left before them

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
        async with self._in_turn() as connection:
            return (await self._execute(connection, statement, values)).first()

    async def write(self, statement: Insert | Update | Delete) -> int:
        """How many rows it changed."""
        async with self._in_turn() as connection:
            return (await self._execute(connection, statement)).rowcount

    async def together(self, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
        """What `work` gives. Its statements are done all, or, where it raises, none."""
        async with self._in_turn() as connection:
            # As with a statement alone: of SQLite it is not given up in the middle, or the lock would stay.
            return await (to_its_end(_in_transaction(connection, work)) if self.sqlite else work(connection))

    @asynccontextmanager
    async def _in_turn(self) -> AsyncIterator[AsyncConnection]:
        """A connection to write with. Raises `TimeoutError` where one's turn comes when the time of the call is nearly up.

        What is begun in SQLite goes on when the call is given up. So who has waited for their turn waits less long for another program's
        lock: else what was said not to have happened could happen after all."""
        loop = asyncio.get_running_loop()
        until = loop.time() + CALL_SECONDS - LAST_SECONDS
        async with self._writer, self._at_work() as connection:
            left = until - loop.time()
            if not self.sqlite or left >= sqlite.BUSY_SECONDS:
                yield connection
                return
            if left <= 0:
                raise TimeoutError
            await to_its_end(sqlite.wait_for_locks(connection, left))
            try:
                yield connection
            finally:
                await to_its_end(sqlite.wait_for_locks(connection, sqlite.BUSY_SECONDS))

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
