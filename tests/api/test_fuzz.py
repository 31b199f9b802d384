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
from tests.api.conftest import RULE, START, WEEKLY, Api
from tests.transport.conftest import SETTINGS, House

anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=5,
)
words = st.text(max_size=40) | st.sampled_from(["Evening", "", " ", "x" * 300, "a\nb", "\u202e", "e\u0301" * 50, "\ud800", "\x00"])
days = st.dates().map(str) | st.sampled_from(["2100-01-05", "2100-01-12", "2100-01-13", "2100-02-30", "1970-01-01", "2199-12-31"])
some_times = st.sampled_from([START, "2100-01-12T20:00", "2100-03-28T02:30", "1971-01-01T00:00", "x"])
times = some_times | st.datetimes().map(lambda at: at.isoformat(timespec="minutes"))
whole_rules = st.sampled_from([RULE, "FREQ=MONTHLY;BYDAY=1TU", "FREQ=WEEKLY;COUNT=3", "FREQ=WEEKLY;UNTIL=21000112", "FREQ=DAILY", ""])
parts = ["FREQ=WEEKLY", "FREQ=MONTHLY", "BYDAY=TU", "BYDAY=-1TU", "BYMONTHDAY=31", "BYMONTH=2", "BYSETPOS=5", "INTERVAL=52", "COUNT=1000"]
rules = whole_rules | st.lists(st.sampled_from(parts), max_size=4).map(";".join)
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


def mostly(likely: st.SearchStrategy[Any], else_: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.integers(0, 9).flatmap(lambda n: likely if n else else_)


PATHS = {
    "group": mostly(st.just("group"), st.just("other") | words),
    "meeting": mostly(st.sampled_from(["evening", "room", "second"]), words),
    "original": mostly(st.sampled_from(["2100-01-05", "2100-01-12", START]), days | times | words),
    "format": mostly(st.sampled_from(["ours", "smart", "open-circle"]), words),
}


@dataclass(frozen=True)
class Request:
    route: Route
    path: str
    body: Any


# Values that are right, of which one or two are then replaced by others.
RIGHT: dict[str, Any] = {
    **WEEKLY, "slug": "third", "name": "A group", "format": "smart", "kind": "moderator", "minutes": 75, "visibility": "listed",
    "led_by": "peer", "toml": toml_of("smart"), "key": "o" * 43, "types": ["O"], "language": "de", "capacity": 12, "lobby": True,
    "region": "Berlin", "notes": "", "uses": 3, "skipped": False, "address": "", "website": "", "always_open": False, "doors_minutes": 10,
    "meeting": "evening", "guidelines": ["Listen."],
}  # fmt: skip


def fields(names: Any) -> st.SearchStrategy[Any]:
    """Right ones, a few of which are left out, or replaced by what is likely, or now and then by anything."""
    right = st.fixed_dictionaries({}, optional={name: st.just(RIGHT[name]) for name in names if name in RIGHT})
    every = st.just({name: RIGHT[name] for name in names if name in RIGHT})
    other = st.fixed_dictionaries({}, optional={name: mostly(LIKELY.get(name, words), anything) for name in names})
    return st.builds(lambda base, replaced: {**base, **replaced}, right | every, st.just({}) | other)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    route = draw(st.sampled_from(ROUTES))
    path = route.path
    for name, values in PATHS.items():
        path = path.replace(f"{{{name}}}", quote(draw(values), safe="", errors="surrogatepass") or "-")
    if route.query is not None:
        query = draw(st.fixed_dictionaries({}, optional={name: LIKELY[name] for name in route.query.model_fields}))
        path += "?" + "&".join(f"{name}={quote(value, safe='')}" for name, value in query.items()) if query else ""
    body = draw(mostly(fields(route.body.model_fields), anything)) if route.body is not None else None
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
    if await api.house.store.meeting("evening") is None:
        await api.meeting()
    for one in made:
        # A rotation may have ended the key, and a group that is there has meetings to ask for.
        await api.house.store.revoke_key(hash_token(api.key))
        await api.house.store.add_key(Key(hash_token(api.key), "group", "facilitator"))
        answer = await api.ask(one.route.method, one.path, one.body)
        assert answer.status != 500, (one, answer.data)
        if answer.status == 200 and one.route.method in ("PUT", "PATCH"):
            again = await api.ask(one.route.method, one.path, one.body)
            if again.status != 503:  # of a database that is slow for a moment
                assert _without_notices(again.data) == _without_notices(answer.data), "the same again changes nothing"
    api.texts.clear()


def _without_notices(data: dict[str, Any]) -> dict[str, Any]:
    """What has gone by an edit is told once."""
    return {name: value for name, value in data.items() if name != "notices"}


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.lists(requests(), min_size=2, max_size=5))
def test_every_answer_is_as_documented(runner: asyncio.Runner, server: Api, made: list[Request]) -> None:
    runner.run(asked(server, made))
