"""A worker in this process, with real sockets, a real store and the real clock; and clients for it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from chatserver.app import Worker
from chatserver.clock import LoopClock
from chatserver.config import Settings, load
from chatserver.engine.tokens import hash_token, new_token
from chatserver.store.base import Group, Key, KeyRole, Meeting, Store
from chatserver.store.sql import open_store
from tests.clients import Client


@dataclass
class House:
    """A started worker, one group "group" and its open room "room"."""

    worker: Worker
    store: Store
    clock: LoopClock
    url: str
    connect: Callable[[], Awaitable[Client]]
    stopped: bool = False

    async def stop(self) -> None:
        if not self.stopped:
            self.stopped = True
            await self.worker.stop()

    async def key(self, role: KeyRole, uses: int | None = None, meeting: str | None = None) -> str:
        text = new_token()
        await self.store.add_key(Key(hash_token(text), "group", role, meeting, uses))
        return text

    async def member(self, **more: object) -> Client:
        return await (await self.connect()).join("room", **more)

    async def facilitator(self, **more: object) -> Client:
        return await self.member(key=await self.key("facilitator"), **more)

    async def moderator(self, **more: object) -> Client:
        return await self.member(key=await self.key("moderator"), **more)

    async def meeting(self, slug: str, *, opened: bool = True, minutes: int = 60, **more: object) -> None:
        group = Group("group", "A group")
        await self.store.add_meeting(Meeting(slug, group, "A meeting", "open-circle", "UTC", None, None, minutes, **more))  # type: ignore[arg-type]
        if opened:
            now = self.clock.now()
            await self.store.open_meeting(slug, new_token()[:12].replace("_", "-"), now, now + minutes * 60_000)


SETTINGS: dict[str, object] = {
    "server.port": 0,
    "metrics.port": -1,
    "limits.messages_per_second": 0,
    "limits.commands_per_second": 0,
    "limits.joins_per_minute": 0,
    "raid.wave_joins": 0,
    "raid.repeats": True,
}


@pytest.fixture
def options() -> dict[str, object]:
    """Settings that a test changes by parametrizing this."""
    return {}


@pytest.fixture
async def house(tmp_path: Path, options: dict[str, object]) -> AsyncIterator[House]:
    url = f"sqlite+aiosqlite:///{tmp_path}/store.sqlite3"
    settings: Settings = load(None, {}, {**SETTINGS, "store.url": url, **options})
    store = await open_store(url)
    clock = LoopClock()
    worker = Worker(settings, store, clock)
    port, _ = await worker.start()
    clients: list[Client] = []

    async def connect() -> Client:
        client = Client()
        clients.append(client)
        return await client.connect(f"http://127.0.0.1:{port}")

    house = House(worker, store, clock, f"http://127.0.0.1:{port}", connect)
    await store.add_group(Group("group", "A group"))
    await house.meeting("room")
    yield house
    for client in clients:
        await client.close()
    await house.stop()
