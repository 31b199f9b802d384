"""Where PostgreSQL for the tests comes from: CHATSERVER_TEST_POSTGRES, or a server of our own in a temporary folder.

The server's programs are looked for in PATH, then where Debian puts them, then apt is asked; before the first test begins. Without any,
the tests that ask for `postgres_url` or `postgres`, or are marked so, are skipped; in CI they fail.
"""

from __future__ import annotations

import asyncio
import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

import asyncpg
import pytest
from sqlalchemy import URL, make_url

from tests.alone import alone
from tests.redis import free_port

START_SECONDS = 20.0
PASSWORD = "hunter2-canary"
# Who needs a password, for the tests of one that is wrong. The folder lets in nobody else but us.
HBA = "local all asks scram-sha-256\nlocal all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n"
# Nothing is to outlive the run, so nothing needs to reach the disk. What was committed does outlive a kill of the server.
OPTIONS = {"listen_addresses": "127.0.0.1", "fsync": "off", "full_page_writes": "off", "max_connections": "60"}
# Runs the server until the pipe to us says "stop" or closes, which it does also when we are killed: then the folder goes too.
KEEPER = '"$@" </dev/null & server=$!; read said; kill -QUIT $server; wait $server; [ "$said" ] || rm -rf "$PWD"'

T = TypeVar("T")


class NoPostgres(Exception):
    """There is none, and none could be had. `args[0]` says what to do."""


class Cluster:
    """A server of our own, at a socket in its folder, and at a free port of the loopback. Its databases outlive `stop` and `start`.

    It ends with the run that started it, however that ends.
    """

    def __init__(self) -> None:
        self._programs = programs()
        # Not under pytest's folder, which is long for a socket's name and closed to the user that the server runs as.
        self._folder = Path(tempfile.mkdtemp(prefix="chatserver-pg-", dir="/tmp"))
        self._as_user = _unprivileged()
        if self._as_user:
            os.chown(self._folder, self._as_user["user"], self._as_user["group"])
        self._keeper: subprocess.Popen[bytes] | None = None
        self._data = self._folder / "data"
        self.port = free_port()
        self.url = URL.create(
            "postgresql+asyncpg", "postgres", database="postgres", query={"host": str(self._folder), "port": str(self.port)}
        )
        self._run("initdb", "-D", str(self._data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")
        (self._data / "pg_hba.conf").write_text(HBA)
        self.start()
        ask(self.url, lambda server: server.execute(f"CREATE ROLE asks LOGIN SUPERUSER PASSWORD '{PASSWORD}'"))

    @property
    def over_tcp(self) -> URL:
        """For one who has a password."""
        return URL.create("postgresql+asyncpg", "asks", PASSWORD, "127.0.0.1", self.port, "postgres")

    def start(self) -> None:
        options = [word for name, value in OPTIONS.items() for word in ("-c", f"{name}={value}")]
        command = [str(self._programs / "postgres"), "-D", str(self._data), "-k", str(self._folder), "-p", str(self.port), *options]
        with (self._folder / "log").open("ab") as log:
            self._keeper = subprocess.Popen(
                ["/bin/sh", "-c", KEEPER, "sh", *command],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                cwd=self._folder,
                start_new_session=True,  # or Ctrl-C reaches the server before the tests are done with it
                **self._as_user,
            )
        until = time.monotonic() + START_SECONDS
        while not self._answers():
            if self._keeper.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"PostgreSQL did not start:\n{(self._folder / 'log').read_text()}")

    def _answers(self) -> bool:
        asked = [str(self._programs / "pg_isready"), "-q", "-t", "1", "-h", str(self._folder), "-p", str(self.port)]
        return subprocess.run(asked, check=False, cwd=self._folder).returncode == 0

    def stop(self) -> None:
        """At once, as when the machine is gone: whoever is connected is cut off."""
        if self._keeper is not None:
            self._keeper.communicate(b"stop\n", START_SECONDS)
            self._keeper = None

    def remove(self) -> None:
        self.stop()
        shutil.rmtree(self._folder)

    def _run(self, program: str, *words: str) -> None:
        command = [str(self._programs / program), *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=self._folder, **self._as_user)
        if done.returncode:
            raise RuntimeError(f"{program} failed:\n{done.stdout}{done.stderr}")


def _unprivileged() -> dict[str, Any]:
    """Whom the server runs as: PostgreSQL refuses root. Words for `subprocess`."""
    if os.geteuid() != 0:
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


@cache
def programs() -> Path:
    """The folder of initdb and postgres; has apt bring them where that is possible and there are none. Raises `NoPostgres`."""
    with alone():
        folder = _found()
        if folder is None:
            _install()
            folder = _found()
    if folder is None:
        raise NoPostgres("Install PostgreSQL's server, or name one in CHATSERVER_TEST_POSTGRES.")
    return folder


def _found() -> Path | None:
    on_path = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    for initdb in [Path(on_path).resolve()] if on_path else debian:
        if all((initdb.parent / name).exists() for name in ("postgres", "pg_isready")):
            return initdb.parent
    return None


def _install() -> None:
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (sudo and shutil.which("sudo") is None):
        return
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for words in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "postgresql"]):
        if subprocess.run([*sudo, "apt-get", *words], env=environ, check=False, timeout=600, stdout=subprocess.DEVNULL).returncode:
            return


