"""Two more formats from begin to close: an AA discussion of six, with a troll, a call for help and a page in Arabic; and Recovery Dharma,
in which one loads the page again and one comes late."""

from __future__ import annotations

import re

import pytest
from playwright.async_api import Locator, expect

from tests.page.conftest import Arrive, new_room
from tests.page.meetings import (
    GRAVEL,
    HERON,
    HOST,
    RIVER,
    all_is_over,
    announce,
    card,
    is_heard,
    on_to,
    reads_out,
    run_sheet,
    say_in_turn,
    three,
    turns,
)
from tests.page.person import PHONE, Person
from tests.running import RunningServer

pytestmark = pytest.mark.timeout(120)

SECOND, FERN, CROW, NOOR = "Late Light", "Quiet Fern", "Loud Crow", "نور هادئ"
NASTY = "You are all liars."


# --- what is on an Arabic page


def arabic_box(noor: Person) -> Locator:
    return noor.page.get_by_label("رسالتك")


async def goes_in_in_arabic(noor: Person, room: str) -> None:
    await noor.to_door(room)
    await noor.page.get_by_label("اسمك في هذا الاجتماع").fill(NOOR)
    await noor.button("الدخول").click()
    await expect(arabic_box(noor)).to_be_visible()
    assert await noor.page.evaluate("getComputedStyle(document.body).direction") == "rtl"


async def says_in_arabic(noor: Person, words: str) -> None:
    await arabic_box(noor).fill(words)
    await noor.button("إرسال").click()
    await expect(noor.said(words)).to_be_visible()


# --- who is next, as everybody sees it


async def next_is(names: str, *to: Person) -> None:
    for person in to:
        await expect(turns(person).locator(".next-names")).to_have_text(re.compile(f"^Next: {names}$"))


async def nobody_is_offered_a_reply(to: str, *people: Person) -> None:
    for person in people:
        await person.message(to).first.get_by_role("button", name=re.compile("^More for")).click()
        await expect(person.sheet.get_by_role("button", name="Hug")).to_be_visible()
        await expect(person.sheet.get_by_role("button", name="Reply")).to_have_count(0)
        await person.page.keyboard.press("Escape")


async def is_with(second: Person, caller: Person) -> None:
    """A call for help, from the asking to the end, of which the room sees nothing."""
    await caller.button("I need help").click()
    await caller.sheet.get_by_label("What would help?").fill("I may drink tonight.")
    await caller.sheet.get_by_role("button", name="Ask for help").click()
    await expect(caller.sheet.get_by_role("status")).to_contain_text(re.compile("2.? moderators have been told"))
    call = second.page.locator(".help-call")
    await expect(call).to_contain_text("I may drink tonight.")
    await call.get_by_role("button", name="Be with them").click()
    await expect(caller.sheet.get_by_role("status")).to_contain_text("Somebody is with you.")
    await second.sheet.get_by_label("Write on the private line").fill("I am here with you.")
    await second.sheet.get_by_role("button", name="Send").click()
    await expect(caller.sheet.get_by_role("log")).to_contain_text("I am here with you.")
    await second.page.keyboard.press("Escape")


