"""A PostgreSQL that is away, stuck, closed to us or not ours: the port's own exception, in time, with a sentence for the operator."""

from __future__ import annotations

import asyncio
import logging
import re
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen
from uuid import uuid4

import pytest
from sqlalchemy import URL, make_url, text

from chatserver.store import postgresql
from chatserver.store.base import Group, Key, Meeting, Store, StoreUnavailable
from chatserver.store.migrate import migrate
from chatserver.store.sql import SqlStore, open_store, shown
from tests.contract.reading import read
from tests.faults.proxy import Proxy, Weather
from tests.postgres import PASSWORD, Cluster, connected, fresh_database, server_url
from tests.running import RunningServer
from tests.waiting import until

GROUP = Group("tuesday", "Tuesday group")
# What a call may take, and what a busy machine takes to notice.
IN_TIME = 2.5


@pytest.fixture
def store_url(postgres_url: str) -> str:
    return postgres_url


@pytest.fixture
def database(cluster: Cluster) -> Iterator[URL]:
    """A new database of a server that asks for passwords, with the right one."""
    with fresh_database(cluster.url) as url:
        yield cluster.over_tcp.set(database=make_url(url).database)


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[Store]:
    store = await open_store(url)
    try:
        yield store
    finally:
        await store.close()


@asynccontextmanager
async def refused(sentence: str) -> AsyncIterator[None]:
    """Every store call within is told this, in time."""
    started = time.monotonic()
    with pytest.raises(StoreUnavailable, match=sentence) as caught:
        yield
    assert time.monotonic() - started < IN_TIME
    assert PASSWORD not in repr(caught.value)
    assert caught.value.__cause__ is None


# --- a server that goes away


async def test_a_server_that_was_stopped_and_is_back_is_used_again(postgres: Cluster) -> None:
    async with opened(str(postgres.url)) as store:
        await asyncio.gather(*(store.add_group(Group(f"g{n}", "G")) for n in range(8)))  # so that there are several connections
        postgres.stop()
        for _ in range(3):
            async with refused("not there|was lost|starting or stopping"):
                await store.check()
        postgres.start()
        assert len(await store.groups()) == 8
        await store.add_group(GROUP)


async def test_a_server_that_was_restarted_is_not_noticed(postgres: Cluster) -> None:
    async with opened(str(postgres.url)) as store:
        await asyncio.gather(*(store.add_group(Group(f"g{n}", "G")) for n in range(4)))
        await asyncio.to_thread(postgres.stop)  # so that the loop sees the connections end, as it would
        await asyncio.to_thread(postgres.start)
        assert [len(each) for each in await asyncio.gather(*(store.groups() for _ in range(8)))] == [4] * 8


async def test_a_server_that_stops_in_the_middle_of_a_call(postgres: Cluster) -> None:
    async with opened(str(postgres.url)) as store:
        async with connected(postgres.url) as other:
            await other.execute("BEGIN; LOCK TABLE groups")
            call = asyncio.create_task(store.add_group(GROUP))
            await until_waiting(postgres.url.render_as_string())
            postgres.stop()
            async with refused("not there|was lost|starting or stopping"):
                await call
        postgres.start()
        assert await store.groups() == []
        await store.add_group(GROUP)


async def test_a_line_that_goes_dead(database: URL) -> None:
    async with Proxy(database.port or 0) as line, opened(through(line, database)) as store:
        await asyncio.gather(*(store.add_group(Group(f"g{n}", "G")) for n in range(8)))
        line.bad(Weather(hold=True))
        started = time.monotonic()
        answers = await asyncio.gather(*(store.add_group(Group(f"h{n}", "H")) for n in range(12)), return_exceptions=True)
        assert time.monotonic() - started < IN_TIME
        assert {str(answer) for answer in answers} == {"The database did not answer in time."}
        for _ in range(3):  # also one after the other, when the pool has been emptied
            async with refused("did not answer in time"):
                await store.check()
        line.bad(Weather(), share=0.0)  # for those to come; what was said on the old connections is never answered
        assert len(await eventually(store)) == 8
        await store.add_group(GROUP)


