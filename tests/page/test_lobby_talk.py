"""What goes by hand between those who lead and one person: a word at the door, and a sign in a share."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.meetings import HERON, HOST
from tests.page.person import DESKTOP, PHONE


async def test_a_word_at_the_door(arrive: Arrive, place: Place) -> None:
    host = await (await arrive(DESKTOP)).go_in(place.room, HOST, f"#key={place.facilitator_key}")
    await host.page.get_by_role("switch", name=re.compile("^Lobby")).click()
    heron = await (await arrive(PHONE)).to_door(place.room)
    await heron.page.get_by_label("Your name in this meeting").fill(HERON)
    await heron.button("Knock").click()
    await expect(heron.heading("You are at the door")).to_be_visible()
    await expect(heron.page.locator(".chat")).to_have_count(0)

    knocker = host.page.locator(".knocker", has_text=HERON)
    await knocker.get_by_role("button", name=re.compile("^Write to")).click()
    await knocker.get_by_label("What you want to say").fill("Hello. Have you been here before?")
    await knocker.get_by_role("button", name="Send").click()
    said = heron.page.locator(".lobby-talk")
    await expect(said.locator(".line-words")).to_contain_text("Hello. Have you been here before?")
    await expect(said.locator(".line-words")).to_contain_text("Somebody who leads")
    await expect(said).not_to_contain_text(HOST)
    await said.get_by_label("What you want to say").fill("Last week, for the first time.")
    await said.get_by_role("button", name="Send").click()
    await expect(said.locator(".line-words.mine")).to_contain_text("Last week")
    await expect(knocker.locator(".line-words").nth(1)).to_contain_text("Last week")
    for each in (host, heron):
        await each.fits()

    await heron.page.reload()
    await expect(said.locator(".line-words")).to_have_count(2)
    await knocker.get_by_role("button", name="Let in").click()
    await expect(heron.box).to_be_visible()
    assert "Last week" not in await heron.stored()
