"""The door and the public pages, at the widths of an old phone and of a desk; and a script that is not too heavy."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from chatserver.transport.pages import STATIC
from tests.page.conftest import Arrive
from tests.page.person import DESKTOP, PHONE
from tests.running import RunningServer

SMALLEST = (320, 568)
ROOM_SCRIPT = 60_000
PUBLIC_SCRIPT = 25_000


@pytest.mark.parametrize("size", [SMALLEST, PHONE, DESKTOP])
@pytest.mark.parametrize("dark", [False, True])
async def test_nothing_scrolls_sideways(arrive: Arrive, server: RunningServer, size: tuple[int, int], dark: bool) -> None:
    person = await arrive(size, dark)
    for path in ("/", "/g/demo", "/what-we-keep"):
        await person.page.goto(server.url + path)
        await expect(person.page.get_by_role("heading", level=1)).to_be_visible()
        await person.fits()
    await person.to_door(server.room)
    await person.fits()
    await person.go_in(server.room, "Early Light", f"#key={server.facilitator_key}")
    await person.say("w" * 300)
    await person.fits()
    inside = await person.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert inside, "the room does not fit the window"


async def test_home_shows_what_is_open_and_leads_to_the_door(arrive: Arrive, server: RunningServer) -> None:
    person = await arrive(PHONE)
    await person.page.goto(server.url)
    await person.page.get_by_role("link", name="Go to the door").click()
    await expect(person.button("Go in")).to_be_visible()
    assert await person.page.title() == "Meeting"


async def test_from_a_shared_link_to_the_first_message_in_three_taps(arrive: Arrive, server: RunningServer) -> None:
    person = await (await arrive(PHONE)).to_door(server.room)
    await person.button("Go in").tap()
    await person.box.tap()
    await person.page.keyboard.type("Hello.")
    await person.button("Send").tap()
    await expect(person.said("Hello.")).to_be_visible()


async def test_another_name(arrive: Arrive, server: RunningServer) -> None:
    person = await (await arrive()).to_door(server.room)
    field = person.page.get_by_label("Your name in this meeting")
    offered = await field.input_value()
    assert offered
    await person.button("Another name").click()
    await expect(field).not_to_have_value(offered)
    await field.fill("Moderator")
    await person.button("Go in").click()
    await expect(person.page.get_by_role("alert").filter(has_text="kept for those who lead")).to_be_visible()


async def test_an_unknown_room_is_a_kind_page(arrive: Arrive, server: RunningServer) -> None:
    person = await arrive()
    answer = await person.page.goto(f"{server.url}/r/nowhere")
    assert answer is not None
    assert answer.status == 404
    await expect(person.heading("There is nothing here")).to_be_visible()
    person.problems.clear()  # the browser's own line about the 404


async def test_a_key_that_opens_nothing_leaves_one_at_the_door(arrive: Arrive, server: RunningServer) -> None:
    person = await (await arrive()).to_door(server.room, "#key=not-a-key")
    await expect(person.page.get_by_role("alert").filter(has_text="This link does not work here.")).to_be_visible()
    await person.button("Go in").click()
    await expect(person.box).to_be_visible()


async def test_the_room_says_what_it_needs_without_a_script(browser: Browser, server: RunningServer) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{server.url}/r/{server.room}")
    await expect(page.locator("noscript p")).to_have_text(re.compile("needs JavaScript"))
    await expect(page.locator("noscript p")).to_be_visible()
    await page.goto(server.url)
    await expect(page.get_by_role("heading", name="Open now")).to_be_visible()


def test_the_scripts_are_light() -> None:
    def weight(*names: str) -> int:
        return sum(len(gzip.compress(path.read_bytes(), 9)) for name in names for path in Path(STATIC, "assets").glob(name))

    assert 0 < weight("room-*.js", "leave-*.js") <= ROOM_SCRIPT
    assert 0 < weight("public-*.js", "leave-*.js") <= PUBLIC_SCRIPT


def test_nothing_in_the_page_writes_markup() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path("web/src").rglob("*.ts*"))
    assert "innerHTML" not in sources
    assert "style={" not in sources