async def test_connections_that_are_dead_without_a_word_are_replaced(database: URL) -> None:
    async with Proxy(database.port or 0) as line, opened(through(line, database)) as store:
        await asyncio.gather(*(store.add_group(Group(f"g{n}", "G")) for n in range(8)))
        for link in line.links:  # and those to come are fine: the server has moved, or a router has forgotten us
            link.set(Weather(hold=True))
        started = time.monotonic()
        answers = await asyncio.gather(*(store.groups() for _ in range(4)), return_exceptions=True)
        assert time.monotonic() - started < IN_TIME
        assert {str(answer) for answer in answers} == {"The database did not answer in time."}
        assert [len(each) for each in await asyncio.gather(*(store.groups() for _ in range(12)))] == [8] * 12


async def test_the_server_does_not_go_on_with_what_nobody_waits_for(database: URL) -> None:
    direct = database.render_as_string(hide_password=False)
    async with Proxy(database.port or 0) as line, opened(through(line, database)) as store, connected(direct) as other:
        await other.execute("BEGIN; LOCK TABLE groups")
        call = asyncio.create_task(store.add_group(GROUP))
        await until_waiting(direct)
        line.bad(Weather(hold=True))  # so that nobody can tell the server
        async with refused("did not answer in time"):
            await call
        assert await waiting(direct) == 0
        await other.execute("ROLLBACK")
        assert await other.fetchval("SELECT count(*) FROM groups") == 0


async def test_a_dead_line_does_not_keep_a_store_from_closing(database: URL) -> None:
    async with Proxy(database.port or 0) as line:
        store = await open_store(through(line, database))
        await store.check()
        line.bad(Weather(hold=True))
        started = time.monotonic()
        await store.close()
        assert time.monotonic() - started < IN_TIME


async def test_a_dead_line_at_start(database: URL) -> None:
    async with Proxy(database.port or 0) as line:
        line.bad(Weather(hold=True))
        async with refused("did not answer in time"):
            await open_store(through(line, database))


async def test_a_caller_that_goes_away_leaves_no_connection_behind(store: Store, store_url: str) -> None:
    async with connected(store_url) as other:
        await other.execute("BEGIN; LOCK TABLE groups")
        calls = [asyncio.create_task(store.check()) for _ in range(4)]
        await until_waiting(store_url, 4)
        for call in calls:
            call.cancel()
        assert all(isinstance(each, asyncio.CancelledError) for each in await asyncio.gather(*calls, return_exceptions=True))
    await asyncio.gather(*(store.check() for _ in range(8)))


def test_a_server_of_ours_is_not_ready_while_its_database_is_away(postgres: Cluster, tmp_path: Path) -> None:
    with RunningServer(tmp_path, {"CHATSERVER_STORE__URL": postgres.over_tcp.render_as_string(hide_password=False)}) as running:

        def status() -> int:
            try:
                with urlopen(f"{running.url}/readyz", timeout=10) as answer:
                    return int(answer.status)
            except HTTPError as fault:
                return fault.code

        assert status() == 200
        postgres.stop()
        assert status() == 503
        postgres.start()
        assert status() == 200
        assert running.stop() == 0
        assert PASSWORD not in running.output


# --- others in the database


async def test_a_table_that_another_program_holds(store: Store, store_url: str) -> None:
    async with connected(store_url) as other:
        await other.execute("BEGIN; LOCK TABLE groups")
        started = time.monotonic()
        answers = await asyncio.gather(*(store.add_group(Group(f"g{n}", "G")) for n in range(12)), return_exceptions=True)
        assert time.monotonic() - started < IN_TIME
        assert {str(answer) for answer in answers} == {"The database did not answer in time."}
        assert await waiting(store_url) == 0, "the server still tries"
    assert await store.groups() == []
    await store.add_group(GROUP)


