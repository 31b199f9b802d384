"""Takes the pictures of the real page that the README shows: `uv run python -m tests.page.pictures`. The words are made up."""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright, expect

from tests.page.chromium import ARGS, executable
from tests.page.person import DESKTOP, Person
from tests.running import RunningServer

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 150_000
PHONE = (390, 780)

HOST, RIVER, HERON = "Early Light", "Wide River", "Grey Heron"
SAID = (
    (HOST, "Good evening, everyone. I am glad this room is here tonight."),
    (RIVER, "Hello. I have been away for some weeks, and I almost did not come in."),
    (HERON, "I am glad you did."),
    (RIVER, "The walk home after work was the hard part. I stood in front of the shop for ten minutes. Then I called somebody instead."),
    (HOST, "Thank you for telling us. Ten minutes is a long time to stand there."),
    (HERON, "Evenings are when I need people most. I put the kettle on and write three lines about the day."),
)


async def take(server: RunningServer) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=ARGS)
        host, river = await Person.arrive(browser, server.url, DESKTOP), await Person.arrive(browser, server.url, PHONE)
        heron, knocker = await Person.arrive(browser, server.url), await Person.arrive(browser, server.url)
        await host.go_in(server.room, HOST, f"#key={server.facilitator_key}")
        await river.go_in(server.room, RIVER)
        await heron.go_in(server.room, HERON)
        people = {HOST: host, RIVER: river, HERON: heron}
        for name, text in SAID:
            await people[name].say(text)
            for person in people.values():
                await expect(person.said(text)).to_have_count(1)
        for person, kind in ((host, "With you"), (heron, "With you"), (heron, "Thank you")):
            await person.menu("The walk home after work", kind)
        await river.menu("Evenings are when I need people most", "Reply")
        await river.say("Three lines. I will try that.")
        await host.page.get_by_role("switch", name="Lobby").click()
        await knocker.to_door(server.room)
        await knocker.page.get_by_label("Your name in this meeting").fill("Soft Gravel")
        await knocker.button("Knock").click()
        await expect(host.page.locator(".knocker")).to_have_count(1)
        await expect(host.page.locator(".reactions")).to_contain_text("2")
        await expect(host.said("Three lines. I will try that.")).to_be_visible()
        for person, name in ((host, "room-desktop"), (river, "room-phone")):
            await person.page.evaluate("document.activeElement.blur()")
            await expect(person.page.locator(".toast")).to_have_count(0)
            path = PICTURES / f"{name}.png"
            await person.page.screenshot(path=path, animations="disabled")
            size = path.stat().st_size
            assert size < MOST_BYTES, f"{path.name} has {size} bytes"
        await browser.close()


def main() -> None:
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, RunningServer(Path(folder)) as server:
        asyncio.run(take(server))


if __name__ == "__main__":
    main()
