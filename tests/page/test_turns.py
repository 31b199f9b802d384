"""Taking turns in three browsers: a meeting is begun, the floor goes round, and who may not write now keeps the words."""

from __future__ import annotations

import re

import pytest_asyncio
from playwright.async_api import expect

from chatserver.store.sql import open_store
from tests.page.conftest import Arrive, Place, new_room
from tests.page.meetings import HERON, HOST, RIVER, in_its_panel, on_to, run_sheet, three, turns
from tests.page.person import PHONE
from tests.running import RunningServer

SHARE_MS = 15_000

# Everything in one short meeting: shares of 15 seconds, in which replies are welcome to who says so.
SHORT = """
title = "Short turns"
[[segments]]
title = "Quiet"
minutes = 1
mode = "silence"
[[segments]]
title = "Check-in"
minutes = 5
mode = "round"
asks = "How are you here today?"
[[segments]]
title = "Sharing"
minutes = 20
mode = "queue"
share_seconds = 15
cross_talk = true
[[segments]]
title = "Fellowship"
minutes = 10
mode = "open"
after = true
"""


async def meeting(shared: tuple[RunningServer, str], form: str) -> Place:
    return await new_room(shared, opened=True, form=form)


@pytest_asyncio.fixture(loop_scope="session")
async def discussion(shared_server: tuple[RunningServer, str]) -> Place:
    return await meeting(shared_server, "aa-discussion")


@pytest_asyncio.fixture(loop_scope="session")
async def short(shared_server: tuple[RunningServer, str]) -> Place:
    store = await open_store(shared_server[1])
    try:
        await store.put_format("demo", "short-turns", SHORT)
    finally:
        await store.close()
    return await meeting(shared_server, "short-turns")


async def test_a_meeting_with_turns(arrive: Arrive, discussion: Place) -> None:
    host, river, heron = await three(arrive, discussion)

    # Before the start: open for greeting, and nothing but the way to begin for who leads.
    await expect(turns(host)).to_contain_text("Before the start.")
    await expect(turns(river)).to_have_count(0)
    await river.say("Good evening.")
    await turns(host).get_by_role("button", name="Begin").click()

    # A silence: its clock is shown, words are kept and do not go.
    await expect(turns(river)).to_contain_text("Quiet, together.")
    await expect(turns(river).get_by_role("timer")).to_have_text(re.compile(r"^[12]:\d\d$"))
    await expect(turns(river)).to_contain_text(re.compile("part .?1.? of .?7"))
    await river.box.fill("I have been thinking")
    await expect(river.why).to_contain_text("A silence.")
    await river.button("Send").click(force=True)  # it says that it is disabled
    await expect(river.box).to_have_value("I have been thinking")
    assert await heron.log() == ["Good evening."]

    await expect(run_sheet(host).locator(".script")).to_contain_text("You can read it out in the next one.")
    await expect(run_sheet(host).get_by_role("button", name="Copy into the message box")).to_have_count(0)

    # The run sheet leads on; what is read out can be taken into the message box.
    for title in ("Opening and readings", "Newcomers and milestones", "Topic", "Sharing"):
        await run_sheet(host).get_by_role("button", name=re.compile(f"^Next: .?{title}")).click()
        await expect(turns(river).locator(".part-title")).to_have_text(title)
    await expect(run_sheet(host).locator(".script")).to_contain_text("Raise your hand when you would like to speak.")
    await run_sheet(host).get_by_role("button", name="Copy into the message box").click()
    await expect(host.box).to_have_value(re.compile("^Raise your hand when you would like to speak."))
    once = await host.box.input_value()
    await run_sheet(host).get_by_role("button", name="It is in your message box.").click(force=True)  # it says that it is disabled
    assert await host.box.input_value() == once
    await host.box.fill("")
    await expect(run_sheet(host).get_by_role("button", name="Copy into the message box")).to_be_visible()
    await expect(turns(river)).to_contain_text("The floor is free.")

    # A hand up where nobody has the floor: it is theirs. The other waits, with the words.
    await heron.button("Raise hand").click()
    await expect(turns(heron)).to_contain_text("It is your turn.")
    await heron.say("I almost did not come in.")
    await expect(turns(river)).to_contain_text(re.compile("Grey Heron.? is sharing."))
    await expect(turns(river).get_by_role("timer")).to_have_text(re.compile(r"^2:\d\d$"))
    await expect(river.why).to_contain_text("What you have written stays in the box.")
    await river.button("Send").click(force=True)  # it says that it is disabled
    await expect(river.box).to_have_value("I have been thinking")
    await river.button("Ask a question").click()
    await river.sheet.get_by_role("button", name="Raise my hand for it").click()
    await expect(river.page.get_by_text(re.compile("Your hand is up for a question. .?You are next."))).to_be_visible()
    await expect(run_sheet(host).locator(".hand", has_text=RIVER)).to_contain_text("question")
    await river.button("Lower hand").click()
    await expect(run_sheet(host).locator(".hands .hint")).to_have_text("Nobody is waiting.")

    # Who would rather not be seen asking writes it to those who lead, under nobody's name.
    await river.button("Ask a question").click()
    await river.sheet.get_by_role("button", name="Send it").click()
    await expect(river.sheet).to_contain_text("Write your question first.")
    await river.sheet.get_by_label("Your question").fill("What is a sponsor?")
    await river.sheet.get_by_role("button", name="Send it").click()
    await expect(river.sheet).to_contain_text("Those who lead have your question.")
    await river.sheet.get_by_role("button", name="Close").last.click()
    asked = host.page.locator(".call", has_text="What is a sponsor?")
    await expect(asked).to_contain_text("A question, without a name")
    await expect(asked).not_to_contain_text(RIVER)
    await asked.get_by_role("button", name="Done").click()
    await expect(asked).to_have_count(0)

    # The protocol as it has always been typed works too, also while the box waits.
    words = await river.box.input_value()
    await river.box.fill("!")
    await river.button("Send").click()
    await expect(river.button("Lower hand")).to_be_visible()
    await expect(river.box).to_have_value("")
    await river.box.fill(words)
    await expect(turns(heron)).to_contain_text(re.compile("Next: .?Wide River"))

    # Done passes it on, and the words that waited go when their writer sends them. Typed twice in a hurry it is no message.
    for _ in range(2):
        await heron.box.fill("done")
        await heron.box.press("Enter")
    await expect(heron.box).to_have_value("")
    await expect(turns(river)).to_contain_text("It is your turn.")
    await expect(river.why).to_have_count(0)
    await expect(heron.why).to_contain_text(re.compile(r"is sharing\.$"))
    await river.button("Send").click()
    await expect(heron.said("I have been thinking")).to_be_visible()
    assert await heron.log() == ["Good evening.", "I almost did not come in.", "I have been thinking"]
    await expect(heron.box).to_have_value("")
    await river.fits()

    # Who leads gives it to anyone, and takes it back.
    await host.with_person(HERON, "Give the floor")
    await expect(turns(heron)).to_contain_text("It is your turn.")
    await run_sheet(host).get_by_role("button", name="Take the floor back").click()
    await expect(turns(heron)).to_contain_text("The floor is free.")
    await run_sheet(host).get_by_text("Call somebody else").click()
    await run_sheet(host).get_by_role("button", name=re.compile("^Call .?Wide River")).click()
    await expect(turns(river)).to_contain_text("It is your turn.")
    await river.button("Pass").click()
    await expect(turns(river)).to_contain_text("The floor is free.")


