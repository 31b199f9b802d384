"""Whether a page draws without a slow frame while much is said in a full room, on an old phone."""

from __future__ import annotations

import asyncio
from typing import Any

from playwright.async_api import async_playwright

from tests.clients import Client
from tests.page.chromium import ARGS, executable
from tests.page.conftest import Place
from tests.page.person import PHONE, Person

# What a room needs for it, as settings of its server.
ENVIRON = {
    "CHATSERVER_RAID__WAVE_JOINS": "0",
    "CHATSERVER_LIMITS__MESSAGES_PER_SECOND": "0",
    "CHATSERVER_LIMITS__JOINS_PER_MINUTE": "0",
}
SEATS, MESSAGES = 300, 1_000
WRITERS = 10
SLOWER = 4
SLOW_MS = 50.0
LIVELY = 100  # messages, each for itself
EVERY_SECONDS = 0.1
TRACED_SECONDS = 30


async def _writers(room: Place) -> list[Client]:
    """So many seats, of whom a few stay on the line."""
    stay: list[Client] = []
    for number in range(SEATS - 1):
        client = await (await Client().connect(room.url)).join(room.room)
        if number < WRITERS:
            stay.append(client)
        else:
            await client.close()
    return stay


async def drawing(room: Place) -> list[float]:
    """Each stretch of work of the page, between which it can draw and be used, while some messages come: in milliseconds of processor, on
    a phone `SLOWER` times as slow as this machine; the longest last.

    Not of the clock: what else a shared machine does would be counted.
    """
    writers = await _writers(room)

    async def say(number: int) -> None:
        text = f"message {number} " + "more " * (number % 20)
        await writers[number % WRITERS].taken("send", {"id": f"m{number}", "text": text})

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=ARGS)
        reader = await (await Person.arrive(browser, room.url, PHONE)).go_in(room.room)
        for number in range(MESSAGES):
            await say(number)
        await reader.message(f"message {MESSAGES - 1} ").wait_for()
        traced: list[dict[str, Any]] = []
        ended = asyncio.Event()
        session = await browser.new_browser_cdp_session()
        session.on("Tracing.dataCollected", lambda told: traced.extend(told["value"]))
        session.on("Tracing.tracingComplete", lambda _: ended.set())
        await session.send(
            "Tracing.start", {"transferMode": "ReportEvents", "traceConfig": {"includedCategories": ["toplevel", "devtools.timeline"]}}
        )
        for number in range(MESSAGES, MESSAGES + LIVELY):
            await say(number)
            await asyncio.sleep(EVERY_SECONDS)
        await session.send("Tracing.end")
        async with asyncio.timeout(TRACED_SECONDS):
            await ended.wait()
        await browser.close()
    for writer in writers:
        await writer.close()
    pages = {(one["pid"], one["tid"]) for one in traced if one["name"] == "thread_name" and one["args"]["name"] == "CrRendererMain"}
    work = [one for one in traced if (one["pid"], one["tid"]) in pages and one["name"].endswith("RunTask") and "tdur" in one]
    return sorted(one["tdur"] / 1_000 * SLOWER for one in work)
