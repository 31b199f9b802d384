"""How it is reached: the documented settings and user, a socket file, a password, TLS."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import hiredis
import pytest

from chatserver.backplane.base import BackplaneFault, Held, Kept
from tests.backplane_redis.conftest import connected
from tests.contract.backplanes import Bench, Line, event, words
from tests.redis import RunningRedis, free_port, needed, of_valkey

DOCS = Path(__file__).parent.parent.parent / "docs" / "redis"
PASSWORD = "change-this-password"


async def everything(bench: Bench) -> None:
    """Every call, once."""
    backplane = bench.backplane
    line = await Line(bench).open({"core": b"c", "seat/x": b"x"})
    heard = await line.hear()
    await line.posted(words("1", "x.1"), "x.1")
    await line.commit({"core": 1}, {"seat/x": None, "seat/y": b"y"}, [event("r", kept=True, retracts="x.1"), words("2")], narrows=True)
    await line.commit(events=[words("3", "x.3", held=7), words("4", "x.4", held=7)], holding=7)
    await line.posted(event("r", kept=True, retracts="x.3"), guard=4)
    await line.loaded()
    await line.since(1)
    await line.hold(8)
    window = (Kept(8, bench.now(), words("8", "x.8", held=9)), Kept(9, bench.now(), words("9", "x.9")))
    held = Held("a.1", 9, 1, {"core": (1, b"c")}, window, 1, {"x.9": 9}, {"a.0": 3}, holding=9)
    await backplane.restore("room", "a.2", held)
    await bench.advance(130_000)
    assert (await backplane.touch(["room"]))["room"].line == "a.2"
    await backplane.beat("one")
    await backplane.erase("room", "a.2", event())
    await heard.reaches(14)
    await backplane.unsubscribe("room", heard)


@pytest.fixture
def documented(tmp_path: Path) -> Iterator[tuple[RunningRedis, str]]:
    """Started with docs/redis/redis.conf and users.acl, and the URL of the user there; only the paths are others."""
    needed()
    options = ["--unixsocket", str(tmp_path / "redis.sock"), "--aclfile", str(DOCS / "users.acl"), *of_valkey()]
    with RunningRedis(tmp_path, options, conf=DOCS / "redis.conf") as running:
        yield running, f"unix://chatserver:{PASSWORD}@{tmp_path}/redis.sock"


async def test_the_documented_user_may_do_what_is_needed(documented: tuple[RunningRedis, str]) -> None:
    async with connected(documented[1]) as bench:
        await everything(bench)


@pytest.mark.parametrize(
    "command",
    [
        "MONITOR",
        "CONFIG SET slowlog-log-slower-than 0",
        "CONFIG REWRITE",
        "KEYS *",
        "SCAN 0",
        "SLOWLOG GET",
        "DEBUG SLEEP 0",
        "FLUSHALL",
        "SAVE",
        "ACL LIST",
        "CLIENT LIST",
        "REPLICAOF NO ONE",
        "GET chatserver:{room}:line",
        "HGETALL other:{room}:line",
        "SUBSCRIBE other:{room}",
        "PSUBSCRIBE *",
        "EVAL 1 0",
    ],
)
def test_the_documented_user_may_do_nothing_else(documented: tuple[RunningRedis, str], command: str) -> None:
    running, _ = documented
    reader = hiredis.Reader()
    with socket.socket(socket.AF_UNIX) as sock:
        sock.settimeout(5.0)
        sock.connect(str(running.folder / "redis.sock"))
        for words_of in (["AUTH", "chatserver", PASSWORD], command.split()):
            sock.sendall(hiredis.pack_command(tuple(words_of)))  # type: ignore[arg-type]  # its stub takes tuples of one only
            while (answer := reader.gets()) is False:
                reader.feed(sock.recv(65_536))
            if words_of[0] == "AUTH":
                assert answer == b"OK"
    assert isinstance(answer, hiredis.ReplyError)
    assert re.match("NOPERM|ERR DEBUG command not allowed", str(answer))


async def test_nobody_else_is_let_in(documented: tuple[RunningRedis, str], tmp_path: Path) -> None:
    for url in (f"unix://{tmp_path}/redis.sock", f"unix://chatserver:wrong-canary@{tmp_path}/redis.sock"):
        with pytest.raises(BackplaneFault) as caught:
            async with connected(url):
                pass
        assert "canary" not in str(caught.value)
        assert "password" in str(caught.value)


async def test_a_password_without_a_user(tmp_path: Path) -> None:
    needed()
    with RunningRedis(tmp_path, ["--requirepass", "p@ss/word:1"]) as running:
        async with connected(f"redis://:p%40ss%2Fword%3A1@127.0.0.1:{running.port}/2") as bench:
            await everything(bench)
        with pytest.raises(BackplaneFault, match="wants a password"):
            async with connected(running.url):
                pass


def openssl(*words: str, folder: Path) -> None:
    subprocess.run(["openssl", *words], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def with_tls(tmp_path: Path) -> Iterator[str]:
    needed()
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    subject = ["-subj", "/CN=test", "-addext", "subjectAltName=IP:127.0.0.1"]
    key = ["-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", "key.pem"]
    openssl("req", "-x509", *key, "-out", "ca.pem", *subject, folder=tmp_path)
    port = free_port()
    files = ["--tls-cert-file", "ca.pem", "--tls-key-file", "key.pem", "--tls-ca-cert-file", "ca.pem", "--tls-auth-clients", "no"]
    options = ["--tls-port", str(port), *[str(tmp_path / w) if w.endswith(".pem") else w for w in files]]
    with ExitStack() as stack:
        try:
            stack.enter_context(RunningRedis(tmp_path, options))
        except RuntimeError as fault:
            if not re.search("Failed finding TLS|Bad directive", str(fault)):
                raise
            pytest.skip("this Redis was built without TLS")
        yield f"rediss://127.0.0.1:{port}"


async def test_tls(with_tls: str, tmp_path: Path) -> None:
    async with connected(f"{with_tls}?ca={tmp_path}/ca.pem") as bench:
        await everything(bench)


async def test_tls_with_a_certificate_that_nobody_vouches_for(with_tls: str) -> None:
    with pytest.raises(BackplaneFault, match=r"could not be reached with TLS: self.signed certificate"):
        async with connected(with_tls):
            pass


async def test_tls_for_another_name(with_tls: str, tmp_path: Path) -> None:
    with pytest.raises(BackplaneFault, match="could not be reached with TLS"):
        async with connected(with_tls.replace("127.0.0.1", "localhost") + f"?ca={tmp_path}/ca.pem"):
            pass
