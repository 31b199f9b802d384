"""What is held is what is declared: nothing more, and nothing less."""

from __future__ import annotations

import ast
import asyncio
import importlib
import json
import pkgutil
import re
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from typing import Any

import msgpack
import pytest
import pytest_asyncio
from prometheus_client.parser import text_string_to_metric_families

import chatserver
from chatserver import logs
from chatserver.feeds.what_we_hold import by_place, composed, document
from chatserver.held import held
from chatserver.transport.languages import PACKAGE, STATIC, Words
from tests.anonymity.canary import new_canary, say_everywhere
from tests.anonymity.declared import EVERYTHING, SECONDS, Pairs, declared
from tests.anonymity.living import held_in_memory
from tests.processes.conftest import asked, environ, fetch
from tests.redis import RunningRedis
from tests.running import RunningServer
from tests.transport.conftest import House
from tests.transport.raw import Raw, connected

# --- a lively room over two workers and a Redis


in_one_loop = pytest.mark.asyncio(loop_scope="module")


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory, lasting_redis: RunningRedis) -> Iterator[RunningServer]:
    more = environ(lasting_redis, LOG__LEVEL="debug", LIMITS__COMMANDS_PER_SECOND="0")
    with RunningServer(tmp_path_factory.mktemp("server"), more, ["--workers", "2"]) as server:
        yield server


async def lively(server: RunningServer) -> list[Raw]:
    """A meeting in which there is something of every kind: words, a turn, a poll, a topic, a mute, a ban, somebody in the lobby."""
    raws = await say_everywhere(server.url, server.room, server.facilitator_key, new_canary())
    host, member = raws[0], await connected(server.url)
    await member.join(server.room)
    for name, payload in (
        ("agenda", {"go": "next"}),
        ("topic", {"text": "What helps"}),
        ("poll", {"kind": "choice", "question": "Which?", "options": ["one", "two"]}),
        ("lobby", {"on": True}),
    ):
        await host.ask(name, payload)
    await member.ask("send", {"id": "s1", "text": "words"})
    waiting = await connected(server.url)
    await waiting.ask("join", {"room": server.room})
    return [*raws, member, waiting]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def meeting(running: RunningServer) -> AsyncIterator[RunningServer]:
    """A server with one lively meeting going on."""
    raws = await lively(running)
    yield running
    for raw in raws:
        await raw.close()


def keys_of_kind(redis: RunningRedis, kind: str) -> list[bytes]:
    return [key for key in redis.call("KEYS", "*") if key.endswith(f":{kind}".encode())]


async def test_a_server_tells_what_it_holds_to_programs_and_to_people(running: RunningServer) -> None:
    status, text = await fetch(f"{running.url}/.well-known/what-we-hold.json")
    assert status == 200
    assert {one["where"] for one in json.loads(text)["holds"]} == {"room", "memory", "redis", "database", "log", "metrics", "browser"}
    status, page = await fetch(f"{running.url}/what-we-keep")
    assert status == 200
    assert "The topic that those who lead have set." in page


async def test_every_number_that_the_operator_sees_is_declared(running: RunningServer) -> None:
    raws = [await connected(running.url) for _ in range(5)]
    for raw in raws:
        await raw.ask("door", {"room": running.room})
    page = await asked(running.metrics, 200, 'chatserver_answers_total{code="ok",event="door"} 5.0')
    samples = [(family.name, sample) for family in text_string_to_metric_families(page) for sample in family.samples]
    assert {(name, label) for name, sample in samples for label in sample.labels or ("",)} == declared("metrics")
    for raw in raws:
        await raw.close()


@in_one_loop
async def test_every_key_in_redis_is_declared_and_goes_in_the_declared_time(meeting: RunningServer, lasting_redis: RunningRedis) -> None:
    """When a share runs there is one key more: tests/backplane_redis/test_what_is_kept.py has that, with the same declarations."""
    keys = {key.decode(): lasting_redis.call("PTTL", key) for key in lasting_redis.call("KEYS", "*")}
    bounds = {one.at: SECONDS[one.setting] if one.setting else one.seconds for one in EVERYTHING if one.where == "redis"}
    assert {key.rpartition(":")[2] for key in keys} == bounds.keys() - {"share"}
    for key, left in keys.items():
        bound = bounds[key.rpartition(":")[2]]
        assert bound is not None
        assert 0 < left <= bound * 1_000, key


@in_one_loop
async def test_every_entry_and_field_of_a_room_is_declared(meeting: RunningServer, lasting_redis: RunningRedis) -> None:
    (key,) = keys_of_kind(lasting_redis, "entries")
    entries = lasting_redis.call("HGETALL", key)
    found: Pairs = set()
    for name, value in zip(entries[::2], entries[1::2], strict=True):
        kind, slash, _ = name.decode().partition("/")
        fields: Any = msgpack.unpackb(value.partition(b"|")[2])
        found |= {(kind + slash, field) for field in (fields if isinstance(fields, dict) else ("",))}
    assert found == declared("room")


@in_one_loop
async def test_every_table_and_column_is_declared(meeting: RunningServer) -> None:
    """After a meeting; tests/contract/test_store_columns.py asks PostgreSQL as well."""
    (database,) = meeting.folder.rglob("*.sqlite3")
    with closing(sqlite3.connect(database)) as connection:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {(table, row[1]) for table in tables for row in connection.execute(f"PRAGMA table_info({table})")}
    assert found == declared("database")


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""


