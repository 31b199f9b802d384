"""Takes pictures of the real page: its main states at two widths, some also in the dark and from right to left.

`uv run python -m tests.page.pictures`. The words are made up.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
from pathlib import Path

from playwright.async_api import async_playwright, expect

from tests.page.chromium import ARGS, executable
from tests.page.conftest import Place, new_room
from tests.page.meetings import on_to
from tests.page.person import DESKTOP, Person
from tests.running import RunningServer

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
MOST_BYTES = 200_000
PHONE = (390, 780)

HOST, RIVER, HERON, GRAVEL = "Early Light", "Wide River", "Grey Heron", "Soft Gravel"
GREETING = ((HOST, "Good evening, everyone. I am glad this room is here tonight."), (GRAVEL, "Hello. It is good to see all of you."))
HOSTS_TURN = "I come in tired, and glad to sit down with you. What would help me: to hear how you are."
RIVERS_TURN = (
    "I have been away for some weeks, and I almost did not come in.",
    "The walk home after work was the hard part. I stood in front of the shop for ten minutes. Then I called somebody instead.",
)


class Camera:
    """One room at two widths: the same person's page as on a desk and on a phone."""

    def __init__(self, desk: Person, phone: Person) -> None:
        self.both = {"desktop": desk, "phone": phone}

    async def in_the_dark(self, name: str) -> None:
        for person in self.both.values():
            await person.page.emulate_media(color_scheme="dark")
        await self.take(f"{name}-dark")
        for person in self.both.values():
            await person.page.emulate_media(color_scheme="light")

    async def take(self, name: str, also_as: str = "") -> None:
        for width, person in self.both.items():
            await person.page.evaluate("document.activeElement.blur()")
            await expect(person.page.locator(".toast")).to_have_count(0)
            for path in (PICTURES / "page" / f"{name}-{width}.png", *([PICTURES / f"{also_as}-{width}.png"] if also_as else [])):
                path.parent.mkdir(parents=True, exist_ok=True)
                await person.page.screenshot(path=path, animations="disabled")
                size = path.stat().st_size
                assert size < MOST_BYTES, f"{path.name} has {size} bytes"


async def take(server: RunningServer, room: Place) -> None:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=ARGS)
        host, heron = await Person.arrive(browser, server.url, DESKTOP), await Person.arrive(browser, server.url, PHONE)
        river, gravel = await Person.arrive(browser, server.url), await Person.arrive(browser, server.url)
        people = {HOST: host, RIVER: river, HERON: heron, GRAVEL: gravel}
        camera, members = Camera(host, heron), Camera(gravel, heron)
        for person in (gravel, heron):
            await person.page.emulate_media(reduced_motion="reduce")
        for path, name in (("/", "home"), ("/how-it-works", "how-it-works")):
            for person in (gravel, heron):
                await person.page.goto(server.url + path)
            await members.take(name)
        for person in (gravel, heron):
            await person.page.goto(f"{server.url}/r/{room.room}?lang=ar")
            await expect(person.page.locator("input").first).not_to_have_value("")
        await members.take("door-arabic")
        for person in (gravel, heron):
            await person.to_door(room.room)
            await expect(person.page.get_by_label("Your name in this meeting")).not_to_have_value("")
        await members.take("door")
        await members.in_the_dark("door")
        for name, person in people.items():
            await person.go_in(room.room, name, f"#key={room.facilitator_key}" if person is host else "")
        for name, text in GREETING:
            await _said(people, name, text)
        sheet = host.page.locator(".run-sheet")
        for part in ("Welcome", "Guidelines", "Check-in"):
            await sheet.get_by_role("button", name=re.compile(part)).first.click()
            await expect(host.page.locator(".turns .part-title")).to_have_text(part)
        await members.take("turn")
        await _said(people, HOST, HOSTS_TURN)
        await host.button("Done").click()
        for text in RIVERS_TURN:
            await _said(people, RIVER, text)
        for person, kind in ((host, "With you"), (heron, "With you"), (gravel, "Thank you")):
            await person.menu("The walk home after work", kind)
        await expect(heron.page.locator(".reactions")).to_contain_text("2")
        await camera.take("room", also_as="room")
        await camera.in_the_dark("room")
        for opener, name in (("I need help", "help"), ("About this meeting, and text size", "text-size")):
            for person in (gravel, heron):
                await person.button(opener).click()
                await expect(person.sheet).to_be_visible()
            await members.take(name)
            for person in (gravel, heron):
                await person.page.keyboard.press("Escape")
        for person in (gravel, heron):
            await person.message("The walk home after work").get_by_role("button", name=re.compile("^More for")).click()
        await members.take("message-menu")
        for person in (gravel, heron):
            await person.page.keyboard.press("Escape")
            await person.button("I need help").click()
            await person.sheet.get_by_role("button", name="Breathe for a minute").click()
        await members.take("breathe")
        for person in (gravel, heron):
            await person.page.keyboard.press("Escape")
        await river.button("Done").click()
        await on_to(host, "Group work")
        for person in (gravel, heron):
            await person.box.fill("If you need me tonight, call 0171 234 5678.")
            await person.button("Send").click()
            await expect(person.page.locator(".nudge")).to_be_visible()
        await members.take("nudge")
        for person in (gravel, heron):
            await person.button("Change it").click()
            await person.box.fill("")
        other, newcomer = await Person.arrive(browser, server.url, PHONE), await Person.arrive(browser, server.url)
        await other.go_in(room.room, "Still Water", f"#key={room.facilitator_key}")
        await _needs(people, newcomer, room)
        await other.page.get_by_role("button", name=re.compile("^Tools")).click()
        await Camera(host, other).take("needs-you")
        await host.button("Freeze").click()
        await expect(heron.page.locator(".veiled").first).to_be_visible()
        await camera.take("frozen")
        await host.button("Undo freeze").click()
        await host.button("Close the meeting").last.click()
        await host.sheet.get_by_role("button", name="Close the meeting").click()
        await expect(heron.heading("The meeting is over")).to_be_visible()
        await members.take("over")
        await browser.close()


async def _needs(people: dict[str, Person], newcomer: Person, room: Place) -> None:
    """Somebody calls for help, somebody reports, somebody stands at the door; whatever was said before."""
    host, river, heron = people[HOST], people[RIVER], people[HERON]
    await host.page.get_by_role("switch", name=re.compile("^Lobby")).click()
    await newcomer.to_door(room.room)
    await newcomer.page.get_by_label("Your name in this meeting").fill("Quiet Moon")
    await newcomer.button("Knock").click()
    await expect(newcomer.heading("You are at the door")).to_be_visible()
    await heron.menu("The walk home after work", "Report to the moderators")
    await heron.sheet.get_by_role("button", name="Report").click()
    await expect(heron.sheet).to_contain_text("The moderators have the report.")
    await heron.page.keyboard.press("Escape")
    await river.button("I need help").click()
    await river.sheet.get_by_label("What would help?").fill("I am shaking, and I do not want to be alone with it.")
    await river.sheet.get_by_role("button", name="Ask for help").click()
    await expect(host.page.locator(".help-call")).to_be_visible()
    await expect(host.page.locator(".report-call")).to_be_visible()
    await expect(host.page.locator(".knocker")).to_be_visible()
    await river.page.keyboard.press("Escape")
    await host.page.locator(".panel").evaluate("panel => panel.scrollTo(0, 0)")


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
