"""A whole meeting in three browsers: what one does, the others see."""

from __future__ import annotations

import re

from playwright.async_api import expect

from tests.page.conftest import Arrive, Place
from tests.page.person import AWAY, PHONE
from tests.page.test_leaving import neutral_page


async def test_a_whole_meeting(arrive: Arrive, place: Place) -> None:
    host, river, heron = await arrive(), await arrive(PHONE), await arrive(dark=True)
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    assert host.page.url == f"{place.url}/r/{place.room}"  # the key is out of the address bar
    await river.go_in(place.room, "Wide River")
    await heron.go_in(place.room, "Grey Heron")

    # Said by three, seen by all, in one order.
    await host.say("Good evening, everyone.")
    await river.say("Hello. I almost did not come in.")
    await heron.say("I am glad you did.")
    for person in (host, river, heron):
        await expect(person.said("I am glad you did.")).to_be_visible()
        assert await person.log() == ["Good evening, everyone.", "Hello. I almost did not come in.", "I am glad you did."]
    await river.menu("I am glad you did.", "Thank you")
    await expect(heron.page.get_by_role("button", name=re.compile("^.?Thank you.?, "))).to_be_visible()
    await heron.menu("I almost did not come in.", "Reply")
    await heron.say("Doors are heavy.")
    await expect(river.message("Doors are heavy.")).to_contain_text("In reply to")

    # Muted: the box says why and keeps the words.
    await river.box.fill("I was just writing this")
    await host.with_person("Wide River", "Mute for 10 minutes")
    await expect(river.why).to_contain_text("You are muted until")
    await expect(river.box).to_have_value("I was just writing this")
    await expect(river.button("Send")).to_have_attribute("aria-disabled", "true")
    await host.with_person("Wide River", "Unmute")
    await expect(river.why).to_have_count(0)
    await river.button("Send").click()
    await expect(heron.said("I was just writing this")).to_be_visible()

    # Taken back, by its writer and by a moderator.
    await river.menu("I was just writing this", "Take back")
    await host.menu("Doors are heavy.", "Take back for everyone")
    for person in (host, river, heron):
        await expect(person.page.get_by_text("messages were taken back")).to_contain_text("2")
        await expect(person.page.get_by_text("Taken back.")).to_have_count(0)
        await expect(person.said("Doors are heavy.")).to_have_count(0)

    # A call for help and a report reach the one who moderates.
    await river.button("I need help").click()
    await river.sheet.get_by_role("textbox").fill("Could somebody stay with me?")
    await river.sheet.get_by_role("button", name="Ask for help").click()
    await expect(river.sheet).to_contain_text("A moderator has been told.")
    await river.sheet.get_by_role("button", name="Close", exact=True).click()
    await expect(host.page.locator(".help-call")).to_contain_text("Could somebody stay with me?")
    await river.menu("I am glad you did.", "Report to the moderators")
    await river.sheet.get_by_role("button", name="Report", exact=True).click()
    await expect(river.sheet).to_contain_text("The moderators have the report.")
    await river.sheet.get_by_role("button", name="Close").last.click()
    await expect(host.page.locator(".call", has_text="was reported")).to_contain_text("I am glad you did.")

    # Locked: a newcomer is told so, kindly, and gets in once the door is open again.
    await host.page.get_by_role("switch", name=re.compile("^Lock the door")).click()
    newcomer = await (await arrive()).to_door(place.room)
    await expect(newcomer.heading("The room is closed to newcomers")).to_be_visible()
    await expect(newcomer.button("Go in")).to_have_count(0)
    await host.page.get_by_role("switch", name=re.compile("^Lock the door")).click()

    # Frozen, and undone.
    await host.button("Freeze").click()
    await expect(heron.why).to_contain_text("The room is paused.")
    await expect(heron.page.get_by_text("Covered while the room is paused.").first).to_be_visible()
    await expect(heron.said("Good evening, everyone.")).to_have_count(0)
    await host.button("Undo freeze").click()
    await expect(heron.why).to_have_count(0)
    await expect(heron.said("Good evening, everyone.")).to_be_visible()

    # Removed, with a word; stays away by itself.
    await host.with_person("Grey Heron", "Remove, with all their messages…")
    await host.sheet.get_by_role("textbox").fill("Please rest, and come back another evening.")
    await host.sheet.get_by_role("button", name="Remove", exact=True).click()
    await expect(heron.heading("A moderator has ended your visit")).to_be_visible()
    await expect(heron.page.get_by_text("Please rest, and come back another evening.")).to_be_visible()
    await expect(river.said("I am glad you did.")).to_have_count(0)
    await expect(river.page.locator(".person", has_text="Grey Heron")).to_have_count(0)
    kept = await heron.stored()
    assert "rest" not in kept  # neither the word to them
    assert "glad" not in kept  # nor what was said
    await heron.page.reload()
    await expect(heron.heading("A moderator has ended your visit")).to_be_visible()
    await expect(heron.button("Go in")).to_have_count(0)
    await expect(river.page.locator(".here")).to_contain_text("2")

    # Over: everyone sees it, and nothing is left in any tab, nor of what somebody was writing.
    await river.box.fill("half a sentence")
    await river.stores("half a sentence")
    await host.button("Close the meeting").click()
    await host.sheet.get_by_role("button", name="Close the meeting").click()
    for person in (host, river):
        await expect(person.heading("The meeting is over")).to_be_visible()
        await expect(person.page.get_by_text("Hello. I almost did not come in.")).to_have_count(0)
        await person.keeps_nothing()
        await person.fits()
        await expect(person.page.locator(".toast.bad")).to_have_count(0)  # the answer to the closing is lost with the room
    await heron.page.reload()
    await expect(heron.heading("The meeting is over")).to_be_visible()
    await heron.keeps_nothing()