async def test_signs_replies_and_words_that_come_back(arrive: Arrive, short: Place) -> None:
    host, river, heron = await three(arrive, short)
    await turns(host).get_by_role("button", name="Begin").click()

    # A round: each in seating order, and passing is always allowed.
    await run_sheet(host).get_by_role("button", name=re.compile("^Next: .?Check-in")).click()
    await expect(turns(host)).to_contain_text("It is your turn.")
    await expect(river.page.get_by_text("How are you here today?")).to_be_visible()
    await expect(river.page.get_by_text(re.compile("One after the other. .?You are next."))).to_be_visible()
    await host.button("Done").click()
    await expect(turns(river)).to_contain_text("It is your turn.")
    await river.button("Pass").click()
    await expect(turns(heron)).to_contain_text("It is your turn.")
    await heron.button("Done").click()
    await expect(turns(river)).to_contain_text("It is your turn.")  # who passed is offered a turn at the end

    # Signs, in words, to who shares only.
    await on_to(host, "Sharing")
    await river.button("Raise hand").click()
    await river.say("It was a long week.")
    await river.page.get_by_role("switch", name="Short replies welcome").click()
    await expect(river.page.get_by_role("switch", name="Short replies welcome")).to_be_checked()
    await expect(river.page.get_by_text(re.compile("About .?5.? seconds left."))).to_be_visible(timeout=SHARE_MS)
    await expect(river.page.get_by_text("Your time is over; finish your thought.")).to_be_visible(timeout=SHARE_MS)
    await expect(heron.page.get_by_text("Your time is over")).to_have_count(0)

    # A reply is offered to who welcomes it, and to nobody else; also after a reload, the switch stands where it stood.
    await river.page.reload()
    await expect(river.page.get_by_role("switch", name="Short replies welcome")).to_be_checked()
    await heron.menu("It was a long week.", "Reply")
    await heron.say("I am glad you came.")
    await river.button("Done").click()
    await host.button("Raise hand").click()
    await host.say("Thank you both.")
    await heron.message("Thank you both.").get_by_role("button", name=re.compile("^More for")).click()
    await expect(heron.sheet.get_by_role("button", name="Hug")).to_be_visible()
    await expect(heron.sheet.get_by_role("button", name="Reply")).to_have_count(0)
    await heron.page.keyboard.press("Escape")

    # With the next share the welcome is over, also while a reply is being written: the words wait, and are kept.
    await heron.message("It was a long week.").first.get_by_role("button", name=re.compile("^More for")).click()
    await heron.sheet.get_by_role("button", name="Reply").click()
    await heron.box.fill("And you.")
    await expect(heron.why).to_have_count(0)
    await host.button("Done").click()
    await river.button("Raise hand").click()
    await expect(river.page.get_by_role("switch", name="Short replies welcome")).not_to_be_checked()
    await expect(heron.why).to_contain_text("What you have written stays in the box.")
    await expect(heron.box).to_have_value("And you.")


