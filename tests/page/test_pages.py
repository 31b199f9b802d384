"""The door and the public pages, at the widths of an old phone and of a desk; and a script that is not too heavy."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from chatserver.transport.languages import STATIC
from tests.page.between import Between
from tests.page.conftest import Arrive, Place
from tests.page.person import DESKTOP, PHONE

SMALLEST = (320, 568)
ROOM_SCRIPT = 60_000
RARE_SCRIPT = 15_000
HOST_SCRIPT = 19_000
PUBLIC_SCRIPT = 25_000


@pytest.mark.parametrize("size", [SMALLEST, PHONE, DESKTOP])
@pytest.mark.parametrize("dark", [False, True])
async def test_nothing_scrolls_sideways(arrive: Arrive, place: Place, size: tuple[int, int], dark: bool) -> None:
    person = await arrive(size, dark)
    for path in ("/", "/g/demo", "/what-we-keep"):
        await person.page.goto(place.url + path)
        await expect(person.page.get_by_role("heading", level=1)).to_be_visible()
        await person.fits()
    await person.to_door(place.room)
    await person.fits()
    await person.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await person.say("".join(f"w{n}" for n in range(90)))  # one long word, and no wall
    await person.fits()
    inside = await person.page.evaluate("document.documentElement.scrollHeight <= innerHeight")
    assert inside, "the room does not fit the window"


async def test_home_shows_what_is_open_and_leads_to_the_door(arrive: Arrive, place: Place) -> None:
    person = await arrive(PHONE)
    await person.page.goto(place.url)
    await person.page.locator(f"a[href='/r/{place.room}']").click()
    await expect(person.button("Go in")).to_be_visible()
    assert await person.page.title() == "Meeting"


async def test_a_scheduled_room_is_opened_by_its_facilitator(arrive: Arrive, scheduled: Place) -> None:
    early, host = await arrive(PHONE), await arrive()
    await early.to_door(scheduled.room)
    await expect(early.heading("Not open yet")).to_be_visible()
    await expect(early.button("Open the room now")).to_have_count(0)
    await host.to_door(scheduled.room, f"#key={scheduled.facilitator_key}")
    await host.button("Open the room now").click()
    await host.button("Go in").click()
    await expect(host.box).to_be_visible()
    await expect(early.button("Go in")).to_be_visible(timeout=20_000)  # the page looks again by itself


async def test_a_key_pasted_over_the_open_door_counts(arrive: Arrive, place: Place) -> None:
    host = await (await arrive()).to_door(place.room)
    await host.page.goto(f"{place.url}/r/{place.room}#key={place.facilitator_key}")
    await expect(host.page.get_by_text("You hold this meeting’s facilitator link.")).to_be_visible()
    assert host.page.url == f"{place.url}/r/{place.room}"


async def test_from_a_shared_link_to_the_first_message_in_three_taps(arrive: Arrive, place: Place) -> None:
    person = await arrive(PHONE)
    await person.count_taps()
    await person.to_door(place.room)
    await person.button("Go in").tap()
    await person.box.tap()
    await person.page.keyboard.type("Hello.")
    await person.button("Send").tap()
    await expect(person.said("Hello.")).to_be_visible()
    assert await person.taps() <= 3


async def test_on_a_slow_line_the_door_is_there_before_the_socket_and_a_tap_waits_for_it(arrive: Arrive, place: Place) -> None:
    person = await arrive(PHONE)
    between = (await Between().stand(person.page)).hold()
    await person.to_door(place.room)
    await expect(person.heading("Evening circle")).to_be_visible()
    await expect(person.page.get_by_text("Speak from “I”")).to_be_visible()
    await person.page.get_by_label("Your name in this meeting").fill("Wide River")
    await person.button("Go in").click()
    await expect(person.button("Going in…")).to_be_visible()
    assert not [frame for frame in between.sent if '"join"' in frame]
    between.release()
    await expect(person.box).to_be_visible()
    await expect(person.page.locator(".person", has_text="Wide River")).to_have_count(1)


async def test_another_name(arrive: Arrive, place: Place) -> None:
    person = await (await arrive()).to_door(place.room)
    field = person.page.get_by_label("Your name in this meeting")
    await expect(field).not_to_have_value("")
    offered = await field.input_value()
    await person.button("Another name").click()
    await expect(field).not_to_have_value(offered)
    await field.fill("Moderator")
    await person.button("Go in").click()
    await expect(person.page.get_by_role("alert").filter(has_text="kept for those who lead")).to_be_visible()


async def test_an_unknown_room_is_a_kind_page(arrive: Arrive, place: Place) -> None:
    person = await arrive()
    answer = await person.page.goto(f"{place.url}/r/nowhere")
    assert answer is not None
    assert answer.status == 404
    await expect(person.heading("There is nothing here")).to_be_visible()
    person.problems.clear()  # the browser's own line about the 404


async def test_a_key_that_opens_nothing_leaves_one_at_the_door(arrive: Arrive, place: Place) -> None:
    person = await (await arrive()).to_door(place.room, "#key=not-a-key")
    await expect(person.page.get_by_role("alert").filter(has_text="This link does not work here.")).to_be_visible()
    await person.button("Go in").click()
    await expect(person.box).to_be_visible()


async def test_the_room_says_what_it_needs_without_a_script(browser: Browser, place: Place) -> None:
    context = await browser.new_context(java_script_enabled=False)
    page = await context.new_page()
    await page.goto(f"{place.url}/r/{place.room}")
    await expect(page.locator("noscript p")).to_have_text(re.compile("needs JavaScript"))
    await expect(page.locator("noscript p")).to_be_visible()
    await page.goto(place.url)
    await expect(page.get_by_role("heading", name="Open now")).to_be_visible()


def test_the_scripts_are_light_in_every_language() -> None:
    """By the build's own list: what a script imports comes with it, what it imports later does not."""
    made = json.loads((STATIC / "manifest.json").read_text("utf-8"))

    def files(name: str, known: frozenset[str] = frozenset()) -> frozenset[str]:
        chunk = made[name]
        return frozenset({chunk["file"]}).union(*(files(one, known) for one in chunk.get("imports", ()))) - known

    def weight(names: frozenset[str]) -> int:
        return sum(len(gzip.compress((STATIC / name).read_bytes(), 9)) for name in names)

    languages = [path.stem for path in Path(STATIC, "locales").glob("*.ftl")]
    assert len(languages) > 3
    for language in languages:
        first, sheets, hosts = (files(f"locales/{language}.ftl?{part}") for part in ("first", "sheets", "hosts"))
        room = files("src/room/main.tsx") | first
        assert 0 < weight(room) <= ROOM_SCRIPT, language
        rare = files("src/room/ui/Rare.tsx", room) | sheets
        assert 0 < weight(rare) <= RARE_SCRIPT, f"{language}: what comes while the line is quiet"
        tools = files("src/room/ui/HostTools.tsx", room | rare) | hosts
        assert 0 < weight(tools) <= HOST_SCRIPT, f"{language}: what only those see who lead, and only they fetch"
    assert 0 < weight(files("src/public.ts")) <= PUBLIC_SCRIPT