async def test_three_taps_from_an_ugly_message_to_its_author_out(arrive: Arrive, place: Place) -> None:
    host, member = await arrive((360, 640)), await arrive()
    await host.count_taps()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await member.go_in(place.room, "Grey Heron")
    await member.say("ugly words")
    await expect(host.said("ugly words")).to_be_visible()
    before = await host.taps()
    await host.message("ugly words").get_by_role("button", name=re.compile("^More for")).tap()
    for urgent in ("Take back for everyone", "Mute for 10 minutes", "Ban now, and take back all they said"):
        await expect(host.sheet.get_by_role("button", name=urgent)).to_be_in_viewport(ratio=1)
    await host.sheet.get_by_role("button", name="Remove, with all their messages…").tap()
    await host.sheet.get_by_role("button", name="Remove", exact=True).tap()
    await expect(member.heading("A moderator has ended your visit")).to_be_visible()
    await expect(host.said("ugly words")).to_have_count(0)
    await expect(host.page.get_by_text(re.compile("was removed; .?1 message was.? taken back"))).to_be_visible()
    assert await host.taps() - before <= 3


async def test_a_removed_person_can_ask_to_come_back(arrive: Arrive, place: Place) -> None:
    host, member = await arrive(), await arrive()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await member.go_in(place.room, "Grey Heron")
    await host.with_person("Grey Heron", "Remove…")
    await host.sheet.get_by_role("button", name="Remove", exact=True).click()
    await expect(member.button("Ask to come back through the lobby")).to_be_visible()
    await member.page.reload()
    await member.button("Ask to come back through the lobby").click()
    await expect(member.heading("You are at the door")).to_be_visible()
    await expect(host.page.locator(".knocker")).to_contain_text("Grey Heron")
    await host.button("Let in").click()
    await expect(member.box).to_be_visible()
    await member.page.reload()
    await expect(member.box).to_be_visible()


async def test_leaving_quickly_forgets_a_removal(arrive: Arrive, place: Place) -> None:
    host, member = await arrive(), await arrive()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await member.go_in(place.room, "Grey Heron")
    await host.with_person("Grey Heron", "Remove…")
    await host.sheet.get_by_role("button", name="Remove", exact=True).click()
    await expect(member.heading("A moderator has ended your visit")).to_be_visible()
    await member.stores("removed")
    await neutral_page(member)
    await member.button("Leave quickly").click()
    await member.page.wait_for_url(AWAY)
    member.problems[:] = [problem for problem in member.problems if AWAY not in problem]
    await member.page.goto(f"{place.url}/what-we-keep")
    await member.keeps_nothing()


async def test_a_refused_name_is_said_in_the_sheet(arrive: Arrive, place: Place) -> None:
    host, member = await arrive(PHONE), await arrive()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await member.go_in(place.room, "Grey Heron")
    await host.page.get_by_role("button", name="Who is here").click()
    await host.with_person("Grey Heron", "Give another name")
    await host.sheet.get_by_label("New name").fill("Early Light")
    await host.sheet.get_by_role("button", name="Change the name").click()
    await expect(host.sheet.get_by_role("alert")).to_contain_text("Somebody here has this name")
    await expect(host.page.locator(".toast")).to_have_count(0)
    await host.sheet.get_by_label("New name").fill("Tall Heron")
    await host.sheet.get_by_role("button", name="Change the name").click()
    await expect(host.sheet).to_have_count(0)
    await expect(member.page.locator(".person", has_text="Tall Heron")).to_be_visible()


