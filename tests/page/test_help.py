"""A call for help from somebody who is muted, with one moderator, with two, and with none; reports; and help where nobody is to be asked.

With CHATSERVER_TEST_SHOTS=<folder> it leaves pictures there, to be looked at."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from playwright.async_api import expect

from chatserver.store.sql import open_store
from tests.page.conftest import Arrive, Place, new_room
from tests.page.person import DESKTOP, PHONE, Person
from tests.running import RunningServer

SHOTS = os.environ.get("CHATSERVER_TEST_SHOTS", "")
SIZES = pytest.mark.parametrize("size", [PHONE, DESKTOP], ids=["phone", "desktop"])
# What is on a phone as it is on a desk; pictures are taken of both.
ON_A_PHONE = pytest.mark.parametrize("size", [PHONE, DESKTOP] if SHOTS else [PHONE], ids=["phone", "desktop"] if SHOTS else ["phone"])


async def shot(person: Person, name: str, size: tuple[int, int]) -> None:
    await person.fits()
    if SHOTS:
        await person.page.screenshot(path=Path(SHOTS, f"{name}-{size[0]}.png"), animations="disabled")


async def muted_member(arrive: Arrive, place: Place, host: Person, size: tuple[int, int]) -> Person:
    river = await (await arrive(size)).go_in(place.room, "Wide River")
    if size == PHONE and await host.page.get_by_role("button", name="Who is here").is_visible():
        await host.page.get_by_role("button", name="Who is here").click()
    await host.with_person("Wide River", "Mute for 10 minutes")
    await expect(river.why).to_contain_text("You are muted")
    return river


async def calls(river: Person, text: str = "") -> None:
    await river.button("I need help").click()
    if text:
        await river.sheet.get_by_label("What would help?").fill(text)
    await river.sheet.get_by_role("button", name="Ask for help").click()


async def host_in(arrive: Arrive, place: Place, name: str, size: tuple[int, int] = DESKTOP) -> Person:
    return await (await arrive(size)).go_in(place.room, name, f"#key={place.facilitator_key}")


@SIZES
async def test_with_one_moderator(arrive: Arrive, place: Place, size: tuple[int, int]) -> None:
    host = await host_in(arrive, place, "Early Light")
    river = await muted_member(arrive, place, host, size)
    await river.button("I need help").click()
    await expect(river.sheet.get_by_role("heading", name="Helplines")).to_be_visible()
    await shot(river, "one-before", size)
    await river.sheet.get_by_label("What would help?").fill("I am shaking and on my own.")
    await river.sheet.get_by_role("button", name="Ask for help").click()
    await expect(river.sheet.get_by_role("status")).to_contain_text("A moderator has been told")
    await shot(river, "one-waiting", size)
    card = host.page.locator(".help-call")
    await expect(card).to_contain_text("I am shaking and on my own.")
    await expect(card).to_contain_text("Nobody has taken it")
    await shot(host, f"one-host-waiting-{size[0]}", DESKTOP)
    await card.get_by_role("button", name="Be with them").click()
    await expect(river.sheet.get_by_role("status")).to_contain_text("Somebody is with you.")
    await host.sheet.get_by_label("Write on the private line").fill("I am here. Are you safe right now?")
    await host.sheet.get_by_role("button", name="Send").click()
    await expect(river.sheet.get_by_role("log")).to_contain_text("Are you safe right now?")
    await river.sheet.get_by_label("Write on the private line").fill("Yes. Thank you.")
    await river.sheet.get_by_role("button", name="Send").click()
    await expect(host.sheet.get_by_role("log")).to_contain_text("Yes. Thank you.")
    await shot(river, "one-taken", size)
    await shot(host, f"one-host-line-{size[0]}", DESKTOP)

    # A reload on either side finds the line as it stands.
    await host.page.reload()
    await expect(host.page.locator(".help-call")).to_contain_text("You have taken it")
    await river.page.reload()
    await river.button("I need help").click()
    await expect(river.sheet.get_by_role("status")).to_contain_text("Somebody is with you.")
    await river.sheet.get_by_role("button", name="Close the line").click()
    await expect(river.sheet).to_contain_text("This private line is closed.")
    await expect(host.page.locator(".help-call")).to_have_count(0)


@ON_A_PHONE
async def test_with_two_moderators(arrive: Arrive, place: Place, size: tuple[int, int]) -> None:
    first, second = await host_in(arrive, place, "Early Light"), await host_in(arrive, place, "Late Light", size)
    river = await muted_member(arrive, place, first, size)
    await calls(river)
    await expect(river.sheet.get_by_role("status")).to_contain_text(re.compile("2.? moderators have been told"))
    await river.sheet.get_by_role("button", name="Close", exact=True).click()
    await first.page.locator(".help-call").get_by_role("button", name="Be with them").click()
    await expect(river.page.locator(".toast")).to_contain_text("A moderator is with you")
    if size == PHONE:
        await second.page.get_by_role("button", name=re.compile("Tools|waiting", re.IGNORECASE)).first.click()
    await expect(second.page.locator(".help-call")).to_contain_text(re.compile("Taken by .?Early Light"))
    await shot(second, "two-other-host", size)

    # Who was with them goes: the call waits again, and the other is told.
    await first.sheet.get_by_role("button", name="Close", exact=True).click()
    await first.button("Leave").click()
    await first.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(second.page.locator(".toast")).to_contain_text("waits for help again")
    await second.page.locator(".help-call").get_by_role("button", name="Be with them").click()
    await shot(second, "two-line", size)
    await second.sheet.get_by_label("Write on the private line").fill("I am with you now.")
    await second.sheet.get_by_role("button", name="Send").click()
    await expect(river.page.get_by_role("button", name="I need help").locator(".badge")).to_have_text("1")
    await shot(river, "two-told", size)


@ON_A_PHONE
async def test_with_none(arrive: Arrive, place: Place, size: tuple[int, int]) -> None:
    host = await host_in(arrive, place, "Early Light")
    river = await muted_member(arrive, place, host, size)
    await host.button("Leave").click()
    await host.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(river.page.locator(".person", has_text="Early Light")).to_have_count(0)
    await calls(river, "Is anybody there?")
    await expect(river.sheet.get_by_role("status")).to_contain_text("No moderator is here at this moment")
    await expect(river.sheet.get_by_role("heading", name="Helplines")).to_be_visible()
    await expect(river.sheet.get_by_role("status")).to_be_in_viewport()
    await shot(river, "none", size)
    await river.sheet.get_by_label("Country").select_option("NZ")
    await expect(river.sheet.get_by_role("link", name="1737")).to_have_count(2)
    await river.sheet.get_by_role("heading", name="Helplines").scroll_into_view_if_needed()
    await shot(river, "none-helplines", size)
    later = await host_in(arrive, place, "Late Light")
    await expect(later.page.locator(".help-call")).to_contain_text("Nobody has taken it")
    await expect(river.sheet.get_by_role("status")).to_contain_text("Waiting for a moderator.")


async def test_an_unknown_country_is_not_the_united_states(arrive: Arrive, place: Place) -> None:
    """A browser that says en-US and UTC, as Tor Browser's does."""
    river = await (await arrive()).go_in(place.room, "Wide River")
    await river.button("I need help").click()
    assert await river.page.evaluate("[navigator.language, Intl.DateTimeFormat().resolvedOptions().timeZone]") == ["en-US", "UTC"]
    await expect(river.sheet.get_by_label("Country")).to_have_value("")
    await expect(river.sheet.locator(".local")).to_have_text("Call your local emergency number.")
    await expect(river.sheet.get_by_role("link", name="911")).to_have_count(0)


