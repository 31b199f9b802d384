"""What somebody says in their turn stands as one block with their name, whatever comes between; and stays where it is."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from tests.page.between import Between
from tests.page.conftest import Arrive, Place
from tests.page.meetings import HERON, frame, on_to, three, with_everything
from tests.page.person import Person
from tests.running import RunningServer

WORDS = ("It was a long week.", "I called somebody on Friday.", "And I slept.")


@pytest.fixture
async def sharing(shared_server: tuple[RunningServer, str]) -> Place:
    return await with_everything(shared_server)


def shares(person: Person) -> Locator:
    return person.page.locator(".share")


async def test_a_share_is_one_block_with_its_sharer(arrive: Arrive, sharing: Place) -> None:
    host, river, heron = await three(arrive, sharing)
    await river.say("Good evening.")
    for part in ("Guidelines", "Milestones", "Topic", "Sharing"):
        await on_to(host, part)
    await heron.button("Raise hand").click()
    for text in WORDS[:2]:
        await heron.say(text)
    for person in (host, river, heron):
        await expect(shares(person)).to_have_count(1)
        await expect(shares(person).locator(".words")).to_have_text(list(WORDS[:2]))
        await expect(shares(person).locator(".name")).to_have_text([HERON])
    await expect(river.page.get_by_role("group", name=re.compile(f"^What .?{HERON}.? shares$"))).to_be_visible()

    # Whom they welcome to answer says a word between: it is not part of the share, which goes on with its name.
    await heron.page.get_by_role("switch", name="Short replies welcome").click()
    await river.menu(WORDS[0], "Reply")
    await river.say("Take your time.")
    await heron.say(WORDS[2])
    await expect(shares(river)).to_have_count(2)
    await expect(shares(river).nth(1).locator(".name")).to_have_text(HERON)
    await expect(shares(river).locator(".words", has_text="Take your time.")).to_have_count(0)
    await heron.button("Done").click()

    # The next turn is another share, the same person's too; and a page that is loaded again shows them as they were.
    await heron.button("Raise hand").click()
    await heron.say("One thing more.")
    await expect(shares(river)).to_have_count(3)
    await river.page.reload()
    await expect(river.said("One thing more.")).to_be_visible()
    await expect(shares(river)).to_have_count(3)
    await expect(shares(river).nth(0).locator(".words")).to_have_text(list(WORDS[:2]))
    await expect(river.page.locator(".message:not(.share .message)", has_text="Good evening.")).to_have_count(1)


async def test_own_words_on_their_way_stand_where_they_will(arrive: Arrive, sharing: Place) -> None:
    host, river, heron = await arrive(), await arrive(), await arrive()
    between = await Between().stand(heron.page)
    await host.go_in(sharing.room, "Early Light", f"#key={sharing.facilitator_key}")
    await heron.go_in(sharing.room, HERON)
    await river.go_in(sharing.room, "Wide River")
    for part in ("Guidelines", "Milestones", "Topic", "Sharing"):
        await on_to(host, part)
    await heron.button("Raise hand").click()
    await heron.say(WORDS[0])
    between.hold()
    await heron.box.fill(WORDS[1])
    await heron.button("Send").click()
    await expect(river.said(WORDS[1])).to_be_visible()
    words = heron.page.locator(".words", has_text=WORDS[1])
    before = await frame(words)
    await expect(heron.page.locator(".pending .words", has_text=WORDS[1])).to_be_visible()
    between.release()
    await expect(heron.said(WORDS[1])).to_be_visible()
    assert (await frame(words))["x"] == before["x"]
    await expect(shares(heron).locator(".words")).to_have_text(list(WORDS[:2]))
    await expect(shares(heron)).to_have_count(1)