@in_one_loop
async def test_every_field_of_the_log_is_declared(meeting: RunningServer) -> None:
    """By what is really logged, at DEBUG; by the list that the formatter allows; and by what the code logs."""
    assert await asyncio.to_thread(meeting.stop) == 0
    lines = [line for line in meeting.output.splitlines() if re.match(r"\d{4}-\d\d-\d\dT", line)]
    names = {name for _, name in declared("log")}
    assert len(lines) > 20
    assert {name for line in lines for name in re.findall(r" (\w+)=", line)} <= names
    assert names == logs.FIELDS | {"at"}
    calls = [node for path in PACKAGE.rglob("*.py") for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    logged = {word.arg for call in calls if _name(call.func) == "log" for word in call.keywords}
    assert names - logged - {"at", "exception", "slot"} == set(), "declared, and logged nowhere"


# --- memory

LAYERS = ("engine", "backplane", "transport", "wire", "supervisor")

# Of the program and its settings: here before anybody comes.
OF_THE_PROGRAM = {
    ("engine.door.Door", "_contact"),
    ("engine.door.Door", "_worker"),
    ("engine.call_requests.CallRequests", "_contact"),
    ("transport.http._Site", "_helplines"),
    ("engine.service.Service", "_handlers"),
    ("engine.time_limit.TimeLimit", "_until"),
    ("engine.unhurried.Unhurried", "_calls"),
    ("transport.feeds._Feeds", "_base_url"),
    ("transport.http._Site", "_held"),
    ("transport.proxies.Proxies", "_networks"),
    ("transport.proxies.Proxies", "header"),
    ("transport.socketio_server.SocketioServer", "_public_origin"),
    *(("transport.web_server._Runner", name) for name in ("_kwargs", "_sites")),
}
# What is declared, and the program, is made of these.
PARTS = (
    "backplane.base.",
    "engine.own_posts.Own.",
    "transport.api.codes.",
    "transport.api.route.",
    "transport.languages.",
    "transport.pages.",
)
# `None` but for moments.
RARELY = {
    *(("transport.connection.Connection", name) for name in ("_asked", "_rest")),
    *(("engine.connections.Connection", name) for name in ("paid", "work")),
    ("engine.live_room.LiveRoom", "_buffer"),
    ("engine.presence.Attached", "held"),
    ("transport.connection.Connection", "_backlog"),
    ("transport.fanout.Room", "_fast"),
}


async def test_every_field_in_memory_that_can_hold_something_is_declared(house: House) -> None:
    found = held_in_memory(house.worker, LAYERS)
    host, member, troll = await house.facilitator(name="Early Light"), await house.member(), await house.member()
    await member.taken("send", {"id": "m1", "text": "words"})
    found |= held_in_memory(house.worker, LAYERS)
    await host.taken("remove", {"seat": troll.seat, "ban": True})
    await host.taken("lobby", {"on": True})
    waiting = await house.connect()
    await waiting.ask("join", {"room": "room"})
    found |= held_in_memory(house.worker, LAYERS)
    found = {(at, name) for at, name in found if not f"{at}.".startswith(PARTS)}
    expected = declared("memory", held(redis=False))
    undeclared, missing = sorted(found - expected - OF_THE_PROGRAM), sorted(expected - found - RARELY)
    assert not undeclared, f"held, and not declared: {undeclared}"
    assert not missing, f"declared, and not there: {missing}"


# --- what is told of it


def test_all_declarations_are_gathered() -> None:
    names = [found.name for found in pkgutil.walk_packages(chatserver.__path__, "chatserver.")]
    modules = [importlib.import_module(name) for name in names if not name.endswith("__main__") and ".migrations" not in name]
    assert {one for module in modules for one in getattr(module, "HOLDS", ())} == set(EVERYTHING)


def test_each_kind_has_its_sentence_and_the_page_tells_it_once() -> None:
    words = Words(STATIC)
    ones = composed(EVERYTHING, SECONDS)
    for one in ones:
        for sentence in (one.what(words), one.how_long(words)):
            assert sentence.endswith("."), sentence
            assert not sentence.startswith(("holds-", "until-", "held-"))
    for place, lines in by_place(ones, words):
        assert not place.startswith("held-")
        assert len(lines) == len({what for what, _ in lines}), "the same, for two times"


def test_the_document_has_the_shape_that_is_documented() -> None:
    found = json.loads(document(composed(EVERYTHING, SECONDS), Words(STATIC)))
    assert found["version"] == 1
    for one in found["holds"]:
        assert one.keys() == {"kind", "what", "where", "until", "seconds", "how_long", "identifies", "parts"}
        assert all(isinstance(names, list) for names in one["parts"].values())
    window = next(one for one in found["holds"] if (one["kind"], one["where"]) == ("window", "redis"))
    assert (window["seconds"], window["identifies"], window["parts"]) == (60, "words", {"window": []})


def test_what_the_settings_let_be_held_for_no_time_is_left_out() -> None:
    assert "window" not in {one.kind for one in composed(EVERYTHING, SECONDS | {"rooms.window_seconds": 0})}
