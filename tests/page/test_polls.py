"""A question to everybody, in real browsers: what each answers is nobody's to see, and from five answers on the totals are everybody's."""

from __future__ import annotations

import re

import pytest_asyncio
from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.front import without_dropped_lines
from tests.page.meetings import frame, on_to, poll, run_sheet, three, with_everything
from tests.page.person import PHONE, Person
from tests.running import RunningServer

TOTALS = "Only totals are shown, and only from five answers on."


@pytest_asyncio.fixture(loop_scope="session")
async def everything(shared_server: tuple[RunningServer, str]) -> Place:
    return await with_everything(shared_server)


async def ask(host: Person, kind: str, question: str, *options: str) -> None:
    await run_sheet(host).get_by_text("Ask everybody").click()
    await run_sheet(host).get_by_label("What kind?").select_option(label=kind)
    await run_sheet(host).get_by_label(re.compile("^The question")).fill(question)
    for number, option in enumerate(options, 1):
        if number > 2:
            await run_sheet(host).get_by_role("button", name="One more answer").click()
        await run_sheet(host).get_by_label(re.compile(f"^Answer .?{number}")).fill(option)
    await run_sheet(host).get_by_role("button", name="Ask", exact=True).click()


async def answer(person: Person, words: str) -> None:
    await poll(person).get_by_role("button", name=words, exact=True).click()
    await expect(poll(person)).to_contain_text("Counted.")


async def test_a_show_of_hands_by_five(arrive: Arrive, everything: Place) -> None:
    host, river, heron = await three(arrive, everything)
    gravel, listener, willow = await arrive(), await arrive(PHONE), await arrive()
    await gravel.go_in(everything.room, "Soft Gravel")
    await willow.go_in(everything.room, "Old Willow")
    await listener.to_door(everything.room)
    await listener.page.get_by_text("Only listen").click()
    await listener.button("Go in").click()
    people = (host, river, heron, gravel, willow)

    await ask(host, "Show of hands: yes or no", "Shall we take ten minutes more for this?")
    for person in (*people, listener):
        await expect(poll(person).get_by_role("heading")).to_have_text("Shall we take ten minutes more for this?")
    await expect(poll(river)).to_contain_text(TOTALS)
    await expect(poll(listener).get_by_role("button")).to_have_count(0)
    for person in (host, river, heron):
        await answer(person, "Yes")
    await answer(gravel, "No")
    await expect(poll(river)).to_contain_text(re.compile(".?4.? have answered."))
    await expect(run_sheet(host)).to_contain_text(re.compile(".?4.? have answered."))

    # Somebody who comes in meanwhile is asked, too; and who has answered is not asked twice after a reload.
    await gravel.page.reload()
    await expect(poll(gravel)).to_contain_text("Counted.")
    await expect(poll(gravel).get_by_role("button")).to_have_count(0)
    await answer(willow, "No")
    await run_sheet(host).get_by_role("button", name="Count and show").click()
    for person in (*people, listener):
        await expect(poll(person).locator(".counts li")).to_have_text([re.compile("^Yes.*3$"), re.compile("^No.*2$")])
    await listener.fits()

    # Put away for oneself, then for all.
    await poll(river).get_by_role("button", name="Put away, for me").click()
    await expect(poll(river)).to_have_count(0)
    await expect(poll(heron)).to_have_count(1)
    await run_sheet(host).get_by_role("button", name="Put away").click()
    for person in people:
        await expect(poll(person)).to_have_count(0)


async def test_do_we_agree_is_one_button_and_a_poll_of_two_shows_nothing(arrive: Arrive, everything: Place) -> None:
    host, river, heron = await three(arrive, everything)
    await on_to(host, "Guidelines")
    await run_sheet(host).get_by_role("button", name="Ask: do we agree to the guidelines?").click()
    await poll(river).get_by_role("button", name="Read the guidelines").click()
    await expect(river.sheet).to_contain_text("What we agree to here")
    await river.page.keyboard.press("Escape")
    await answer(river, "I agree")
    await answer(heron, "Not yet")
    await run_sheet(host).get_by_role("button", name="Count and show").click()
    for person in (host, river, heron):
        await expect(poll(person)).to_contain_text("Fewer than five have answered, so nothing is shown.")
        await expect(poll(person).locator(".counts")).to_have_count(0)


async def test_the_keyboard_goes_on_where_it_was(arrive: Arrive, everything: Place) -> None:
    host, _, heron = await three(arrive, everything)
    await ask(host, "A scale from 1 to 5", "")
    await expect(poll(heron).get_by_role("heading")).to_have_text("How are you right now?")
    await expect(heron.box).to_be_focused()  # a question does not take it
    first = poll(heron).get_by_role("button", name="1, having a hard time")
    await first.focus()
    for _step in range(2):
        await heron.page.keyboard.press("Tab")
    await heron.page.keyboard.press("Enter")
    await expect(poll(heron)).to_contain_text("Counted.")
    await expect(poll(heron)).to_be_focused()
    await expect(heron.page.get_by_role("status").get_by_text("A question to all")).to_have_text(re.compile("How are you right now"))


async def test_an_answer_arrives_however_the_line_is_and_counts_once(arrive: Arrive, everything: Place) -> None:
    host, river, _ = await three(arrive, everything)
    await ask(host, "Show of hands: yes or no", "Shall we go on?")
    await expect(poll(river)).to_be_visible()
    await river.page.context.set_offline(True)
    await expect(river.page.get_by_text("The line dropped.")).to_be_visible()
    await poll(river).get_by_role("button", name="Yes", exact=True).click()
    await expect(poll(river)).to_contain_text("Sending your answer…")
    await river.page.context.set_offline(False)
    await expect(poll(river)).to_contain_text(re.compile("Counted. .?1.? has answered."))
    await expect(run_sheet(host)).to_contain_text(re.compile("^.*.?1.? has answered."))
    without_dropped_lines(river)


async def test_a_choice_of_eight_leaves_room_for_the_words_on_a_phone(arrive: Arrive, everything: Place) -> None:
    host, river, heron = await three(arrive, everything)
    for number in range(12):
        await heron.say(f"This is number {number} of them.")
    words = ("Walks", "Calls", "Tea", "Sleep", "Work", "Home", "Music", "Friends")
    options = [f"{word} and a few more words, so that it takes two lines" for word in words]
    await ask(host, "Choose one of several", "What helps you most in the evenings?", *options)
    await expect(poll(river).get_by_role("button")).to_have_count(8)
    await river.fits()
    card, log, box = await frame(river.page.locator(".poll-place")), await frame(river.page.locator("#said")), await frame(river.box)
    assert card["y"] + card["height"] <= log["y"] + 1
    assert log["y"] + log["height"] <= box["y"]
    assert log["height"] > 90
    await expect(river.said("This is number 11 of them.")).to_be_in_viewport()  # what is said last is still to be seen
    await answer(river, options[6])
    assert (await frame(river.page.locator("#said")))["height"] > log["height"] + 100
