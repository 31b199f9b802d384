"""Takes the pictures of the real page that the README shows: `uv run python -m tests.page.pictures`. The words are made up."""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright, expect

from tests.page.chromium import ARGS, executable
from tests.page.conftest import Place, new_room
from tests.page.person import DESKTOP, Person
from tests.running import RunningServer

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 150_000
PHONE = (390, 780)

HOST, RIVER, HERON, GRAVEL = "Early Light", "Wide River", "Grey Heron", "Soft Gravel"
GREETING = ((HOST, "Good evening, everyone. I am glad this room is here tonight."), (GRAVEL, "Hello. It is good to see all of you."))
HOSTS_TURN = "I come in tired, and glad to sit down with you. What would help me: to hear how you are."
RIVERS_TURN = (
    "I have been away for some weeks, and I almost did not come in.",
    "The walk home after work was the hard part. I stood in front of the shop for ten minutes. Then I called somebody instead.",
)


async def take(server: RunningServer, room: Place) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=ARGS)
        host, heron = await Person.arrive(browser, server.url, DESKTOP), await Person.arrive(browser, server.url, PHONE)
        river, gravel = await Person.arrive(browser, server.url), await Person.arrive(browser, server.url)
        people = {HOST: host, RIVER: river, HERON: heron, GRAVEL: gravel}
        for name, person in people.items():
            await person.go_in(room.room, name, f"#key={room.facilitator_key}" if person is host else "")
        for name, text in GREETING:
            await _said(people, name, text)
        sheet = host.page.locator(".run-sheet")
        for part in ("Welcome", "Guidelines", "Check-in"):
            await sheet.get_by_role("button", name=re.compile(part)).first.click()
            await expect(host.page.locator(".turns .part-title")).to_have_text(part)
        await _said(people, HOST, HOSTS_TURN)
        await host.button("Done").click()
        for text in RIVERS_TURN:
            await _said(people, RIVER, text)
        for person, kind in ((host, "With you"), (heron, "With you"), (gravel, "Thank you")):
            await person.menu("The walk home after work", kind)
        await expect(heron.page.locator(".reactions")).to_contain_text("2")
        for person, name in ((host, "room-desktop"), (heron, "room-phone")):
            await person.page.evaluate("document.activeElement.blur()")
            await expect(person.page.locator(".toast")).to_have_count(0)
            path = PICTURES / f"{name}.png"
            await person.page.screenshot(path=path, animations="disabled")
            size = path.stat().st_size
            assert size < MOST_BYTES, f"{path.name} has {size} bytes"
        await browser.close()


async def _said(people: dict[str, Person], name: str, text: str) -> None:
    await people[name].say(text)
    for person in people.values():
        await expect(person.said(text)).to_have_count(1)


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        store = f"sqlite+aiosqlite:///{Path(folder) / 'pictures.sqlite'}"
        with RunningServer(Path(folder), {"CHATSERVER_STORE__URL": store}) as server:
            room = asyncio.run(new_room((server, store), opened=True, form="facilitated-group"))
            asyncio.run(take(server, room))


if __name__ == "__main__":
    main()