async def test_the_lobby(arrive: Arrive, place: Place) -> None:
    host, first, second = await arrive(), await arrive(PHONE), await arrive()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await host.page.get_by_role("switch", name=re.compile("^Lobby")).click()
    await expect(host.page.get_by_role("switch", name=re.compile("^Lobby"))).to_be_checked()
    for person, name in ((first, "Wide River"), (second, "Grey Heron")):
        await person.to_door(place.room)
        await person.page.get_by_label("Your name in this meeting").fill(name)
        await person.button("Knock").click()
        await expect(person.heading("You are at the door")).to_be_visible()
        await person.fits()

    # Help works in the lobby, and a reload keeps the place there.
    await first.button("I need help").click()
    await first.sheet.get_by_role("button", name="Ask for help").click()
    await expect(first.sheet).to_contain_text("A moderator has been told.")
    await expect(host.page.locator(".help-call")).to_contain_text("in the lobby")
    await first.page.reload()
    await expect(first.heading("You are at the door")).to_be_visible()

    await host.page.locator(".knocker", has_text="Wide River").get_by_role("button", name="Let in").click()
    await expect(first.box).to_be_visible()
    await host.page.locator(".knocker", has_text="Grey Heron").get_by_role("button", name="Not now").click()
    await expect(second.heading("Not this time")).to_be_visible()
    await second.page.reload()
    await expect(second.heading("Not this time")).to_be_visible()
    await second.button("Knock again").click()
    await expect(second.heading("You are at the door")).to_be_visible()
    await expect(host.page.locator(".knocker")).to_contain_text("Grey Heron")
    await first.say("Thank you for letting me in.")
    await expect(host.said("Thank you for letting me in.")).to_be_visible()


async def test_a_listener_reads_and_reacts(arrive: Arrive, place: Place) -> None:
    member, listener = await arrive(), await arrive(PHONE)
    await member.go_in(place.room, "Grey Heron")
    await listener.to_door(place.room)
    await listener.page.get_by_text("Only listen").click()
    await listener.button("Go in").click()
    await expect(listener.why).to_contain_text("You are here to listen.")
    await expect(listener.box).to_have_count(0)
    await member.say("Good evening.")
    await listener.menu("Good evening.", "Candle")
    await expect(member.page.get_by_role("button", name=re.compile("^.?Candle.?, "))).to_be_visible()


async def test_a_content_warning_covers_until_opened(arrive: Arrive, place: Place) -> None:
    writer, reader = await arrive(), await arrive()
    await writer.go_in(place.room, "Grey Heron")
    await reader.go_in(place.room, "Wide River")
    await writer.button("Add a content warning").click()
    await writer.page.get_by_label("Covered until opened. What is it about?").fill("A relapse")
    await writer.box.fill("It happened on Monday.")
    await writer.box.press("Enter")
    await expect(reader.page.get_by_text("Content warning:")).to_contain_text("A relapse")
    await expect(reader.said("It happened on Monday.")).to_have_count(0)
    await reader.button("Show it").click()
    await expect(reader.said("It happened on Monday.")).to_be_visible()


async def test_a_content_warning_without_a_topic_covers_too(arrive: Arrive, place: Place) -> None:
    writer, reader = await arrive(), await arrive(PHONE)
    await writer.go_in(place.room, "Grey Heron")
    await reader.go_in(place.room, "Wide River")
    await writer.button("Add a content warning").click()
    await writer.box.fill("It happened on Monday.")
    await writer.box.press("Enter")
    for person in (reader, writer):
        await expect(person.page.locator(".warning-line")).to_have_text("Content warning")
        await expect(person.page.get_by_text("It happened on Monday.")).to_have_count(0)
    await reader.button("Show it").click()
    await expect(reader.said("It happened on Monday.")).to_be_visible()


async def test_markup_is_only_letters(arrive: Arrive, place: Place) -> None:
    writer, reader = await arrive(), await arrive(PHONE)
    await writer.go_in(place.room, "Grey Heron")
    await reader.go_in(place.room, "Wide River")
    text = "<img src=x onerror=alert(1)> <b>bold</b> https://example.org/ " + "w" * 400
    await writer.say(text)
    await expect(reader.said(text)).to_be_visible()
    assert await reader.page.locator(".log img, .log b, .log a").count() == 0
    await reader.fits()


