"""The command line in this process, as an operator types it; its store is in the current folder."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from click.testing import CliRunner, Result

from chatserver.cli import main
from chatserver.store.base import Store
from chatserver.store.sql import open_store

URL = "sqlite+aiosqlite:///data/chatserver.sqlite3"


def run(*words: str, typed: str | None = None) -> Result:
    """`typed`: what is typed when it asks."""
    return CliRunner().invoke(main, words, input=typed)


def done(*words: str, typed: str | None = None) -> str:
    result = run(*words, typed=typed)
    assert result.exit_code == 0, result.output
    return result.stdout


def data(*words: str) -> Any:
    return json.loads(done(*words, "--json"))


def refused(*words: str, typed: str | None = None) -> str:
    result = run(*words, typed=typed)
    assert result.exit_code == 2, result.output
    assert "Traceback" not in result.output
    return " ".join(result.output.split())


def stored(read: Callable[[Store], Any]) -> Any:
    async def opened() -> Any:
        store = await open_store(URL)
        try:
            return await read(store)
        finally:
            await store.close()

    return asyncio.run(opened())
