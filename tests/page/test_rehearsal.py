"""A rehearsal in the page: the meeting's time, running fast, and a calm line that says what this is."""

from __future__ import annotations

import re

from playwright.async_api import Locator, expect

from chatserver.store.sql import open_store
from tests.page.conftest import Arrive, Place, new_room
from tests.page.meetings import on_to
from tests.page.person import PHONE, Person
from tests.running import RunningServer

SPEED = 60
LINE = re.compile(r"^Rehearsal, .?60.? times as fast, with pretend members\.$")

# Shares of ten minutes, which are over in ten seconds.
FAST = f"""
title = "Fast"
speed = {SPEED}
[[segments]]
title = "Quiet"
minutes = 10
mode = "silence"
[[segments]]
title = "Sharing"
minutes = 20
mode = "queue"
share_seconds = 600
[[segments]]
title = "Fellowship"
minutes = 10
mode = "open"
after = true
"""


async def fast(shared: tuple[RunningServer, str]) -> Place:
    store = await open_store(shared[1])
    try:
        await store.put_format("demo", "fast", FAST)
    finally:
        await store.close()
    return await new_room(shared, opened=True, form="fast")


def turns(person: Person) -> Locator:
    return person.page.locator(".turns")


async def test_the_hour_goes_by_in_minutes(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await fast(shared_server)
    host, river = await arrive(), await arrive(PHONE)
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await river.go_in(place.room, "Wide River")
    await expect(river.page.locator(".rehearsal")).to_have_text(LINE)
    await expect(river.page.locator(".time-left")).to_have_text(re.compile("^.?30.? minutes left$"))

    # A silence of ten minutes is over in ten seconds, and its clock has shown each of them.
    await on_to(host, "Quiet")
    await expect(turns(river).get_by_role("timer")).to_have_text(re.compile(r"^[789]:\d\d$"))
    await expect(turns(river).get_by_role("timer")).to_have_text(re.compile(r"^[1-5]:\d\d$"))
    await expect(turns(river).locator(".part-left")).to_have_text(re.compile("^.?[1-5].? min left$"))
    await expect(river.page.locator(".time-left")).to_have_text(re.compile("^.?2[0-5].? minutes left$"))
    clocks = await river.page.get_by_role("timer").all_inner_texts()
    assert len(set(clocks)) == 1, "that of the box and that of the room show the same"
    await expect(turns(river).locator(".part-title")).to_have_text("Sharing")

    # What is left of a share is told in the meeting's minutes, too.
    await river.button("Raise hand").click()
    await expect(river.page.get_by_text(re.compile("^About .?3.? minutes left.$"))).to_be_visible()
    await expect(river.page.get_by_text("Your time is over; finish your thought.")).to_be_visible()
    await river.fits()

    # After the hour nothing of it is left to be shown.
    await on_to(host, "Fellowship")
    await expect(turns(river).locator(".part-title")).to_have_text("Fellowship")
    await expect(river.page.locator(".time-left")).to_have_count(0)


async def test_a_real_meeting_has_no_such_line(arrive: Arrive, place: Place) -> None:
    river = await arrive(PHONE)
    await river.go_in(place.room, "Wide River")
    await expect(river.page.locator(".rehearsal")).to_have_count(0)
