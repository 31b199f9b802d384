"""The stores and backplanes that the contracts are held against."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from chatserver.store.base import Store
from chatserver.store.sql import open_store
from tests.contract.backplanes import BACKPLANES, Bench, Line


@pytest.fixture
def sqlite_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path}/data/store.sqlite3"


@pytest.fixture(params=["sqlite", pytest.param("postgres", marks=pytest.mark.postgres)])
def store_url(request: pytest.FixtureRequest) -> str:
    """A database that is not there yet, or is empty: each kind in turn."""
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    store = await open_store(store_url)
    yield store
    await store.close()


@pytest.fixture(params=BACKPLANES)
def make_name(request: pytest.FixtureRequest) -> str:
    """Each backplane in turn."""
    return str(request.param)


@pytest.fixture
def window_seconds() -> float:
    """Other windows by parametrizing this."""
    return 60.0


@pytest.fixture
async def bench(make_name: str, window_seconds: float) -> AsyncIterator[Bench]:
    async with BACKPLANES[make_name](window_seconds) as bench:
        yield bench


@pytest.fixture
async def line(bench: Bench) -> Line:
    """An open room."""
    return await Line(bench).open()