async def test_a_message_of_2000_characters_goes_and_one_of_2001_is_counted(arrive: Arrive, place: Place) -> None:
    writer = await (await arrive()).go_in(place.room, "Grey Heron")
    long = "".join(chr(0x1F300 + n % 250) for n in range(2_000))  # all of one kind is a wall
    await writer.box.fill(long + "🌱")
    await expect(writer.page.get_by_text("character too many")).to_be_visible()
    await writer.box.press("Enter")
    await expect(writer.page.locator(".message")).to_have_count(0)
    await writer.box.fill(long)
    await writer.box.press("Enter")
    await expect(writer.page.locator(".message:not(.pending)")).to_have_count(1)
    await expect(writer.page.locator(".failed")).to_have_count(0)


async def test_a_ban_from_the_message_and_a_door_that_says_when(arrive: Arrive, place: Place) -> None:
    host, member = await arrive(PHONE), await arrive(PHONE)
    await member.page.clock.install()
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await member.go_in(place.room, "Grey Heron")
    await member.say("ugly words")
    await host.menu("ugly words", "Ban…")
    await expect(host.sheet.get_by_role("heading")).to_have_text(re.compile("^Ban "))
    await expect(host.sheet).to_contain_text("they wait in the lobby, and you see a mark")
    await host.sheet.get_by_role("button", name="Ban", exact=True).click()
    await member.button("Ask to come back through the lobby").click()
    await expect(member.heading("You are at the door")).to_be_visible()
    await host.page.get_by_role("button", name=re.compile("^Tools")).click()
    await expect(host.page.locator(".knocker")).to_contain_text("network of somebody who was banned")
    await host.button("Not now").click()
    back = member.button("Knock again")
    await back.click()
    await expect(member.page.locator(".notice")).to_contain_text(re.compile(r"You can try again in about \W*[0-9]+\W* minutes"))
    await expect(back).to_have_attribute("aria-disabled", "true")
    await member.page.clock.fast_forward("30:00")
    await expect(member.page.locator(".notice")).to_contain_text("You can try again now.")
    await expect(back).to_have_attribute("aria-disabled", "false")

    newcomer = await (await arrive(PHONE)).to_door(place.room)
    await newcomer.button("Go in").click()
    await expect(newcomer.page.locator(".go .notice .when")).to_be_in_viewport(ratio=1)
    await expect(newcomer.button("Go in")).to_have_attribute("aria-disabled", "true")


async def test_quiet_lines_about_those_who_lead(arrive: Arrive, place: Place) -> None:
    host, member = await arrive(), await arrive()
    await member.go_in(place.room, "Grey Heron")
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    marks = member.page.locator(".mark")
    await expect(marks.last).to_have_text("A moderator is here.")
    await host.with_person("Grey Heron", "Make moderator")
    await expect(marks.last).to_have_text("You are now a moderator.")
    await host.with_person("Grey Heron", "No longer a moderator")
    await expect(marks.last).to_have_text("You are no longer a moderator.")
    await host.with_person("Grey Heron", "Give another name")
    await host.sheet.get_by_label("New name").fill("Tall Heron")
    await host.sheet.get_by_role("button", name="Change the name").click()
    await expect(marks.last).to_have_text(re.compile("^A moderator has changed your name to .?Tall Heron.?[.]$"))
    await host.button("Leave").click()
    await host.sheet.get_by_role("button", name="Leave", exact=True).click()
    await expect(host.heading("You have left")).to_be_visible()
    await expect(marks.last).to_have_text("No moderator is here right now.")
    await host.go_in(place.room, "Early Light", f"#key={place.facilitator_key}")
    await expect(marks.last).to_have_text("A moderator is here again.")
    await expect(host.page.get_by_text("A moderator is here")).to_have_count(0)  # it is oneself


async def test_who_goes_on_speaking_after_folded_messages_is_named(arrive: Arrive, place: Place) -> None:
    writer, reader = await arrive(), await arrive(PHONE)
    await writer.go_in(place.room, "Grey Heron")
    await reader.go_in(place.room, "Wide River")
    for text in ("one", "two", "three"):
        await writer.say(text)
    await writer.menu("one", "Take back")
    await expect(reader.page.get_by_text("Taken back.")).to_have_count(1)
    await writer.menu("two", "Take back")
    await expect(reader.page.locator(".mark-taken-back")).to_contain_text("messages were taken back")
    await expect(reader.message("three").locator(".name")).to_have_text("Grey Heron")
    assert await reader.log() == ["three"]