async def test_a_program_that_is_stuck_in_a_change_does_not_hold_up_the_others_for_long(store: Store, store_url: str) -> None:
    await store.add_group(GROUP)
    stuck = postgresql.make_engine(make_url(store_url))
    async with stuck.connect() as connection:
        await connection.execute(text("UPDATE groups SET name = 'theirs'"))
        pid = await connection.scalar(text("SELECT pg_backend_pid()"))
        async with connected(store_url) as other:
            left = await other.fetchval("SELECT setting::int FROM pg_settings WHERE name = 'idle_in_transaction_session_timeout'")
            assert left == 0, "the server's own default"
            async with asyncio.timeout(postgresql.IDLE_SECONDS + 5):
                while await other.fetchval("SELECT count(*) FROM pg_stat_activity WHERE pid = $1", pid):
                    pass
        await connection.invalidate()
    await stuck.dispose()
    assert await store.groups() == [GROUP]


async def test_the_server_knows_who_we_are(store: Store, store_url: str) -> None:
    await store.check()
    async with connected(store_url) as other:
        names = await other.fetch(
            "SELECT DISTINCT application_name FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
    assert [name for (name,) in names] == ["chatserver"]


async def test_there_are_no_more_than_four_connections(store: Store, store_url: str) -> None:
    await asyncio.gather(*(store.groups() for _ in range(50)))
    async with connected(store_url) as other:
        count = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        assert await other.fetchval(count) == 4


# --- a server that will not have us


async def test_a_wrong_password(database: URL) -> None:
    right = database.render_as_string(hide_password=False)
    async with opened(right) as store:
        await store.check()
    async with refused("does not let this user in. Check user and password"):
        await open_store(right.replace(PASSWORD, PASSWORD + "x"))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"database": "nowhere"}, "has no database of that name"),
        ({"username": "nobody-here"}, "does not let this user in"),
        ({"query": {"host": "/nowhere"}}, "The database server's socket, or"),
        ({"host": "127.0.0.1", "port": 1, "query": {}}, "The database server is not there"),
        ({"host": "nowhere.invalid", "query": {}}, "name is not known here"),
    ],
)
async def test_an_address_that_is_not_right(cluster: Cluster, change: dict[str, str], sentence: str) -> None:
    async with refused(sentence):
        await open_store(cluster.url.set(**change).render_as_string())  # type: ignore[arg-type]


async def test_a_server_without_tls_where_it_is_asked_for(database: URL) -> None:
    async with refused("is not trusted, or speaks no TLS"):
        await open_store(database.update_query_dict({"sslmode": "require"}).render_as_string(hide_password=False))


async def test_a_certificate_that_is_not_there(database: URL) -> None:
    options = {"sslmode": "verify-full", "sslrootcert": "/nowhere.pem"}
    async with refused("or a file named in store.url, is not there"):
        await open_store(database.update_query_dict(options).render_as_string(hide_password=False))


async def test_a_server_without_a_connection_left(cluster: Cluster) -> None:
    name = "few_" + uuid4().hex
    async with connected(cluster.url) as other:
        await other.execute(f"CREATE ROLE {name} LOGIN CONNECTION LIMIT 0")
        async with refused("no connection left"):
            await open_store(cluster.url.set(username=name).render_as_string())
        await other.execute(f"DROP ROLE {name}")


async def test_a_user_without_rights(store: Store, store_url: str) -> None:
    async with connected(store_url) as other:
        name = "less_" + make_url(store_url).database.removeprefix("chatserver_test_")  # type: ignore[union-attr]
        await other.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'; REVOKE ALL ON SCHEMA public FROM PUBLIC")
        try:
            async with refused("It needs to own the database"):
                await open_store(make_url(store_url).set(username=name, password=PASSWORD).render_as_string(hide_password=False))
        finally:
            await other.execute(f"DROP ROLE {name}")


async def test_the_lines_of_the_manual_make_a_database_that_is_enough(cluster: Cluster) -> None:
    manual = Path(__file__).parents[2] / "docs" / "operating.md"
    found = re.search(r"```sql\n(.*?)```", manual.read_text(), re.DOTALL)
    assert found is not None
    name = "chatserver_test_" + uuid4().hex
    lines = [line.replace("chatserver", name).replace("...", PASSWORD) for line in found[1].splitlines()]
    url = cluster.over_tcp.set(username=name, database=name).render_as_string(hide_password=False)
    async with connected(cluster.url) as other:
        for line in lines:
            await other.execute(line)
        async with opened(url) as store:
            await store.add_group(GROUP)
            assert await store.groups() == [GROUP]
        await other.execute(f"DROP DATABASE {name} WITH (FORCE)")
        await other.execute(f"DROP ROLE {name}")


