"""Several workers over Redis, seen from the page: one dies, all are replaced, Redis forgets everything. People talk on."""

from __future__ import annotations

import asyncio
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.async_api import expect

from tests.page.conftest import Arrive
from tests.page.front import without_dropped_lines
from tests.page.person import PHONE, Person
from tests.redis import RunningRedis
from tests.running import RunningServer

UNHURRIED = {"CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "0", "CHATSERVER_SERVER__WORKERS": "2"}


@pytest.fixture
def workers(tmp_path: Path, redis: RunningRedis) -> Iterator[RunningServer]:
    folder = tmp_path / "server"
    folder.mkdir()
    with RunningServer(folder, {**UNHURRIED, "CHATSERVER_BACKPLANE__URL": redis.url}) as running:
        yield running


async def three(arrive: Arrive, workers: RunningServer) -> list[Person]:
    people = [await arrive(size, url=workers.url) for size in (PHONE, (1280, 800), (1280, 800))]
    for person, name in zip(people, ("Wide River", "Grey Heron", "Quiet Lantern"), strict=True):
        await person.go_in(workers.room, name)
    return people


async def all_have(people: list[Person], texts: list[str]) -> None:
    for person in people:
        for text in texts:
            await expect(person.said(text)).to_be_visible()
        assert await person.log() == texts


async def test_a_worker_dies(arrive: Arrive, workers: RunningServer) -> None:
    people = await three(arrive, workers)
    await people[0].say("before")
    for n, pid in enumerate(workers.worker_pids()):  # each in turn, so that everybody's has been among them
        os.kill(pid, signal.SIGKILL)
        await asyncio.to_thread(workers.said, f"slot={n + 1} count=1")
        for person, name in zip(people, "abc", strict=True):
            await person.say(f"after {n}, {name}")
    await all_have(people, ["before", *(f"after {n}, {name}" for n in range(2) for name in "abc")])
    for person in people:
        await expect(person.page.locator(".person")).to_have_count(3)
        without_dropped_lines(person)


async def test_redis_forgets_everything(arrive: Arrive, workers: RunningServer, redis: RunningRedis) -> None:
    people = await three(arrive, workers)
    await people[0].say("before")
    redis.restart()
    await people[1].say("after")
    await people[2].say("and on")
    await all_have(people, ["before", "after", "and on"])
    for person in people:
        await expect(person.page.locator(".person")).to_have_count(3)
        await expect(person.page.get_by_text("The line dropped.")).to_have_count(0)


async def test_all_workers_are_replaced(arrive: Arrive, workers: RunningServer) -> None:
    """An operator changes a setting while a meeting is on."""
    people = await three(arrive, workers)
    for person in people:
        await watch_for_notices(person)
    before = workers.worker_pids()
    await people[0].say("before")
    workers.process.send_signal(signal.SIGHUP)
    await asyncio.to_thread(workers.said, "All workers are new")
    await people[1].say("after")
    await all_have(people, ["before", "after"])
    assert not set(before) & set(workers.worker_pids())
    for person in people:
        assert await person.page.evaluate("window.noticed") == []
        assert not [entry for entry in await person.page.locator(".mark").all_inner_texts() if "away" in entry]


async def watch_for_notices(person: Person) -> None:
    """Remembers every text that tells of the line."""
    await person.page.evaluate(
        """() => {
            window.noticed = [];
            new MutationObserver(() => {
                if (document.body.innerText.includes("The line dropped")) window.noticed.push("dropped");
                if (document.body.innerText.includes("away")) window.noticed.push("away");
            }).observe(document.body, {subtree: true, childList: true, characterData: true});
        }"""
    )
