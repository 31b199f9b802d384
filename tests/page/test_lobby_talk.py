"""What goes between those who lead or serve and one person: a word at the door, a first message, a sign in a share. One walk."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.page.conftest import Arrive
from tests.page.meetings import HERON, HOST, RIVER, run_sheet, turns, with_everything
from tests.page.person import PHONE
from tests.running import RunningServer

COUNT_NOTES = """() => {
    window.notes = 0;
    const start = OscillatorNode.prototype.start;
    OscillatorNode.prototype.start = function (at) { window.notes += 1; start.call(this, at); };
}"""


async def test_a_word_at_the_door_a_first_message_and_a_sign_by_hand(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await with_everything(shared_server)
    host = await (await arrive()).go_in(place.room, HOST, f"#key={place.facilitator_key}")
    river = await (await arrive()).go_in(place.room, RIVER)
    await host.with_person(RIVER, "Give a hat…")
    for hat in ("Greeter", "Timekeeper"):
        await host.sheet.get_by_role("switch", name=re.compile(f"^{hat}")).click()
        await expect(host.sheet.get_by_role("switch", name=re.compile(f"^{hat}"))).to_be_checked()
    await host.sheet.get_by_role("button", name="Close").click()
    await host.page.get_by_role("switch", name=re.compile("^Lobby")).click()

    heron = await (await arrive(PHONE)).to_door(place.room)
    await heron.page.get_by_label("Your name in this meeting").fill(HERON)
    await heron.button("Knock").click()
    await expect(heron.heading("You are at the door")).to_be_visible()
    await expect(heron.page.locator(".chat")).to_have_count(0)  # who waits does not begin
    at_the_door = river.page.locator(".knocker", has_text=HERON)
    await at_the_door.get_by_role("button", name=re.compile("^Write to")).click()
    await at_the_door.get_by_label("What you want to say").fill("Hello. Have you been here before?")
    await at_the_door.get_by_role("button", name="Send").click()
    talk = heron.page.locator(".lobby-talk")
    await expect(talk.locator(".line-words")).to_contain_text("Hello. Have you been here before?")
    await expect(talk.locator(".line-words")).to_contain_text("Somebody who leads")
    await expect(talk).not_to_contain_text(RIVER)
    await talk.get_by_label("What you want to say").fill("Last week, for the first time.")
    await talk.get_by_role("button", name="Send").click()
    for each in (river, host):
        await expect(each.page.locator(".knocker .line-words").nth(1)).to_contain_text("Last week")
    for each in (river, heron):
        await each.fits()
    await heron.page.reload()
    await expect(talk.locator(".line-words")).to_have_count(2)
    await at_the_door.get_by_role("button", name="Let in").click()
    await expect(heron.box).to_be_visible()
    assert "Last week" not in await heron.stored()

    # Not yet where nobody reads first messages; then those who lead read it, and the others do not.
    await host.page.get_by_role("switch", name=re.compile("^First messages to you")).click()
    await expect(host.page.get_by_role("switch", name=re.compile("^First messages to you"))).to_be_checked()
    await host.page.get_by_role("switch", name=re.compile("^A quiet sound")).click()
    await host.page.evaluate(COUNT_NOTES)
    await heron.box.fill("Hello, everyone.")
    await heron.button("Send").click()
    await expect(heron.page.locator(".message.pending")).to_contain_text("Yours is with them, and goes out once it is let through.")
    await host.page.locator(".line", has_text="First messages wait for you.").get_by_role("button", name="Read them").click()
    first = host.page.locator(".first-message", has_text=HERON)
    await expect(first).to_contain_text("Hello, everyone.")
    await host.page.wait_for_function("notes > 0")
    await expect(river.page.get_by_text("Hello, everyone.")).to_have_count(0)
    await expect(heron.page.locator(".message.pending").get_by_role("button", name="Throw away")).to_be_visible()
    await first.get_by_role("button", name="Not this one").click()
    await expect(first).to_have_count(0)
    await expect(heron.page.locator(".private-word")).to_contain_text("did not let it through this time")
    await heron.button("I have read it").click()
    await expect(heron.box).to_have_value("Hello, everyone.")
    await heron.button("Send").click()
    await first.get_by_role("button", name="Let it through").click()
    for each in (heron, river, host):
        await expect(each.said("Hello, everyone.")).to_be_visible()
    await host.page.locator(".for-hosts summary").click()
    for done in (
        "Asked to read first messages",
        "Gave .*Grey Heron.* the first message back",
        "Let the first message of .*Grey Heron.* through",
    ):
        await expect(host.page.locator(".doings")).to_contain_text(re.compile(done))
    await heron.say("And good evening.")
    for each in (heron, host):
        await each.fits()

    await run_sheet(host).get_by_role("button", name=re.compile("^Go to .?Sharing")).click()
    await heron.button("Raise hand").click()
    await expect(turns(heron)).to_contain_text("It is your turn.")
    await river.page.get_by_role("button", name="Sign: a minute left").click()
    await expect(heron.page.get_by_text("About a minute left.")).to_be_visible()
    await river.page.get_by_role("button", name="Sign: time is over").click()
    await expect(heron.page.get_by_text("Your time is over; finish your thought.")).to_be_visible()
    await expect(host.page.get_by_text("Your time is over")).to_have_count(0)
    await expect(turns(heron)).to_contain_text("It is your turn.")
    await river.fits()
