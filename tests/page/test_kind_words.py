"""What is done gently: a private word, the move to listener, and muting somebody for oneself."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.meetings import HERON, HOST, RIVER, three
from tests.page.person import Person


async def test_a_private_word_is_seen_by_one_until_they_have_read_it(arrive: Arrive, place: Place) -> None:
    host, river, heron = await three(arrive, place)
    await host.with_person(HERON, "Write a private word…")
    await host.sheet.get_by_role("button", name="Send it").click()
    await expect(host.sheet.get_by_role("alert")).to_contain_text("Write something first.")
    await host.sheet.get_by_role("textbox").fill("Please speak from “I”.")
    await host.sheet.get_by_role("button", name="Send it").click()
    await expect(host.sheet).to_have_count(0)
    word = heron.page.locator(".private-word")
    await expect(word).to_contain_text("A word from the moderators")
    await expect(word).to_contain_text("Please speak from “I”.")
    assert HOST not in await word.inner_text()
    await river.say("Hello.")
    await expect(heron.said("Hello.")).to_be_visible()
    for other in (host, river):
        await expect(other.page.get_by_text("Please speak from “I”.")).to_have_count(0)
    assert "speak from" not in await heron.stored()
    await heron.button("I have read it").click()
    await expect(word).to_have_count(0)
    await expect(heron.box).to_be_visible()


async def test_moved_to_listener_with_a_word_and_back(arrive: Arrive, place: Place) -> None:
    host, river, heron = await three(arrive, place)
    await river.box.fill("I was just writing this")
    await host.with_person(RIVER, "Ask to listen for now…")
    await expect(host.sheet.get_by_role("textbox")).to_have_value("You are welcome to read.")
    await host.sheet.get_by_role("button", name="Move to listener").click()
    await expect(river.page.locator(".private-word")).to_contain_text("You are welcome to read.")
    await expect(river.why).to_contain_text("You are here to listen.")
    await expect(river.box).to_have_count(0)
    await expect(heron.page.locator(".person", has_text=RIVER)).to_contain_text("Listener")
    await expect(heron.page.get_by_text("welcome to read")).to_have_count(0)
    await heron.say("With all of you.")
    await river.menu("With all of you.", "Thank you")
    await expect(heron.page.locator(".reactions")).to_contain_text("1")
    await river.fits()
    await river.button("I have read it").click()
    await host.with_person(RIVER, "Let them write")
    await expect(river.page.get_by_text("You can write here now.")).to_be_visible()
    await expect(river.box).to_have_value("I was just writing this")
    await river.button("Send").click()
    await expect(heron.said("I was just writing this")).to_be_visible()


async def hidden_line(person: Person, count: int) -> None:
    await expect(person.page.locator(".mark-hidden").last).to_contain_text(re.compile(rf"{count}\u2069? messages? of"))


async def test_somebody_is_muted_for_oneself(arrive: Arrive, place: Place) -> None:
    host, river, heron = await three(arrive, place)
    await heron.say("Just pull yourselves together.")
    await heron.say("I mean it.")
    await expect(river.said("I mean it.")).to_be_visible()
    await river.menu("I mean it.", "Reply")
    await river.say("That is not how it works for me.")
    await river.menu("Just pull yourselves together.", "Hide their messages, for me")
    await hidden_line(river, 2)
    await expect(river.said("I mean it.")).to_have_count(0)
    await expect(river.page.locator(".quote")).to_have_count(0)
    await heron.say("Try cold showers.")
    await hidden_line(river, 1)
    assert await river.log() == ["That is not how it works for me."]
    await expect(host.said("Try cold showers.")).to_be_visible()
    await river.page.locator(".here").click()
    await expect(river.page.locator(".person", has_text=HERON)).to_contain_text("hidden for you")
    await river.page.locator(".panel-close").click()
    await river.fits()

    # A reload of the tab remembers the seat, and no name and no word of it.
    kept = await river.stores("hidden")
    assert "showers" not in kept
    assert HERON not in kept
    await river.page.reload()
    await hidden_line(river, 1)
    await expect(river.said("Try cold showers.")).to_have_count(0)

    # Undone in one tap, for past and future.
    await river.page.get_by_role("button", name="Show the messages of").last.click()
    await expect(river.said("Try cold showers.")).to_be_visible()
    await heron.say("I am sorry. That was unkind.")
    await expect(river.said("I am sorry. That was unkind.")).to_be_visible()
    await expect(river.page.locator(".mark-hidden")).to_have_count(0)


async def test_who_is_hidden_is_gone_with_the_room(arrive: Arrive, place: Place) -> None:
    _, river, heron = await three(arrive, place)
    await heron.say("hello")
    await river.menu("hello", "Hide their messages, for me")
    await hidden_line(river, 1)
    await river.button("Undo").click()
    await expect(river.said("hello")).to_be_visible()
    await river.menu("hello", "Hide their messages, for me")
    await river.button("Leave").click()
    await river.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(river.heading("You have left")).to_be_visible()
    await river.keeps_nothing()