@pytest.mark.parametrize("there", [False, True])
async def test_a_read_only_database(store_url: str, there: bool) -> None:
    if there:
        await migrate(store_url)
    database = make_url(store_url).database
    await read(store_url, lambda connection: connection.execute(text(f"ALTER DATABASE {database} SET default_transaction_read_only = on")))
    async with refused("is read-only"):
        await open_store(store_url)


async def test_a_database_that_becomes_read_only_can_be_read(store: Store, store_url: str) -> None:
    await store.add_group(GROUP)
    await store.add_meeting(Meeting("evening", GROUP, "Evening", "open-circle", "UTC", None, None, 60))
    await store.add_key(Key(b"k" * 32, "tuesday", "facilitator"))
    database = make_url(store_url).database
    await read(store_url, lambda connection: connection.execute(text(f"ALTER DATABASE {database} SET default_transaction_read_only = on")))
    reader = SqlStore(postgresql.make_engine(make_url(store_url)))
    await reader.check()
    assert await reader.use_key(b"k" * 32)
    async with refused("is read-only"):
        await reader.open_meeting("evening", "first", 1, 2)
    await reader.close()


async def test_a_full_disk(store: Store, store_url: str) -> None:
    # No disk is filled for a test: the server is made to say what it says then.
    def make(connection: object) -> None:
        for line in (
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE SQLSTATE '53100'; END $$",
            "CREATE TRIGGER full_disk BEFORE INSERT ON groups EXECUTE FUNCTION full_disk()",
        ):
            connection.execute(text(line))  # type: ignore[attr-defined]

    await read(store_url, make)
    async with refused("disk of the database server is full"):
        await store.add_group(GROUP)


async def test_a_database_whose_texts_are_not_in_utf_8() -> None:
    with fresh_database(server_url(), "LATIN1") as url:
        async with refused("keeps its texts in LATIN1"):
            await open_store(url)


async def test_a_database_of_a_newer_version(store: Store, store_url: str) -> None:
    await read(store_url, lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    async with refused("newer version"):
        await open_store(store_url)


async def test_a_migration_that_fails_leaves_nothing(store_url: str) -> None:
    await read(store_url, lambda connection: connection.execute(text("CREATE TABLE openings (theirs int)")))
    async with refused("did not do what was asked"):
        await open_store(store_url)
    await read(store_url, lambda connection: connection.execute(text("DROP TABLE openings")))
    tables = "SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'"
    assert await read(store_url, lambda connection: connection.scalar(text(tables))) == 0
    await (await open_store(store_url)).close()


# --- nothing is told


@pytest.fixture
def everything_logged(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    with caplog.at_level(logging.DEBUG):
        yield caplog


async def test_no_password_and_no_value_is_told(postgres: Cluster, everything_logged: pytest.LogCaptureFixture) -> None:
    url = postgres.over_tcp.render_as_string(hide_password=False)
    assert PASSWORD in url
    assert PASSWORD not in shown(url)
    async with opened(url) as store:
        await store.add_group(Group("canary-7f3a", "canary-7f3a"))
        postgres.stop()
        async with refused("not there|was lost|starting or stopping"):
            await store.add_group(Group("canary-7f3a", "canary-7f3a"))
    assert PASSWORD not in everything_logged.text


def through(line: Proxy, database: URL) -> str:
    return database.set(port=line.port).render_as_string(hide_password=False)


WAITING = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


async def waiting(url: str) -> int:
    """How many of the database's connections wait for somebody's lock."""
    async with connected(url) as other:
        return int(await other.fetchval(WAITING))


async def until_waiting(url: str, count: int = 1) -> None:
    async with connected(url) as other, asyncio.timeout(5):
        while await other.fetchval(WAITING) < count:
            pass


async def eventually(store: Store) -> list[Group]:
    """What it answers when it is itself again. Raises `TimeoutError`."""
    async with asyncio.timeout(5):
        while True:
            try:
                return await store.groups()
            except StoreUnavailable:
                await until(lambda: True)