def test_nothing_in_the_page_writes_markup() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path("web/src").rglob("*.ts*"))
    assert "innerHTML" not in sources
    assert "style={" not in sources


async def test_a_name_has_at_most_32_characters(arrive: Arrive, place: Place) -> None:
    person = await (await arrive(PHONE)).to_door(place.room)
    field = person.page.get_by_label("Your name in this meeting")
    await expect(person.page.locator("#name-left")).to_have_text("")
    await field.fill("🌱" * 30)
    await expect(person.page.locator("#name-left")).to_contain_text("characters left")
    await field.fill("🌱" * 40)
    await expect(field).to_have_value("🌱" * 32)


@pytest.mark.parametrize("size", [PHONE, DESKTOP])
async def test_the_message_box_has_the_focus_where_there_is_a_keyboard(arrive: Arrive, place: Place, size: tuple[int, int]) -> None:
    person = await (await arrive(size)).go_in(place.room)
    if size == DESKTOP:
        await expect(person.box).to_be_focused()
    else:
        await expect(person.box).not_to_be_focused()
    await expect(person.page.locator(".up")).to_have_text("Connected")  # on a phone for screen readers only


async def test_a_time_of_another_day_names_the_day(arrive: Arrive, place: Place) -> None:
    person = await arrive(PHONE)
    await person.page.goto(place.url)
    shown = person.page.locator(f".card:has(a[href='/r/{place.room}']) time")
    day = await shown.evaluate("time => new Date(time.dateTime).toLocaleDateString('en', {weekday: 'long'})")
    await person.page.clock.set_fixed_time(await shown.evaluate("time => Date.parse(time.dateTime) / 1e3"))
    await person.page.reload()
    await expect(shown).not_to_contain_text(day)
    await person.to_door(place.room)
    await expect(person.page.locator(".pill")).not_to_contain_text(day)
    await person.page.clock.set_fixed_time(await person.page.evaluate("Date.now() / 1e3 - 24 * 3600"))
    await person.page.goto(place.url)
    await expect(shown).to_contain_text(day)
    await person.to_door(place.room)
    await expect(person.page.locator(".pill")).to_contain_text(day)


async def test_a_name_that_is_offered_late_gives_way_to_the_one_that_is_typed(arrive: Arrive, place: Place) -> None:
    """On a slow line the door is there before its socket, and somebody is about to write their own name when one is offered."""
    river = await arrive(PHONE)
    between = (await Between().stand(river.page)).hold()
    await river.to_door(place.room)
    field = river.page.get_by_label("Your name in this meeting")
    await field.focus()
    await expect(field).to_have_value("")
    between.release()
    await expect(field).not_to_have_value("")
    await river.page.keyboard.type("Wide River")
    await expect(field).to_have_value("Wide River")
