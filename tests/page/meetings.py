"""Meetings with a format of their own for a test, and where their parts are on the page."""

from __future__ import annotations

import re

from playwright.async_api import FloatRect, Locator, expect

from chatserver.store.sql import open_store
from tests.page.conftest import Arrive, Place, new_room
from tests.page.person import PHONE, Person
from tests.running import RunningServer

HOST, RIVER, HERON, GRAVEL = "Early Light", "Wide River", "Grey Heron", "Soft Gravel"

# One part for each thing that a part can be for.
EVERYTHING = """
title = "Everything"
note = "Held in our own way. It is not affiliated with anybody."
[[segments]]
title = "Guidelines"
minutes = 5
mode = "open"
agree = true
[[segments]]
title = "Milestones"
minutes = 5
mode = "open"
milestones = true
[[segments]]
title = "Topic"
minutes = 5
mode = "open"
prompts = true
[[segments]]
title = "Sharing"
minutes = 20
mode = "queue"
cross_talk = true
[[segments]]
title = "Closing round"
minutes = 10
mode = "round"
asks = "One thing that you will do until next time."
until_next = true
"""


async def with_everything(shared: tuple[RunningServer, str]) -> Place:
    store = await open_store(shared[1])
    try:
        await store.put_format("demo", "everything", EVERYTHING)
    finally:
        await store.close()
    return await new_room(shared, opened=True, form="everything")


async def three(arrive: Arrive, place: Place) -> tuple[Person, Person, Person]:
    """Who leads, a member on a phone, and one in the dark."""
    host, river, heron = await arrive(), await arrive(PHONE), await arrive(dark=True)
    await host.go_in(place.room, HOST, f"#key={place.facilitator_key}")
    await river.go_in(place.room, RIVER)
    await heron.go_in(place.room, HERON)
    return host, river, heron


async def four(arrive: Arrive, place: Place) -> tuple[Person, Person, Person, Person]:
    host, river, heron = await three(arrive, place)
    gravel = await (await arrive(PHONE)).go_in(place.room, GRAVEL)
    return host, river, heron, gravel


def turns(person: Person) -> Locator:
    return person.page.locator(".turns")


def run_sheet(person: Person) -> Locator:
    return person.page.locator(".run-sheet")


def poll(person: Person) -> Locator:
    return person.page.locator(".poll")


async def on_to(host: Person, title: str) -> None:
    """The one big button: to the next part, which is to be this one; if somebody is sharing, all the same."""
    await run_sheet(host).get_by_role("button", name=re.compile(f"^(Begin|Next): .?{re.escape(title)}")).click()
    go_on = run_sheet(host).get_by_role("button", name="Go on", exact=True)
    if await go_on.is_visible():
        await go_on.click()


async def frame(part: Locator) -> FloatRect:
    """Where it is on the page."""
    found = await part.bounding_box()
    assert found is not None
    return found


async def is_heard(words: str, *by: Person) -> None:
    for person in by:
        await expect(person.said(words)).to_be_visible()


async def say_in_turn(person: Person, words: str, *, others: tuple[Person, ...]) -> None:
    await expect(turns(person)).to_contain_text("It is your turn.")
    await person.say(words)
    await is_heard(words, *others)
    await person.button("Done").click()


async def reads_out(host: Person, members: tuple[Person, ...]) -> None:
    """Who leads takes the script into the box and sends it; the members read."""
    await run_sheet(host).get_by_role("button", name="Copy into the message box").click()
    text = (await host.box.input_value()).strip()
    assert "[" not in text, "what is for who leads is not read out"
    await host.button("Send").click()
    for member in members:
        await expect(member.page.locator(".message .words", has_text=text[:40])).to_be_visible()
        await expect(turns(member)).to_contain_text("Those who lead are speaking.")
        await expect(member.why).to_have_text("Those who lead are speaking.")


async def all_is_over(host: Person, members: tuple[Person, ...], elsewhere: tuple[tuple[Person, str], ...] = ()) -> None:
    """`elsewhere`: pages in another language, and what the last heading is there."""
    await host.button("Close the meeting").last.click()
    await host.sheet.get_by_role("button", name="Close the meeting").click()
    for person, heading in (*((person, "The meeting is over") for person in (host, *members)), *elsewhere):
        await expect(person.heading(heading)).to_be_visible()
        await person.keeps_nothing()


def card(person: Person, words: str) -> Locator:
    """A number is isolated where it stands in a sentence."""
    return person.page.locator(".milestone", has_text=re.compile(words.replace(" ", ".? ")))


async def announce(person: Person, say: str, count: str = "") -> None:
    await person.page.get_by_role("button", name="Announce a milestone").click()
    await person.sheet.get_by_label(say, exact=True).check()
    if count:
        await person.sheet.get_by_label(f"How many {say.lower()}?").fill(count)
    await person.sheet.get_by_role("button", name="Announce it").click()
    await expect(person.sheet).to_have_count(0)


async def in_its_panel(part: Locator) -> list[int]:
    """Where it is, and how high, however the panel is scrolled: who presses for us scrolls it where a button has just moved."""
    found: list[int] = await part.evaluate("one => [one.offsetTop, one.offsetHeight]")
    return found
