"""All that is particular to PostgreSQL: how a connection is made, how long things may take, and who may migrate."""

from __future__ import annotations

from typing import Any

import asyncpg
from sqlalchemy import URL, Connection, event, text
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool, NullPool

from chatserver.store.base import StoreUnavailable

# Each within the time of a call, and the server's within ours: a statement that the server ends leaves a connection that can be used again.
POOL_SECONDS = 0.7
CONNECT_SECONDS = 1.5
STATEMENT_SECONDS = 1.2
COMMAND_SECONDS = 1.6
# How long the server keeps a transaction of ours open, and its locks, when it hears no more from us.
IDLE_SECONDS = 2.0
MIGRATION_SECONDS = 10.0  # at start nobody waits for us, and whoever starts beside us may be migrating

# Those of all the programs that start at once take their turns by this number. It means nothing else: "chatserv" in ASCII.
MIGRATION_LOCK = int.from_bytes(b"chatserv", "big")


def make_engine(url: URL, *, to_migrate: bool = False) -> AsyncEngine:
    """With `to_migrate` a statement may take longer, and no connection is kept."""
    # asyncpg reads addresses as psql does, with sslmode and a socket's folder; SQLAlchemy's own reading knows neither.
    address = url.set(drivername="postgresql").render_as_string(hide_password=False)
    statement = MIGRATION_SECONDS if to_migrate else STATEMENT_SECONDS

    async def connect() -> asyncpg.Connection[asyncpg.Record]:
        return await asyncpg.connect(
            address,
            timeout=CONNECT_SECONDS,
            command_timeout=MIGRATION_SECONDS if to_migrate else COMMAND_SECONDS,
            server_settings={
                "application_name": "chatserver",
                "statement_timeout": str(int(statement * 1_000)),
                "idle_in_transaction_session_timeout": str(int(max(statement, IDLE_SECONDS) * 1_000)),
                "jit": "off",  # compiling takes longer than any of our queries
            },
        )

    pool: dict[str, Any] = {"poolclass": NullPool}
    if not to_migrate:
        pool = {"poolclass": AsyncAdaptedQueuePool, "pool_size": 4, "max_overflow": 0, "pool_timeout": POOL_SECONDS}
    engine = create_async_engine("postgresql+asyncpg://", async_creator=connect, hide_parameters=True, **pool)

    @event.listens_for(engine.sync_engine, "checkout")
    def still_there(connection: Any, _record: object, _proxy: object) -> None:
        # After a restart of the server. Asking the server each time would be a way there and back more, and may itself hang.
        if connection.driver_connection.is_closed():
            raise DisconnectionError

    return engine


def lock_migrations(connection: Connection) -> None:
    """Waits until nobody else migrates; lasts to the end of the transaction. Raises `StoreUnavailable` where texts would be lost."""
    encoding = connection.scalar(text("SHOW server_encoding"))
    if encoding != "UTF8":
        raise StoreUnavailable(f"The database keeps its texts in {encoding}. Make one with ENCODING 'UTF8'.")
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
