"""A key that was made for a whole group leads through the group's page into any of its rooms."""

from __future__ import annotations

from playwright.async_api import expect

from tests.page.conftest import Arrive, Place


async def test_a_group_s_key_goes_on_to_the_room_that_is_chosen(arrive: Arrive, place: Place) -> None:
    host = await arrive()
    page = host.page
    await page.goto(f"{place.url}/g/demo#key={place.facilitator_key}")
    await expect(page.get_by_text("Your link lets you lead here.")).to_be_visible()
    assert place.facilitator_key not in page.url
    await page.get_by_role("link", name="Español").click()
    await expect(page.locator("html")).to_have_attribute("lang", "es")
    await page.get_by_role("link", name="English").click()
    await expect(page.get_by_text("Your link lets you lead here.")).to_be_visible()
    assert place.facilitator_key not in page.url
    await page.locator(f"a[href*='/r/{place.room}?lang=en#']").click()
    await expect(page.get_by_text("You go in as the facilitator.")).to_be_visible()
    assert place.facilitator_key not in page.url


async def test_without_a_key_there_is_no_word_of_one(arrive: Arrive, place: Place) -> None:
    member = await arrive()
    await member.page.goto(f"{place.url}/g/demo")
    await expect(member.heading("Demo group")).to_be_visible()
    await expect(member.page.get_by_text("Your link lets you lead here.")).to_be_hidden()