@ON_A_PHONE
async def test_a_report_is_taken_and_its_outcome_told(arrive: Arrive, place: Place, size: tuple[int, int]) -> None:
    host = await host_in(arrive, place, "Early Light")
    river, gull = await (await arrive(size)).go_in(place.room, "Wide River"), await (await arrive()).go_in(place.room, "Loud Gull")
    await gull.say("ugly words")
    await river.menu("ugly words", "Report to the moderators")
    await river.sheet.get_by_role("button", name="Report", exact=True).click()
    await expect(river.sheet).to_contain_text("The moderators have the report.")
    await river.sheet.get_by_role("button", name="Close", exact=True).last.click()
    card = host.page.locator(".report-call")
    await card.get_by_role("button", name="I look at it").click()
    await expect(card).to_contain_text("You have taken it")
    await shot(host, f"report-host-{size[0]}", DESKTOP)
    await card.get_by_role("button", name="Ban…").click()
    await expect(host.sheet).to_contain_text(re.compile("Ban .?Loud Gull"))
    await host.sheet.get_by_role("button", name="Cancel").click()
    await card.get_by_role("button", name="Done, and acted").click()
    await expect(river.page.locator(".toast")).to_contain_text("has acted on it")
    await shot(river, "report-outcome", size)
    await expect(card).to_have_count(0)
    await expect(gull.page.locator(".toast")).to_have_count(0)


