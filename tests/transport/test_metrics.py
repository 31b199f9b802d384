"""The numbers: on a port of their own, and none that could point at a few people."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families

from chatserver.transport.metrics import SMALL, Metrics, Tally
from tests.clients import Client
from tests.running import RunningServer
from tests.transport.conftest import House


async def fetch(url: str) -> tuple[int, str]:
    async with aiohttp.ClientSession() as session, session.get(url) as response:
        return response.status, await response.text()


def samples(text: str) -> dict[str, float]:
    """By name and labels."""
    families = text_string_to_metric_families(text)
    return {s.name + "".join(sorted(s.labels.values())): s.value for f in families for s in f.samples}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[RunningServer]:
    with RunningServer(tmp_path) as server:
        yield server


async def test_they_have_a_port_of_their_own(running: RunningServer) -> None:
    found = re.search(r"Metrics +(\S+)", running.output)
    assert found is not None
    assert (await fetch(found[1]))[0] == 200
    assert (await fetch(f"{running.url}/metrics"))[0] == 404
    assert (await fetch(found[1].removesuffix("metrics")))[0] == 404, "and nothing else there"


async def page(house: House) -> str:
    response = await Metrics(house.worker.counts).page(None)  # type: ignore[arg-type]
    assert isinstance(response.body, bytes)
    return response.body.decode()


async def test_they_count(house: House) -> None:
    members = [await house.member() for _ in range(SMALL)]
    for n in range(2 * SMALL):
        await members[0].taken("send", {"id": f"m{n}", "text": "x"})
    shown = samples(await page(house))
    assert shown["chatserver_connections"] == SMALL
    assert shown["chatserver_answers_totaloksend"] == 2 * SMALL


async def test_nothing_small_is_shown(house: House) -> None:
    """Not even by the difference between two looks: the one who calls for help is one person."""
    host, member = await house.facilitator(), await house.member()
    for _ in range(SMALL):
        await member.taken("react", {"to": "x.y", "kind": "hug"})
    before = await page(house)
    await member.taken("help", {"text": "x"})
    await member.taken("react", {"to": "x.y", "kind": "hug"})
    await host.taken("mute", {"seat": member.seat})
    assert await page(house) == before
    assert all(value == 0 or value >= SMALL for value in samples(before).values())


async def test_nobody_can_be_found_in_them(house: House) -> None:
    clients: list[Client] = [await house.member(name=f"Name{n}") for n in range(SMALL)]
    for client in clients:
        await client.taken("send", {"id": "words", "text": "words"})
        await client.refused("an event with my name")
    text = await page(house)
    for client in clients:
        for private in (client.seat, client.joined["seat_token"], client.joined["you"]["name"], client.joined["epoch"], "my name"):
            assert private not in text
    assert "words" not in text
    assert {f.name for f in text_string_to_metric_families(text)} == {"chatserver_connections", "chatserver_rooms", "chatserver_answers"}
    labels = {label for f in text_string_to_metric_families(text) for s in f.samples for label in s.labels}
    assert labels == {"event", "code"}
    assert "created" not in text, "when something happened first is nobody's business"


def test_the_names_of_unknown_events_are_not_kept() -> None:
    tally = Tally(lambda: 0, lambda: 0)
    for n in range(1_000):
        tally.answered(f"event {n}", "unknown_event")
    assert tally.counts().answers == {("unknown", "unknown_event"): 1_000}
