"""What somebody meets who was never here before."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.async_api import expect

from chatserver.domain.guidelines import DEFAULT_GUIDELINES
from chatserver.store.sql import open_store
from chatserver.transport.languages import Words
from tests.page.conftest import Arrive, Place, new_room
from tests.page.meetings import HOST, RIVER, on_to, turns
from tests.page.person import PHONE, Person
from tests.running import RunningServer

FORM = """
title = "A first meeting"
[[segments]]
title = "Quiet"
minutes = 1
mode = "silence"
[[segments]]
title = "Check-in"
minutes = 5
mode = "round"
[[segments]]
title = "Sharing"
minutes = 20
mode = "queue"
"""
LINES = """box => {
    const { paddingTop, lineHeight } = getComputedStyle(box);
    return Math.round((box.clientHeight - 2 * parseFloat(paddingTop)) / parseFloat(lineHeight));
}"""
STAYS = "What you have written stays in the box."


async def test_help_is_there_before_one_goes_in_and_after_one_went(arrive: Arrive, place: Place, scheduled: Place) -> None:
    host, river, heron = await arrive(), await arrive(PHONE), await arrive(PHONE)
    await host.go_in(place.room, HOST, f"#key={place.facilitator_key}")
    for path in ("/", "/how-it-works"):
        await river.page.goto(place.url + path)
        await expect(river.page.locator("main").get_by_role("link", name="Help now")).to_have_attribute("href", "/help")
    helplines = river.page.locator(".helplines")
    await river.to_door(scheduled.room)
    await expect(helplines).to_be_visible()
    await river.to_door(place.room)
    await expect(helplines).not_to_be_visible()
    await river.page.get_by_text("Help now").click()
    await expect(helplines).to_be_visible()
    await river.fits()
    await river.button("Go in").click()
    await expect(river.box).to_be_visible()
    await host.page.get_by_role("switch", name=re.compile("^Lock")).click()
    await heron.to_door(place.room)
    await expect(heron.heading("The room is closed to newcomers")).to_be_visible()
    await expect(heron.page.locator(".helplines")).to_be_visible()
    await river.button("Leave").click()
    await river.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(river.heading("You have left")).to_be_visible()
    await expect(helplines).to_be_visible()


async def test_a_name_that_is_taken_is_shown_where_it_is_changed(arrive: Arrive, place: Place) -> None:
    first, second = await arrive(), await arrive((360, 320))
    await first.go_in(place.room, RIVER)
    await second.to_door(place.room)
    name = second.page.get_by_label("Your name in this meeting")
    await name.fill(RIVER)
    await second.page.evaluate("document.querySelector('.go-in').scrollIntoView(false)")
    await expect(name).not_to_be_in_viewport()
    await second.button("Go in").click()
    await expect(name).to_be_focused()
    await expect(name).to_be_in_viewport(ratio=1)


SMALL = ((360, 640), (360, 380), (640, 360))
LONG = "It was a long week, and I walked a good deal of it. " * 12


async def test_what_is_said_of_a_turn_is_true_and_the_nudge_is_answered_in_any_window(
    arrive: Arrive, shared_server: tuple[RunningServer, str]
) -> None:
    store = await open_store(shared_server[1])
    try:
        await store.put_format("demo", "first-time", FORM)
    finally:
        await store.close()
    place = await new_room(shared_server, opened=True, form="first-time")
    host, river = await arrive(), await arrive(PHONE)
    await host.go_in(place.room, HOST, f"#key={place.facilitator_key}")
    await river.go_in(place.room, RIVER)
    begin = river.page.get_by_text("is enough to begin")
    await expect(begin).to_be_visible()
    await host.button("Freeze").click()
    await expect(begin).to_have_count(0)
    await host.button("Undo freeze").click()
    await expect(begin).to_be_visible()

    await on_to(host, "Quiet")
    await expect(river.why.get_by_role("status")).to_have_text("A silence.")
    await expect(begin).to_have_count(0)
    await river.box.fill("Is anybody here?")
    await expect(river.why.get_by_role("status")).to_have_text(f"A silence. {STAYS}")
    await river.box.fill("")

    await on_to(host, "Check-in")
    for person in (host, river):
        await expect(turns(person)).to_contain_text("It is your turn.")
        await person.button("Done").click()
    await expect(river.why).to_have_text("Everyone has been heard. The next part comes soon.")

    await on_to(host, "Sharing")
    await host.button("Freeze").click()
    await expect(turns(river)).to_contain_text("The room is paused.")
    await host.button("Undo freeze").click()
    await river.button("Raise hand").click()
    for width, height in SMALL:
        await river.page.set_viewport_size({"width": width, "height": height})
        await river.box.fill(f"{LONG}Write to river@example.org. {LONG}")
        await river.button("Send").click()
        for name in ("Send it all the same", "Change it"):
            await expect(river.button(name), f"at {width} by {height}").to_be_in_viewport(ratio=1)
        await river.button("Change it").click()
        await expect(river.box).to_be_focused()
        chosen = await river.box.evaluate("box => box.value.slice(box.selectionStart, box.selectionEnd)")
        assert chosen == "river@example.org"


async def sized(person: Person, percent: int) -> None:
    await person.button("About this meeting, and text size").click()
    await person.sheet.get_by_role("radio", name=re.compile(f"{percent}.? percent")).check(force=True)
    await person.page.keyboard.press("Escape")
    await expect(person.sheet).to_have_count(0)


async def test_the_box_is_as_high_as_its_words(arrive: Arrive, place: Place) -> None:
    river = await (await arrive((320, 568))).go_in(place.room, RIVER)
    await sized(river, 200)
    assert await river.box.evaluate(LINES) == 1
    await sized(river, 100)
    assert await river.box.evaluate(LINES) == 1
    await river.box.fill("Today I stayed at home.")
    before = await river.box.evaluate("box => box.clientHeight")
    box = await river.box.element_handle()
    await sized(river, 200)
    await river.page.wait_for_function("box => box.clientHeight >= box.scrollHeight", arg=box)
    await sized(river, 100)
    await river.page.wait_for_function("([box, before]) => box.clientHeight === before", arg=[box, before])


async def test_a_second_tap_on_the_content_warning_opens_nothing_else(arrive: Arrive, place: Place) -> None:
    river = await (await arrive(PHONE)).go_in(place.room, RIVER)
    await river.button("Add a content warning").dblclick()
    await expect(river.page.locator(".warning-field")).to_be_visible()
    await expect(river.page.locator(".warning-field input")).to_be_focused()
    await expect(river.sheet).to_have_count(0)


async def test_a_hat_comes_with_a_word_and_goes_with_one(arrive: Arrive, place: Place) -> None:
    host, river = await arrive(), await arrive(PHONE)
    await host.go_in(place.room, HOST, f"#key={place.facilitator_key}")
    await river.go_in(place.room, RIVER)
    await host.with_person(RIVER, "Give a hat…")
    mentor = host.sheet.get_by_role("switch", name=re.compile("^Mentor"))
    await mentor.click()
    await expect(river.page.get_by_role("log")).to_contain_text("You are a mentor now")
    await expect(host.page.locator("#said")).not_to_contain_text("mentor")
    await mentor.click()
    await expect(river.page.get_by_role("log")).to_contain_text(re.compile("Your task in this meeting is over: .?Mentor"))


OURS = re.findall(r'\["(.+)", "(guideline-\d)"\]', Path("web/src/room/ui/OurGuidelines.ts").read_text("utf-8"))


def test_the_page_knows_the_guidelines_that_the_server_sends() -> None:
    assert tuple(line for line, _ in OURS) == DEFAULT_GUIDELINES
    assert tuple(Words()(id) for _, id in OURS) == DEFAULT_GUIDELINES


async def test_the_guidelines_of_a_group_that_wrote_none_are_in_the_readers_language(arrive: Arrive, place: Place) -> None:
    for language in ("es", "ar"):
        reader = await arrive(PHONE, language=language)
        await reader.to_door(place.room)
        await expect(reader.page.locator(".guidelines li")).to_have_text([Words(language=language)(id) for _, id in OURS])
