"""The store or a port is not to be had: what can go on goes on, the rest says so, and works again afterwards."""

from __future__ import annotations

import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import make_url

from chatserver.store.database import Database
from chatserver.store.sqlite import make_engine
from tests.transport.conftest import House


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """Another program writes, and does not come to an end."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield


async def test_a_database_that_is_locked(house: House, tmp_path: Path) -> None:
    await house.meeting("cold")
    member, host = await house.member(), await house.facilitator()
    once = await house.key("moderator", uses=1)
    with locked(tmp_path / "store.sqlite3"):
        await (await house.member()).taken("send", {"id": "m1", "text": "A live room needs no database"})
        await member.event("message")
        answer = await (await house.connect()).ask("join", {"room": "cold"})
        assert (answer["code"], answer["retry_after_ms"] > 0) == ("unavailable", True)
        assert await (await house.connect()).refused("join", {"room": "room", "key": once}) == "unavailable"
        assert await host.refused("close") == "unavailable"
        await member.taken("send", {"id": "m2", "text": "and goes on where it could not be closed"})
    await (await house.connect()).join("cold")
    assert (await house.member(key=once)).joined["you"]["role"] == "moderator"
    await host.taken("close")
    await member.event("closed")


async def test_a_database_that_became_read_only(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    await house.meeting("cold")
    await house.meeting("later", opened=False)
    member, host = await house.member(), await house.facilitator()
    key = await house.key("facilitator")
    read_only = make_engine(make_url(f"sqlite+aiosqlite:///file:{tmp_path}/store.sqlite3?mode=ro&uri=true"))
    with monkeypatch.context() as patch:
        patch.setattr(house.store, "_db", Database(read_only))
        await (await house.member(key=key)).taken("send", {"id": "m1", "text": "A live room writes nothing"})
        await member.event("message")
        assert await (await house.connect()).refused("join", {"room": "cold"}) == "unavailable"
        assert await (await house.connect()).refused("open", {"room": "later", "key": key}) == "unavailable"
        assert await host.refused("close") == "unavailable"
        assert (await (await house.connect()).taken("door", {"room": "room"}))["state"] == "open"
    await read_only.dispose()
    await (await house.connect()).join("cold")
    await (await house.connect()).taken("open", {"room": "later", "key": key})
    await host.taken("close")


async def test_a_database_that_is_gone(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    member = await house.member()
    nowhere = make_engine(make_url("sqlite+aiosqlite:////nowhere/store.sqlite3"))
    with monkeypatch.context() as patch:
        patch.setattr(house.store, "_db", Database(nowhere))
        await (await house.member()).taken("send", {"id": "m1", "text": "Still here"})
        await member.event("message")
        caller = await house.connect()
        assert await caller.refused("join", {"room": "elsewhere"}) == "unavailable", "not known to be unknown"
        assert await caller.refused("door", {"room": "room"}) == "unavailable"
    await nowhere.dispose()


# --- a port


@pytest.fixture
def taken() -> Iterator[int]:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]


@pytest.mark.parametrize(("section", "ours"), [("server", "METRICS"), ("metrics", "SERVER")])
def test_a_port_in_use_is_one_sentence(tmp_path: Path, taken: int, section: str, ours: str) -> None:
    environ = {f"CHATSERVER_{section.upper()}__PORT": str(taken), f"CHATSERVER_{ours}__PORT": "0", "PATH": "/usr/bin:/bin"}
    done = subprocess.run(
        [sys.executable, "-m", "chatserver", "serve"], cwd=tmp_path, env=environ, capture_output=True, text=True, timeout=30, check=False
    )
    assert (done.returncode, done.stdout) == (1, "")
    sentence = f"Error: Port {taken} on 127.0.0.1 is in use, perhaps by another chatserver. "
    assert done.stderr == f"{sentence}Stop that one, or choose another ({section}.port).\n"