async def test_the_run_sheet_on_a_phone(arrive: Arrive, short: Place) -> None:
    host, river = await arrive(PHONE), await arrive()
    await host.go_in(short.room, HOST, f"#key={short.facilitator_key}")
    await river.go_in(short.room, RIVER)
    await turns(host).get_by_role("button", name="Run sheet").click()
    await run_sheet(host).get_by_role("button", name=re.compile("^Begin: .?Quiet")).click()
    await run_sheet(host).get_by_role("button", name="+5 min for this part").click()
    await expect(turns(river).get_by_role("timer")).to_have_text(re.compile(r"^5:\d\d$"))
    await run_sheet(host).get_by_role("button", name=re.compile("^Next: .?Check-in")).click()
    await expect(run_sheet(host).locator(".hands")).to_contain_text(RIVER)
    await run_sheet(host).get_by_role("button", name=re.compile("^Call .?Wide River")).click()
    await expect(turns(river)).to_contain_text("It is your turn.")
    await host.fits()

    # While somebody shares, the way on asks first, in its place; and a double press is one.
    onward = run_sheet(host).locator(".onward")
    onto = onward.get_by_role("button", name=re.compile("^Next: .?Sharing"))
    await expect(run_sheet(host).locator(".run-floor")).to_contain_text("is sharing")
    before = await in_its_panel(onward)
    await onto.dblclick()
    asks = onward.get_by_role("group", name=re.compile("Wide River.? is still sharing. Go on to .?Sharing.? all the same"))
    await expect(asks).to_be_visible()
    await expect(onto).to_be_hidden()
    assert await in_its_panel(onward) == before == await in_its_panel(asks)
    await asks.get_by_role("button", name="Wait").click()
    await expect(onto).to_be_focused()
    await expect(asks).to_be_hidden()
    await onto.click()
    await asks.get_by_role("button", name="Go on").click()
    await expect(turns(river)).to_contain_text("The floor is free.")
    await onward.get_by_role("button", name=re.compile("^Next: .?")).dblclick()
    await expect(run_sheet(host).get_by_text("This is the last part.")).to_be_visible()
    await run_sheet(host).get_by_role("button", name="Close the meeting").click()
    await host.sheet.get_by_role("button", name="Cancel").click()
    await host.page.keyboard.press("Escape")
    await expect(run_sheet(host)).to_be_hidden()


async def test_who_reads_further_up_stays_there(arrive: Arrive, short: Place) -> None:
    host, river = await arrive(), await arrive(PHONE)
    await host.go_in(short.room, HOST, f"#key={short.facilitator_key}")
    await river.go_in(short.room, RIVER)
    for number in range(25):
        await host.say(f"This is number {number} of them.")
    await expect(river.said("This is number 24 of them.")).to_be_visible()
    await river.said("This is number 10 of them.").scroll_into_view_if_needed()
    await river.page.locator("#said").evaluate("log => { log.scrollTop -= 40 }")
    await expect(river.button("To the newest")).to_be_visible()

    async def height() -> float:
        box = await river.said("This is number 10 of them.").bounding_box()
        assert box is not None
        return box["y"]

    before = await height()
    await turns(host).get_by_role("button", name="Begin").click()
    await expect(turns(river)).to_contain_text("Quiet, together.")
    await expect(river.why).to_be_visible()
    await river.page.wait_for_function("document.querySelector('.turns').offsetHeight > 40")
    assert abs(await height() - before) <= 2


# What the page remembers of the last minute, as if it were of the minute before.
LONG_AGO = """
for (const key of Object.keys(sessionStorage)) {
  const kept = JSON.parse(sessionStorage[key]);
  sessionStorage[key] = JSON.stringify({ ...kept, lately: (kept.lately ?? []).map(([at, seq]) => [at - 60000, seq]) });
}
"""


async def test_a_reload_in_the_middle_of_a_long_share_brings_all_of_it_back(arrive: Arrive, discussion: Place) -> None:
    host, river, heron = await three(arrive, discussion)
    await turns(host).get_by_role("button", name="Begin").click()
    await run_sheet(host).get_by_text("All parts").click()
    await run_sheet(host).get_by_role("button", name=re.compile("Sharing")).click()
    await heron.button("Raise hand").click()
    await heron.say("It began long ago.")
    await expect(river.said("It began long ago.")).to_be_visible()
    await heron.say("And it goes on.")
    await expect(river.said("And it goes on.")).to_be_visible()
    await river.page.add_init_script(LONG_AGO)
    await river.page.reload()
    await expect(river.said("It began long ago.")).to_be_visible()
    assert await river.log() == ["It began long ago.", "And it goes on."]
