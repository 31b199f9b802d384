"""Milestones and a topic, in real browsers: announced, celebrated, chosen, and told to who comes late."""

from __future__ import annotations

import re

import pytest_asyncio
from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.meetings import announce, card, frame, on_to, run_sheet, three, turns, with_everything
from tests.page.person import PHONE
from tests.running import RunningServer


@pytest_asyncio.fixture(loop_scope="session")
async def everything(shared_server: tuple[RunningServer, str]) -> Place:
    return await with_everything(shared_server)


async def test_a_milestone_is_announced_celebrated_and_taken_back(arrive: Arrive, everything: Place) -> None:
    host, river, heron = await three(arrive, everything)
    await on_to(host, "Guidelines")
    await on_to(host, "Milestones")
    await expect(river.page.locator(".milestone-offer")).to_be_visible()  # here it stands in front

    await announce(river, "Days", "90")
    await announce(heron, "I am starting again")
    for person in (host, river, heron):
        await expect(card(person, "90 days")).to_contain_text("Wide River")
        await expect(card(person, "Starting again")).to_contain_text("Grey Heron")
    years, again = await frame(card(host, "90 days")), await frame(card(host, "Starting again"))
    assert (years["width"], years["height"]) == (again["width"], again["height"])

    await card(heron, "90 days").get_by_role("button", name="Celebrate").click()
    await card(host, "90 days").get_by_role("button", name="Celebrate").click()
    for person in (host, river, heron):
        await expect(card(person, "90 days")).to_contain_text(re.compile(".?2.? people celebrate"))
    await expect(card(heron, "90 days").get_by_role("button", name="You celebrate")).to_have_attribute("aria-pressed", "true")
    await expect(card(river, "90 days").get_by_role("button", name="Celebrate")).to_have_count(0)  # one's own

    # The quiet reactions are there as well; and whoever announced it takes it back.
    await card(host, "Starting again").get_by_role("button", name=re.compile("^More for")).click()
    await expect(host.sheet.get_by_role("button", name="Report to the moderators")).to_have_count(0)
    await host.sheet.get_by_role("button", name="With you").click()
    await expect(card(heron, "Starting again").get_by_role("button", name=re.compile("^.?With you.?, "))).to_be_visible()
    await card(river, "90 days").get_by_role("button", name=re.compile("^More for")).click()
    await river.sheet.get_by_role("button", name="Take back").click()
    for person in (host, river, heron):
        await expect(card(person, "90 days")).to_have_count(0)
    await river.fits()


async def test_a_milestone_waits_for_ones_turn_and_can_be_celebrated_meanwhile(arrive: Arrive, everything: Place) -> None:
    host, river, heron = await three(arrive, everything)
    for title in ("Guidelines", "Milestones", "Topic", "Sharing"):
        await on_to(host, title)
    await heron.button("Raise hand").click()
    await expect(turns(heron)).to_contain_text("It is your turn.")
    await announce(heron, "It is my first meeting")
    await heron.say("Hello. I am new here.")

    # Who waits, with a hand up, may celebrate and react, and is told why an own milestone waits.
    await river.button("Raise hand").click()
    await card(river, "First meeting").get_by_role("button", name="Celebrate").click()
    await river.menu("Hello. I am new here.", "Hug")
    await expect(card(heron, "First meeting")).to_contain_text(re.compile(".?1.? person celebrates"))
    await expect(heron.message("Hello. I am new here.").get_by_role("button", name=re.compile("^.?Hug.?, "))).to_be_visible()
    await river.page.get_by_role("button", name="Announce a milestone").click()
    await expect(river.sheet).to_contain_text("You can announce it as soon as you can write again.")
    await river.sheet.get_by_label("How many years?").fill("3")
    await expect(river.sheet.get_by_label("Years", exact=True)).to_be_checked()
    await expect(river.sheet.get_by_role("button", name="Announce it")).to_have_attribute("aria-disabled", "true")
    await heron.button("Done").click()
    await river.sheet.get_by_role("button", name="Announce it").click()
    await expect(card(heron, "3 years")).to_contain_text("Wide River")


async def test_a_topic_is_chosen_and_seen_by_who_comes_late(arrive: Arrive, everything: Place) -> None:
    host, river, heron = await three(arrive, everything)
    await expect(river.page.locator(".mark").first).to_have_text("You see what is said from now on.")
    for title in ("Guidelines", "Milestones", "Topic"):
        await on_to(host, title)
    await run_sheet(host).get_by_text("Choose a topic", exact=True).click()
    await run_sheet(host).get_by_text("cravings", exact=True).click()
    await run_sheet(host).get_by_role("button", name="Until it passes").click()
    topic = "A craving rises, stays a while, and falls. What do you do in that while?"
    for person in (host, river, heron):
        await expect(turns(person).locator(".topic")).to_contain_text(topic)
    await on_to(host, "Sharing")
    await heron.button("Raise hand").click()
    await river.button("Raise hand").click()
    await expect(turns(host)).to_contain_text(re.compile("Next: .?Wide River"))

    late = await (await arrive(PHONE)).go_in(everything.room, "Soft Gravel")
    said = (await late.page.locator(".mark").first.inner_text()).replace("\u2068", "").replace("\u2069", "")
    where = f"You came in during “Sharing”, part 4 of 5. Grey Heron has the floor, 1 is next. The topic: {topic}"
    assert " ".join(said.split()) == f"{where} You see what is said from now on."

    # In one's own words, as long as they may be: two lines of it, and more for who asks. Then taken away.
    own = "What helped, and what did not, when the evening was long and nobody answered? " + "Tell us of one small thing you could do. " * 3
    await run_sheet(host).get_by_text("Choose another topic").click()
    await run_sheet(host).get_by_label("In your own words").fill(own[:200])
    await run_sheet(host).get_by_role("button", name="Make it the topic").click()
    await expect(turns(river).locator(".topic")).to_contain_text("What helped, and what did not")
    words = turns(river).locator(".topic-words")
    short = await frame(words)
    await turns(river).get_by_role("button", name="More").click()
    await expect(turns(river).get_by_role("button", name="Less")).to_have_attribute("aria-expanded", "true")
    assert short["height"] < 60 < (await frame(words))["height"]
    await river.fits()
    await run_sheet(host).get_by_role("button", name="Take it away").click()
    await expect(turns(river).locator(".topic")).to_have_count(0)


async def test_the_note_of_a_format_is_at_the_door_and_in_the_room(arrive: Arrive, everything: Place) -> None:
    river = await (await arrive(PHONE)).to_door(everything.room)
    await expect(river.page.locator(".door")).to_contain_text("Everything")
    await expect(river.page.locator(".door")).to_contain_text("It is not affiliated with anybody.")
    await river.button("Go in").click()
    await river.button("About this meeting, and text size").click()
    for words in ("Everything", "It is not affiliated with anybody.", "What we agree to here"):
        await expect(river.sheet).to_contain_text(words)
    await river.fits()
