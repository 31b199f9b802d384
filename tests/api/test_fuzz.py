"""Requests made up from the models, mostly right and partly anything: there is always an answer as documented, and never a 500."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatserver.app import Worker
from chatserver.clock import LoopClock
from chatserver.config import load
from chatserver.engine.tokens import hash_token
from chatserver.formats import toml_of
from chatserver.store.base import Group, Key
from chatserver.store.sql import open_store
from chatserver.transport.api.route import Route
from chatserver.transport.api.routes import ROUTES
from tests.api.conftest import RULE, START, Api
from tests.transport.conftest import SETTINGS, House

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
words = st.text(max_size=40) | st.sampled_from(["Evening", "", " ", "x" * 300, "a\nb", "\u202e", "e\u0301" * 50, "\ud800", "\x00"])
days = st.dates().map(str) | st.sampled_from(["2100-01-05", "2100-01-12", "2100-01-13", "2100-02-30", "1970-01-01", "2199-12-31"])
times = st.datetimes().map(lambda at: at.isoformat(timespec="minutes")) | st.sampled_from(
    [START, "2100-03-28T02:30", "1971-01-01T00:00", "x"]
)
rules = st.sampled_from([RULE, "FREQ=MONTHLY;BYDAY=1TU", "FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;UNTIL=21000112", "FREQ=DAILY", ""]) | st.lists(
    st.sampled_from(["FREQ=WEEKLY", "FREQ=MONTHLY", "BYDAY=TU", "BYDAY=-1TU", "BYMONTHDAY=31", "BYMONTH=2", "BYSETPOS=5", "INTERVAL=52", "COUNT=1000"]),
    max_size=4,
).map(";".join)  # fmt: skip
slugs = st.sampled_from(["evening", "room", "second", "third"]) | st.text(max_size=8)

# Values that have a chance, by the names of fields.
LIKELY: dict[str, st.SearchStrategy[Any]] = {
    "slug": slugs,
    "meeting": slugs,
    "format": st.sampled_from(["open-circle", "smart", "ours"]) | words,
    "timezone": st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Pacific/Apia", "Factory"]) | words,
    "start": st.none() | times,
    "rrule": st.none() | rules,
    "minutes": st.integers(-1, 1_500),
    "doors_minutes": st.none() | st.integers(-1, 130),
    "capacity": st.none() | st.integers(0, 20_000),
    "uses": st.none() | st.integers(-1, 200_000),
    "guidelines": st.lists(words, max_size=3),
    "types": st.lists(st.sampled_from(["O", "D", "be", "ONL"]) | words, max_size=3),
    "visibility": st.sampled_from(["listed", "unlisted", "invite"]),
    "led_by": st.sampled_from(["peer", "counsellor"]),
    "kind": st.sampled_from(["peer support", "group therapy", "facilitator", "moderator", "invite"]),
    "language": st.sampled_from(["de", "pt-BR", "zh-Hant", "x"]) | words,
    "website": st.sampled_from(["https://example.org", "http://[::1", "https://example.org:0/", ""]) | words,
    "toml": st.sampled_from([toml_of("smart"), 'title = "x"', "a" * 70_000]) | st.text(max_size=80),
    "key": st.sampled_from(["o" * 43, "https://x/#key=" + "o" * 43]) | words,
    **{name: st.booleans() for name in ("always_open", "lobby", "skipped")},
    **dict.fromkeys(("since", "until"), days),
}
PATHS = {
    "group": st.sampled_from(["group"] * 9 + ["other"]) | words,
    "meeting": slugs,
    "original": days | times | words,
    "format": st.sampled_from(["ours", "smart", "open-circle"]) | words,
}


@dataclass(frozen=True)
class Request:
    route: Route
    path: str
    body: Any


def fields(names: Any) -> st.SearchStrategy[Any]:
    """Most of them, with values that are likely; now and then anything."""
    likely = {name: LIKELY.get(name, words) for name in names}
    some = st.fixed_dictionaries({}, optional=likely)
    return some | st.fixed_dictionaries(likely) | st.fixed_dictionaries({}, optional=dict.fromkeys(names, anything))


@st.composite
def requests(draw: st.DrawFn) -> Request:
    route = draw(st.sampled_from(ROUTES))
    path = route.path
    for name, values in PATHS.items():
        path = path.replace(f"{{{name}}}", quote(draw(values), safe="", errors="surrogatepass") or "-")
    if route.query is not None:
        query = draw(st.fixed_dictionaries({}, optional={name: LIKELY[name] for name in route.query.model_fields}))
        path += "?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items()) if query else ""
    body = draw(fields(route.body.model_fields) | anything) if route.body is not None else None
    return Request(route, path, body)


@pytest.fixture(scope="module")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="module")
def server(runner: asyncio.Runner, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    """One for all examples: what one leaves behind is the next one's ground."""

    async def start(folder: Path) -> Api:
        url = f"sqlite+aiosqlite:///{folder}/store.sqlite3"
        store, clock = await open_store(url), LoopClock()
        worker = Worker(load(None, {}, {**SETTINGS, "store.url": url}), store, clock)
        port, _ = await worker.start()
        house = House(worker, store, clock, f"http://127.0.0.1:{port}", None)  # type: ignore[arg-type]
        for slug in ("group", "other"):
            await store.add_group(Group(slug, "A group"))
        return Api(house, await house.key("facilitator"), aiohttp.ClientSession(house.url))

    api = runner.run(start(tmp_path_factory.mktemp("fuzz")))
    yield api
    runner.run(api.session.close())
    runner.run(api.house.stop())


async def asked(api: Api, made: list[Request]) -> None:
    for one in made:
        # A rotation may have ended the key, and a group that is there has meetings to ask for.
        await api.house.store.revoke_key(hash_token(api.key))
        await api.house.store.add_key(Key(hash_token(api.key), "group", "facilitator"))
        answer = await api.ask(one.route.method, one.path, one.body)
        assert answer.status != 500, (one, answer.data)
        if answer.status == 200 and one.route.method in ("PUT", "PATCH"):
            again = await api.ask(one.route.method, one.path, one.body)
            assert _without_notices(again.data) == _without_notices(answer.data), "the same again changes nothing"
    api.texts.clear()


def _without_notices(data: dict[str, Any]) -> dict[str, Any]:
    """What has gone by an edit is told once."""
    return {name: value for name, value in data.items() if name != "notices"}


@settings(max_examples=150, deadline=None)
@given(st.lists(requests(), min_size=1, max_size=5))
def test_every_answer_is_as_documented(runner: asyncio.Runner, server: Api, made: list[Request]) -> None:
    runner.run(asked(server, made))
