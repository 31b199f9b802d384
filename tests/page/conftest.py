"""A real browser, and people in it. When a test is over, nobody's page may have complained, asked elsewhere or set a cookie."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.page.chromium import ARGS, executable
from tests.page.person import DESKTOP, Person
from tests.running import RunningServer

Arrive = Callable[..., Awaitable[Person]]


@pytest_asyncio.fixture
async def browser() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=executable(), args=ARGS)
        yield launched
        await launched.close()


@pytest.fixture
async def arrive(browser: Browser, server: RunningServer) -> AsyncIterator[Arrive]:
    """Lets somebody arrive with a browser profile of their own."""
    people: list[Person] = []

    async def one(size: tuple[int, int] = DESKTOP, dark: bool = False) -> Person:
        people.append(await Person.arrive(browser, server.url, size, dark))
        return people[-1]

    yield one
    for person in people:
        assert person.problems == []
        assert await person.page.context.cookies() == []