@contextmanager
def fresh_database(server: URL, encoding: str = "UTF8") -> Iterator[str]:
    """The URL of a new database, which is gone afterwards."""
    name = f"chatserver_test_{uuid4().hex}"
    ask(server, lambda there: there.execute(f"CREATE DATABASE {name} TEMPLATE template0 ENCODING '{encoding}'"))
    try:
        yield server.set(database=name).render_as_string(hide_password=False)
    finally:
        ask(server, lambda there: there.execute(f"DROP DATABASE {name} WITH (FORCE)"))


def ask(url: URL | str, work: Callable[[Any], Awaitable[T]]) -> T:
    """What `work` gives, with a connection of its own, from code that is not asynchronous."""

    async def asked() -> T:
        async with connected(url) as server:
            return await work(server)

    # In a thread, since a loop may be at home in this one.
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, asked()).result()


def connected(url: URL | str) -> _Connected:
    """A connection that is not the store's, as a context."""
    return _Connected(make_url(url).set(drivername="postgresql").render_as_string(hide_password=False))


class _Connected:
    def __init__(self, address: str) -> None:
        self._address = address

    async def __aenter__(self) -> Any:
        self._connection = await asyncpg.connect(self._address, timeout=START_SECONDS)
        return self._connection

    async def __aexit__(self, *_: object) -> None:
        self._connection.terminate()


# --- what tests ask for

_shared: list[Cluster] = []


def server_url() -> URL:
    """The server of this run, given or our own; or the test that asks is skipped; in CI it fails."""
    given = os.environ.get("CHATSERVER_TEST_POSTGRES")
    if given:
        return make_url(given).set(drivername="postgresql+asyncpg")
    return shared().url


def shared() -> Cluster:
    if not _shared:
        _needed()
        _shared.append(Cluster())
    return _shared[0]


def _needed() -> None:
    try:
        programs()
    except NoPostgres as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(fault))


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """A new, empty database."""
    with fresh_database(server_url()) as url:
        yield url


@pytest.fixture
def cluster() -> Cluster:
    """A server of our own that plain tests share, also where one is given: for what only a server made like ours says."""
    return shared()


@pytest.fixture
def postgres() -> Iterator[Cluster]:
    """A server that is this test's own, to be stopped and started, also where one is given for the others."""
    _needed()
    cluster = Cluster()
    yield cluster
    cluster.remove()


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "postgres: needs PostgreSQL")


def pytest_collection_finish(session: pytest.Session) -> None:
    """Brings the server before the first test begins: a test's time is for the test, and apt takes a minute."""
    asked = {name for item in session.items for name in getattr(item, "fixturenames", ())}
    if any(item.get_closest_marker("postgres") for item in session.items):
        asked.add("postgres_url")
    given = os.environ.get("CHATSERVER_TEST_POSTGRES")
    with suppress(NoPostgres):  # told by the tests themselves
        if {"cluster", "postgres"} & asked or ("postgres_url" in asked and not given):
            programs()
        if "cluster" in asked or ("postgres_url" in asked and not given):
            shared()


def pytest_unconfigure() -> None:
    while _shared:
        _shared.pop().remove()
