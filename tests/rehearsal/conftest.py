"""Rehearsals against a real server in a process of its own, over real sockets, at a speed at which an hour takes seconds."""

from __future__ import annotations

import io
import json
from collections.abc import Awaitable, Callable, Iterator, Mapping
from typing import Any

import pytest

from chatserver.formats import toml_of
from chatserver.rehearsal.run import Wanted, rehearsed
from chatserver.store.base import Store
from chatserver.store.sql import open_store
from tests.running import RunningServer

SPEED = 600

# All modes, and nothing longer than it has to be: nine minutes, in less than a second.
SHORT = """
title = "Short"
[[segments]]
title = "Quiet"
minutes = 1
mode = "silence"
script = "Let us be quiet."
[[segments]]
title = "Opening"
minutes = 2
mode = "speaker"
script = "Welcome.\\n\\n[The group's own opening may stand here.]"
[[segments]]
title = "Check-in"
minutes = 2
mode = "round"
share_seconds = 30
asks = "How are you?"
[[segments]]
title = "Sharing"
minutes = 3
mode = "queue"
share_seconds = 30
[[segments]]
title = "Together"
minutes = 1
mode = "open"
"""

Json = dict[str, Any]


class Told(list[Json]):
    """What a rehearsal has told, one thing after the other."""

    def of(self, kind: str) -> list[Json]:
        return [each for each in self if each["type"] == kind]


@pytest.fixture(scope="package")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningServer]:
    """One server for all, as many rehearsals may go on at a server."""
    environ = {"CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "0", "CHATSERVER_LIMITS__JOINS_PER_MINUTE": "0"}
    with RunningServer(tmp_path_factory.mktemp("rehearsal"), environ) as server:
        yield server


def store_of(server: RunningServer) -> Callable[[], Awaitable[Store]]:
    return lambda: open_store(f"sqlite+aiosqlite:///{server.folder / 'data' / 'chatserver.sqlite3'}")


def wanted(server: RunningServer, form: str = "short", toml: str | None = None, **more: Any) -> Wanted:
    toml = toml if toml is not None else SHORT if form == "short" else toml_of(form)
    assert toml is not None
    given: dict[str, Any] = {
        "members": 6,
        "speed": SPEED,
        "lead": False,
        "wait": False,
        "url": server.url,
        "page": server.url,
        "as_json": True,
    }
    return Wanted(form, toml, **(given | more))


class Heard(io.StringIO):
    def __init__(self, told: Told, on: Mapping[str, Callable[[Json], object]]) -> None:
        super().__init__()
        self._told, self._on = told, on

    def write(self, line: str) -> int:
        happening = json.loads(line)
        self._told.append(happening)
        if happening["type"] in self._on:
            self._on[happening["type"]](happening)
        return len(line)


async def played(server: RunningServer, asked: Wanted, **on: Callable[[Json], object]) -> tuple[str, Told]:
    """What did not hold, and all that was told. `on`: what is done as something is told."""
    told = Told()
    sentence = await rehearsed(asked, store_of(server), Heard(told, on))
    return sentence, told
