"""What is refused at the start, and what the operator is told to do."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from chatserver.backplane.base import BackplaneFault
from chatserver.backplane.redis.address import Address, parse_address
from chatserver.backplane.redis.backplane import RedisBackplane
from chatserver.backplane.redis.checks import check
from chatserver.backplane.redis.connection import Connection
from chatserver.clock import LoopClock
from tests.backplane_redis.conftest import connected
from tests.contract.backplanes import Line
from tests.redis import RunningRedis, free_port, needed


async def fault_of(url: str) -> str:
    backplane = RedisBackplane(url, LoopClock(), 60.0)
    with pytest.raises(BackplaneFault) as caught:
        await backplane.start()
    await backplane.stop()
    return str(caught.value)


UNSAFE = ["--save", "3600 1", "--appendonly", "yes", "--maxmemory-policy", "allkeys-lru", "--slowlog-log-slower-than", "10000"]


async def test_everything_that_is_wrong_is_told_at_once_with_the_lines_to_paste(tmp_path: Path) -> None:
    needed()
    with RunningRedis(tmp_path, UNSAFE, in_memory=False) as redis:
        sentence = await fault_of(redis.url)
        for word in ("RDB", "AOF", "memory is full", "slow log", "backplane.accept_unsafe = true"):
            assert word in sentence
        in_file, _, at_once = sentence.partition("Until it is restarted")
        for line in ('save ""', "appendonly no", "maxmemory-policy noeviction", "slowlog-log-slower-than -1"):
            assert f"\n  {line}\n" in in_file
            assert f"\n  CONFIG SET {line}\n" in at_once
        async with connected(redis.url, accept_unsafe=True) as bench:
            await Line(bench).open()
        for words in re.findall(r"^  (CONFIG SET .*)$", at_once, re.MULTILINE):
            redis.call(*("" if word == '""' else word for word in words.split()))
        async with connected(redis.url):
            pass  # what it says to paste is enough


@pytest.mark.parametrize(("setting", "value"), [("save", "60 1"), ("appendonly", "yes"), ("maxmemory-policy", "allkeys-lru")])
async def test_each_alone_is_refused(redis: RunningRedis, setting: str, value: str) -> None:
    redis.call("CONFIG", "SET", setting, value)
    sentence = await fault_of(redis.url)
    assert f"CONFIG SET {setting}" in sentence
    assert sentence.count("CONFIG SET") == 1


async def test_a_replica(redis: RunningRedis) -> None:
    redis.call("REPLICAOF", "127.0.0.1", free_port())
    assert "is a replica" in await fault_of(redis.url)


async def test_where_settings_may_not_be_looked_at(redis: RunningRedis) -> None:
    redis.call("ACL", "SETUSER", "managed", "on", ">p", "~*", "&*", "+@all", "-config")
    url = redis.url.replace("//", "//managed:p@")
    assert "does not let its settings be looked at" in await fault_of(url)
    async with connected(url, accept_unsafe=True) as bench:
        await Line(bench).open()


async def test_a_user_without_the_rights(redis: RunningRedis) -> None:
    redis.call("ACL", "SETUSER", "poor", "on", ">secret-canary", "~*", "&*", "+info", "+role", "+config|get")
    sentence = await fault_of(redis.url.replace("//", "//poor:secret-canary@"))
    assert "NOPERM" in sentence
    assert "canary" not in sentence


async def test_nobody_there(tmp_path: Path) -> None:
    sentence = await fault_of(f"redis://user:canary@127.0.0.1:{free_port()}")
    assert "could not be reached" in sentence
    assert "canary" not in sentence
    assert "could not be reached" in await fault_of(f"unix://{tmp_path}/none.sock")
    assert "No sentinel knows a master for room" in await fault_of(f"redis+sentinel://127.0.0.1:{free_port()}/room")


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[int]:
    """The port of a server that is no Redis."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while await reader.read(4_096):
            if answer:
                writer.write(answer)
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        yield server.sockets[0].getsockname()[1]


async def test_something_that_is_no_redis() -> None:
    async with answering(b"HTTP/1.1 400 Bad Request\r\n\r\n") as port:
        assert "is no Redis" in await fault_of(f"redis://127.0.0.1:{port}")


async def test_something_that_says_nothing() -> None:
    async with answering(b"") as port:
        started = time.monotonic()
        assert "closed the connection" in await fault_of(f"redis://127.0.0.1:{port}")
        assert time.monotonic() - started < 5.0


@pytest.mark.parametrize(
    ("info", "fits"),
    [
        (b"redis_version:6.2.7\r\n", False),
        (b"redis_version:7.0.0\r\n", True),
        (b"redis_version:10.1.0\r\n", True),
        (b"redis_version:7.2.4\r\nserver_name:valkey\r\nvalkey_version:8.0.1\r\n", True),
        (b"server_name:valkey\r\n", True),
        (b"", False),
    ],
)
async def test_versions(info: bytes, fits: bool) -> None:
    """There is no Redis 6 here: a server that says it is one, and has the settings."""
    empty = b"*0\r\n"

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while read := await reader.read(4_096):
            writer.write(b"$%d\r\n%b\r\n" % (len(info), info) if b"INFO" in read else empty * read.count(b"CONFIG"))
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        connection = Connection()
        port = server.sockets[0].getsockname()[1]
        await asyncio.get_running_loop().create_connection(lambda: connection, "127.0.0.1", port)
        if fits:
            await check(connection, Address((("127.0.0.1", port),)))
        else:
            with pytest.raises(BackplaneFault, match="Redis 7 or newer, or Valkey, is needed"):
                await check(connection, Address((("127.0.0.1", port),)))
        connection.close()


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("redis://localhost", Address((("localhost", 6379),))),
        ("redis://localhost:7000/3", Address((("localhost", 7000),), db=3)),
        ("redis://[::1]:7000", Address((("::1", 7000),))),
        ("redis://:p%40%2Fs@h", Address((("h", 6379),), password="p@/s")),
        ("rediss://u:p@h:1/0?ca=/etc/ca.pem", Address((("h", 1),), tls=True, ca="/etc/ca.pem", user="u", password="p")),
        ("unix:///run/redis/redis.sock?db=2", Address(path="/run/redis/redis.sock", db=2)),
        ("unix://u:p@/run/redis.sock", Address(path="/run/redis.sock", user="u", password="p")),
        (
            "redis+sentinel://u:p@a:1,b/room/4",
            Address((("a", 1), ("b", 26379)), service="room", db=4, user="u", password="p"),
        ),
    ],
)
def test_addresses(url: str, address: Address) -> None:
    assert parse_address(url) == address
    assert "p@" not in str(parse_address(url))


@pytest.mark.parametrize(
    "url",
    [
        "http://h",
        "redis://",
        "redis://h:0",
        "redis://h:99999",
        "redis://h/x",
        "redis://canary@h",
        "redis://u:canary/@h",
        "redis://:canary@h?ssl=1",
        "redis://:canary@h,i",
        "unix://relative",
        "unix:///",
        "redis+sentinel://:canary@a:1",
        "redis+sentinel://a:1,,b:1/room",
        "",
    ],
)
def test_what_is_no_address(url: str) -> None:
    with pytest.raises(ValueError, match="redis\\+sentinel://user:password@host") as caught:
        parse_address(url)
    assert "canary" not in str(caught.value)


def test_an_address_does_not_show_its_password() -> None:
    assert "canary" not in repr(parse_address("redis://u:canary@h"))