async def test_who_asked_for_help_and_went_is_not_overlooked(arrive: Arrive, place: Place) -> None:
    host = await host_in(arrive, place, "Early Light")
    river, heron = await (await arrive(PHONE)).go_in(place.room, "Wide River"), await (await arrive()).go_in(place.room, "Grey Heron")
    calls = host.page.locator(".help-call")
    for person in (river, heron):
        await person.button("I need help").click()
        await person.sheet.get_by_role("button", name="Ask for help").click()
        await expect(person.sheet).to_contain_text("Waiting.")
    await calls.filter(has_text="Wide River").get_by_role("button", name="Be with them").click()
    for person in (river, heron):
        await person.page.keyboard.press("Escape")
        await person.button("Leave").click()
        await expect(person.sheet).to_contain_text("Your private line for help closes when you leave.")
        await person.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(host.sheet).to_contain_text("They have left the meeting, and the line with it.")
    await host.sheet.get_by_role("button", name="Close", exact=True).click()
    await expect(calls).to_have_count(0)
    for name, what in (("Wide River", "Somebody had been with them."), ("Grey Heron", "Nobody had answered yet.")):
        left = host.page.locator(".needs-you .call", has_text=name)
        await expect(left).to_contain_text(what)
        await left.get_by_role("button", name="Done").click()
    await expect(host.page.get_by_text("asked for help, and has left")).to_have_count(0)


async def test_hosts_write_among_themselves(arrive: Arrive, place: Place) -> None:
    first, second = await host_in(arrive, place, "Early Light"), await host_in(arrive, place, "Late Light")
    member = await (await arrive()).go_in(place.room, "Wide River")
    await first.page.get_by_label("Write to the other hosts").fill("Who takes the door?")
    await first.page.locator(".hosts-channel").get_by_role("button", name="Tell the hosts").click()
    await expect(second.page.locator(".hosts-channel")).to_contain_text("Who takes the door?")
    await expect(member.page.get_by_text("Who takes the door?")).to_have_count(0)


@ON_A_PHONE
async def test_helplines_stand_where_nobody_can_be_asked(arrive: Arrive, place: Place, size: tuple[int, int]) -> None:
    host = await host_in(arrive, place, "Early Light")
    river, heron = await (await arrive(size)).go_in(place.room, "Wide River"), await arrive(size)
    await host.page.get_by_role("switch", name=re.compile("^Lobby")).click()
    await heron.to_door(place.room)
    await heron.button("Knock").click()
    await expect(heron.page.locator(".helplines")).to_be_visible()
    await shot(heron, "lobby", size)
    await host.with_person("Wide River", "Remove…")
    await host.sheet.get_by_role("button", name="Remove", exact=True).click()
    await expect(river.page.locator(".helplines")).to_be_visible()
    await shot(river, "removed", size)
    await host.button("Not now").click()
    await expect(heron.heading("Not this time")).to_be_visible()
    await expect(heron.page.locator(".helplines")).to_be_visible()
    await host.button("Close the meeting").click()
    await host.sheet.get_by_role("button", name="Close the meeting").click()
    await expect(host.page.locator(".helplines")).to_be_visible()
    await shot(host, f"closed-{size[0]}", DESKTOP)


@ON_A_PHONE
async def test_the_page_of_helplines_needs_no_script(arrive: Arrive, place: Place, size: tuple[int, int]) -> None:
    person = await arrive(size)
    await person.page.route("**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
    await person.page.goto(f"{place.url}/help")
    await expect(person.heading("Help now")).to_be_visible()
    await expect(person.page.locator("#GB").get_by_role("link", name="116 123")).to_be_visible()
    assert "not stated" not in await person.page.content()
    await shot(person, "help-page", size)


RESOURCE = """
title = "Circle"
[[segments]]
title = "Resource"
minutes = 60
mode = "open"
resource = "The library on Mill Street has a shelf for us.\\nhttps://example.org is only text."
[[segments]]
title = "Closing"
minutes = 5
mode = "open"
"""


@ON_A_PHONE
async def test_a_resource_card_in_its_part_and_when_the_meeting_is_over(
    arrive: Arrive, shared_server: tuple[RunningServer, str], size: tuple[int, int]
) -> None:
    store = await open_store(shared_server[1])
    try:
        await store.put_format("demo", "with-resource", RESOURCE)
    finally:
        await store.close()
    place = await new_room(shared_server, opened=True, form="with-resource")
    host = await host_in(arrive, place, "Early Light")
    river = await (await arrive(size)).go_in(place.room, "Wide River")
    await expect(river.page.locator(".resource")).to_have_count(0)
    await host.button("Begin").click()
    await expect(river.page.locator(".resource")).to_contain_text("The library on Mill Street")
    await expect(river.page.locator(".resource a")).to_have_count(0)
    await shot(river, "resource", size)
    await host.button("Close the meeting").last.click()
    await host.sheet.get_by_role("button", name="Close the meeting").click()
    await expect(river.heading("The meeting is over")).to_be_visible()
    await expect(river.page.locator(".resource")).to_contain_text("The library on Mill Street")
    await shot(river, "closed-resource", size)