async def test_an_aa_discussion_meeting(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await new_room(shared_server, opened=True, form="aa-discussion")
    host, second, river, crow = await arrive(), await arrive(), await arrive(PHONE), await arrive(dark=True)
    fern, noor = await arrive(), await arrive(language="ar-EG")
    await host.go_in(place.room, HOST, f"#key={place.facilitator_key}")
    await second.go_in(place.room, SECOND)
    await river.go_in(place.room, RIVER)
    await goes_in_in_arabic(noor, place.room)
    await crow.go_in(place.room, CROW)
    await fern.to_door(place.room)
    await fern.page.get_by_label("Your name in this meeting").fill(FERN)
    await fern.page.get_by_text("Only listen").click()
    await fern.button("Go in").click()
    everybody, english = (host, second, river, noor, crow, fern), (host, second, river, crow, fern)

    # Before the start: for greeting, and to find somebody who helps to lead.
    await river.say("Good evening.")
    await says_in_arabic(noor, "مساء الخير.")
    await is_heard("مساء الخير.", *everybody)
    await host.with_person(SECOND, "Make moderator")
    await expect(second.page.get_by_text("You are now a moderator.")).to_be_visible()

    # Quiet: nobody writes, not even who leads; the clock is shown, and what is written waits.
    await on_to(host, "Quiet")
    for person in english:
        await expect(turns(person)).to_contain_text("Quiet, together.")
    for person in everybody:
        await expect(turns(person).get_by_role("timer")).to_have_text(re.compile(r"^[12]:\d\d$"))
    for person in (host, second, river, crow):
        await expect(person.why).to_contain_text("A silence.")
        await expect(person.button("Send")).to_be_disabled()
    await expect(noor.button("إرسال")).to_be_disabled()
    await expect(fern.box).to_have_count(0)

    await on_to(host, "Opening and readings")
    await reads_out(host, (river, crow))
    await expect(second.why).to_have_count(0)  # who moderates may speak where those speak who lead
    await second.say("Welcome from me too.")

    # Newcomers and milestones: one on a phone tells, and the others are glad, on an Arabic page as well.
    await on_to(host, "Newcomers and milestones")
    await announce(river, "I am starting again")
    for person in (host, fern):
        await card(person, "Starting again").get_by_role("button", name="Celebrate").click()
    await noor.page.locator(".milestone").get_by_role("button", name="احتفال").click()
    await expect(card(river, "Starting again")).to_contain_text(re.compile(".?3.? people celebrate"))

    await on_to(host, "Topic")
    await run_sheet(host).get_by_text("Choose a topic", exact=True).click()
    await run_sheet(host).get_by_text("cravings", exact=True).click()
    await run_sheet(host).get_by_role("button", name="Until it passes").click()
    for person in everybody:
        await expect(turns(person).locator(".topic")).to_contain_text("A craving rises, stays a while, and falls.")

    # Sharing. The first hand has the floor; the others are called in the order in which they asked.
    await on_to(host, "Sharing")
    await river.button("Raise hand").click()
    await expect(turns(river)).to_contain_text("It is your turn.")
    await noor.button("رفع اليد").click()
    await second.button("Raise hand").click()
    await next_is(f"{NOOR}, {SECOND}", host, fern)
    await river.say("It was four in the afternoon.")
    await river.say("I walked around the block until five.")
    await is_heard("I walked around the block until five.", *everybody)
    await run_sheet(host).get_by_role("button", name="Sign: a minute left").click()
    await expect(river.page.get_by_text(re.compile("About .* left"))).to_be_visible()
    await expect(crow.page.get_by_text(re.compile("About .* left"))).to_have_count(0)
    await nobody_is_offered_a_reply("I walked around the block until five.", crow, fern)
    await expect(crow.why).to_contain_text(re.compile(r"is sharing\.$"))
    await fern.menu("I walked around the block until five.", "With you")
    await expect(river.page.get_by_role("button", name=re.compile("^.?With you.?, "))).to_be_visible()
    await river.button("Done").click()

    # Who has not been heard yet goes first, also before one who asked earlier. A hand may be lowered again.
    await expect(turns(noor)).to_contain_text("حان دورك.")
    await river.button("Raise hand").click()
    await next_is(f"{SECOND}, {RIVER}", host, fern)
    await crow.button("Raise hand").click()
    await next_is(f"{SECOND}, {CROW}, {RIVER}", host, fern)
    await second.button("Lower hand").click()
    await next_is(f"{CROW}, {RIVER}", host, fern)
    await says_in_arabic(noor, "يومي الأول هنا.")
    await is_heard("يومي الأول هنا.", *english)

    # A call for help is between two, whatever the room does meanwhile.
    await is_with(second, fern)
    await noor.button("انتهيت").click()

    # One means it ill. Muted, the floor goes on; the words are taken back everywhere.
    await expect(turns(crow)).to_contain_text("It is your turn.")
    await crow.say(NASTY)
    await is_heard(NASTY, second, river, noor)
    await second.with_person(CROW, "Mute for 10 minutes")
    await second.menu(NASTY, "Take back for everyone")
    await expect(crow.why).to_contain_text("You are muted")
    for person in everybody:
        await expect(person.page.get_by_text(NASTY)).to_have_count(0)
    await expect(turns(river)).to_contain_text("It is your turn.")
    await river.button("Pass").click()
    await expect(turns(river)).to_contain_text("The floor is free.")
    await expect(turns(river)).to_contain_text("Nobody is waiting.")

    await fern.sheet.get_by_role("button", name="Close the line").click()
    await expect(fern.sheet).to_contain_text("This private line is closed.")
    await expect(second.page.locator(".help-call")).to_have_count(0)
    await fern.page.keyboard.press("Escape")
    for person in (river, noor, crow):
        assert "drink tonight" not in await person.page.content()

    await on_to(host, "Announcements")
    await reads_out(host, (river,))
    await on_to(host, "Closing")
    await reads_out(host, (river,))

    # Afterwards everybody talks with everybody; but who is muted still is.
    await on_to(host, "Fellowship")
    await expect(turns(river)).to_contain_text("after the hour")
    await river.say("Who is there on Thursday?")
    await second.menu("Who is there on Thursday?", "Reply")
    await second.say("I am.")
    await says_in_arabic(noor, "وأنا.")
    await is_heard("وأنا.", *everybody)
    await expect(crow.why).to_contain_text("You are muted")
    await river.fits()
    await noor.fits()
    await all_is_over(host, (second, river, crow, fern), elsewhere=((noor, "انتهى الاجتماع"),))


async def test_a_recovery_dharma_meeting(arrive: Arrive, shared_server: tuple[RunningServer, str]) -> None:
    place = await new_room(shared_server, opened=True, form="recovery-dharma")
    host, river, heron = await three(arrive, place)
    await on_to(host, "Opening and readings")
    await reads_out(host, (river, heron))

    # Check-in, once around; in the middle of it one loads the page again, and has turn, words and place.
    await on_to(host, "Check-in")
    await say_in_turn(host, "Early Light, and awake.", others=(river, heron))
    await river.say("Rain on the window.")
    await is_heard("Rain on the window.", heron)
    await river.box.fill("And")
    await river.stores("And")
    await river.page.reload()
    await expect(river.box).to_have_value("And")
    await is_heard("Rain on the window.", river)
    await expect(turns(river).locator(".part-title")).to_have_text("Check-in")
    await say_in_turn(river, "And tea.", others=(host, heron))
    await say_in_turn(heron, "Tired.", others=(host, river))

    # Meditation. Who writes is told why it waits; who comes now, where the meeting is, and sees nothing of before.
    await on_to(host, "Meditation")
    await river.box.fill("Is anybody here?")
    await expect(river.why).to_contain_text("A silence. What you have written stays in the box.")
    await river.button("Send").click(force=True)  # it says that it is disabled
    late = await (await arrive(PHONE)).go_in(place.room, GRAVEL)
    await expect(late.page.locator(".mark").first).to_contain_text(re.compile("You came in during “.?Meditation.?”, part .?3.? of .?6"))
    await expect(late.page.locator(".mark").first).to_contain_text("You see what is said from now on.")
    await expect(turns(late)).to_contain_text("Quiet, together.")
    assert await late.log() == []
    await expect(river.box).to_have_value("Is anybody here?")
    assert "Is anybody here?" not in await heron.log()
    await river.box.fill("")

    # Reading, a paragraph each, also from who came late; one who has a hat for it sees what is read out.
    await host.with_person(HERON, "Give a hat…")
    await host.sheet.get_by_role("switch", name="Reader").click()
    await host.page.keyboard.press("Escape")
    await on_to(host, "Reading")
    await expect(run_sheet(heron).locator(".script")).to_contain_text("We read in turn, a paragraph each.")
    everybody = (host, river, heron, late)
    for number, person in enumerate(everybody[:3]):
        await say_in_turn(person, f"Paragraph {number}.", others=tuple(other for other in everybody if other is not person))
    await expect(turns(late)).to_contain_text("It is your turn.")
    await late.button("Pass").click()

    await on_to(host, "Sharing")
    await late.button("Raise hand").click()
    await say_in_turn(late, "I was late, and you let me be.", others=(host, river, heron))
    await heron.button("Raise hand").click()
    await say_in_turn(heron, "I breathed.", others=(host, river, late))

    # Dedication: who has the reader's hat may speak it.
    await on_to(host, "Dedication")
    await reads_out(host, (river, late))
    await expect(heron.why).to_have_count(0)
    await heron.say("May it be of use.")
    await is_heard("May it be of use.", host, river, late)
    await expect(run_sheet(host)).to_contain_text("This is the last part.")
    await all_is_over(host, (river, heron, late))
