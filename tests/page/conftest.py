"""A real browser, and people in it. When a test is over, nobody's page may have complained, asked elsewhere or set a cookie.

One server and one browser serve all of these tests; each test has a room, and each person a browser profile, of their own.
"""

from __future__ import annotations

import os
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from chatserver.engine.tokens import hash_token, new_opening_id, new_token
from chatserver.store.base import Key, Meeting
from chatserver.store.sql import open_store
from tests.page.chromium import ARGS, NoBrowser, executable
from tests.page.person import DESKTOP, Person
from tests.running import RunningServer

Arrive = Callable[..., Awaitable[Person]]

MINUTES = 60
_numbers = count(1)


@dataclass
class Place:
    """A room for one test, open unless said otherwise, and the key of its facilitator."""

    url: str
    room: str
    facilitator_key: str


# These share the fixtures here, and the loop that the browser lives on.
FOLDERS = (Path(__file__).parent, Path(__file__).parent.parent / "anonymity" / "browser")


def _in_a_browser(item: pytest.Item) -> bool:
    return item.path.parent in FOLDERS


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if _in_a_browser(item) and item.get_closest_marker("asyncio"):
            item.add_marker(pytest.mark.asyncio(loop_scope="session"), append=False)


def pytest_collection_finish(session: pytest.Session) -> None:
    """Brings the browser before the first test begins: a test's time is for the test, and apt takes a minute."""
    if any(map(_in_a_browser, session.items)):
        with suppress(NoBrowser):  # told by the tests themselves
            executable()


@pytest.fixture(scope="session")
def shared_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RunningServer, str]]:
    folder = tmp_path_factory.mktemp("page")
    store = f"sqlite+aiosqlite:///{folder / 'page.sqlite'}"
    environ = {
        "CHATSERVER_STORE__URL": store,
        "CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "0",
        "CHATSERVER_LIMITS__JOINS_PER_MINUTE": "0",
    }
    with RunningServer(folder, environ) as running:
        yield running, store


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    try:
        path = executable()
    except NoBrowser as fault:
        if os.environ.get("CI"):
            raise
        pytest.skip(str(fault))
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=path, args=ARGS)
        yield launched
        await launched.close()


def new_slug() -> str:
    return f"room-{next(_numbers)}"


async def new_room(shared: tuple[RunningServer, str], opened: bool, form: str = "open-circle", minutes_ago: int = 0) -> Place:
    running, url = shared
    store = await open_store(url)
    try:
        group = await store.group("demo")
        assert group is not None
        slug, key = new_slug(), new_token()
        await store.add_meeting(Meeting(slug, group, "Evening circle", form, "UTC", None, None, MINUTES))
        await store.add_key(Key(hash_token(key), group.slug, "facilitator"))
        if opened:
            now = int(time.time() * 1_000)
            await store.open_meeting(slug, new_opening_id(), now - minutes_ago * 60_000, now + MINUTES * 60_000)
    finally:
        await store.close()
    return Place(running.url, slug, key)


@pytest_asyncio.fixture(loop_scope="session")
async def place(shared_server: tuple[RunningServer, str]) -> Place:
    return await new_room(shared_server, opened=True)


@pytest_asyncio.fixture(loop_scope="session")
async def scheduled(shared_server: tuple[RunningServer, str]) -> Place:
    return await new_room(shared_server, opened=False)


@pytest_asyncio.fixture(loop_scope="session")
async def arrive(browser: Browser, shared_server: tuple[RunningServer, str]) -> AsyncIterator[Arrive]:
    """Lets somebody arrive with a browser profile of their own."""
    people: list[Person] = []

    async def one(size: tuple[int, int] = DESKTOP, dark: bool = False, url: str = shared_server[0].url, language: str = "en-US") -> Person:
        people.append(await Person.arrive(browser, url, size, dark, language))
        return people[-1]

    yield one
    for person in people:
        cookies = await person.page.context.cookies()
        await person.page.context.close()
        assert person.problems == []
        assert cookies == []
