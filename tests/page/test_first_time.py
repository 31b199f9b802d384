"""What somebody meets who was never here before."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.meetings import HOST
from tests.page.person import PHONE


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
