"""Meetings with a format of their own for a test, and where their parts are on the page."""

from __future__ import annotations

import re

from playwright.async_api import FloatRect, Locator

from chatserver.store.sql import open_store
from tests.page.conftest import Arrive, Place, new_room
from tests.page.person import PHONE, Person
from tests.running import RunningServer

HOST, RIVER, HERON = "Early Light", "Wide River", "Grey Heron"

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


def turns(person: Person) -> Locator:
    return person.page.locator(".turns")


def run_sheet(person: Person) -> Locator:
    return person.page.locator(".run-sheet")


def poll(person: Person) -> Locator:
    return person.page.locator(".poll")


async def on_to(host: Person, title: str) -> None:
    """The one big button: to the next part, which is to be this one."""
    await run_sheet(host).get_by_role("button", name=re.compile(f"^(Begin|Next): .?{re.escape(title)}")).click()


async def frame(part: Locator) -> FloatRect:
    """Where it is on the page."""
    found = await part.bounding_box()
    assert found is not None
    return found
